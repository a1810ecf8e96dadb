// What the report calls things.
import type { Camera, Measures, ReportDocument, Repetition, Shown } from "./document";

type Measured = { value: number; sd: number } | null;

/** Digits after the point, sign and factor to show a value in. */
export interface Shape {
  digits: number;
  unit: string;
  factor?: number;
}
const DEGREES: Shape = { digits: 0, unit: "°" };
const TENTHS: Shape = { digits: 1, unit: "°" };
const SECONDS: Shape = { digits: 2, unit: " s" };
const PERCENT: Shape = { digits: 0, unit: " %", factor: 100 };
const TENTHS_PERCENT: Shape = { ...PERCENT, digits: 1 };
const PLAIN: Shape = { digits: 2, unit: "" };

export function shown(value: number, { digits, unit, factor = 1 }: Shape): string {
  const text = (value * factor).toFixed(digits);
  return `${Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212")}${unit.replace(" ", "\u00a0")}`;
}

/** "104° ± 5°"; no line ends within one of both. */
export function measured(measure: Measured, shape: Shape): string {
  if (measure === null) return "–";
  return `${shown(measure.value, shape)} ±\u00a0${shown(measure.sd, shape)}`;
}

interface MeasureWords {
  key: keyof Measures;
  name: string;
  what: string;
  shape: Shape;
}

export const MEASURES: readonly MeasureWords[] = [
  { key: "greatest_bend_deg", name: "Greatest bend", what: "of the knee, above its rest", shape: DEGREES },
  { key: "rise_s", name: "Bending", what: "from 20° to the first kick", shape: SECONDS },
  { key: "beat_interval_s", name: "Between kicks", what: "from one arrival of the heel to the next", shape: SECONDS },
  { key: "lowering_s", name: "Lowering", what: "from the last kick until the foot is down", shape: SECONDS },
  { key: "transit_70_20_s", name: "Lowering, 70° to 20°", what: "tells a foot that drops", shape: SECONDS },
  { key: "lowering_smoothness", name: "Smoothness of lowering", what: "nearer to 0 is smoother; even above −3.0", shape: PLAIN },
  { key: "hips_still_share", name: "Hips still", what: "share of the time", shape: TENTHS_PERCENT },
  { key: "hip_moves_at_deg", name: "Hip sets out at", what: "a knee bend of; – where it stays", shape: DEGREES },
  { key: "chest_fall_deg", name: "Chest sinks by", what: "below its rest, held for a second", shape: TENTHS },
  { key: "chest_incline_deg", name: "Chest incline", what: "against the floor", shape: TENTHS },
  { key: "duration_s", name: "Whole repetition", what: "from leaving rest until the foot is down", shape: SECONDS },
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
    what: `the best one: ${measured(set.greatest_bend_best_deg, DEGREES)}`,
    all: measured(set.greatest_bend_median_deg, DEGREES),
    left: "",
    right: "",
  });
  rows.push(
    {
      name: "Rhythm",
      what: "how much durations vary; below 10 % steady",
      all: measured(set.rhythm_variation, TENTHS_PERCENT),
      left: measured(set.rhythm_variation_left, TENTHS_PERCENT),
      right: measured(set.rhythm_variation_right, TENTHS_PERCENT),
    },
    { name: "Beat", what: "how much the time between kicks varies", all: measured(set.beat_variation, TENTHS_PERCENT), left: "", right: "" },
  );
  return rows;
}

interface Compared {
  name: string;
  value: string;
  words: string;
}

type Difference = { value: number; sd: number; distinguishable: boolean };

/** Sides against each other, and the later half of the set against the earlier one. */
export function comparisons({ set }: ReportDocument): Compared[] {
  const rows: Compared[] = [];
  const add = (name: string, difference: Difference | null | undefined, shape: Shape, [more, less]: readonly [string, string]) => {
    if (!difference) return;
    const words = !difference.distinguishable ? "no more than the noise" : difference.value > 0 ? more : less;
    rows.push({ name, value: measured(difference, shape), words });
  };
  const sides = ["more on the left", "more on the right"] as const;
  add("Greatest bend, left less right", set.bend_symmetry?.left_less_right, DEGREES, sides);
  add("Lowering 70° to 20°, left less right", set.transit_symmetry?.left_less_right, SECONDS, sides);
  add("Greatest bend, later less earlier", set.bend_change_deg, DEGREES, ["more in the later half", "less in the later half"]);
  add("Lowering 70° to 20°, later less earlier", set.transit_change_s, SECONDS, ["slower in the later half", "quicker in the later half"]);
  add("Chest incline, later less earlier", set.chest_change_deg, TENTHS, ["higher in the later half", "lower in the later half"]);
  return rows;
}

export const SIDE: Readonly<Record<Repetition["side"], string>> = { left: "Left", right: "Right", unsure: "Not seen" };

export const STATUS: Readonly<Record<Repetition["status"], string>> = {
  clean: "Clean",
  faulty: "",
  partial: "Small, or cut off",
  unjudged: "Counted; not seen well enough to judge",
};

export const UNITS: Readonly<Record<string, string>> = {
  deg: "°",
  s: " s",
  deg_per_s: "° a second",
  thigh_length: " thigh lengths",
  upper_arm_length: " upper-arm lengths",
  ratio: " times",
  count: "",
};

export const withUnit = (value: number, unit: string) => `${String(Math.round(value * 1000) / 1000).replace("-", "\u2212")}${UNITS[unit] ?? ` ${unit}`}`;

const one = (value: number) => shown(value, { digits: 0, unit: "" });
const two = (value: number) => shown(value, PLAIN);
type Told = (value: number, threshold: number) => string;
const thigh: Told = (value, threshold) => `the thigh rose ${one(value)}°; judged from ${one(threshold)}°`;

const FAULT_VALUES: Readonly<Record<Repetition["faults"][number]["id"], Told>> = {
  hips_lift: (value, threshold) => `the hip rose ${two(value)} thigh lengths; judged from ${two(threshold)}`,
  thigh_lift: thigh,
  thigh_too_high: thigh,
  no_thigh_lift: (value, threshold) => `the thigh rose ${one(value)}°; judged below ${one(threshold)}°`,
  dropped_foot: (value, threshold) => `from 70° to 20° in ${two(value)} s; judged below ${two(threshold)} s`,
  chest_sink: (value, threshold) => `the chest sank ${one(-value)}°; judged from ${one(-threshold)}°`,
  head_drop: (value, threshold) => `the head sank ${one(value)}°; judged from ${one(threshold)}°`,
  head_up: (value, threshold) => `the chin rose ${one(value)}°; judged from ${one(threshold)}°`,
  missing_second_kick: (value, threshold) => `${one(value)} of ${one(threshold)} kicks`,
  extra_kick: (value) => `${one(value)} more than the level asks for`,
  shallow_kick: (value, threshold) => `${one(value)}° short of a full kick; judged from ${one(threshold)}°`,
  incomplete_lower: (value, threshold) => `stopped at ${one(value)}° above rest; judged from ${one(threshold)}°`,
  thrown_kick: (value, threshold) => `${one(value)}° a second; judged from ${one(threshold)}°`,
};

/** What was measured of a fault, and against what. */
export const faultValue = ({ id, value, threshold }: Repetition["faults"][number]) => FAULT_VALUES[id](value, threshold);

/** What a picture shows: "Kick 2". */
export function momentWords({ shows, kick }: Shown): string {
  if (shows === "kick") return `Kick ${kick ?? ""}`.trim();
  return shows === "set_up" ? "Set-up" : "Lowering";
}

type Aspect = Camera["aspects"][number];

interface AspectWords {
  name: string;
  value: (value: number) => string;
  good: string;
  off: string;
}

const percent = (value: number) => shown(value, PERCENT);
const scores = (score: number) => `joints score ${shown(score, PLAIN)} of 1`;

export const ASPECTS: Readonly<Record<Aspect["id"], AspectWords>> = {
  side_on: {
    name: "From the side",
    value: (deg) => `${Math.abs(deg).toFixed(0)}° off square${Math.abs(deg) < 0.5 ? "" : deg > 0 ? ", from the picture's left" : ", from the picture's right"}`,
    good: "square enough",
    off: "turn the camera, or move it toward the feet",
  },
  level: { name: "Height of the lens", value: (deg) => `looks down ${shown(deg, DEGREES)}`, good: "low enough", off: "lower the camera toward the mat" },
  size: { name: "Size in the picture", value: (share) => `${percent(share)} of the width`, good: "large enough", off: "move the camera closer" },
  whole_body: { name: "Whole body", value: () => "", good: "head and feet stayed in the picture", off: "head or a foot was outside at times" },
  frame_rate: { name: "Pictures a second", value: (hz) => hz.toFixed(1), good: "enough for quick second kicks", off: "quick kicks may be missed" },
  found: { name: "Person found in", value: (share) => `${percent(share)} of the pictures`, good: "all along", off: "out of sight, or not lying, for a while" },
  near_leg: { name: "Leg toward the camera", value: scores, good: "seen", off: "not followed well" },
  far_leg: { name: "Leg away from it", value: scores, good: "seen, partly behind the other", off: "not followed well" },
  steadiness: { name: "Steadiness", value: () => "", good: "steady enough to judge form", off: "some repetitions could not be judged" },
};

const RULES: Readonly<Record<string, string>> = {
  counted_bend: "A bend this deep counts",
  rest_below: "At rest below",
  start_near: "The near leg has left rest at",
  start_far: "The far leg has left rest at",
  start_speed: "Leaving rest is at least so fast",
  rest_hold: "At rest so long ends a repetition",
  kick_prominence: "A kick rises and falls by",
  kick_prominence_noise: "and by so many times the noise",
  kick_interval_min: "Between two kicks, at least",
  kick_interval_max: "Between two kicks, at most",
  longest: "A longer bend is no repetition",
  tracking_loss: "Out of sight longer ends what is under way",
  noise_max: "Form is not judged where knees stray more at rest",
  trunk_min: "Shoulder-hip line above the floor, from",
  trunk_max: "Shoulder-hip line above the floor, to",
  knee_min: "A kick is full from",
  knee_aim: "A kick aims at",
  knee_cap: "No more is better from",
  transit_70_20: "Lowering from 70° to 20° takes at least",
  elbow_back: "Elbows behind the shoulders, at most",
  elbow_forward: "Elbows ahead of the shoulders, at most",
};
const OF_FAULT: Readonly<Record<string, string>> = { on: "begins at", off: "has ended at", min_duration: "lasts at least" };

export function thresholdWords(threshold: ReportDocument["thresholds"][number], nameOf: (fault: string) => string): string {
  if (threshold.fault === null) return RULES[threshold.key] ?? threshold.key;
  return `${nameOf(threshold.fault)}: ${OF_FAULT[threshold.key] ?? threshold.key}`;
}

export const FOUNDED: Readonly<Record<ReportDocument["thresholds"][number]["status"], string>> = {
  sourced: "read in a source",
  computed: "computed",
  teacher_judgement: "default, to be reviewed by teachers",
};

export const ORIGIN: Readonly<Record<string, string>> = {
  camera: "in front of the camera",
  recording: "from a recorded video",
  sound: "by sound alone, counted by the person's own word",
  imported: "brought in from a file",
};
export const ENDED: Readonly<Record<string, string>> = {
  goal: "all that was planned was done",
  person: "ended when it was enough",
  discomfort: "ended because it did not feel right",
  interrupted: "broken off",
  open: "not ended yet",
};
export const NEXT_DAY: Readonly<Record<string, string>> = { unanswered: "not told", better: "better", same: "the same", worse: "worse" };

export const MODELS: Readonly<Record<string, string>> = {
  "blazepose-lite": "BlazePose lite",
  "blazepose-full": "BlazePose full",
  "blazepose-heavy": "BlazePose heavy",
};
