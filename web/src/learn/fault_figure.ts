// How to draw a fault: its signal, exaggerated beyond the threshold so that it can be seen.
import { type Fault, faultOf, type Level } from "../exercise/exercise";
import type { MotionOverrides } from "./knee_motion";

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
  /** The part to mark. */
  mark: "hip" | "knee" | "foot" | "chest" | "head" | "elbow";
}

/** Multiple of the threshold that is easy to see. */
const EXAGGERATION = 2;

const NEUTRAL: FigureSettings = {
  motion: {},
  hip_rise: 0,
  thigh_lift_deg: 0,
  chest_deg: 0,
  neck_deg: 0,
  elbow: 0,
  sway: 0,
  mark: "foot",
};

export function faultFigure(fault: Fault, level: Level): Partial<FigureSettings> {
  const { on } = fault;
  switch (fault.signal) {
    case "hip_rise":
      return { hip_rise: EXAGGERATION * on, mark: "hip" };
    case "hip_sway":
      return { sway: EXAGGERATION * on, mark: "hip" };
    case "thigh_lift":
      return { thigh_lift_deg: EXAGGERATION * on, mark: "knee" };
    case "thigh_lift_lack":
      return { thigh_lift_deg: 0, mark: "knee" };
    case "trunk_incline":
      return { chest_deg: EXAGGERATION * on, mark: "chest" };
    case "neck_angle":
      return { neck_deg: -EXAGGERATION * on, mark: "head" };
    case "neck_raise":
      return { neck_deg: EXAGGERATION * on, mark: "head" };
    case "elbow_offset":
      return { elbow: -(level.elbow_back + EXAGGERATION * on + 0.2), mark: "elbow" };
    case "transit_70_20":
      return { motion: { transit_s: 0.8 * on }, mark: "foot" };
    case "kick_count":
      return { motion: { kicks: on - 1 }, mark: "foot" };
    case "kicks_beyond":
      return { motion: { kicks: level.kicks + on }, mark: "foot" };
    case "peak_knee":
      return { motion: { peak_deg: level.knee_min_deg - EXAGGERATION * on }, mark: "foot" };
    case "lowering_stop":
      return { motion: { stop_deg: 1.5 * on }, mark: "foot" };
    case "bend_speed":
      // A movement from stop to stop is fastest in its middle, at 15/8 of its mean speed.
      return { motion: { bend_s: (15 / 8) * (level.knee_aim_deg / (1.2 * on)) }, mark: "foot" };
    case "legs_overlap":
      return { motion: { overlap_s: EXAGGERATION * on }, mark: "foot" };
    case "side_order":
      return { motion: { sameSide: true }, mark: "foot" };
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
