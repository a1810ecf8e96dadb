// The active person and their plan, loaded from the records.
import { FIRST_EXERCISE, SINGLE_LEG_KICK } from "../exercise/installed";
import { NoRecords } from "../records/no_records";
import type { InstalledExercise, KnownPerson, Today } from "../protocol/records";
import { ApiRecords } from "../records/api_records";
import {
  type RecordTarget,
  type Plan,
  type RecordsClient,
  type PersonChange,
} from "../records/records_client";
import { OpenElsewhere, RequestFailed, type Service } from "../service/service";

/**
 * elsewhere: another tab has the records. first_run: no person exists yet. choose: a person must be
 * chosen. safety: the safety page must be read.
 */
export type ProfileStatus =
  "loading" | "unreachable" | "elsewhere" | "first_run" | "choose" | "safety" | "ready";
/** What the profile asks of Matside. */
type ProfileService = Pick<Service, "request" | "home" | "about" | "onElsewhere" | "takeOver">;

const PERSON_KEY = "matside.person";
const EXERCISE_KEY = "matside.exercise";

function saved(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function save(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The browser forbids storage: the person is asked again next time.
  }
}

const savedPersonId = () => Number(saved(PERSON_KEY) ?? NaN);

export const messageOf = (failure: unknown) =>
  failure instanceof Error ? failure.message : String(failure);

/** Whether the comfort before a practice means resting today. */
export const needsRest = (today: Today, comfort: number) => comfort >= today.rest_from;

export class Profile {
  status = $state<ProfileStatus>("loading");
  persons = $state.raw<readonly KnownPerson[]>([]);
  today = $state.raw<Today | undefined>();
  /** The coming practice: as planned, or the person's easier choice. */
  plan = $state<Plan>({ exercise: FIRST_EXERCISE, level: 0, repetitions: 1 });
  /** The installed ones, with the person's plan of each. */
  exercises = $state.raw<readonly InstalledExercise[]>([SINGLE_LEG_KICK]);
  error = $state("");
  /** What has just been done, until the person goes on. */
  notice = $state("");
  /** Whether a copy of something erased is still on the disk. */
  erasurePending = $state(false);
  records: RecordsClient;
  /** When `today` was loaded, on the clock of performance.now(). */
  refreshed_ms = 0;
  readonly #service: ProfileService;
  /** The id of the exercise that the plan is for. */
  #chosen = saved(EXERCISE_KEY) ?? FIRST_EXERCISE;

  constructor(service: ProfileService) {
    this.#service = service;
    this.records = $state.raw(new ApiRecords(service));
    service.onElsewhere?.(() => (this.status = "elsewhere"));
  }

  /** The exercise of the coming practice. */
  get exercise(): InstalledExercise {
    return this.exerciseOf(this.plan.exercise);
  }

  exerciseOf(id: string): InstalledExercise {
    return this.exercises.find((each) => each.id === id) ?? SINGLE_LEG_KICK;
  }

  get person(): KnownPerson | undefined {
    return this.today?.person;
  }

  /** Whether everything is in this browser, without a server. */
  get inBrowser(): boolean {
    return this.#service.home === "browser";
  }

  /** Whether nobody has practised in this browser yet, as far as is known before the records are open. */
  get firstVisit(): boolean {
    return this.inBrowser && Number.isNaN(savedPersonId());
  }

  /** What the records are kept on. */
  get place(): "device" | "computer" {
    return this.inBrowser ? "device" : "computer";
  }

  /** As Service.about. */
  about(): Promise<readonly string[]> {
    return this.#service.about();
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
      if (failure instanceof OpenElsewhere) {
        this.status = "elsewhere";
        return;
      }
      if (!(failure instanceof RequestFailed) || failure.status !== 404) {
        this.error = messageOf(failure);
        this.status = "unreachable";
        return;
      }
      this.records = new NoRecords(this.#service);
      this.persons = await this.records.persons();
    }
    await this.#restoreLastPerson();
  }

  /** Takes the records over from the other tab. */
  async takeOver(): Promise<void> {
    this.#service.takeOver?.();
    this.today = undefined;
    await this.open();
  }

  /** Throws RequestFailed. */
  async add(name: string): Promise<void> {
    const added = await this.records.add(name);
    this.persons = await this.records.persons();
    await this.choose(added);
  }

  /** Throws RequestFailed, for example for a wrong PIN. */
  async choose(person: KnownPerson, pin = ""): Promise<void> {
    if (this.needsPin(person)) await this.records.unlock(person.id, pin);
    try {
      await this.#loadExercises(person.id);
      this.#show(await this.records.today(person.id, this.#chosen), true);
    } catch (failure) {
      if (failure instanceof RequestFailed && failure.locked) this.records.lock(person.id);
      throw failure;
    }
    save(PERSON_KEY, String(person.id));
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

  /** Plans the coming practice for another exercise. */
  async chooseExercise(id: string): Promise<void> {
    await this.#try(async (person) => {
      const today = await this.records.today(person, id);
      this.#chosen = id;
      save(EXERCISE_KEY, id);
      this.#show(today, true);
    });
  }

  /** Sends a change and shows its result. @returns whether it was accepted. */
  async change(change: PersonChange): Promise<boolean> {
    return this.#try(async (person) =>
      this.#show(await this.records.change(person, change, this.#chosen)),
    );
  }

  /** Sets the PIN; empty removes it. This page stays unlocked. @returns whether it was accepted. */
  async setPin(pin: string): Promise<boolean> {
    return this.#try(async (person) => {
      const change = { change: "pin", person, pin } as const;
      this.#show(await this.records.change(person, change, this.#chosen));
      if (pin !== "") await this.records.unlock(person, pin);
    });
  }

  /** Reloads `today`. */
  async refresh(): Promise<void> {
    if (!this.keepsRecords) return;
    await this.#try(async (person) => {
      await this.#loadExercises(person);
      this.#show(await this.records.today(person, this.#chosen));
    });
  }

  /** Learns which exercises there are before a person is chosen. */
  async learnExercises(): Promise<void> {
    if (this.today) return;
    try {
      this.exercises = await this.records.exercises();
    } catch {
      // Until they can be asked for, there is the single-leg kick.
    }
  }

  async #loadExercises(person: number): Promise<void> {
    this.exercises = await this.records.exercises(person);
    const [first = SINGLE_LEG_KICK] = this.exercises;
    if (!this.exercises.some((each) => each.id === this.#chosen)) this.#chosen = first.id;
  }

  /** Throws RequestFailed. */
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
      if (!(failure instanceof RequestFailed) || !failure.locked) return false;
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
    if (reset || changed) this.plan = { exercise: this.#chosen, level, repetitions };
    this.status = today.inform ? "safety" : "ready";
  }
}
