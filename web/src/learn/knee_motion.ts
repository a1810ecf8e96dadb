// The course of the movement: knee angles over a pair of repetitions, left then right, at true tempo.
import type { Level } from "../exercise/exercise";
import { bendTime_s, type Moment, TEMPO } from "../exercise/teaching";

/** What a figure does otherwise than it should; see shown.ts. */
export interface Changes {
  kicks?: number;
  peak_deg?: number;
  /** Lowering from 70 to 20 degrees. */
  transit_s?: number;
  bend_s?: number;
  /** The lowering stops here. */
  stop_deg?: number;
  /** The other leg starts so much before this one has landed. */
  overlap_s?: number;
  sameSide?: boolean;
}

interface Key {
  at_s: number;
  knee_deg: number;
  moment: Moment;
}

export type { Moment };

export interface Instant {
  side: "left" | "right";
  moment: Moment;
  left_deg: number;
  right_deg: number;
  /** Of this repetition's kick, 0 at rest and 1 at the full bend. */
  effort: number;
}

/** A movement from stop to stop, after Flash and Hogan: where it stands after a share of its time. */
export function minimumJerk(share: number): number {
  const s = Math.min(1, Math.max(0, share));
  return s * s * s * (10 - 15 * s + 6 * s * s);
}

/** The share of the time after which a movement from stop to stop has come so far. */
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

/** How long a smooth lowering from `peak_deg` takes that passes from 70 to 20 degrees in `transit_s`. */
export function loweringTime_s(peak_deg: number, transit_s: number): number {
  const from = Math.min(70, 0.7 * peak_deg);
  return transit_s / (shareWhere(1 - 20 / peak_deg) - shareWhere(1 - from / peak_deg));
}

export class Course {
  readonly duration_s: number;
  readonly #keys: readonly Key[];
  readonly #repetition_s: number;
  readonly #sameSide: boolean;
  readonly #peak_deg: number;

  constructor(level: Level, changes: Changes = {}) {
    const peak_deg = changes.peak_deg ?? level.knee_aim_deg;
    const kicks = changes.kicks ?? level.kicks;
    const transit_s = changes.transit_s ?? level.transit_70_20_s * TEMPO.lowering_over_least;
    const keys: Key[] = [{ at_s: 0, knee_deg: 0, moment: "bend" }];
    let at_s = changes.bend_s ?? bendTime_s(level.number);
    keys.push({ at_s, knee_deg: peak_deg, moment: "bend" });
    for (let kick = 1; kick < kicks; kick++) {
      keys.push({ at_s: at_s + TEMPO.beat_s / 2, knee_deg: peak_deg - TEMPO.recoil_deg, moment: "kick" });
      at_s += TEMPO.beat_s;
      keys.push({ at_s, knee_deg: peak_deg, moment: "kick" });
    }
    const stop_deg = changes.stop_deg ?? 0;
    at_s += loweringTime_s(peak_deg, transit_s) * (1 - stop_deg / peak_deg);
    keys.push({ at_s, knee_deg: stop_deg, moment: "lower" });
    const end_s = changes.overlap_s === undefined ? at_s + TEMPO.rest_s : at_s - changes.overlap_s;
    keys.push({ at_s: at_s + TEMPO.rest_s, knee_deg: stop_deg, moment: "switch" });
    this.#keys = keys;
    this.#repetition_s = end_s;
    this.#sameSide = changes.sameSide ?? false;
    this.#peak_deg = peak_deg;
    this.duration_s = 2 * end_s;
  }

  /** When a moment of the first repetition is best seen in a still picture. */
  timeOf(moment: Moment): number {
    if (moment === "set_up") return 0;
    const at = this.#keys.findIndex((key) => key.moment === moment && key.at_s > 0);
    const key = this.#keys[at];
    const before = this.#keys[at - 1];
    if (!key || !before) return 0;
    return moment === "lower" ? before.at_s + 0.55 * (key.at_s - before.at_s) : key.at_s;
  }

  at(time_s: number): Instant {
    const within_s = ((time_s % this.duration_s) + this.duration_s) % this.duration_s;
    const second = within_s >= this.#repetition_s;
    const own_s = second ? within_s - this.#repetition_s : within_s;
    const now = this.#knee(own_s);
    // The one before goes on where legs overlap.
    const before = this.#knee(own_s + this.#repetition_s).knee_deg;
    const side = second && !this.#sameSide ? "right" : "left";
    const other = this.#sameSide ? 0 : before;
    return {
      side,
      moment: now.moment,
      left_deg: side === "left" ? now.knee_deg : other,
      right_deg: side === "right" ? now.knee_deg : other,
      effort: Math.max(0, now.knee_deg / this.#peak_deg),
    };
  }

  #knee(time_s: number): { knee_deg: number; moment: Moment } {
    const next = this.#keys.findIndex((key) => key.at_s > time_s);
    const to = this.#keys[next];
    const from = this.#keys[next - 1];
    if (!to || !from) return { knee_deg: 0, moment: "switch" };
    const share = minimumJerk((time_s - from.at_s) / (to.at_s - from.at_s));
    return { knee_deg: from.knee_deg + share * (to.knee_deg - from.knee_deg), moment: to.moment };
  }
}
