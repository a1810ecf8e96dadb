// One tab at a time has the records. Another one can ask for them.

const LOCK = "matside records";
const CHANNEL = "matside records";
const GIVE = "give";
/** A tab that was closed or reloaded may have the records for a moment longer. */
const MOMENT_MS = 1000;
/** A tab that the browser has frozen doesn't answer. */
const PATIENCE_MS = 4000;

export interface Owner {
  /** Lets another tab have the records. */
  release(): void;
}

/** Holds the lock until it is released, or another tab asks for it. Throws if the wait for it is aborted. */
function hold(options: LockOptions, giveUp: () => Promise<void>): Promise<Owner> {
  return new Promise((resolve, reject) => {
    let release: (() => void) | undefined;
    const held = () =>
      new Promise<void>((released) => {
        const channel = new BroadcastChannel(CHANNEL);
        const end = () => {
          channel.close();
          released();
        };
        channel.onmessage = ({ data }) => {
          if (data === GIVE) void giveUp().finally(end);
        };
        release = end;
        resolve({ release: end });
      });
    navigator.locks.request(LOCK, options, held).catch((failure: unknown) => {
      if (!release) return reject(failure instanceof Error ? failure : new Error("no lock"));
      // Another tab took the lock from this one, which didn't answer for a while.
      release();
      void giveUp();
    });
  });
}

/**
 * Makes this tab the owner of the records.
 * @param giveUp closes the files; it is called when another tab takes the records over
 * @returns undefined if another tab has them
 */
export async function own(giveUp: () => Promise<void>): Promise<Owner | undefined> {
  // Without locks, the files themselves refuse a second tab.
  if (!("locks" in navigator)) return { release: () => undefined };
  try {
    return await hold({ signal: AbortSignal.timeout(MOMENT_MS) }, giveUp);
  } catch {
    return undefined;
  }
}

/** As own(), but asks the tab that has the records to give them up, and takes them if it doesn't answer. */
export async function takeOver(giveUp: () => Promise<void>): Promise<Owner | undefined> {
  if (!("locks" in navigator)) return { release: () => undefined };
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(GIVE);
  try {
    return await hold({ signal: AbortSignal.timeout(PATIENCE_MS) }, giveUp);
  } catch {
    return await hold({ steal: true }, giveUp);
  } finally {
    channel.close();
  }
}
