// An exercise of the practice that is done, and another one follows.
import type { Exercise, Summary } from "../protocol/messages";

type Counted = "left" | "right" | "unsure" | "both" | "kicks" | "clean";
export type ExerciseCounts = Record<Counted, number>;
export const NOTHING: Readonly<ExerciseCounts> = {
  left: 0,
  right: 0,
  unsure: 0,
  both: 0,
  kicks: 0,
  clean: 0,
};

export interface DoneExercise {
  id: string;
  name: string;
  level: number;
  by_side: boolean;
  counts: ExerciseCounts;
  wanted: number;
  summary: Summary;
}

export function doneExercise(
  { id, name, level, by_side, repetitions }: Exercise,
  counts: ExerciseCounts,
  summary: Summary,
): DoneExercise {
  return { id, name, level, by_side, counts, wanted: repetitions, summary };
}
