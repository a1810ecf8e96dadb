// Files in memory that know which of their blocks have changed since they were last saved.
import { FileStatus, type Files, type Home } from "./files";

export const BLOCK_BYTES = 4096;

interface Content {
  id: number;
  bytes: Uint8Array;
  size: number;
  changed: Set<number>;
}

/** What is to be saved: all of it, or nothing. */
export interface Changes {
  /** Every file that has a name, and its size. */
  names: { name: string; id: number; size: number }[];
  blocks: { id: number; block: number; bytes: Uint8Array }[];
  /** Files whose blocks beyond a number go. */
  shortened: { id: number; blocks: number }[];
  removed: number[];
}

const blocksOf = (size: number) => Math.ceil(size / BLOCK_BYTES);

export class BlockFiles implements Files {
  readonly home: Home = "memory";
  readonly #files = new Map<string, Content>();
  readonly #byId = new Map<number, Content>();
  #shortened = new Map<number, number>();
  #removed = new Set<number>();
  #namesChanged = false;
  /** Whether anything was written since the last takeChanges(), apart from what was put back. */
  #written = false;
  #next = 0;
  #released = false;

  /** Adds a file as it was saved. */
  protected add(name: string, id: number, bytes: Uint8Array): void {
    this.#put(name, { id, bytes, size: bytes.length, changed: new Set() });
    this.#next = Math.max(this.#next, id + 1);
  }

  open(name: string, create: boolean): number {
    const known = this.#files.get(name);
    if (known) return known.id;
    if (!create || this.#released) return -1;
    const made = {
      id: this.#next++,
      bytes: new Uint8Array(0),
      size: 0,
      changed: new Set<number>(),
    };
    this.#put(name, made);
    this.#namesChanged = this.#written = true;
    return made.id;
  }

  close(): void {
    // Nothing is held open.
  }

  read(handle: number, to: Uint8Array, offset: number): number {
    const file = this.#byId.get(handle);
    if (!file) return -1;
    const part = file.bytes.subarray(offset, Math.min(file.size, offset + to.length));
    to.set(part);
    return part.length;
  }

  write(handle: number, from: Uint8Array, offset: number): FileStatus {
    const file = this.#byId.get(handle);
    if (!file) return FileStatus.failed;
    const end = offset + from.length;
    try {
      this.#grow(file, end);
    } catch {
      return FileStatus.full;
    }
    // A gap before what is written has changed to zeros, too.
    for (let i = Math.floor(Math.min(offset, file.size) / BLOCK_BYTES); i < blocksOf(end); i++)
      file.changed.add(i);
    this.#written = true;
    file.bytes.set(from, offset);
    file.size = Math.max(file.size, end);
    return FileStatus.ok;
  }

  truncate(handle: number, size: number): FileStatus {
    const file = this.#byId.get(handle);
    if (!file) return FileStatus.failed;
    if (size >= file.size) return FileStatus.ok;
    this.#written = true;
    file.bytes.fill(0, size, file.size);
    file.size = size;
    const blocks = blocksOf(size);
    for (const each of file.changed) if (each >= blocks) file.changed.delete(each);
    if (size % BLOCK_BYTES !== 0) file.changed.add(blocks - 1);
    this.#shortened.set(file.id, Math.min(blocks, this.#shortened.get(file.id) ?? blocks));
    return FileStatus.ok;
  }

  size(handle: number): number {
    return this.#byId.get(handle)?.size ?? 0;
  }

  sync(handle: number): FileStatus {
    return this.#byId.has(handle) ? FileStatus.ok : FileStatus.failed;
  }

  remove(name: string): FileStatus {
    const file = this.#files.get(name);
    if (!file) return FileStatus.absent;
    this.#files.delete(name);
    this.#byId.delete(file.id);
    this.#shortened.delete(file.id);
    this.#removed.add(file.id);
    this.#namesChanged = this.#written = true;
    return FileStatus.ok;
  }

  rename(from: string, to: string): FileStatus {
    const file = this.#files.get(from);
    if (!file) return FileStatus.absent;
    if (from === to) return FileStatus.ok;
    this.remove(to);
    this.#files.delete(from);
    this.#files.set(to, file);
    this.#namesChanged = this.#written = true;
    return FileStatus.ok;
  }

  names(): string[] {
    return [...this.#files.keys()];
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  release(): Promise<void> {
    this.#released = true;
    this.#files.clear();
    this.#byId.clear();
    return Promise.resolve();
  }

  protected get written(): boolean {
    return this.#written;
  }

  /** @returns what has changed since the last call, as copies; undefined if nothing has */
  protected takeChanges(): Changes | undefined {
    const changed = [...this.#files.values()].filter(({ changed }) => changed.size > 0);
    if (!changed.length && !this.#namesChanged && !this.#shortened.size) return undefined;
    const names = [...this.#files].map(([name, { id, size }]) => ({ name, id, size }));
    const blocks = changed.flatMap(({ id, bytes, size, changed }) =>
      [...changed].map((block) => ({
        id,
        block,
        bytes: bytes.slice(block * BLOCK_BYTES, Math.min(size, (block + 1) * BLOCK_BYTES)),
      })),
    );
    const shortened = [...this.#shortened].map(([id, blocks]) => ({ id, blocks }));
    const removed = [...this.#removed];
    for (const file of changed) file.changed.clear();
    this.#written = false;
    this.#shortened = new Map();
    this.#removed = new Set();
    this.#namesChanged = false;
    return { names, blocks, shortened, removed };
  }

  /** They could not be saved, and belong to the next ones. */
  protected putBack({ blocks, shortened, removed }: Changes): void {
    for (const { id, block } of blocks) {
      const file = this.#byId.get(id);
      if (file && block < blocksOf(file.size)) file.changed.add(block);
    }
    for (const { id, blocks } of shortened)
      if (this.#byId.has(id))
        this.#shortened.set(id, Math.min(blocks, this.#shortened.get(id) ?? blocks));
    for (const id of removed) this.#removed.add(id);
    this.#namesChanged = true;
  }

  #put(name: string, file: Content): void {
    this.#files.set(name, file);
    this.#byId.set(file.id, file);
  }

  #grow(file: Content, size: number): void {
    if (size <= file.bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * file.bytes.length, size, 16 * BLOCK_BYTES));
    larger.set(file.bytes.subarray(0, file.size));
    file.bytes = larger;
  }
}
