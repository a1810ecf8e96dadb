// What is taught: data/exercises/learn.en.json, typed.
import learn from "../../../data/exercises/learn.en.json";
import sources from "../../../data/exercises/sources.json";

export type Moment = "set_up" | "bend" | "kick" | "lower" | "switch";

export interface Step {
  when: Moment;
  text: string;
  source: string;
}

export const TEMPO = {
  beat_s: learn.tempo.beat.value,
  recoil_deg: learn.tempo.recoil.value,
  rest_s: learn.tempo.rest.value,
  /** How much longer than the level's least a good lowering is. */
  lowering_over_least: learn.tempo.lowering_over_least.value,
};

export function bendTime_s(level: number): number {
  return learn.tempo.bend.find((each) => each.level === level)?.value ?? TEMPO.beat_s;
}

export function stepsOf(level: number): readonly Step[] {
  return (learn.levels.find((each) => each.level === level)?.steps ?? []) as Step[];
}

export const BREATH = learn.breath;
export const WORKED = learn.worked;
export const FEEL = learn.feel;

const NAMES: Readonly<Record<string, { name: string }>> = sources.sources;

/** The names of the sources, each once, in order. */
export function sourceNames(keys: readonly string[]): string[] {
  return [...new Set(keys)].map((key) => NAMES[key]?.name ?? key);
}
