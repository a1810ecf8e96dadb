// The knees' angles over two repetitions, left then right, in real time.
import type { Level } from "../exercise/exercise";
import { bendTime_s, type MovementPhase, TEMPO } from "../exercise/teaching";

/** What a faulty figure does differently; see fault_figure.ts. */
export interface MotionOverrides {
  kicks?: number;
  peak_deg?: number;
  /** Lowering from 70 to 20 degrees. */
  transit_s?: number;
  bend_s?: number;
  /** The lowering stops at this angle. */
  stop_deg?: number;
  /** The other leg starts this long before this one has landed. */
  overlap_s?: number;
  sameSide?: boolean;
}

const APART_DEG = 30;

interface Keyframe {
  at_s: number;
  knee_deg: number;
  phase: MovementPhase;
}

export type { MovementPhase };

export interface MotionState {
  side: "left" | "right";
  phase: MovementPhase;
  left_deg: number;
  right_deg: number;
  /** 0 at rest, 1 at the full bend. */
  effort: number;
}

/** Minimum-jerk profile by Flash and Hogan: share of the distance covered after a share of the time. */
export function minimumJerk(share: number): number {
  const s = Math.min(1, Math.max(0, share));
  return s * s * s * (10 - 15 * s + 6 * s * s);
}

/** Inverse of minimumJerk: share of the time after which `done` of the distance is covered. */
export function shareWhere(done: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (minimumJerk(middle) < done) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Duration of a smooth lowering from `peak_deg` that takes `transit_s` from 70 to 20 degrees. */
export function loweringTime_s(peak_deg: number, transit_s: number): number {
  const from = Math.min(70, 0.7 * peak_deg);
  return transit_s / (shareWhere(1 - 20 / peak_deg) - shareWhere(1 - from / peak_deg));
}

export class KneeMotion {
  readonly duration_s: number;
  /** When each kick of the first repetition is at its highest. */
  readonly kicks_s: readonly number[];
  readonly #keyframes: readonly Keyframe[];
  readonly #repetition_s: number;
  readonly #sameSide: boolean;
  readonly #peak_deg: number;

  constructor(level: Level, changes: MotionOverrides = {}) {
    const peak_deg = changes.peak_deg ?? level.knee_aim_deg;
    const kicks = changes.kicks ?? level.kicks;
    const transit_s = changes.transit_s ?? level.transit_70_20_s * TEMPO.lowering_over_least;
    const keyframes: Keyframe[] = [{ at_s: 0, knee_deg: 0, phase: "bend" }];
    let at_s = changes.bend_s ?? bendTime_s(level.number);
    keyframes.push({ at_s, knee_deg: peak_deg, phase: "bend" });
    for (let kick = 1; kick < kicks; kick++) {
      keyframes.push({
        at_s: at_s + TEMPO.beat_s / 2,
        knee_deg: peak_deg - TEMPO.recoil_deg,
        phase: "kick",
      });
      at_s += TEMPO.beat_s;
      keyframes.push({ at_s, knee_deg: peak_deg, phase: "kick" });
    }
    this.kicks_s = keyframes.filter((key) => key.knee_deg === peak_deg).map((key) => key.at_s);
    const stop_deg = changes.stop_deg ?? 0;
    at_s += loweringTime_s(peak_deg, transit_s) * (1 - stop_deg / peak_deg);
    keyframes.push({ at_s, knee_deg: stop_deg, phase: "lower" });
    const end_s = changes.overlap_s === undefined ? at_s + TEMPO.rest_s : at_s - changes.overlap_s;
    keyframes.push({ at_s: at_s + TEMPO.rest_s, knee_deg: stop_deg, phase: "switch" });
    // A leg that stopped too early comes down while the other bends.
    if (stop_deg > 0)
      keyframes.push({
        at_s: at_s + TEMPO.rest_s + bendTime_s(level.number),
        knee_deg: 0,
        phase: "switch",
      });
    this.#keyframes = keyframes;
    this.#repetition_s = end_s;
    this.#sameSide = changes.sameSide ?? false;
    this.#peak_deg = peak_deg;
    this.duration_s = 2 * end_s;
  }

  /** The time in the first repetition that shows a phase best in a still; of the lowering, after a share of its time. */
  timeOf(phase: MovementPhase, share = 0.55): number {
    if (phase === "set_up") return 0;
    const at = this.#keyframes.findIndex((key) => key.phase === phase && key.at_s > 0);
    const key = this.#keyframes[at];
    const before = this.#keyframes[at - 1];
    if (!key || !before) return 0;
    return phase === "lower" ? before.at_s + share * (key.at_s - before.at_s) : key.at_s;
  }

  /** When both legs are highest in the air; the best bend where only one is. */
  bothUp_s(): number {
    let best_s = this.timeOf("bend");
    let most = 0;
    for (let time_s = 0; time_s < this.duration_s; time_s += 0.02) {
      const { left_deg, right_deg } = this.at(time_s);
      // Not where one hides the other.
      if (Math.abs(left_deg - right_deg) < APART_DEG || Math.min(left_deg, right_deg) <= most)
        continue;
      most = Math.min(left_deg, right_deg);
      best_s = time_s;
    }
    return best_s;
  }

  at(time_s: number): MotionState {
    const within_s = ((time_s % this.duration_s) + this.duration_s) % this.duration_s;
    const second = within_s >= this.#repetition_s;
    const own_s = second ? within_s - this.#repetition_s : within_s;
    const now = this.#knee(own_s);
    // The previous repetition continues while the legs overlap.
    const before = this.#knee(own_s + this.#repetition_s).knee_deg;
    const side = second && !this.#sameSide ? "right" : "left";
    const other = this.#sameSide ? 0 : before;
    return {
      side,
      phase: now.phase,
      left_deg: side === "left" ? now.knee_deg : other,
      right_deg: side === "right" ? now.knee_deg : other,
      effort: Math.max(0, now.knee_deg / this.#peak_deg),
    };
  }

  #knee(time_s: number): { knee_deg: number; phase: MovementPhase } {
    const next = this.#keyframes.findIndex((key) => key.at_s > time_s);
    const to = this.#keyframes[next];
    const from = this.#keyframes[next - 1];
    if (!to || !from) return { knee_deg: 0, phase: "switch" };
    const share = minimumJerk((time_s - from.at_s) / (to.at_s - from.at_s));
    return { knee_deg: from.knee_deg + share * (to.knee_deg - from.knee_deg), phase: to.phase };
  }
}
