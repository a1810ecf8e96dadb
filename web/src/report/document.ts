// Made from src/report/report.schema.json by web/make_messages.mjs; do not edit it.

/**
 * A value and its standard deviation; null if it could not be measured.
 */
export type Measured = {
  value: number;
  sd: number;
} | null;
/**
 * A value and its standard deviation; null if it could not be measured.
 */
export type Measured1 = {
  value: number;
  sd: number;
} | null;
/**
 * A value and its standard deviation; null if it could not be measured.
 */
export type Measured2 = {
  value: number;
  sd: number;
} | null;
export type Repetitions = Repetition[];
export type SetFaults = {
  id: "same_side_twice" | "pedalling" | "fast_lowering" | "rocking" | "elbows_out_of_place";
  at_s: number;
}[];
/**
 * A value and its standard deviation; null if it could not be measured.
 */
export type Measured3 = {
  value: number;
  sd: number;
} | null;
/**
 * A value and its standard deviation; null if it could not be measured.
 */
export type Measured4 = {
  value: number;
  sd: number;
} | null;
/**
 * A value and its standard deviation; null if it could not be measured.
 */
export type Measured5 = {
  value: number;
  sd: number;
} | null;
export type Warnings = {
  id: string;
  message: string;
}[];

/**
 * Everything that the page of `matside report` shows about one practice: the numbers of the result file, curves and pictures. Measured values are estimates from one camera, unless pose.measured_in is space. Times count from the source's first frame.
 */
export interface ReportDocument {
  schema: "matside.report/1";
  /**
   * Title of the practice: the file's name, or for example Practice 12.
   */
  name: string;
  /**
   * Time when the report was made.
   */
  made: string;
  /**
   * Program and version, such as matside 0.1.0.
   */
  program: string;
  build: string;
  /**
   * Further details from the records; null for a file.
   */
  kept: Kept | null;
  exercise: {
    id: string;
    name: string;
    version: string;
    level: number;
    level_name: string;
    level_description: string;
    /**
     * Kicks expected in a repetition.
     */
    kicks: number;
  };
  /**
   * False if the analysis stopped before the end of the source.
   */
  complete: boolean;
  source: {
    /**
     * SHA-256 of the recording or of the saved poses; null without a camera.
     */
    sha256: string | null;
    /**
     * Width of the upright picture in pixels.
     */
    width: number;
    height: number;
    frames: number;
    /**
     * Mean frame rate of the practice.
     */
    frame_rate_hz: number | null;
    duration_s: number;
  };
  pose: {
    model: string | null;
    eye: boolean;
    frames_with_pose: number;
    frames_by_eye: number;
    /**
     * Where the legs' angles were measured.
     */
    measured_in: "picture" | "space";
  };
  summary: {
    rows: {
      label: string;
      value: string;
    }[];
    praise: string[];
    advice: string[];
    notes: string[];
  };
  counts: Counts;
  repetitions: Repetitions;
  set_faults: SetFaults;
  set: Set;
  view: View;
  warnings: Warnings;
  /**
   * Faults scored at this level, with name and cue.
   */
  faults: {
    id: string;
    name: string;
    cue: string;
  }[];
  /**
   * Flexion of both knees above rest in degrees, as used for scoring; null without poses.
   */
  curve: Curve | null;
  /**
   * Snapshots of the repetitions; null without a visible body.
   */
  strips: Strips | null;
  /**
   * Quality of the camera's view, from the engine's warnings; null without a camera.
   */
  camera: Camera | null;
  thresholds: {
    of: "repetition" | "level" | "fault";
    /**
     * The fault's id, if the threshold belongs to a fault.
     */
    fault: string | null;
    /**
     * Key in the exercise file.
     */
    key: string;
    value: number;
    unit: string;
    source: string;
    status: "sourced" | "computed" | "teacher_judgement";
  }[];
  /**
   * Sources that the thresholds refer to.
   */
  sources: {
    id: string;
    name: string;
    where: string;
    used_for: string;
  }[];
}
export interface Kept {
  person: string;
  start: string;
  origin: "camera" | "recording" | "sound" | "imported";
  ended_by: "goal" | "person" | "discomfort" | "interrupted" | "open";
  /**
   * Goal: repetitions for each side.
   */
  wished: number;
  /**
   * Discomfort from 0 (none) to 10 (the worst imaginable).
   */
  comfort_before: number | null;
  comfort_after: number | null;
  leg_symptoms: boolean;
  next_day: "unanswered" | "better" | "same" | "worse";
  judged_by: string | null;
  /**
   * Degrees of a full kick, if adapted to the person.
   */
  full_kick_deg: number | null;
  /**
   * The person's correction of the count.
   */
  corrected: {
    left: number;
    right: number;
  } | null;
  corrected_sides: {
    repetition: number;
    side: "left" | "right" | "unsure";
  }[];
}
export interface Counts {
  left: number;
  right: number;
  /**
   * Repetitions whose side is uncertain.
   */
  unsure: number;
  /**
   * Of all repetitions together; peaks, in exercises without kicks.
   */
  kicks: number;
  clean: number;
  /**
   * Repetitions of both legs together, or of none alone; absent where there are none.
   */
  both?: number;
}
export interface Repetition {
  index: number;
  /**
   * The moving leg: the person's own left or right, or both in an exercise of both sides.
   */
  side: "left" | "right" | "both" | "unsure";
  side_confidence: number;
  /**
   * When the foot leaves rest.
   */
  start_s: number;
  /**
   * When the foot is back at rest, or has stopped above it.
   */
  end_s: number;
  lowering_start_s: number;
  /**
   * Of the single-leg kick, which has at least one; none in other exercises.
   */
  kicks: {
    time_s: number;
    /**
     * Above rest.
     */
    knee_flexion_deg: number;
  }[];
  /**
   * The most that the movement reached, one or several times. In the single-leg kick, the knee's flexion at each kick.
   *
   * @minItems 1
   */
  peaks: [
    {
      time_s: number;
      /**
       * Above rest.
       */
      value: number;
      unit: "deg" | "thigh_length" | "upper_arm_length" | "ratio";
      /**
       * Where both legs move together, each has its peaks.
       */
      leg?: "left" | "right";
    },
    ...{
      time_s: number;
      /**
       * Above rest.
       */
      value: number;
      unit: "deg" | "thigh_length" | "upper_arm_length" | "ratio";
      /**
       * Where both legs move together, each has its peaks.
       */
      leg?: "left" | "right";
    }[]
  ];
  lowering_s: number | null;
  /**
   * Lowering from 70 to 20 degrees above rest.
   */
  transit_70_20_s: number | null;
  hip_rise_thigh_lengths: number | null;
  thigh_lift_deg: number | null;
  measures: Measures;
  faults: {
    id: string;
    value: number;
    threshold: number;
    unit: "deg" | "s" | "deg_per_s" | "thigh_length" | "upper_arm_length" | "ratio" | "count";
    cue: string;
  }[];
  status: "clean" | "faulty" | "partial" | "unjudged";
  confidence: number;
  /**
   * What the exercise's file asks to measure; absent where it asks for nothing, or nothing was measured.
   *
   * @minItems 1
   */
  readings?: [
    {
      id: string;
      value: number;
      unit: "deg" | "s" | "deg_per_s" | "thigh_length" | "ratio" | "count";
    },
    ...{
      id: string;
      value: number;
      unit: "deg" | "s" | "deg_per_s" | "thigh_length" | "ratio" | "count";
    }[]
  ];
}
/**
 * Measures, defined in docs/measures.md. Knee angles are relative to rest.
 */
export interface Measures {
  greatest_bend_deg: Measured;
  rise_s: Measured;
  beat_interval_s: Measured;
  lowering_s: Measured;
  transit_70_20_s: Measured;
  lowering_smoothness: Measured1;
  hips_still_share: Measured;
  hip_moves_at_deg: Measured2;
  chest_fall_deg: Measured;
  chest_incline_deg: Measured;
  duration_s: Measured;
}
/**
 * Measures of all repetitions, defined in docs/measures.md. Null if too few were measured.
 */
export interface Set {
  mean: Measures;
  left: Measures1;
  right: Measures;
  greatest_bend_median_deg: Measured;
  greatest_bend_best_deg: Measured;
  rhythm_variation: Measured3;
  rhythm_variation_left: Measured;
  rhythm_variation_right: Measured;
  beat_variation: Measured4;
  /**
   * Symmetry of the greatest bends, in degrees.
   */
  bend_symmetry: {
    left_less_right: Difference;
    index_percent: Measured5;
  } | null;
  /**
   * Symmetry of the lowerings from 70 to 20 degrees, in seconds.
   */
  transit_symmetry: {
    left_less_right: Difference;
    index_percent: Measured5;
  } | null;
  /**
   * The second half of the set minus the first half, for each leg separately.
   */
  bend_change_deg: Difference | null;
  /**
   * The second half of the set minus the first half, for each leg separately.
   */
  transit_change_s: Difference | null;
  /**
   * The second half of the set minus the first half, for each leg separately.
   */
  chest_change_deg: Difference | null;
}
/**
 * Measures, defined in docs/measures.md. Knee angles are relative to rest.
 */
export interface Measures1 {
  greatest_bend_deg: Measured;
  rise_s: Measured;
  beat_interval_s: Measured;
  lowering_s: Measured;
  transit_70_20_s: Measured;
  lowering_smoothness: Measured1;
  hips_still_share: Measured;
  hip_moves_at_deg: Measured2;
  chest_fall_deg: Measured;
  chest_incline_deg: Measured;
  duration_s: Measured;
}
export interface Difference {
  value: number;
  sd: number;
  /**
   * False if the value is within measurement error.
   */
  distinguishable: boolean;
}
export interface View {
  /**
   * The side of the body toward the camera; null if not known.
   */
  near_side: "left" | "right" | null;
  /**
   * The side of the picture where the head is.
   */
  head: "left" | "right" | null;
  /**
   * Angle of the camera's view from square to the mat; positive = from the picture's left. Accurate to about 5 degrees.
   */
  camera_yaw_deg: number | null;
  /**
   * Angle at which the camera looks down. Accurate to about 5 degrees.
   */
  camera_pitch_deg: number | null;
}
export interface Curve {
  times_s: number[];
  /**
   * Null if the leg was not visible.
   */
  left_deg: (number | null)[];
  right_deg: (number | null)[];
}
export interface Strips {
  /**
   * How pictures are shown; none: only poses were saved.
   */
  pictures: "shown" | "blurred" | "left_out" | "none";
  width_px: number;
  height_px: number;
  /**
   * Names of the points, in order.
   */
  joints: string[];
  shown: Shown[];
}
export interface Shown {
  repetition: number;
  shows: "set_up" | "kick" | "lowering";
  /**
   * Number of the kick.
   */
  kick: number | null;
  time_s: number;
  /**
   * x and y in pixels of the picture, and the score.
   */
  points: [number, number, number][];
  /**
   * Base64; null for the skeleton alone.
   */
  jpeg: string | null;
}
export interface Camera {
  grade: "good" | "fair" | "poor";
  aspects: {
    id: "side_on" | "level" | "size" | "whole_body" | "frame_rate" | "found" | "near_leg" | "far_leg" | "steadiness";
    grade: "good" | "fair" | "poor";
    /**
     * Degrees, fraction, or pictures per second.
     */
    value: number | null;
  }[];
}
