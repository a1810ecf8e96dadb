// Notifies the person once, while the page is open, when the rest is over.
import { goalText } from "../exercise/installed";
import type { InstalledExercise, Today } from "../protocol/records";

/** Longest timeout of setTimeout. */
const LONGEST_MS = 2 ** 31 - 1;

export function canRemind(): boolean {
  return "Notification" in globalThis && globalThis.isSecureContext;
}

export class Reminder {
  /** Call from a click. @returns whether the browser allows notifications. */
  async ask(): Promise<boolean> {
    return canRemind() && (await Notification.requestPermission()) === "granted";
  }

  /** Call within an effect. @returns cancels the reminder. */
  watch(today: Today, exercise: InstalledExercise, enabled: boolean): () => void {
    if (!enabled || !canRemind() || Notification.permission !== "granted") return () => undefined;
    if (today.next.today || today.next.ask_first) return () => undefined;
    const wait_ms = Date.parse(today.next.not_before) - Date.parse(today.now);
    if (!(wait_ms > 0 && wait_ms <= LONGEST_MS)) return () => undefined;
    const timer = setTimeout(() => this.#notify(today, exercise), wait_ms);
    return () => clearTimeout(timer);
  }

  #notify({ next }: Today, exercise: InstalledExercise): void {
    try {
      new Notification("Your rest is over", {
        body: `Next: level ${next.level}, ${goalText(next.repetitions, exercise)}, when you are ready.`,
        icon: "icon.svg",
        tag: "matside",
      });
    } catch {
      // Some browsers allow it to installed pages only.
    }
  }
}
