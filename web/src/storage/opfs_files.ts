// The files in the Origin Private File System, each behind a handle that reads and writes at once. Names are given to
// stored files by a map of its own, because the handles can neither be opened nor renamed without waiting.
import { FileStatus, type Files, isFull, isInUse, StorageFailed, StorageInUse } from "./files";
import { decodeMap, encodeMap, type FileMap, PLACE_BYTES, placeOf } from "./file_map";

/** The part of FileSystemSyncAccessHandle that is used. */
interface Handle {
  read(to: Uint8Array, options: { at: number }): number;
  write(from: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}
interface FileHandle {
  createSyncAccessHandle?(): Promise<Handle>;
}

const FOLDER = "matside";
const MAP = "files";
/** Stored files that have no name, for those that a call may create. */
const SPARE = 6;
/** A page that was closed needs a moment to let go of its handles. */
const TRIES = 40;
const PAUSE_MS = 50;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function open(folder: FileSystemDirectoryHandle, name: string): Promise<Handle> {
  const file = (await folder.getFileHandle(name, { create: true })) as FileHandle;
  for (let tries = TRIES; ; tries--) {
    try {
      if (!file.createSyncAccessHandle) throw new Error("no synchronous files");
      const handle = await file.createSyncAccessHandle();
      // Safari's first version made promises instead.
      if (typeof handle.getSize() !== "number") throw new Error("no synchronous files");
      return handle;
    } catch (failure) {
      if (!isInUse(failure)) throw failure;
      if (tries === 0) throw new StorageInUse();
      await pause(PAUSE_MS);
    }
  }
}

export class OpfsFiles implements Files {
  readonly home = "opfs";
  readonly #folder: FileSystemDirectoryHandle;
  readonly #mapFile: Handle;
  readonly #stored: Handle[] = [];
  #map: FileMap;

  private constructor(folder: FileSystemDirectoryHandle, mapFile: Handle, map: FileMap) {
    this.#folder = folder;
    this.#mapFile = mapFile;
    this.#map = map;
  }

  /** Throws StorageInUse while another tab has the files, StorageFailed if they are damaged, and what the browser throws. */
  static async open(): Promise<OpfsFiles> {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(FOLDER, { create: true });
    const mapFile = await open(folder, MAP);
    const stored: Handle[] = [];
    try {
      const bytes = new Uint8Array(2 * PLACE_BYTES);
      const map = decodeMap(bytes.subarray(0, mapFile.read(bytes, { at: 0 })));
      const known = Math.max(-1, ...(map?.files.values() ?? []));
      // Until the first map is complete, nothing has a name.
      const files = new OpfsFiles(folder, mapFile, map ?? { sequence: 0, files: new Map() });
      for (let i = 0; i <= known; i++) stored.push(await open(folder, String(i)));
      files.#stored.push(...stored);
      await files.#addSpares();
      const used = new Set(files.#map.files.values());
      files.#stored.forEach((handle, i) => {
        if (used.has(i) || handle.getSize() === 0) return;
        if (!map)
          throw new StorageFailed("The list of Matside's files in this browser is damaged.");
        handle.truncate(0);
      });
      return files;
    } catch (failure) {
      for (const handle of [mapFile, ...stored]) handle.close();
      throw failure;
    }
  }

  open(name: string, create: boolean): number {
    const known = this.#map.files.get(name);
    if (known !== undefined) return known;
    if (!create) return -1;
    const used = new Set(this.#map.files.values());
    const spare = this.#stored.findIndex((_, i) => !used.has(i));
    if (spare < 0) return -1;
    const saved = this.#change((files) => files.set(name, spare));
    return saved === FileStatus.ok ? spare : -1;
  }

  close(): void {
    // The handle stays open until the files are released.
  }

  read(handle: number, to: Uint8Array, offset: number): number {
    try {
      return this.#at(handle).read(to, { at: offset });
    } catch {
      return -1;
    }
  }

  write(handle: number, from: Uint8Array, offset: number): FileStatus {
    return this.#tried(() =>
      this.#at(handle).write(from, { at: offset }) === from.length
        ? FileStatus.ok
        : FileStatus.full,
    );
  }

  truncate(handle: number, size: number): FileStatus {
    return this.#tried(() => this.#at(handle).truncate(size));
  }

  size(handle: number): number {
    return this.#at(handle).getSize();
  }

  sync(handle: number): FileStatus {
    return this.#tried(() => this.#at(handle).flush());
  }

  remove(name: string): FileStatus {
    const stored = this.#map.files.get(name);
    if (stored === undefined) return FileStatus.absent;
    const saved = this.#change((files) => files.delete(name));
    if (saved === FileStatus.ok) this.#empty(stored);
    return saved;
  }

  rename(from: string, to: string): FileStatus {
    const stored = this.#map.files.get(from);
    if (stored === undefined) return FileStatus.absent;
    const replaced = this.#map.files.get(to);
    const written = this.sync(stored);
    if (written !== FileStatus.ok) return written;
    const saved = this.#change((files) => {
      files.delete(from);
      files.set(to, stored);
    });
    if (saved === FileStatus.ok && replaced !== undefined) this.#empty(replaced);
    return saved;
  }

  names(): string[] {
    return [...this.#map.files.keys()];
  }

  async settle(): Promise<void> {
    await this.#addSpares();
  }

  release(): Promise<void> {
    for (const handle of this.#stored.splice(0)) handle.close();
    this.#mapFile.close();
    this.#map = { sequence: this.#map.sequence, files: new Map() };
    return Promise.resolve();
  }

  /** What a removed file contained doesn't stay on the disk. */
  #empty(stored: number): void {
    this.truncate(stored, 0);
    this.sync(stored);
  }

  async #addSpares(): Promise<void> {
    while (this.#stored.length - this.#map.files.size < SPARE)
      this.#stored.push(await open(this.#folder, String(this.#stored.length)));
  }

  #change(change: (files: Map<string, number>) => void): FileStatus {
    const files = new Map(this.#map.files);
    change(files);
    const map = { sequence: this.#map.sequence + 1, files };
    const bytes = encodeMap(map);
    if (!bytes) return FileStatus.failed;
    return this.#tried(() => {
      if (this.#mapFile.write(bytes, { at: placeOf(map) }) !== bytes.length) return FileStatus.full;
      this.#mapFile.flush();
      this.#map = map;
      return FileStatus.ok;
    });
  }

  #at(handle: number): Handle {
    const found = this.#stored[handle];
    if (!found) throw new StorageFailed("The file was released.");
    return found;
  }

  /** @param action may return FileStatus.full */
  #tried(action: () => unknown): FileStatus {
    try {
      return action() === FileStatus.full ? FileStatus.full : FileStatus.ok;
    } catch (failure) {
      return isFull(failure) ? FileStatus.full : FileStatus.failed;
    }
  }
}
