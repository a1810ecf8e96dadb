// The active person and their plan, loaded from the records.
import { NoRecords } from "../records/no_records";
import type { KnownPerson, Today } from "../protocol/records";
import { ServerRecords } from "../records/server_records";
import {
  type RecordTarget,
  type Plan,
  RecordsError,
  type RecordsClient,
  type PersonChange,
} from "../records/records_client";

/**
 * first_run: no person exists yet. choose: a person must be chosen. safety: the safety page must be
 * read.
 */
export type ProfileStatus = "loading" | "unreachable" | "first_run" | "choose" | "safety" | "ready";

const STORAGE_KEY = "matside.person";

function savedPersonId(): number {
  try {
    return Number(localStorage.getItem(STORAGE_KEY) ?? NaN);
  } catch {
    return NaN;
  }
}

function savePersonId(person: number): void {
  try {
    localStorage.setItem(STORAGE_KEY, String(person));
  } catch {
    // The browser forbids storage: the person is asked again next time.
  }
}

export const messageOf = (failure: unknown) =>
  failure instanceof Error ? failure.message : String(failure);

/** Whether the comfort before a practice means resting today. */
export const needsRest = (today: Today, comfort: number) => comfort >= today.rest_from;

export class Profile {
  status = $state<ProfileStatus>("loading");
  persons = $state.raw<readonly KnownPerson[]>([]);
  today = $state.raw<Today | undefined>();
  /** The coming practice: as planned, or the person's easier choice. */
  plan = $state<Plan>({ level: 0, repetitions: 1 });
  error = $state("");
  /** What has just been done, until the person goes on. */
  notice = $state("");
  /** Whether a copy of something erased is still on the disk. */
  erasurePending = $state(false);
  records = $state.raw<RecordsClient>(new ServerRecords());
  /** When `today` was loaded, on the clock of performance.now(). */
  refreshed_ms = 0;

  get person(): KnownPerson | undefined {
    return this.today?.person;
  }

  get keepsRecords(): boolean {
    return this.records.keepsRecords;
  }

  needsPin(person: KnownPerson): boolean {
    return person.pin && this.records.token(person.id) === undefined;
  }

  async open(): Promise<void> {
    this.status = "loading";
    this.error = "";
    try {
      this.persons = await this.records.persons();
    } catch (failure) {
      if (!(failure instanceof RecordsError) || failure.status !== 404) {
        this.error = messageOf(failure);
        this.status = "unreachable";
        return;
      }
      this.records = new NoRecords();
      this.persons = await this.records.persons();
    }
    await this.#restoreLastPerson();
  }

  /** Throws RecordsError. */
  async add(name: string): Promise<void> {
    const added = await this.records.add(name);
    this.persons = await this.records.persons();
    await this.choose(added);
  }

  /** Throws RecordsError, for example for a wrong PIN. */
  async choose(person: KnownPerson, pin = ""): Promise<void> {
    if (this.needsPin(person)) await this.records.unlock(person.id, pin);
    try {
      this.#show(await this.records.today(person.id), true);
    } catch (failure) {
      if (failure instanceof RecordsError && failure.locked) this.records.lock(person.id);
      throw failure;
    }
    savePersonId(person.id);
    this.notice = "";
  }

  /** Goes back to choosing a person. */
  async leave(): Promise<void> {
    if (this.today?.person.pin) this.records.lock(this.today.person.id);
    this.today = undefined;
    try {
      this.persons = await this.records.persons();
    } catch (failure) {
      this.error = messageOf(failure);
    }
    this.status = "choose";
  }

  /** Sends a change and shows its result. @returns whether it was accepted. */
  async change(change: PersonChange): Promise<boolean> {
    return this.#try(async (person) => this.#show(await this.records.change(person, change)));
  }

  /** Sets the PIN; empty removes it. This page stays unlocked. @returns whether it was accepted. */
  async setPin(pin: string): Promise<boolean> {
    return this.#try(async (person) => {
      this.#show(await this.records.change(person, { change: "pin", person, pin }));
      if (pin !== "") await this.records.unlock(person, pin);
    });
  }

  /** Reloads `today`. */
  async refresh(): Promise<void> {
    if (!this.keepsRecords) return;
    await this.#try(async (person) => this.#show(await this.records.today(person)));
  }

  /** Throws RecordsError. */
  async erase(): Promise<void> {
    if (!this.today) return;
    const { name } = this.today.person;
    const remaining = await this.records.erase(this.today.person.id);
    this.persons = remaining.persons;
    this.erasurePending = remaining.erasure_pending ?? false;
    // What is still on the disk is said instead.
    this.notice = this.erasurePending ? "" : `All data for ${name} has been erased.`;
    this.today = undefined;
    this.status = this.persons.length === 0 ? "first_run" : "choose";
  }

  /** Where the server records a practice; undefined without records. */
  recordTarget(comfort_before: number | undefined, resume?: number): RecordTarget | undefined {
    if (!this.today || !this.keepsRecords) return undefined;
    const { id } = this.today.person;
    const unlocked = this.records.token(id);
    return {
      person: id,
      ...(comfort_before === undefined ? {} : { comfort_before }),
      ...(resume === undefined ? {} : { resume }),
      ...(unlocked === undefined ? {} : { unlocked }),
    };
  }

  async #restoreLastPerson(): Promise<void> {
    const chosen =
      this.persons.find((person) => person.id === savedPersonId()) ??
      (this.persons.length === 1 ? this.persons[0] : undefined);
    if (this.persons.length === 0) {
      this.status = "first_run";
      return;
    }
    this.status = "choose";
    if (!chosen || this.needsPin(chosen)) return;
    try {
      await this.choose(chosen);
    } catch (failure) {
      this.error = messageOf(failure);
    }
  }

  async #try(what: (person: number) => Promise<void>): Promise<boolean> {
    if (!this.today) return false;
    try {
      await what(this.today.person.id);
      this.error = "";
      return true;
    } catch (failure) {
      this.error = messageOf(failure);
      if (!(failure instanceof RecordsError) || !failure.locked) return false;
      this.records.lock(this.today.person.id);
      this.today = undefined;
      this.status = "choose";
      return false;
    }
  }

  #show(today: Today, reset = false): void {
    const before = this.today?.next;
    const { level, repetitions } = today.next;
    this.today = today;
    this.refreshed_ms = performance.now();
    this.erasurePending = today.erasure_pending ?? false;
    const changed = before?.level !== level || before.repetitions !== repetitions;
    if (reset || changed) this.plan = { level, repetitions };
    this.status = today.inform ? "safety" : "ready";
  }
}
