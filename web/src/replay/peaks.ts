// The kicks of a repetition, or what takes their place in other exercises.
import type { KeptRepetition } from "../protocol/records";

/** In the unit of the curve; null if it was not measured. */
interface Top {
  side: KeptRepetition["side"];
  times_s: number[];
  greatest: number | null;
}

type Peaks = Pick<KeptRepetition, "kick_times_s" | "peaks">;

/** What a practice's curve marks of a repetition: its tops, and the greatest value. */
export function topsOf(repetition: KeptRepetition): Top {
  const values = (repetition.peaks ?? []).flatMap((peak) => peak.value ?? []);
  const greatest = values.length > 0 ? Math.max(...values) : repetition.knee_flexion_deg;
  return { side: repetition.side, times_s: peakTimes(repetition), greatest };
}

/** When they were; those of both legs, where both move. */
export function peakTimes(repetition: Peaks): number[] {
  return repetition.peaks?.map((peak) => peak.time_s) ?? repetition.kick_times_s;
}

/** How many: of one leg, where both move. */
export function peakCount(repetition: Peaks): number {
  const { peaks } = repetition;
  if (!peaks) return repetition.kick_times_s.length;
  const right = peaks.filter((peak) => peak.leg === "right").length;
  return Math.max(right, peaks.length - right);
}
