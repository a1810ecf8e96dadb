// The lesson's texts and tempo: data/exercises/learn.en.json, typed.
import { FIRST_EXERCISE } from "./installed";
import learn from "../../../data/exercises/learn.en.json";
import sources from "../../../data/exercises/sources.json";

export type MovementPhase = "set_up" | "bend" | "kick" | "lower" | "switch";

export interface Step {
  when: MovementPhase;
  text: string;
  source: string;
}

export const TEMPO = {
  beat_s: learn.tempo.beat.value,
  recoil_deg: learn.tempo.recoil.value,
  rest_s: learn.tempo.rest.value,
  /** A good lowering's time, as a multiple of the level's shortest. */
  lowering_over_least: learn.tempo.lowering_over_least.value,
};

export function bendTime_s(level: number): number {
  return learn.tempo.bend.find((each) => each.level === level)?.value ?? TEMPO.beat_s;
}

const lessonOf = (level: number) => learn.levels.find((each) => each.level === level);

export function stepsOf(level: number): readonly Step[] {
  return (lessonOf(level)?.steps ?? []) as Step[];
}

/** How the body lies at a level. */
export function postureOf(level: number): { flat: boolean; reach: number } {
  const lesson = lessonOf(level);
  return { flat: lesson?.posture === "flat", reach: lesson?.reach ?? 0 };
}

/** The levels of the single-leg kick with a beat. */
export const BEAT_LEVELS: readonly number[] = learn.tempo.beat.levels;

export function hasBeat({ exercise, level }: { exercise: string; level: number }): boolean {
  return exercise === FIRST_EXERCISE && BEAT_LEVELS.includes(level);
}

export const BREATH = learn.breath;
export const MUSCLES = learn.worked;
export const SENSATIONS = learn.feel;

const NAMES: Readonly<Record<string, { name: string }>> = sources.sources;

/** The sources' names in order, without duplicates. */
export function sourceNames(keys: readonly string[]): string[] {
  return [...new Set(keys)].map((key) => NAMES[key]?.name ?? key);
}
