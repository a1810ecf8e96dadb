// Who practises, and what the plan says: asks whoever keeps records, and remembers who was chosen.
import { levelOf } from "../exercise/exercise";
import { MemoryService } from "../records/no_records";
import type { KnownPerson, Today } from "../protocol/records";
import { ServerService } from "../records/server_records";
import { type Filing, type Plan, Refused, type Service, type Told } from "../records/records_service";

/** name: nobody is known yet. who: somebody is to be chosen. safety: who should ask first is to be read. */
export type Standing = "loading" | "unreachable" | "name" | "who" | "safety" | "ready";

const PLACE = "matside.person";

function remembered(): number {
  try {
    return Number(localStorage.getItem(PLACE) ?? NaN);
  } catch {
    return NaN;
  }
}

function remember(person: number): void {
  try {
    localStorage.setItem(PLACE, String(person));
  } catch {
    // Forbidden by the browser: it is asked again next time.
  }
}

export const wordsOf = (failure: unknown) => (failure instanceof Error ? failure.message : String(failure));

/** Whether the answer before a practice says not to practise today. */
export function notToday(today: Today, comfort: number): boolean {
  const last = today.comfort_before_last;
  return comfort >= today.not_today_from || (last !== null && comfort - last >= today.not_today_rise);
}

/** How far a person may go by their own choice, or by a teacher's; nothing where nobody plans. */
export function mostOf(today: Today, keeps: boolean): Plan | undefined {
  if (!keeps) return undefined;
  const { level, repetitions } = today.next;
  return { level, repetitions: today.teacher_level === null ? repetitions : levelOf(level).repetitions_goal };
}

/** What may be chosen at a level, by a plan that goes so far. */
export function repetitionsAt(level: number, most: Plan | undefined): number {
  return most && level === most.level ? most.repetitions : levelOf(level).repetitions_goal;
}

export class Habit {
  standing = $state<Standing>("loading");
  persons = $state.raw<readonly KnownPerson[]>([]);
  today = $state.raw<Today | undefined>();
  /** What the person sets out to do: the plan's next, or an easier choice of their own. */
  plan = $state<Plan>({ level: 0, repetitions: 1 });
  trouble = $state("");
  service = $state.raw<Service>(new ServerService());
  /** When today was told, by performance.now(). */
  told_ms = 0;

  get person(): KnownPerson | undefined {
    return this.today?.person;
  }

  get keeps(): boolean {
    return this.service.keeps;
  }

  get most(): Plan | undefined {
    return this.today && mostOf(this.today, this.keeps);
  }

  async open(): Promise<void> {
    this.standing = "loading";
    this.trouble = "";
    try {
      this.persons = await this.service.persons();
    } catch (failure) {
      if (!(failure instanceof Refused) || failure.status !== 404) {
        this.trouble = wordsOf(failure);
        this.standing = "unreachable";
        return;
      }
      this.service = new MemoryService();
      this.persons = await this.service.persons();
    }
    await this.#whoever();
  }

  /** Throws Refused. */
  async add(name: string): Promise<void> {
    const added = await this.service.add(name);
    this.persons = await this.service.persons();
    await this.choose(added);
  }

  /** Throws Refused, as where the PIN is wrong. */
  async choose(person: KnownPerson, pin = ""): Promise<void> {
    if (person.pin && this.service.token(person.id) === undefined) await this.service.unlock(person.id, pin);
    try {
      this.#take(await this.service.today(person.id), true);
    } catch (failure) {
      if (failure instanceof Refused && failure.locked) this.service.forget(person.id);
      throw failure;
    }
    remember(person.id);
  }

  /** Somebody else practises. */
  async leave(): Promise<void> {
    if (this.today?.person.pin) this.service.forget(this.today.person.id);
    this.today = undefined;
    try {
      this.persons = await this.service.persons();
    } catch (failure) {
      this.trouble = wordsOf(failure);
    }
    this.standing = "who";
  }

  /** Tells of something; what comes of it is shown. @returns whether it was taken. */
  async tell(told: Told): Promise<boolean> {
    return this.#try(async (person) => this.#take(await this.service.change(person, told)));
  }

  /** Empty: no PIN any more. This page stays let in. @returns whether it was taken. */
  async setPin(pin: string): Promise<boolean> {
    return this.#try(async (person) => {
      this.#take(await this.service.change(person, { change: "pin", person, pin }));
      if (pin !== "") await this.service.unlock(person, pin);
    });
  }

  /** What is shown may be old. */
  async refresh(): Promise<void> {
    if (!this.keeps) return;
    await this.#try(async (person) => this.#take(await this.service.today(person)));
  }

  /** Throws Refused. */
  async erase(): Promise<void> {
    if (!this.today) return;
    this.persons = await this.service.erase(this.today.person.id);
    this.today = undefined;
    this.standing = this.persons.length === 0 ? "name" : "who";
  }

  /** How the server files a practice. */
  filing(comfort_before: number | undefined, resume?: number): Filing | undefined {
    if (!this.today || !this.keeps) return undefined;
    const { id } = this.today.person;
    const unlocked = this.service.token(id);
    return {
      person: id,
      ...(comfort_before === undefined ? {} : { comfort_before }),
      ...(resume === undefined ? {} : { resume }),
      ...(unlocked === undefined ? {} : { unlocked }),
    };
  }

  async #whoever(): Promise<void> {
    const chosen =
      this.persons.find((person) => person.id === remembered()) ?? (this.persons.length === 1 ? this.persons[0] : undefined);
    if (this.persons.length === 0) {
      this.standing = "name";
      return;
    }
    this.standing = "who";
    if (!chosen || (chosen.pin && this.service.token(chosen.id) === undefined)) return;
    try {
      await this.choose(chosen);
    } catch (failure) {
      this.trouble = wordsOf(failure);
    }
  }

  async #try(what: (person: number) => Promise<void>): Promise<boolean> {
    if (!this.today) return false;
    try {
      await what(this.today.person.id);
      this.trouble = "";
      return true;
    } catch (failure) {
      this.trouble = wordsOf(failure);
      if (!(failure instanceof Refused) || !failure.locked) return false;
      this.service.forget(this.today.person.id);
      this.today = undefined;
      this.standing = "who";
      return false;
    }
  }

  #take(today: Today, anew = false): void {
    const before = this.today?.next;
    const { level, repetitions } = today.next;
    this.today = today;
    this.told_ms = performance.now();
    if (anew || before?.level !== level || before.repetitions !== repetitions) this.plan = { level, repetitions };
    this.standing = today.inform ? "safety" : "ready";
  }
}
