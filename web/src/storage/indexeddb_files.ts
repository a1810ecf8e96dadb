// The files in IndexedDB, for browsers without the Origin Private File System. They are in memory; settle() writes the
// changed blocks of all files in one transaction, so that a crash leaves all of one moment.
import { BLOCK_BYTES, BlockFiles, type Changes } from "./block_files";
import { type Home, isFull, StorageFailed, StorageFull, StorageInUse } from "./files";

const DATABASE = "matside";
const VERSION = 1;
const STORES = ["about", "names", "blocks"];

interface StoredName {
  id: number;
  size: number;
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new StorageFailed("IndexedDB failed."));
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () =>
      reject(transaction.error ?? new StorageFailed("The browser didn't save."));
  });
}

/** Throws what the browser throws where there is no IndexedDB. */
export function connect(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, VERSION);
  request.onupgradeneeded = () => {
    for (const name of STORES) request.result.createObjectStore(name);
  };
  return result(request);
}

/** Where the records of this browser are, as rememberHome() noted it. */
export function knownHome(database: IDBDatabase): Promise<Home | undefined> {
  const about = database.transaction("about").objectStore("about");
  return result(about.get("home") as IDBRequest<Home | undefined>);
}

/** Without room it is noted the next time. */
export async function rememberHome(database: IDBDatabase, home: Home): Promise<void> {
  const transaction = database.transaction("about", "readwrite");
  transaction.objectStore("about").put(home, "home");
  await finished(transaction).catch((failure: unknown) => {
    if (!isFull(failure)) throw failure;
  });
}

export class IndexedDbFiles extends BlockFiles {
  override readonly home = "indexeddb";
  readonly #database: IDBDatabase;
  /** Another tab that opens the files writes its own word; then this one can't write any more. */
  readonly #owner = crypto.randomUUID();
  /** Not yet if the browser had no room for the word. */
  #claimed = false;
  #saving: Promise<void> = Promise.resolve();

  private constructor(database: IDBDatabase) {
    super();
    this.#database = database;
    database.onversionchange = () => database.close();
  }

  static async open(database: IDBDatabase): Promise<IndexedDbFiles> {
    const files = new IndexedDbFiles(database);
    await files.#claim();
    const transaction = database.transaction(STORES);
    const names = transaction.objectStore("names");
    const blocks = transaction.objectStore("blocks");
    const keys = (await result(names.getAllKeys())) as string[];
    for (const name of keys) {
      const { id, size } = (await result(names.get(name))) as StoredName;
      const all = IDBKeyRange.bound([id], [id, []]);
      const found = (await result(blocks.getAll(all))) as Uint8Array[];
      const bytes = new Uint8Array(size);
      found.forEach((block, i) =>
        bytes.set(block.subarray(0, size - i * BLOCK_BYTES), i * BLOCK_BYTES),
      );
      if (found.length !== Math.ceil(size / BLOCK_BYTES))
        throw new StorageFailed("Matside's files in this browser are damaged.");
      files.add(name, id, bytes);
    }
    await finished(transaction);
    return files;
  }

  override settle(): Promise<void> {
    this.#saving = this.#saving.catch(() => undefined).then(() => this.#save());
    return this.#saving;
  }

  override async release(): Promise<void> {
    await this.#saving.catch(() => undefined);
    await super.release();
    this.#database.close();
  }

  /** The records can be read without room for more. */
  async #claim(): Promise<void> {
    const transaction = this.#database.transaction("about", "readwrite");
    transaction.objectStore("about").put(this.#owner, "owner");
    try {
      await finished(transaction);
      this.#claimed = true;
    } catch (failure) {
      if (!isFull(failure)) throw failure;
    }
  }

  async #save(): Promise<void> {
    const written = this.written;
    const changes = this.takeChanges();
    if (!changes) return;
    try {
      await this.#write(changes);
    } catch (failure) {
      this.putBack(changes);
      if (!written) return;
      if (failure instanceof StorageFailed) throw failure;
      if (isFull(failure)) throw new StorageFull();
      throw new StorageFailed("The browser could not save. Reload the page, then try again.");
    }
  }

  async #write({ names, blocks, shortened, removed }: Changes): Promise<void> {
    const transaction = this.#database.transaction(STORES, "readwrite", { durability: "strict" });
    const written = finished(transaction);
    // The failure of a transaction that is given up here is this function's own.
    written.catch(() => undefined);
    const about = transaction.objectStore("about");
    const owner: unknown = await result(about.get("owner"));
    if (this.#claimed && owner !== this.#owner) {
      transaction.abort();
      throw new StorageInUse();
    }
    if (!this.#claimed) about.put(this.#owner, "owner");
    const nameStore = transaction.objectStore("names");
    const blockStore = transaction.objectStore("blocks");
    for (const id of removed) blockStore.delete(IDBKeyRange.bound([id], [id, []]));
    for (const { id, blocks } of shortened)
      blockStore.delete(IDBKeyRange.bound([id, blocks], [id, []]));
    nameStore.clear();
    for (const { name, id, size } of names) nameStore.put({ id, size }, name);
    for (const { id, block, bytes } of blocks) blockStore.put(bytes, [id, block]);
    await written;
    this.#claimed = true;
  }
}
