// The part of a practice's curve that belongs to one repetition.
import { formatDegrees } from "../format/numbers";
import { firstFrom } from "../report/plot";
import type { MovementCurve } from "../protocol/records";

/** A longer time without a sample has no value. */
const NEAR_S = 0.25;

/** Room above the highest value, as a share of a step. */
const ROOM = 1 / 6;

export type Part = "left" | "right" | "body";

/** What the curve is of: both legs, or the body. */
export function partsOf(curve: Pick<MovementCurve, "body">): readonly Part[] {
  return curve.body.length > 0 ? ["body"] : ["left", "right"];
}

/** The name of a part's values, such as "Left knee bend", or "Chest lift" of the body. */
export function partName(curve: Pick<MovementCurve, "name">, part: Part): string {
  if (part === "body") return curve.name;
  return `${part === "left" ? "Left" : "Right"} ${curve.name.toLowerCase()}`;
}

/** A value of the curve with its unit. */
export function formatValue(curve: Pick<MovementCurve, "unit">, value: number): string {
  return curve.unit === "deg" ? formatDegrees(value) : `${value.toFixed(2)} thigh lengths`;
}

/** The greatest value drawn, in whole steps, so that small movements look small. */
export function mostOf(curve: MovementCurve, from_s: number, to_s: number): number {
  const from = firstFrom(curve.times_s, from_s);
  const to = firstFrom(curve.times_s, to_s);
  const values = partsOf(curve).flatMap((part) => curve[part].slice(from, to));
  const steps = values.map((value) => Math.ceil((value ?? 0) / curve.step + ROOM));
  return Math.max(curve.most, Math.max(0, ...steps) * curve.step);
}

/** All parts at the sample nearest to that time; null where it was not visible. */
export function valuesAt(
  curve: Pick<MovementCurve, "times_s" | Part>,
  time_s: number,
): Record<Part, number | null> {
  const after = firstFrom(curve.times_s, time_s);
  const apart = (at: number) => Math.abs((curve.times_s[at] ?? Infinity) - time_s);
  const at = apart(after - 1) <= apart(after) ? after - 1 : after;
  const near = apart(at) <= NEAR_S;
  const valueOf = (part: Part) => (near ? (curve[part][at] ?? null) : null);
  return { left: valueOf("left"), right: valueOf("right"), body: valueOf("body") };
}
