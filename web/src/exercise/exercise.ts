// The exercise's numbers and words, read from the same files as the engine.
import { faults as faultWords, phrases } from "../../../data/exercises/cues.en.json";
import { faults, levels, repetition } from "../../../data/exercises/single_leg_kick.json";

export interface Level {
  number: number;
  name: string;
  description: string;
  kicks: number;
  trunk_min_deg: number;
  trunk_max_deg: number;
  knee_min_deg: number;
  knee_aim_deg: number;
  transit_70_20_s: number;
  /** In upper-arm lengths. */
  elbow_back: number;
  elbow_forward: number;
  repetitions_start: number;
  repetitions_goal: number;
}

export interface Fault {
  id: string;
  signal: string;
  levels: readonly number[];
  /** The threshold where the fault starts, in the unit of its signal. */
  on: number;
  name: string;
  cue: string;
  advice: string;
}

export const LEVELS: readonly Level[] = levels.map((level) => ({
  number: level.number,
  name: level.name,
  description: level.description,
  kicks: level.kicks.value,
  trunk_min_deg: level.trunk_min.value,
  trunk_max_deg: level.trunk_max.value,
  knee_min_deg: level.knee_min.value,
  knee_aim_deg: level.knee_aim.value,
  transit_70_20_s: level.transit_70_20.value,
  elbow_back: level.elbow_back.value,
  elbow_forward: level.elbow_forward.value,
  repetitions_start: level.repetitions_start.value,
  repetitions_goal: level.repetitions_goal.value,
}));

const WORDS: Readonly<Record<string, { name: string; cue: string; advice: string }>> = faultWords;

export const FAULTS: readonly Fault[] = faults.map((fault) => ({
  id: fault.id,
  signal: fault.signal,
  levels: fault.levels,
  on: fault.on.value,
  name: WORDS[fault.id]?.name ?? fault.id,
  cue: WORDS[fault.id]?.cue ?? "",
  advice: WORDS[fault.id]?.advice ?? "",
}));

/** Praise for a practice that the server has not scored. */
export const FALLBACK_PRAISE = phrases.keep_practising;

/** Least rebound of the knee between two kicks, in degrees. */
export const KICK_PROMINENCE_DEG = repetition.kick_prominence.value;

/** The level with that number, or the first level for an unknown number. */
export function levelOf(number: number): Level {
  const found = LEVELS.find((level) => level.number === number) ?? LEVELS[0];
  if (!found) throw new Error("the exercise has no levels");
  return found;
}

export function faultOf(id: string): Fault | undefined {
  return FAULTS.find((fault) => fault.id === id);
}

export function faultName(id: string): string {
  return faultOf(id)?.name ?? id;
}
