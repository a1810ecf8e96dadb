// Whose practices, what is next, and what was done: what the page asks of whoever keeps records.
import type { Change, ErasePerson, KnownPerson, PracticeDocument, Progress, Today } from "../protocol/records";

export interface Plan {
  level: number;
  /** Wanted a side. */
  repetitions: number;
}

/** What the server needs to know to file a practice; nothing where nothing is kept. */
export interface Filing {
  person: number;
  comfort_before?: number;
  /** The practice that is gone on with. */
  resume?: number;
  unlocked?: string;
}

export type Told = Exclude<Change, ErasePerson>;
export type Download = "export" | "calendar";

/** Asked for something and refused; the message is for the person. */
export class Refused extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }

  get locked(): boolean {
    return this.status === 403;
  }
}

/** Every call may throw Refused. */
export interface Service {
  /** Whether anything outlasts the page. */
  readonly keeps: boolean;
  persons(): Promise<readonly KnownPerson[]>;
  /** @returns the new person. */
  add(name: string): Promise<KnownPerson>;
  /** Lets this page in to a person with a PIN, until it is closed. */
  unlock(person: number, pin: string): Promise<void>;
  /** What a person's PIN was exchanged for. */
  token(person: number): string | undefined;
  forget(person: number): void;
  today(person: number): Promise<Today>;
  change(person: number, told: Told): Promise<Today>;
  /** Erases all that is kept of the person. @returns who is left. */
  erase(person: number): Promise<readonly KnownPerson[]>;
  progress(person: number): Promise<Progress>;
  practice(person: number, id: number): Promise<PracticeDocument>;
  download(person: number, what: Download): Promise<Blob>;
  /** @returns how many practices the file has brought. */
  bring(person: number, file: Blob): Promise<number>;
}
