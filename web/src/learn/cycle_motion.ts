// The body over two repetitions of an exercise that its file describes, left then right where the legs alternate.
import type { InstalledExercise } from "../protocol/records";
import { TEMPO } from "../exercise/teaching";
import { AT_REST, type BodyAngles, type LegAngles, type Side } from "./body_poser";
import { minimumJerk } from "./knee_motion";

type Level = InstalledExercise["levels"][number];
type Channel = keyof NonNullable<Level["aims"]>;

const REST_S = 1.2;
/** Between two peaks, the movement goes back by this share. */
const RECOIL = 0.25;
/** A trunk from here on is on the forearms. */
const PROPPED_DEG = 15;

export interface CycleMoment {
  angles: BodyAngles;
  /** What to breathe; empty at rest. */
  breath: "in" | "out" | "";
}

/** Something goes up at from_s, is up at top_s, goes down at down_s and is at rest at rest_s. */
interface Move {
  from_s: number;
  top_s: number;
  down_s: number;
  rest_s: number;
}

function shareOf({ from_s, top_s, down_s, rest_s }: Move, time_s: number): number {
  if (time_s < down_s) return minimumJerk((time_s - from_s) / (top_s - from_s));
  return 1 - minimumJerk((time_s - down_s) / (rest_s - down_s));
}

export class CycleMotion {
  readonly duration_s: number;
  readonly #exercise: InstalledExercise;
  readonly #level: Level;
  readonly #main: Move;
  /** Of what moves after the exercise's own channel. */
  readonly #after: Move;
  readonly #peaks_s: readonly number[];

  constructor(exercise: InstalledExercise, level: Level) {
    this.#exercise = exercise;
    this.#level = level;
    const { rise_s, hold_s, lower_s } = level.tempo ?? { rise_s: 1, hold_s: 1, lower_s: 2 };
    const top_s = REST_S + rise_s;
    this.#peaks_s = Array.from({ length: level.peaks }, (_, at) => top_s + at * TEMPO.beat_s);
    const down_s = (this.#peaks_s.at(-1) ?? top_s) + hold_s;
    const rest_s = down_s + lower_s;
    const others = Object.keys(level.aims ?? {}).length > 1;
    // What comes after has the second half of the way down.
    const half_s = others ? down_s + lower_s / 3 : rest_s;
    this.#main = { from_s: REST_S, top_s, down_s, rest_s: half_s };
    this.#after = {
      from_s: half_s,
      top_s: half_s + lower_s / 4,
      down_s: half_s + lower_s / 3,
      rest_s,
    };
    this.duration_s = rest_s + REST_S;
  }

  /** When the exercise's own channel is furthest. */
  get top_s(): number {
    return this.#main.top_s;
  }

  at(time_s: number): CycleMoment {
    const turn = Math.floor(time_s / this.duration_s) % 2;
    const now_s = time_s % this.duration_s;
    const side: Side = turn === 0 ? "left" : "right";
    const channel = this.#exercise.cycle?.channel;
    const share = (of: string) =>
      of === channel ? this.#mainShare(now_s) : shareOf(this.#after, now_s);
    const value = (of: Channel) => (this.#level.aims?.[of] ?? 0) * share(of);
    const leg = (which: Side): LegAngles => {
      const moves = !this.#exercise.by_side || which === side;
      return {
        knee_deg: moves ? value("knee_flexion") : 0,
        thigh_lift_deg: moves ? value("thigh_lift") + value("leg_lift") : 0,
        reach: 0,
      };
    };
    const { breath } = this.#exercise.cycle ?? {};
    const moving = now_s >= this.#main.from_s && now_s < this.#after.rest_s;
    return {
      angles: {
        ...AT_REST,
        flat: this.#level.trunk_min_deg < PROPPED_DEG,
        chest_deg: value("trunk_incline"),
        neck_deg: value("neck_angle"),
        hip_rise: value("hip_rise"),
        legs: { left: leg("left"), right: leg("right") },
      },
      breath: !moving || !breath ? "" : now_s < this.#main.down_s ? breath.rise : breath.lowering,
    };
  }

  /** Between two peaks it goes back a little. */
  #mainShare(now_s: number): number {
    const { top_s } = this.#main;
    const last_s = this.#peaks_s.at(-1) ?? top_s;
    if (now_s <= top_s || now_s >= last_s) return shareOf(this.#main, now_s);
    const phase = (now_s - top_s) / TEMPO.beat_s;
    return 1 - RECOIL * Math.sin(Math.PI * (phase % 1)) ** 2;
  }
}
