// The report's labels and number formats.
import type { Camera, Measures, ReportDocument, Repetition, Shown } from "./document";

type Measured = { value: number; sd: number } | null;

/** How a value is shown: decimals, unit and factor. */
export interface Shape {
  digits: number;
  unit: string;
  factor?: number;
}
const DEGREES: Shape = { digits: 0, unit: "°" };
const TENTHS: Shape = { digits: 1, unit: "°" };
const SECONDS: Shape = { digits: 2, unit: " s" };
const PERCENT: Shape = { digits: 0, unit: "%", factor: 100 };
const TENTHS_PERCENT: Shape = { ...PERCENT, digits: 1 };
const PLAIN: Shape = { digits: 2, unit: "" };

export function shown(value: number, { digits, unit, factor = 1 }: Shape): string {
  const text = (value * factor).toFixed(digits);
  return `${Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212")}${unit.replace(" ", "\u00a0")}`;
}

/** "104° ± 5°", without a line break inside either number. */
export function measured(measure: Measured, shape: Shape): string {
  if (measure === null) return "–";
  return `${shown(measure.value, shape)} ±\u00a0${shown(measure.sd, shape)}`;
}

interface MeasureLabel {
  key: keyof Measures;
  name: string;
  what: string;
  shape: Shape;
}

export const MEASURES: readonly MeasureLabel[] = [
  {
    key: "greatest_bend_deg",
    name: "Greatest bend",
    what: "of the knee, relative to rest",
    shape: DEGREES,
  },
  { key: "rise_s", name: "Bending", what: "from 20° to the first kick", shape: SECONDS },
  {
    key: "beat_interval_s",
    name: "Between kicks",
    what: "from one peak of the bend to the next",
    shape: SECONDS,
  },
  {
    key: "lowering_s",
    name: "Lowering",
    what: "from the last kick until the foot is down",
    shape: SECONDS,
  },
  {
    key: "transit_70_20_s",
    name: "Lowering, 70° to 20°",
    what: "short when the foot drops",
    shape: SECONDS,
  },
  {
    key: "lowering_smoothness",
    name: "Smoothness of lowering",
    what: "closer to 0 is smoother",
    shape: PLAIN,
  },
  { key: "hips_still_share", name: "Hips still", what: "share of the time", shape: TENTHS_PERCENT },
  {
    key: "hip_moves_at_deg",
    name: "Hip starts to move at",
    what: "knee bend; – if it stays still",
    shape: DEGREES,
  },
  {
    key: "chest_fall_deg",
    name: "Chest sinks by",
    what: "below rest, for at least a second",
    shape: TENTHS,
  },
  { key: "chest_incline_deg", name: "Chest incline", what: "relative to the floor", shape: TENTHS },
  {
    key: "duration_s",
    name: "Whole repetition",
    what: "from leaving rest until the foot is down",
    shape: SECONDS,
  },
];

export interface Row {
  name: string;
  what: string;
  all: string;
  left: string;
  right: string;
}

/** Measures of the set: all repetitions, and each side's. */
export function setRows({ set }: ReportDocument): Row[] {
  const rows = MEASURES.map(({ key, name, what, shape }) => ({
    name,
    what,
    all: measured(set.mean[key], shape),
    left: measured(set.left[key], shape),
    right: measured(set.right[key], shape),
  }));
  rows.splice(1, 0, {
    name: "Greatest bend, median",
    what: `the best: ${measured(set.greatest_bend_best_deg, DEGREES)}`,
    all: measured(set.greatest_bend_median_deg, DEGREES),
    left: "",
    right: "",
  });
  rows.push(
    {
      name: "Rhythm",
      what: "variation in duration",
      all: measured(set.rhythm_variation, TENTHS_PERCENT),
      left: measured(set.rhythm_variation_left, TENTHS_PERCENT),
      right: measured(set.rhythm_variation_right, TENTHS_PERCENT),
    },
    {
      name: "Beat",
      what: "variation in the time between kicks",
      all: measured(set.beat_variation, TENTHS_PERCENT),
      left: "",
      right: "",
    },
  );
  return rows;
}

interface Compared {
  name: string;
  value: string;
  words: string;
}

interface Difference {
  value: number;
  sd: number;
  distinguishable: boolean;
}

/** Compares left with right, and the second half of the set with the first. */
export function comparisons({ set }: ReportDocument): Compared[] {
  const rows: Compared[] = [];
  const add = (
    name: string,
    difference: Difference | null | undefined,
    shape: Shape,
    [more, less]: readonly [string, string],
  ) => {
    if (!difference) return;
    const words = !difference.distinguishable
      ? "within measurement error"
      : difference.value > 0
        ? more
        : less;
    rows.push({ name, value: measured(difference, shape), words });
  };
  const sides = ["more on the left", "more on the right"] as const;
  add("Greatest bend, left minus right", set.bend_symmetry?.left_less_right, DEGREES, sides);
  add("Lowering 70° to 20°, left minus right", set.transit_symmetry?.left_less_right, SECONDS, [
    "longer on the left",
    "longer on the right",
  ]);
  add("Greatest bend, second half minus first", set.bend_change_deg, DEGREES, [
    "more in the second half",
    "less in the second half",
  ]);
  add("Lowering 70° to 20°, second half minus first", set.transit_change_s, SECONDS, [
    "slower in the second half",
    "faster in the second half",
  ]);
  add("Chest incline, second half minus first", set.chest_change_deg, TENTHS, [
    "higher in the second half",
    "lower in the second half",
  ]);
  return rows;
}

export const SIDE: Readonly<Record<Repetition["side"], string>> = {
  both: "Both",
  left: "Left",
  right: "Right",
  unsure: "Not visible",
};

export const STATUS: Readonly<Record<Repetition["status"], string>> = {
  clean: "Clean",
  faulty: "",
  partial: "Counted, but small or cut short",
  unjudged: "Counted, but not judged",
};

/** Other exercises have peaks. */
export const hasKicks = ({ id }: ReportDocument["exercise"]) => id === "single-leg-kick";

const READING_SHAPES: Readonly<Record<string, Shape>> = {
  deg: DEGREES,
  s: { digits: 1, unit: " s" },
  thigh_length: { digits: 2, unit: " thigh lengths" },
};

/** A value in its unit, as the exercise's file names it. */
export const inUnit = (value: number, unit: string) =>
  shown(value, READING_SHAPES[unit] ?? { digits: 1, unit: unit === "count" ? "" : ` ${unit}` });

/** "left 98° · 106°; right 105° · 100°" where each leg has its peaks, otherwise "11°". */
export function peaksText({ peaks }: Pick<Repetition, "peaks">): string {
  const of = (leg: "left" | "right" | undefined) =>
    peaks
      .filter((peak) => peak.leg === leg)
      .map(({ value, unit }) => inUnit(value, unit))
      .join(" · ");
  return (["left", "right", undefined] as const)
    .map((leg) => (of(leg) && leg ? `${leg} ${of(leg)}` : of(leg)))
    .filter((text) => text !== "")
    .join("; ");
}

/** "Thigh lift" of thigh_lift_deg. */
export function readingName(id: string): string {
  const words = id.replace(/_(deg|s|thigh_lengths?)$/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const UNITS: Readonly<Record<string, string>> = {
  deg: "°",
  s: " s",
  deg_per_s: "° per second",
  thigh_length: " thigh lengths",
  upper_arm_length: " upper-arm lengths",
  ratio: " times",
  count: "",
};

export const withUnit = (value: number, unit: string) =>
  `${String(Math.round(value * 1000) / 1000).replace("-", "\u2212")}${UNITS[unit] ?? ` ${unit}`}`;

const one = (value: number) => shown(value, { digits: 0, unit: "" });
const two = (value: number) => shown(value, PLAIN);
type FaultText = (value: number, threshold: number) => string;
const thigh: FaultText = (value, threshold) =>
  `the thigh rose ${one(value)}°; limit ${one(threshold)}°`;

const FAULT_VALUES: Readonly<Record<string, FaultText | undefined>> = {
  hips_lift: (value, threshold) =>
    `the hip rose ${two(value)} thigh lengths; limit ${two(threshold)}`,
  thigh_lift: thigh,
  thigh_too_high: thigh,
  no_thigh_lift: (value, threshold) =>
    `the thigh rose ${one(value)}°; at least ${one(threshold)}° needed`,
  dropped_foot: (value, threshold) =>
    `from 70° to 20° in ${two(value)} s; at least ${two(threshold)} s needed`,
  chest_sink: (value, threshold) => `the chest sank ${one(-value)}°; limit ${one(-threshold)}°`,
  head_drop: (value, threshold) => `the head sank ${one(value)}°; limit ${one(threshold)}°`,
  head_up: (value, threshold) => `the chin rose ${one(value)}°; limit ${one(threshold)}°`,
  missing_second_kick: (value, threshold) => `${one(value)} of ${one(threshold)} kicks`,
  extra_kick: (value) => `${one(value)} more than the level asks for`,
  shallow_kick: (value, threshold) =>
    `${one(value)}° short of a full kick; limit ${one(threshold)}°`,
  incomplete_lower: (value, threshold) =>
    `stopped ${one(value)}° above rest; limit ${one(threshold)}°`,
  thrown_kick: (value, threshold) => `${one(value)}° per second; limit ${one(threshold)}°`,
};

/** A fault's measured value and its threshold, in words. */
export const faultValue = (
  { id, value, threshold, unit }: Repetition["faults"][number],
  ofKick = true,
) => {
  const ofKicks = ofKick ? FAULT_VALUES[id] : undefined;
  if (ofKicks) return ofKicks(value, threshold);
  return `${inUnit(value, unit)}; limit ${inUnit(threshold, unit)}`;
};

/** "Kick 2" */
export function instantLabel({ shows, kick }: Shown): string {
  if (shows === "kick") return `Kick ${kick ?? ""}`.trim();
  return shows === "set_up" ? "Set-up" : "Lowering";
}

type Aspect = Camera["aspects"][number];

interface AspectLabel {
  name: string;
  value: (value: number) => string;
  good: string;
  off: string;
}

const percent = (value: number) => shown(value, PERCENT);
const scores = (score: number) => `joint score ${shown(score, PLAIN)} out of 1`;

export const ASPECTS: Readonly<Record<Aspect["id"], AspectLabel>> = {
  side_on: {
    name: "Camera angle",
    value: (deg) =>
      `${Math.abs(deg).toFixed(0)}° from square${Math.abs(deg) < 0.5 ? "" : deg > 0 ? ", toward the left" : ", toward the right"}`,
    good: "square enough",
    off: "turn the camera, or move it toward the feet",
  },
  level: {
    name: "Camera height",
    value: (deg) => `looks down ${shown(deg, DEGREES)}`,
    good: "low enough",
    off: "lower the camera toward the mat",
  },
  size: {
    name: "Size in the picture",
    value: (share) => `${percent(share)} of the width`,
    good: "large enough",
    off: "move the camera closer",
  },
  whole_body: {
    name: "Whole body",
    value: () => "",
    good: "head and feet always in the picture",
    off: "head or a foot out of the picture at times",
  },
  frame_rate: {
    name: "Frames per second",
    value: (hz) => hz.toFixed(1),
    good: "enough for quick moves",
    off: "quick moves may be missed",
  },
  found: {
    name: "Person detected in",
    value: (share) => `${percent(share)} of the frames`,
    good: "the whole time",
    off: "out of view or not lying down at times",
  },
  near_leg: {
    name: "Leg near the camera",
    value: scores,
    good: "tracked well",
    off: "not tracked well",
  },
  far_leg: {
    name: "Leg away from the camera",
    value: scores,
    good: "tracked, though partly hidden by the other leg",
    off: "not tracked well",
  },
  steadiness: {
    name: "Steadiness",
    value: () => "",
    good: "steady enough to judge form",
    off: "some repetitions could not be judged",
  },
};

const RULES: Readonly<Record<string, string>> = {
  counted_bend: "Smallest bend that counts",
  rest_below: "At rest below",
  start_near: "The near leg leaves rest at",
  start_far: "The far leg leaves rest at",
  start_speed: "Lowest speed that counts as leaving rest",
  rest_hold: "Rest that ends a repetition",
  kick_prominence: "Smallest rise and fall that makes a kick",
  kick_prominence_noise: "Smallest rise and fall that makes a kick, compared with the noise",
  kick_interval_min: "Between two kicks, at least",
  kick_interval_max: "Between two kicks, at most",
  longest: "Longest repetition",
  start: "A movement begins above",
  counted_from: "Smallest movement that counts",
  peak_prominence: "Smallest fall and rise between two peaks",
  duration_min: "Shortest repetition",
  new_rest_hold: "Lying still elsewhere becomes rest after",
  tracking_loss: "Time out of view that ends a repetition",
  noise_max: "Highest knee noise at rest for judging form",
  trunk_min: "Shoulder-hip line above the floor, from",
  trunk_max: "Shoulder-hip line above the floor, to",
  knee_min: "Smallest full kick",
  knee_aim: "Target for a kick",
  knee_cap: "No benefit from bending beyond",
  transit_70_20: "Lowering from 70° to 20° takes at least",
  elbow_back: "Elbows behind the shoulders, at most",
  elbow_forward: "Elbows ahead of the shoulders, at most",
};
const OF_FAULT: Readonly<Record<string, string>> = {
  on: "starts at",
  off: "ends at",
  above: "starts above",
  below: "starts below",
  min_duration: "lasts at least",
};

export function thresholdLabel(
  threshold: ReportDocument["thresholds"][number],
  nameOf: (fault: string) => string,
): string {
  if (threshold.fault === null) return RULES[threshold.key] ?? threshold.key;
  return `${nameOf(threshold.fault)}: ${OF_FAULT[threshold.key] ?? threshold.key}`;
}

export const FOUNDED: Readonly<Record<ReportDocument["thresholds"][number]["status"], string>> = {
  sourced: "from a source",
  computed: "computed",
  teacher_judgement: "default, to be reviewed by teachers",
};

export const ORIGIN: Readonly<Record<string, string>> = {
  camera: "by camera",
  recording: "from a recorded video",
  sound: "audio only, self-reported",
  imported: "imported from a file",
};
export const ENDED: Readonly<Record<string, string>> = {
  goal: "completed as planned",
  person: "stopped early",
  discomfort: "stopped because of discomfort",
  interrupted: "unfinished",
  open: "in progress",
};
export const NEXT_DAY: Readonly<Record<string, string>> = {
  unanswered: "not answered",
  better: "better",
  same: "the same",
  worse: "worse",
};

export const MODELS: Readonly<Record<string, string>> = {
  "blazepose-lite": "BlazePose lite",
  "blazepose-full": "BlazePose full",
  "blazepose-heavy": "BlazePose heavy",
};
