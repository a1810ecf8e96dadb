// Short vibrations, where the device has them.
import type { Earcon } from "./earcons";

const PATTERNS_MS: Partial<Record<Earcon, readonly number[]>> = {
  kick: [40],
  repetition: [60, 80, 60],
};

export const canVibrate = () => "navigator" in globalThis && "vibrate" in navigator;

export function vibrate(earcon: Earcon): void {
  const pattern = PATTERNS_MS[earcon];
  if (pattern && canVibrate()) navigator.vibrate([...pattern]);
}
