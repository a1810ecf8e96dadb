// The files of the records in a browser, as Matside's program uses them: synchronous, with names that begin with a slash.
// One tab at a time has them.

/** What src/records/sqlite/browser/page_files.h calls PageFileStatus. */
export const FileStatus = { ok: 0, full: 1, failed: 2, absent: 3 } as const;
export type FileStatus = (typeof FileStatus)[keyof typeof FileStatus];

/** Where the files are. Those in memory are lost when the page is closed. */
export type Home = "opfs" | "indexeddb" | "memory";

export interface Files {
  readonly home: Home;
  /** @returns a handle; -1: there is no such file, or no room for another one */
  open(name: string, create: boolean): number;
  close(handle: number): void;
  /** @returns how many bytes were read, fewer at the end of the file; -1: it failed */
  read(handle: number, to: Uint8Array, offset: number): number;
  write(handle: number, from: Uint8Array, offset: number): FileStatus;
  truncate(handle: number, size: number): FileStatus;
  size(handle: number): number;
  sync(handle: number): FileStatus;
  remove(name: string): FileStatus;
  /** Replaces a file of the new name. After a crash, one of both names is there, complete. */
  rename(from: string, to: string): FileStatus;
  names(): string[];
  /**
   * Waits until everything is on the disk; call it before you report something as saved. Throws StorageFull or
   * StorageFailed if something that was written since the last call could not be saved. It is tried again the next time.
   */
  settle(): Promise<void>;
  /** Lets another tab have the files. Every later call fails. */
  release(): Promise<void>;
}

/** The browser gives the page no more room. */
export class StorageFull extends Error {
  constructor() {
    super(
      "This browser has no more room for your practices; what was saved before is safe. " +
        "Free some space on this device, then try again.",
    );
  }
}

/** The files can't be used; the message is for the person. */
export class StorageFailed extends Error {}

/** Another tab has the files. */
export class StorageInUse extends StorageFailed {
  constructor() {
    super("Matside is open in another tab of this browser. Close that tab, or use Matside there.");
  }
}

const isNamed = (failure: unknown, name: string) =>
  failure instanceof Error && failure.name === name;

export const isFull = (failure: unknown) => isNamed(failure, "QuotaExceededError");
export const isInUse = (failure: unknown) => isNamed(failure, "NoModificationAllowedError");

/** The whole content of a file, to be downloaded; undefined without such a file. */
export function readFile(files: Files, name: string): Uint8Array<ArrayBuffer> | undefined {
  const handle = files.open(name, false);
  if (handle < 0) return undefined;
  const bytes = new Uint8Array(files.size(handle));
  const got = files.read(handle, bytes, 0);
  files.close(handle);
  if (got !== bytes.length) throw new StorageFailed(`${name} can't be read.`);
  return bytes;
}

/** Writes a file that was chosen by the person, such as a backup. A file of that name is replaced. */
export function writeFile(files: Files, name: string, bytes: Uint8Array): void {
  files.remove(name);
  const handle = files.open(name, true);
  if (handle < 0) throw new StorageFailed(`${name} can't be written.`);
  let written = files.write(handle, bytes, 0);
  if (written === FileStatus.ok) written = files.sync(handle);
  files.close(handle);
  if (written === FileStatus.ok) return;
  files.remove(name);
  throw written === FileStatus.full
    ? new StorageFull()
    : new StorageFailed(`${name} can't be written.`);
}
