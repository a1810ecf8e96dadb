// How to draw a fault: its signal, exaggerated beyond the threshold so that it can be seen.
import { type Fault, faultOf, type Level } from "../exercise/exercise";
import type { KneeMotion, MotionOverrides } from "./knee_motion";

/** What a figure's marks show; see marks.ts. */
export type MarkKind =
  | "hips"
  | "rocking"
  | "knee"
  | "knee_down"
  | "chest"
  | "head"
  | "elbow"
  | "height"
  | "gap"
  | "rising"
  | "falling"
  | "kicks"
  | "both_legs"
  | "sides";

export interface FigureSettings {
  motion: MotionOverrides;
  /** At the full bend; 0 at rest. */
  hip_rise: number;
  thigh_lift_deg: number;
  chest_deg: number;
  neck_deg: number;
  /** Also at rest. */
  elbow: number;
  /** Hips rise with one side and sink with the other. */
  sway: number;
  mark?: MarkKind;
}

/** Multiple of the threshold that is easy to see. */
const EXAGGERATION = 2;
/** The same for what is small in the picture. */
const MORE = 4.5;

const NEUTRAL: FigureSettings = {
  motion: {},
  hip_rise: 0,
  thigh_lift_deg: 0,
  chest_deg: 0,
  neck_deg: 0,
  elbow: 0,
  sway: 0,
};

export function faultFigure(fault: Fault, level: Level): Partial<FigureSettings> {
  const { on } = fault;
  switch (fault.signal) {
    case "hip_rise":
      return { hip_rise: MORE * on, mark: "hips" };
    case "hip_sway":
      return { sway: MORE * on, mark: "rocking" };
    case "thigh_lift":
      return { thigh_lift_deg: EXAGGERATION * on, mark: "knee" };
    case "thigh_lift_lack":
      return { thigh_lift_deg: 0, mark: "knee_down" };
    case "trunk_incline":
      return { chest_deg: EXAGGERATION * on, mark: "chest" };
    case "neck_angle":
      return { neck_deg: -EXAGGERATION * on, mark: "head" };
    case "neck_raise":
      return { neck_deg: EXAGGERATION * on, mark: "head" };
    case "elbow_offset":
      return { elbow: -(level.elbow_back + EXAGGERATION * on + 0.2), mark: "elbow" };
    case "transit_70_20":
      return { motion: { transit_s: 0.8 * on }, mark: "falling" };
    case "kick_count":
      return { motion: { kicks: on - 1 }, mark: "kicks" };
    case "kicks_beyond":
      return { motion: { kicks: level.kicks + on }, mark: "kicks" };
    case "peak_knee":
      return {
        motion: { peak_deg: level.knee_min_deg - EXAGGERATION * on },
        mark: "height",
      };
    case "lowering_stop":
      return { motion: { stop_deg: 1.5 * on }, mark: "gap" };
    case "bend_speed":
      // A movement from stop to stop is fastest in its middle, at 15/8 of its mean speed.
      return { motion: { bend_s: (15 / 8) * (level.knee_aim_deg / (1.2 * on)) }, mark: "rising" };
    case "legs_overlap":
      return { motion: { overlap_s: MORE * on }, mark: "both_legs" };
    case "side_order":
      return { motion: { sameSide: true }, mark: "sides" };
    default:
      return {};
  }
}

/** A good thigh lift at this level: midway between too low and too high, or none. */
function thighLift_deg(level: Level): number {
  const low = faultOf("no_thigh_lift");
  const high = faultOf("thigh_too_high");
  return low?.levels.includes(level.number) ? (low.on + (high?.on ?? low.on)) / 2 : 0;
}

/** The correct movement at this level. */
export function correctFigure(level: Level): FigureSettings {
  return { ...NEUTRAL, thigh_lift_deg: thighLift_deg(level) };
}

/** The moment at which a still picture shows a fault best; also that of the correct movement beside it. */
export function tellingTime_s(motion: KneeMotion, mark: MarkKind | undefined): number {
  switch (mark) {
    case "rising":
      return 0.62 * motion.timeOf("bend");
    case "falling":
      return motion.timeOf("lower", 0.62);
    case "kicks":
      return motion.timeOf("kick") || motion.timeOf("bend");
    case "gap":
      return motion.timeOf("switch") - 0.1;
    case "both_legs":
      return motion.bothUp_s();
    case "sides":
      return motion.duration_s / 2 + motion.timeOf("bend");
    default:
      return motion.timeOf("bend");
  }
}
