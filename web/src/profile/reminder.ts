// Tells once, while the page is open, that the rest is over and the next practice may come.
import type { Today } from "../protocol/records";

/** Browsers count longer waits wrong. */
const LONGEST_MS = 2 ** 31 - 1;

export function canRemind(): boolean {
  return "Notification" in globalThis && globalThis.isSecureContext;
}

export class Reminder {
  /** Call on a click. @returns whether the browser allows it. */
  async ask(): Promise<boolean> {
    return canRemind() && (await Notification.requestPermission()) === "granted";
  }

  /** Call within an effect. @returns how to call it off. */
  watch(today: Today, wanted: boolean): () => void {
    if (!wanted || !canRemind() || Notification.permission !== "granted" || today.next.today) return () => undefined;
    const wait_ms = Date.parse(today.next.not_before) - Date.parse(today.now);
    if (!(wait_ms > 0 && wait_ms <= LONGEST_MS)) return () => undefined;
    const timer = setTimeout(() => this.#tell(today), wait_ms);
    return () => clearTimeout(timer);
  }

  #tell({ next }: Today): void {
    try {
      new Notification("Your rest is over", {
        body: `Next: level ${next.level}, ${next.repetitions} each side, whenever you like.`,
        icon: "/icon.svg",
        tag: "matside",
      });
    } catch {
      // Some browsers allow it to installed pages only.
    }
  }
}
