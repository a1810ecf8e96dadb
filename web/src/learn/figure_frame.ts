// What a figure looks like at a moment: the body's angles, by the level, its movement and a fault.
import type { Level } from "../exercise/exercise";
import { postureOf } from "../exercise/teaching";
import { AT_REST, type BodyAngles, type LegAngles, type Side } from "./body_poser";
import type { FigureSettings } from "./fault_figure";
import { KneeMotion, type MotionState } from "./knee_motion";

/** How far ahead of the shoulders the elbows are when somebody chose so, in upper-arm lengths. */
const ELBOWS_AHEAD = 0.33;

export class FigureFrames {
  readonly motion: KneeMotion;
  readonly #figure: FigureSettings;
  readonly #flat: boolean;
  readonly #reach: number;
  readonly #elbow: number;

  constructor(level: Level, figure: FigureSettings, elbowsForward: boolean) {
    this.motion = new KneeMotion(level, figure.motion);
    this.#figure = figure;
    const { flat, reach } = postureOf(level.number);
    this.#flat = flat;
    this.#reach = reach;
    this.#elbow = (elbowsForward ? ELBOWS_AHEAD : 0) + figure.elbow;
  }

  /** The same moment done correctly. */
  corrected(
    faulty: BodyAngles,
    now: MotionState,
    figure: FigureSettings,
    level: Level,
  ): BodyAngles {
    const peak_deg = this.#figure.motion.peak_deg ?? level.knee_aim_deg;
    const leg = (side: Side): LegAngles => ({
      ...faulty.legs[side],
      knee_deg: (faulty.legs[side].knee_deg * level.knee_aim_deg) / peak_deg,
      thigh_lift_deg: now.side === side ? figure.thigh_lift_deg * Math.min(1, now.effort * 1.2) : 0,
    });
    return {
      ...AT_REST,
      flat: faulty.flat,
      elbow_forward: this.#elbow - this.#figure.elbow,
      legs: { left: leg("left"), right: leg("right") },
    };
  }

  at(time_s: number): { angles: BodyAngles; now: MotionState } {
    const now = this.motion.at(time_s);
    const figure = this.#figure;
    const leg = (side: Side): LegAngles => ({
      knee_deg: side === "left" ? now.left_deg : now.right_deg,
      thigh_lift_deg: now.side === side ? figure.thigh_lift_deg * Math.min(1, now.effort * 1.2) : 0,
      reach: now.side === side && now.phase === "lower" ? this.#reach * (1 - now.effort) : 0,
    });
    const angles: BodyAngles = {
      flat: this.#flat,
      elbow_forward: this.#elbow,
      chest_deg: this.#flat ? 0 : figure.chest_deg * now.effort,
      neck_deg: figure.neck_deg * now.effort,
      hip_rise: figure.hip_rise * now.effort,
      sway: (now.side === "left" ? 1 : -1) * figure.sway * now.effort,
      legs: { left: leg("left"), right: leg("right") },
    };
    return { angles, now };
  }
}
