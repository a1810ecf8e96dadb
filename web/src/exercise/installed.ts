// The exercises that Matside has, as it tells the page.
import type { InstalledExercise } from "../protocol/records";
import { countOf } from "../format/numbers";
import { FAULTS, levelOf, LEVELS } from "./exercise";

export const FIRST_EXERCISE = "single-leg-kick";

/** The single-leg kick, which the page knows before it has asked. */
export const SINGLE_LEG_KICK: InstalledExercise = {
  id: FIRST_EXERCISE,
  name: "Single-leg kick",
  by_side: true,
  levels: LEVELS.map((level) => ({
    number: level.number,
    name: level.name,
    description: level.description,
    peaks: level.kicks,
    trunk_min_deg: level.trunk_min_deg,
    trunk_max_deg: level.trunk_max_deg,
    repetitions_start: level.repetitions_start,
    repetitions_goal: level.repetitions_goal,
  })),
  faults: FAULTS.map((fault) => ({
    id: fault.id,
    levels: [...fault.levels],
    name: fault.name,
    cue: fault.cue,
    advice: fault.advice,
  })),
  next: { level: levelOf(0).number, repetitions: levelOf(0).repetitions_start },
};

type InstalledLevel = InstalledExercise["levels"][number];

/** The level with that number, or the first level for an unknown number. */
export function levelIn(exercise: InstalledExercise, number: number): InstalledLevel {
  const found = exercise.levels.find((level) => level.number === number) ?? exercise.levels[0];
  if (!found) throw new Error("the exercise has no levels");
  return found;
}

/** What a top of the movement is called. */
export const peakOf = (id: string) => (id === FIRST_EXERCISE ? "kick" : "peak");

/** "4 on each side", or "4 repetitions" where no leg moves alone. */
export function goalText(repetitions: number, exercise: { by_side: boolean }): string {
  return exercise.by_side ? `${repetitions} on each side` : countOf(repetitions, "repetition");
}
