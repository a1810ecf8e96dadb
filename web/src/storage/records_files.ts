// Opens the files of the records, wherever this browser lets a page keep them.
import { BlockFiles } from "./block_files";
import { type Files, type Home, StorageFailed, StorageInUse } from "./files";
import { connect, IndexedDbFiles, knownHome, rememberHome } from "./indexeddb_files";
import { OpfsFiles } from "./opfs_files";
import { own, takeOver } from "./owner";

const UNREACHABLE =
  "This browser doesn't let Matside reach your records now. Reload the page. If you are in a " +
  "private window, use an ordinary one.";

/** What is in the way, where it isn't another tab. */
const unlessInUse = (failure: unknown): undefined => {
  if (failure instanceof StorageFailed) throw failure;
  return undefined;
};

/**
 * The Origin Private File System, or else IndexedDB, or else memory. Records stay where they are: if their home can't
 * be opened, no empty one takes its place.
 * @param only for tests
 */
async function openHome(only?: Home): Promise<Files> {
  const database = await connect().catch(() => undefined);
  const known = database && (await knownHome(database));
  const home = only ?? known;
  if (home === undefined || home === "opfs") {
    const files = await OpfsFiles.open().catch(unlessInUse);
    if (files) {
      if (database && known === undefined) await rememberHome(database, "opfs");
      database?.close();
      return files;
    }
    if (known === "opfs") throw new StorageFailed(UNREACHABLE);
  }
  if (database && home !== "memory") {
    const files = await IndexedDbFiles.open(database);
    if (known === undefined) await rememberHome(database, "indexeddb");
    return files;
  }
  return new BlockFiles();
}

export interface OpenedFiles {
  files: Files;
  /** Closes them, so that another tab can open them. */
  release(): Promise<void>;
}

/**
 * Makes this tab the owner of the records, and opens their files. Throws StorageInUse if another tab has them, and
 * StorageFailed with a sentence for the person.
 * @param how.take whether to take them over from another tab
 * @param how.onLost called when another tab takes them over, after everything is saved; then they are closed
 * @param how.home for tests
 */
export async function openFiles(how: {
  take: boolean;
  onLost: () => void;
  home?: Home;
}): Promise<OpenedFiles> {
  let files: Files | undefined;
  const giveUp = async () => {
    how.onLost();
    await files?.settle().catch(() => undefined);
    await files?.release();
  };
  const owner = await (how.take ? takeOver : own)(giveUp);
  if (!owner) throw new StorageInUse();
  try {
    const opened = await openHome(how.home);
    files = opened;
    return {
      files: opened,
      release: async () => {
        try {
          await opened.settle();
        } finally {
          await opened.release();
          owner.release();
        }
      },
    };
  } catch (failure) {
    owner.release();
    throw failure;
  }
}
