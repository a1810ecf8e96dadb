// How a fault looks: its signal in the exercise file, taken far enough beyond its border to be seen.
import type { Fault, Level } from "../exercise/exercise";
import type { Changes } from "./knee_motion";

export interface Shown {
  course: Changes;
  /** At the full bend; nothing at rest. */
  hip_rise: number;
  thigh_lift_deg: number;
  chest_deg: number;
  neck_deg: number;
  /** From rest on. */
  elbow: number;
  /** The hips rise with one side and sink with the other. */
  sway: number;
  /** Where to look. */
  mark: "hip" | "knee" | "foot" | "chest" | "head" | "elbow";
}

/** As much beyond the border as makes it plain. */
const PLAIN = 2;

const NOTHING: Shown = {
  course: {},
  hip_rise: 0,
  thigh_lift_deg: 0,
  chest_deg: 0,
  neck_deg: 0,
  elbow: 0,
  sway: 0,
  mark: "foot",
};

export function shownFault(fault: Fault, level: Level): Partial<Shown> {
  const { on } = fault;
  switch (fault.signal) {
    case "hip_rise":
      return { hip_rise: PLAIN * on, mark: "hip" };
    case "hip_sway":
      return { sway: PLAIN * on, mark: "hip" };
    case "thigh_lift":
      return { thigh_lift_deg: PLAIN * on, mark: "knee" };
    case "thigh_lift_lack":
      return { thigh_lift_deg: 0, mark: "knee" };
    case "trunk_incline":
      return { chest_deg: PLAIN * on, mark: "chest" };
    case "neck_angle":
      return { neck_deg: -PLAIN * on, mark: "head" };
    case "neck_raise":
      return { neck_deg: PLAIN * on, mark: "head" };
    case "elbow_offset":
      return { elbow: -(level.elbow_back + PLAIN * on + 0.2), mark: "elbow" };
    case "transit_70_20":
      return { course: { transit_s: 0.8 * on }, mark: "foot" };
    case "kick_count":
      return { course: { kicks: on - 1 }, mark: "foot" };
    case "kicks_beyond":
      return { course: { kicks: level.kicks + on }, mark: "foot" };
    case "peak_knee":
      return { course: { peak_deg: level.knee_min_deg - PLAIN * on }, mark: "foot" };
    case "lowering_stop":
      return { course: { stop_deg: 1.5 * on }, mark: "foot" };
    case "bend_speed":
      // A movement from stop to stop is fastest in its middle, at 15/8 of its mean speed.
      return { course: { bend_s: (15 / 8) * (level.knee_aim_deg / (1.2 * on)) }, mark: "foot" };
    case "legs_overlap":
      return { course: { overlap_s: PLAIN * on }, mark: "foot" };
    case "side_order":
      return { course: { sameSide: true }, mark: "foot" };
    default:
      return {};
  }
}

/** The movement as it should be, at this level. */
export function shownWell(level: Level, thighLift_deg: number): Shown {
  return { ...NOTHING, thigh_lift_deg: level.number === 3 ? thighLift_deg : 0 };
}
