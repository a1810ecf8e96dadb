// A server without records: one unnamed person, whose practices are not saved.
import type {
  Devices,
  Exercises,
  InstalledExercise,
  Kept,
  KnownPerson,
  Persons,
  PairedDevice,
  PracticeDocument,
  Progress,
  RepetitionPoses,
  Today,
} from "../protocol/records";
import { AFTER } from "../exercise/safety";
import { RequestFailed, type Service } from "../service/service";
import type { PersonChange, RecordsClient } from "./records_client";

const UNNAMED: KnownPerson = { id: 0, name: "", pin: false };
const refuse = () => Promise.reject(new RequestFailed("Matside is running without records.", 404));

export class NoRecords implements RecordsClient {
  readonly keepsRecords = false;
  readonly #service: Pick<Service, "request">;
  #safetyRead = false;
  #askFirst = false;

  constructor(service: Pick<Service, "request">) {
    this.#service = service;
  }

  persons(): Promise<readonly KnownPerson[]> {
    return Promise.resolve([UNNAMED]);
  }

  async exercises(): Promise<readonly InstalledExercise[]> {
    const answer = await this.#service.request("exercises");
    return ((await answer.json()) as Exercises).exercises;
  }

  async today(_person: number, exercise: string): Promise<Today> {
    const answer = await this.#service.request(`today?exercise=${exercise}`);
    const today = (await answer.json()) as Today;
    const inform = today.inform && !this.#safetyRead;
    if (!this.#askFirst) return { ...today, inform };
    const reasons = [{ id: "leg_symptoms", text: AFTER.leg }];
    const next = { ...today.next, today: false, ask_first: true, reasons, choices: [] };
    return { ...today, inform, next };
  }

  change(person: number, change: PersonChange, exercise: string): Promise<Today> {
    if (change.change === "informed") this.#safetyRead = true;
    // Nothing is saved, but until the page is closed no practice is offered.
    if (change.change === "comfort" && change.leg_symptoms) this.#askFirst = true;
    if (change.change === "asked") this.#askFirst = false;
    return this.today(person, exercise);
  }

  token(): undefined {
    return undefined;
  }

  lock(): void {
    // Nothing is locked.
  }

  add(): Promise<KnownPerson> {
    return refuse();
  }

  unlock(): Promise<void> {
    return refuse();
  }

  erase(): Promise<Persons> {
    return refuse();
  }

  progress(): Promise<Progress> {
    return refuse();
  }

  practice(): Promise<PracticeDocument> {
    return refuse();
  }

  repetition(): Promise<RepetitionPoses> {
    return refuse();
  }

  report(): Promise<Blob> {
    return refuse();
  }

  keep(): Promise<Kept> {
    return refuse();
  }

  download(): Promise<Blob> {
    return refuse();
  }

  async devices(): Promise<readonly PairedDevice[]> {
    return ((await (await this.#service.request("devices")).json()) as Devices).devices;
  }

  async unpair(device: number): Promise<readonly PairedDevice[]> {
    const body = JSON.stringify({ device });
    return ((await (await this.#service.request("unpair", { body })).json()) as Devices).devices;
  }

  importFile(): Promise<number> {
    return refuse();
  }
}
