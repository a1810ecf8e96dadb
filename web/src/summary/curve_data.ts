// The knee curve in uPlot's format, with a mark for each kick.
import type { Side } from "../exercise/repetition";
import type { Curve, Repetition } from "../protocol/messages";

/** The part of a repetition that the curve shows. */
export type Bend = Pick<Repetition, "kick_times_s" | "knee_flexion_deg"> & { side: Side };

export type Columns = [
  times_s: number[],
  left: (number | null)[],
  right: (number | null)[],
  kicks: (number | null)[],
];

/** Index of the value in ascending `times` closest to `time`. */
function nearest(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle;
    else high = middle;
  }
  return Math.abs((times[low] ?? 0) - time) <= Math.abs((times[high] ?? 0) - time) ? low : high;
}

/** Times start at 0. A kick's mark is at the angle of the knee that bends more. */
export function columnsOf(
  curve: Curve,
  repetitions: readonly Pick<Bend, "kick_times_s">[],
): Columns {
  const first_s = curve.times_s[0] ?? 0;
  const last_s = curve.times_s.at(-1) ?? 0;
  const kicks: (number | null)[] = curve.times_s.map(() => null);
  for (const time_s of repetitions.flatMap((repetition) => repetition.kick_times_s)) {
    if (time_s < first_s || time_s > last_s) continue;
    const at = nearest(curve.times_s, time_s);
    kicks[at] = Math.max(curve.left[at] ?? 0, curve.right[at] ?? 0);
  }
  return [curve.times_s.map((time) => time - first_s), curve.left, curve.right, kicks];
}
