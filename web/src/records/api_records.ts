// The records that a Service keeps: the routes of src/protocol/records.schema.json.
import type {
  Devices,
  ErasePerson,
  Exercises,
  Imported,
  InstalledExercise,
  Keep,
  Kept,
  KnownPerson,
  NewPerson,
  PairedDevice,
  Persons,
  PracticeDocument,
  Progress,
  RepetitionPoses,
  Today,
  Unlock,
  Unlocked,
  Unpair,
} from "../protocol/records";
import { RequestFailed, type Service } from "../service/service";
import type { Download, PersonChange, RecordsClient } from "./records_client";

const STORAGE_KEY = "matside.unlocked";

/** Tokens of the unlocked people, stored until the page is closed. */
class Tokens {
  readonly #tokens: Map<string, string>;

  constructor() {
    let stored: Record<string, string> = {};
    try {
      stored = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "{}") as Record<string, string>;
    } catch {
      // The browser forbids storage: the tokens last as long as the page.
    }
    this.#tokens = new Map(Object.entries(stored));
  }

  of(person: number): string | undefined {
    return this.#tokens.get(String(person));
  }

  set(person: number, token: string | undefined): void {
    if (token === undefined) this.#tokens.delete(String(person));
    else this.#tokens.set(String(person), token);
    try {
      sessionStorage.setItem(STORAGE_KEY, JSON.stringify(Object.fromEntries(this.#tokens)));
    } catch {
      // As above.
    }
  }
}

export class ApiRecords implements RecordsClient {
  readonly keepsRecords = true;
  readonly #tokens = new Tokens();
  readonly #service: Pick<Service, "request">;

  constructor(service: Pick<Service, "request">) {
    this.#service = service;
  }

  async persons(): Promise<readonly KnownPerson[]> {
    return (await this.#read<Persons>("persons")).persons;
  }

  async add(name: string): Promise<KnownPerson> {
    const asked: NewPerson = { name };
    const { persons } = await this.#send<Persons>("persons", asked);
    const [newest] = [...persons].sort((a, b) => b.id - a.id);
    if (!newest) throw new RequestFailed("The person was not added. Try again.", 404);
    return newest;
  }

  async unlock(person: number, pin: string): Promise<void> {
    const asked: Unlock = { person, pin };
    this.#tokens.set(person, (await this.#send<Unlocked>("unlock", asked)).token);
  }

  token(person: number): string | undefined {
    return this.#tokens.of(person);
  }

  lock(person: number): void {
    this.#tokens.set(person, undefined);
  }

  async exercises(person?: number): Promise<readonly InstalledExercise[]> {
    const route = person === undefined ? "exercises" : `exercises?person=${person}`;
    return (await this.#read<Exercises>(route, person)).exercises;
  }

  today(person: number, exercise: string): Promise<Today> {
    return this.#read(`today?person=${person}&exercise=${exercise}`, person);
  }

  change(person: number, change: PersonChange, exercise: string): Promise<Today> {
    return this.#send(`change?exercise=${exercise}`, change, person);
  }

  async erase(person: number): Promise<Persons> {
    const change: ErasePerson = { change: "erase_person", person };
    const remaining = await this.#send<Persons>("change", change, person);
    this.lock(person);
    return remaining;
  }

  progress(person: number): Promise<Progress> {
    return this.#read(`progress?person=${person}`, person);
  }

  practice(person: number, id: number): Promise<PracticeDocument> {
    return this.#read(`practice?id=${id}`, person);
  }

  repetition(person: number, practice: number, index: number): Promise<RepetitionPoses> {
    return this.#read(`repetition?practice=${practice}&index=${index}`, person);
  }

  async report(person: number, practice: number): Promise<Blob> {
    return (
      await this.#service.request(`report?id=${practice}`, { token: this.token(person) })
    ).blob();
  }

  keep(person: number, recording: Keep): Promise<Kept> {
    return this.#send(`keep?person=${person}`, recording, person);
  }

  async download(person: number, what: Download): Promise<Blob> {
    return (
      await this.#service.request(`${what}?person=${person}`, { token: this.token(person) })
    ).blob();
  }

  async importFile(person: number, file: Blob): Promise<number> {
    const token = this.token(person);
    const answer = await this.#service.request(`import?person=${person}`, { body: file, token });
    return ((await answer.json()) as Imported).practices;
  }

  async devices(): Promise<readonly PairedDevice[]> {
    return (await this.#read<Devices>("devices")).devices;
  }

  async unpair(device: number): Promise<readonly PairedDevice[]> {
    const asked: Unpair = { device };
    return (await this.#send<Devices>("unpair", asked)).devices;
  }

  async #read<T>(route: string, person?: number): Promise<T> {
    const token = person === undefined ? undefined : this.token(person);
    return (await (await this.#service.request(route, { token })).json()) as T;
  }

  async #send<T>(route: string, body: object, person?: number): Promise<T> {
    const token = person === undefined ? undefined : this.token(person);
    return (await (
      await this.#service.request(route, { body: JSON.stringify(body), token })
    ).json()) as T;
  }
}
