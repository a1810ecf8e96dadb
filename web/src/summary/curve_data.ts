// A practice's curve in uPlot's format, with a mark for each kick or peak.
import type { Side } from "../exercise/repetition";
import type { Repetition } from "../protocol/messages";

/** Of both legs, or of the body. */
export interface MovementCurve {
  /** Such as "Chest lift"; absent: the bend of the knees. */
  name?: string;
  unit?: "deg" | "thigh_length";
  times_s: number[];
  left: (number | null)[];
  right: (number | null)[];
  body?: (number | null)[];
}

/** The part of a repetition that the curve shows. */
export interface Top {
  side: Side;
  times_s: readonly number[];
  /** In the unit of the curve; null if it was not measured. */
  greatest: number | null;
}

/** The kicks of a repetition of a live practice. */
export const kicksOf = (repetition: Repetition): Top => ({
  side: repetition.side,
  times_s: repetition.kick_times_s,
  greatest: repetition.knee_flexion_deg,
});

export const isOfBody = (curve: MovementCurve) => (curve.body?.length ?? 0) > 0;

/** The times, the lines (of left and right, or of the body), and the tops. */
export type Columns = [times_s: number[], ...values: (number | null)[][]];

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

/** Times start at 0. A top's mark is at the greater value of both legs. */
export function columnsOf(
  curve: MovementCurve,
  repetitions: readonly Pick<Top, "times_s">[],
): Columns {
  const first_s = curve.times_s[0] ?? 0;
  const last_s = curve.times_s.at(-1) ?? 0;
  const lines = isOfBody(curve) ? [curve.body ?? []] : [curve.left, curve.right];
  const tops: (number | null)[] = curve.times_s.map(() => null);
  for (const time_s of repetitions.flatMap((repetition) => repetition.times_s)) {
    if (time_s < first_s || time_s > last_s) continue;
    const at = nearest(curve.times_s, time_s);
    tops[at] = Math.max(...lines.map((line) => line[at] ?? 0));
  }
  return [curve.times_s.map((time) => time - first_s), ...lines, tops];
}
