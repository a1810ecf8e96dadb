// Made from src/protocol/records.schema.json by web/make_messages.mjs; do not edit it.

/**
 * The requests for the plan and the records, and their responses. Every route responds with JSON, or with {"error"} and status 400 (the request is not valid), 403 (a PIN is needed), 404 (no such route, person, practice, repetition or recording), 405 (the route accepts only the other method), 409 (it conflicts with the records, such as a name in use, or a repetition that this version counts otherwise), 411 (no Content-Length), 413 (too large), 503 (another import or export is running, or there is too little memory) or 507 (can't be saved). Without the cookie of this browser the status is 401 and the body is text. For a person with a PIN, every request needs the header Matside-Unlocked: TOKEN. GET /api/persons: Persons. POST /api/persons NewPerson: Persons. GET /api/today?person=ID: Today; without records GET /api/today: Today of an unnamed person. GET /api/progress?person=ID: Progress. GET /api/practice?id=ID: PracticeDocument. GET /api/repetition?practice=ID&index=NUMBER: RepetitionPoses. GET /api/report?id=ID: the report of a practice as an .html file. GET /api/calendar?person=ID: an .ics file. GET /api/export?person=ID: an Export. POST /api/import?person=ID an Export or a result file: Imported. POST /api/keep?person=ID Keep: Kept. POST /api/unlock Unlock: Unlocked. POST /api/change Change: Today. GET /api/devices: Devices. POST /api/unpair Unpair: Devices.
 */
export type Records =
  | Persons
  | NewPerson
  | Exercises
  | Today
  | Progress
  | PracticeDocument
  | RepetitionPoses
  | Imported
  | Keep
  | Kept
  | Unlock
  | Unlocked
  | Change
  | Devices
  | Unpair
  | Refused;
/**
 * A mean with its standard deviation; null if it was not measured.
 */
export type MeasuredValue = {
  value: number;
  sd: number;
} | null;
/**
 * An answer or change by the person. The response is the person's Today.
 */
export type Change =
  | ChangeComfort
  | ChangeNextDay
  | ChangeInformed
  | ChangeAsked
  | ChangeCounts
  | ChangeSide
  | ChangeSettings
  | ChangeTeacher
  | ChangeName
  | ChangePin
  | EndResumable
  | ErasePractice
  | ErasePerson;

export interface Persons {
  persons: KnownPerson[];
  /**
   * Whether a copy of something erased is still on the disk: another program is reading the records, or the disk is full. It is erased when the records are next opened.
   */
  erasure_pending?: boolean;
}
export interface KnownPerson {
  id: number;
  name: string;
  /**
   * Whether the person has a PIN.
   */
  pin: boolean;
}
export interface NewPerson {
  name: string;
}
/**
 * The installed exercises. Their plans are the person's, where the request names one, and otherwise where everybody starts.
 */
export interface Exercises {
  exercises: InstalledExercise[];
}
export interface InstalledExercise {
  id: string;
  name: string;
  /**
   * Whether each repetition is of one leg.
   */
  by_side: boolean;
  /**
   * Easiest first.
   */
  levels: InstalledLevel[];
  faults: InstalledFault[];
  cycle?: InstalledCycle;
  next: NextOfExercise;
}
export interface InstalledLevel {
  number: number;
  name: string;
  description: string;
  /**
   * Kicks, or peaks of the movement, asked for in a repetition.
   */
  peaks: number;
  trunk_min_deg: number;
  trunk_max_deg: number;
  repetitions_start: number;
  repetitions_goal: number;
  aims?: InstalledAims;
  tempo?: InstalledTempo;
}
/**
 * How far a good repetition goes, above rest: degrees, and thigh lengths of hip_rise.
 */
export interface InstalledAims {
  knee_flexion?: number;
  thigh_lift?: number;
  leg_lift?: number;
  trunk_incline?: number;
  neck_angle?: number;
  hip_rise?: number;
}
export interface InstalledTempo {
  rise_s: number;
  hold_s: number;
  lower_s: number;
}
export interface InstalledFault {
  id: string;
  levels: number[];
  name: string;
  cue: string;
  advice: string;
}
/**
 * How the file of an exercise explains it. The single-leg kick has its own lesson.
 */
export interface InstalledCycle {
  /**
   * What moves in a repetition.
   */
  channel: "knee_flexion" | "thigh_lift" | "leg_lift" | "trunk_incline" | "neck_angle" | "hip_rise";
  set_up: string[];
  prompt: string;
  breath: InstalledBreath;
}
export interface InstalledBreath {
  rise: "in" | "out";
  lowering: "in" | "out";
}
export interface NextOfExercise {
  level: number;
  repetitions: number;
}
export interface Today {
  person: KnownPerson;
  now: string;
  next: Next;
  /**
   * Whether to show the safety notice, which says who should ask a health professional first. It is due at the first start and every 30 days.
   */
  inform: boolean;
  /**
   * The practice for which to ask how the person felt the next day; null if none.
   */
  ask_next_day: ShortPractice | null;
  /**
   * A recent unfinished practice; null if none.
   */
  resumable: ShortPractice | null;
  comfort_before_last: number | null;
  /**
   * Discomfort before a practice, 0 to 10, at or above which the person should not practise today.
   */
  not_today_from: number;
  /**
   * The same, as a rise in points above the discomfort before the last practice.
   */
  not_today_rise: number;
  /**
   * Discomfort before a practice at or above which to rest today, by both rules above.
   */
  rest_from: number;
  /**
   * Rise in discomfort during a practice, in points, at or above which the plan becomes more cautious.
   */
  worse_from: number;
  /**
   * Consecutive weeks with a practice, up to this week or last week.
   */
  weeks_in_a_row: number;
  /**
   * Practices since Monday.
   */
  this_week: number;
  teacher_level: number | null;
  /**
   * The page's settings.
   */
  settings: {};
  /**
   * As in Persons.
   */
  erasure_pending?: boolean;
}
/**
 * The plan's next practice, with its reasons.
 */
export interface Next {
  level: number;
  level_name: string;
  /**
   * The number on each side.
   */
  repetitions: number;
  /**
   * ISO 8601, local time.
   */
  not_before: string;
  /**
   * Whether the person has rested long enough to practise today.
   */
  today: boolean;
  /**
   * The person should ask a health professional before the next practice.
   */
  ask_first: boolean;
  reasons: Reason[];
  /**
   * The levels the person may choose, easiest first.
   */
  choices: Choice[];
}
export interface Reason {
  id: string;
  text: string;
}
export interface Choice {
  level: number;
  /**
   * The suggested number on each side.
   */
  repetitions: number;
  /**
   * The largest goal on each side.
   */
  most: number;
}
export interface ShortPractice {
  id: number;
  /**
   * ISO 8601, local time of the practice.
   */
  start: string;
  origin: "camera" | "recording" | "sound" | "imported";
  /**
   * Its id, such as single-leg-kick.
   */
  exercise: string;
  /**
   * Its id if it isn't installed.
   */
  exercise_name: string;
  /**
   * Whether Matside has the exercise. If not, the practice can't be opened.
   */
  installed: boolean;
  /**
   * Whether each repetition is of one leg.
   */
  by_side: boolean;
  level: number;
  /**
   * Empty if the exercise isn't installed.
   */
  level_name: string;
  wished: number;
  /**
   * The person's correction, or the count.
   */
  left: number;
  right: number;
  unsure: number;
  /**
   * Of both legs together, or of none alone; absent where there are none. Corrected counts take their place.
   */
  both?: number;
  kicks: number;
  clean: number;
  /**
   * The count before any correction.
   */
  counted_left: number;
  counted_right: number;
  corrected: boolean;
  ended_by: "goal" | "person" | "discomfort" | "interrupted" | "open";
  duration_s: number;
  comfort_before: number | null;
  comfort_after: number | null;
  leg_symptoms: boolean;
  next_day: "unanswered" | "better" | "same" | "worse";
  knee_flexion_deg: MeasuredValue;
  lowering_s: MeasuredValue;
  hips_still_share: MeasuredValue;
  lengthening_s: number | null;
  /**
   * Fraction of the repetitions without a fault, 0 to 1; null without a camera or repetitions.
   */
  clean_share: number | null;
}
export interface Progress {
  person: KnownPerson;
  /**
   * Oldest first.
   */
  practices: ShortPractice[];
  /**
   * Every week from the first practice to this week.
   */
  weeks: Week[];
  /**
   * The plan's range: fewest and most.
   *
   * @minItems 2
   * @maxItems 2
   */
  practices_a_week: [number, number];
  weeks_in_a_row: number;
  /**
   * Sentences about what has changed since the first week, without changes within measurement error.
   */
  changed: string[];
  lengthening_minutes: number;
  /**
   * Explains the minutes and says that they are only an illustration.
   */
  lengthening_words: string;
}
export interface Week {
  /**
   * YYYY-MM-DD
   */
  monday: string;
  practices: number;
  /**
   * Whether the week has as many practices as the plan asks for.
   */
  as_planned: boolean;
}
export interface PracticeDocument {
  practice: ShortPractice;
  exercise: PractisedExercise;
  repetitions: KeptRepetition[];
  /**
   * Of PractisedExercise.measures.
   */
  averages: Average[];
  curve: MovementCurve;
  /**
   * Every scoring of the practice, newest last; the newest is valid.
   */
  judged: Judged[];
}
/**
 * The words of an exercise.
 */
export interface PractisedExercise {
  id: string;
  name: string;
  /**
   * Whether each repetition is of one leg.
   */
  by_side: boolean;
  /**
   * What a top of the movement is called.
   */
  peak: "kick" | "peak";
  levels: NamedLevel[];
  faults: NamedId[];
  /**
   * What the file of an exercise without kicks asks to measure.
   */
  measures: NamedId[];
}
export interface NamedLevel {
  number: number;
  name: string;
}
export interface NamedId {
  id: string;
  name: string;
}
export interface KeptRepetition {
  index: number;
  side: "left" | "right" | "unsure" | "both";
  corrected_side: "left" | "right" | "unsure" | null;
  status: "clean" | "faulty" | "partial" | "unjudged";
  start_s: number;
  end_s: number;
  kick_times_s: number[];
  /**
   * The largest of its kicks, above rest; null if it was not measured.
   */
  knee_flexion_deg: number | null;
  lowering_s: number | null;
  /**
   * Of an exercise without kicks, in place of kick_times_s; each leg's, where both move.
   */
  peaks?: KeptPeak[];
  /**
   * What the file of an exercise without kicks asks to measure.
   */
  readings?: KeptReading[];
  faults: KeptFault[];
}
export interface KeptPeak {
  time_s: number;
  /**
   * Above rest; null where only the time is known.
   */
  value: number | null;
  unit: string;
  leg: "left" | "right" | null;
}
export interface KeptReading {
  id: string;
  value: number;
  unit: string;
  /**
   * The value with its unit, such as 12 degrees.
   */
  text: string;
}
export interface KeptFault {
  id: string;
  name: string;
  cue: string;
  value: number;
  threshold: number;
  unit: string;
}
export interface Average {
  id: string;
  name: string;
  /**
   * With its unit, such as 12 degrees.
   */
  text: string;
}
/**
 * What the exercise counts by, above rest, during the practice; null if it is not visible. The bend of each knee, or of each leg or of the body the lift that is counted.
 */
export interface MovementCurve {
  /**
   * Such as Knee bend.
   */
  name: string;
  unit: "deg" | "thigh_length";
  /**
   * Where its drawing begins.
   */
  least: number;
  /**
   * What its drawing shows at least.
   */
  most: number;
  /**
   * Between its lines.
   */
  step: number;
  times_s: number[];
  /**
   * Empty if it is of the body.
   */
  left: (number | null)[];
  right: (number | null)[];
  /**
   * Empty if it is of the legs.
   */
  body: (number | null)[];
}
/**
 * One scoring of a practice.
 */
export interface Judged {
  engine: string;
  settings: {};
  made: string;
  left: number;
  right: number;
  unsure: number;
  both?: number;
  kicks: number;
  clean: number;
}
/**
 * The poses of one repetition, at most about 33 a second.
 */
export interface RepetitionPoses {
  /**
   * From the start of the practice.
   */
  start_s: number;
  end_s: number;
  /**
   * Width of the picture in which the person was found.
   */
  width_px: number;
  height_px: number;
  frames: PosesAt[];
}
/**
 * The person in one frame.
 */
export interface PosesAt {
  /**
   * From the start of the practice, as in MovementCurve.
   */
  time_s: number;
  /**
   * x, y and score of BlazePose's 33 landmarks, as in FrameDone; empty if no person is visible. Landmarks that are not saved have score 0.
   */
  points: number[];
}
export interface Imported {
  practices: number;
}
/**
 * Keeps the recording that was analysed last as a practice of the person.
 */
export interface Keep {
  /**
   * Its name, from the response to POST /analyze.
   */
  recording: string;
  /**
   * When the practice began, in seconds since 1970; not in the future.
   */
  start_unix_s: number;
  /**
   * Local time ahead of UTC at that moment.
   */
  utc_offset_min: number;
}
export interface Kept {
  practice: number;
  /**
   * Whether the same recording was saved before, at this level; nothing was saved now.
   */
  already_saved: boolean;
}
/**
 * Exchanges a PIN for a token. After five wrong PINs, the device must wait a minute. Each further wrong PIN doubles the wait, up to a day. A token becomes invalid when the PIN is changed.
 */
export interface Unlock {
  person: number;
  pin: string;
}
export interface Unlocked {
  token: string;
}
/**
 * How the person feels after a practice: discomfort from 0 to 10, and symptoms in a leg.
 */
export interface ChangeComfort {
  change: "comfort";
  practice: number;
  after: number;
  leg_symptoms: boolean;
}
/**
 * How the person felt the day after a practice.
 */
export interface ChangeNextDay {
  change: "next_day";
  practice: number;
  next_day: "better" | "same" | "worse";
}
/**
 * The person has read the safety notice.
 */
export interface ChangeInformed {
  change: "informed";
  person: number;
}
/**
 * The person has asked a health professional, who agrees.
 */
export interface ChangeAsked {
  change: "asked";
  person: number;
}
/**
 * Corrected counts; the measured counts stay saved. Null for both sides removes the correction.
 */
export interface ChangeCounts {
  change: "counts";
  practice: number;
  left: number | null;
  right: number | null;
}
/**
 * Corrects the side of one repetition; null removes the correction.
 */
export interface ChangeSide {
  change: "side";
  practice: number;
  index: number;
  side: "left" | "right" | null;
}
/**
 * Saves the page's settings, up to 16 KiB.
 */
export interface ChangeSettings {
  change: "settings";
  person: number;
  settings: {};
}
/**
 * The level that a teacher set, of the exercise that the request names; null if the plan decides.
 */
export interface ChangeTeacher {
  change: "teacher";
  person: number;
  level: number | null;
}
export interface ChangeName {
  change: "name";
  person: number;
  name: string;
}
/**
 * A new PIN; empty removes it. A PIN keeps out other people in the household; it encrypts nothing.
 */
export interface ChangePin {
  change: "pin";
  person: number;
  pin: string;
}
/**
 * Ends an unfinished practice.
 */
export interface EndResumable {
  change: "end";
  practice: number;
}
/**
 * Erases a practice with its poses.
 */
export interface ErasePractice {
  change: "erase_practice";
  practice: number;
}
/**
 * Erases the person with all their records. The response is Persons.
 */
export interface ErasePerson {
  change: "erase_person";
  person: number;
}
/**
 * The paired devices, oldest first; empty if only this computer can reach the server.
 */
export interface Devices {
  devices: PairedDevice[];
}
export interface PairedDevice {
  /**
   * The device's number.
   */
  device: number;
  /**
   * The device's browser and operating system.
   */
  name: string;
  /**
   * Whether this device sent the request.
   */
  asking: boolean;
}
/**
 * Unpairs a device and ends its connections.
 */
export interface Unpair {
  device: number;
}
/**
 * The body of every error response.
 */
export interface Refused {
  /**
   * What is wrong and what to do, for the person.
   */
  error: string;
}
