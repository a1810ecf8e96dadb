// How safe the records are in this browser, in plain words, and the request to keep them.
import type { Home } from "./files";

const MEBIBYTE = 1024 * 1024;
const NEARLY_FULL = 0.9;

export interface Safety {
  home: Home;
  /** Whether the browser promised to keep the records until the person removes them. */
  persistent: boolean;
  /** What the page uses and may use, where the browser says so. */
  used_bytes?: number;
  allowed_bytes?: number;
}

/** Asks the browser to keep the records; some ask the person. Call it in the page, after the person has chosen to save. */
export async function askToKeep(): Promise<boolean> {
  try {
    return (await navigator.storage.persisted()) || (await navigator.storage.persist());
  } catch {
    return false;
  }
}

/** @param home where the files are, as the Worker says */
export async function safetyOf(home: Home): Promise<Safety> {
  const safety: Safety = { home, persistent: false };
  try {
    safety.persistent = await navigator.storage.persisted();
    const { usage, quota } = await navigator.storage.estimate();
    if (usage !== undefined) safety.used_bytes = usage;
    if (quota !== undefined) safety.allowed_bytes = quota;
  } catch {
    // This browser says nothing about it.
  }
  return safety;
}

const size = (bytes: number) => {
  const mebibytes = bytes / MEBIBYTE;
  if (mebibytes < 0.95) return "less than 1 MB";
  return mebibytes < 1024 ? `${Math.round(mebibytes)} MB` : `${Math.round(mebibytes / 1024)} GB`;
};

/** What a person should know, the most important first. */
export function safetyWords({ home, persistent, used_bytes, allowed_bytes }: Safety): string[] {
  if (home === "memory")
    return [
      "This browser saves nothing: your practices are lost when you close this page. " +
        "Use an ordinary window instead of a private one, or another browser.",
    ];
  const words = [
    persistent
      ? "Your practices are saved in this browser, on this device, until you erase them."
      : "Your practices are saved in this browser, on this device. The browser may erase them, " +
        "for example if the device is full or you don't use Matside for weeks. " +
        "Export your data from time to time.",
    "They are erased if you clear this browser's data, and at the end of a private window.",
  ];
  if (used_bytes === undefined || allowed_bytes === undefined || allowed_bytes === 0) return words;
  if (used_bytes >= NEARLY_FULL * allowed_bytes)
    words.unshift(
      "The browser has almost no more room for Matside. Free some space on this device. " +
        "What was saved before is safe.",
    );
  words.push(`Matside uses ${size(used_bytes)}; the browser allows ${size(allowed_bytes)}.`);
  return words;
}
