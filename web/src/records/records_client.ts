// What the page asks of the records: people, the plan, past practices.
import type { AskedExercise } from "../protocol/messages";
import type {
  Change,
  ErasePerson,
  InstalledExercise,
  Keep,
  Kept,
  KnownPerson,
  PairedDevice,
  Persons,
  PracticeDocument,
  Progress,
  RepetitionPoses,
  Today,
} from "../protocol/records";

export interface Plan {
  /** The id of an installed exercise. */
  exercise: string;
  level: number;
  /** On each side, or in all where no leg moves alone. */
  repetitions: number;
  /** What follows in the same practice. */
  then?: readonly AskedExercise[];
}

/** Where the server records a practice. */
export interface RecordTarget {
  person: number;
  comfort_before?: number;
  /** The unfinished practice to continue. */
  resume?: number;
  unlocked?: string;
}

export type PersonChange = Exclude<Change, ErasePerson>;
export type Download = "export" | "calendar";

/** Every call may throw RequestFailed. */
export interface RecordsClient {
  /** Whether practices are recorded. */
  readonly keepsRecords: boolean;
  persons(): Promise<readonly KnownPerson[]>;
  /** @returns the new person. */
  add(name: string): Promise<KnownPerson>;
  /** Unlocks a person with a PIN until the page is closed. */
  unlock(person: number, pin: string): Promise<void>;
  /** The token that the PIN was exchanged for. */
  token(person: number): string | undefined;
  lock(person: number): void;
  /** The installed exercises, with the person's plan of each. */
  exercises(person?: number): Promise<readonly InstalledExercise[]>;
  /** @param exercise its id: the plan is for it */
  today(person: number, exercise: string): Promise<Today>;
  change(person: number, change: PersonChange, exercise: string): Promise<Today>;
  /** Erases all of the person's data. @returns the remaining people. */
  erase(person: number): Promise<Persons>;
  progress(person: number): Promise<Progress>;
  practice(person: number, id: number): Promise<PracticeDocument>;
  /** The poses of one repetition. */
  repetition(person: number, practice: number, index: number): Promise<RepetitionPoses>;
  /** The report of a practice, a page for a browser. */
  report(person: number, practice: number): Promise<Blob>;
  /** Keeps an analysed video as a practice. */
  keep(person: number, recording: Keep): Promise<Kept>;
  download(person: number, what: Download): Promise<Blob>;
  /** Other devices that may use this page. */
  devices(): Promise<readonly PairedDevice[]>;
  /** @returns the remaining devices. */
  unpair(device: number): Promise<readonly PairedDevice[]>;
  /** @returns the number of imported practices. */
  importFile(person: number, file: Blob): Promise<number>;
}
