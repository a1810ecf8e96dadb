// The part of the knee curve that belongs to one repetition.
import { firstFrom } from "../report/plot";
import type { KneeCurve } from "../protocol/records";

/** A longer time without a sample has no value. */
const NEAR_S = 0.25;

/** The greatest angle drawn, in whole steps, so that small bends look small. */
export function mostOf(curve: KneeCurve, from_s: number, to_s: number): number {
  const from = firstFrom(curve.times_s, from_s);
  const to = firstFrom(curve.times_s, to_s);
  const angles = [...curve.left.slice(from, to), ...curve.right.slice(from, to)];
  return Math.max(120, ...angles.map((deg) => Math.ceil(((deg ?? 0) + 5) / 30) * 30));
}

/** Both knees at the sample nearest to that time; null where a knee was not visible. */
export function kneesAt(
  curve: KneeCurve,
  time_s: number,
): { left: number | null; right: number | null } {
  const after = firstFrom(curve.times_s, time_s);
  const apart = (at: number) => Math.abs((curve.times_s[at] ?? Infinity) - time_s);
  const at = apart(after - 1) <= apart(after) ? after - 1 : after;
  if (apart(at) > NEAR_S) return { left: null, right: null };
  return { left: curve.left[at] ?? null, right: curve.right[at] ?? null };
}
