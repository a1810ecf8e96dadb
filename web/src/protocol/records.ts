// Made from src/server/records.schema.json by web/make_messages.mjs; do not edit it.

/**
 * What page and server say to each other of plan and records. Every route answers JSON, or {"error"} with status 400 (bad request), 403 (a PIN is needed), 404 or 507 (can't be written). A person with a PIN is told of only with the header Matside-Unlocked: TOKEN. GET /api/persons: Persons. POST /api/persons NewPerson: Persons. GET /api/today?person=ID: Today; without records GET /api/today: Today of an unnamed person. GET /api/progress?person=ID: Progress. GET /api/practice?id=ID: PracticeDocument. GET /api/calendar?person=ID: an .ics file. GET /api/export?person=ID: an Export. POST /api/import?person=ID an Export or a result file: Imported. POST /api/unlock Unlock: Unlocked. POST /api/change Change: Today.
 */
export type Records =
  Persons | NewPerson | Today | Progress | PracticeDocument | Imported | Unlock | Unlocked | Change | Refused;
export type MeasuredValue = {
  value: number;
  sd: number;
} | null;
/**
 * What the person tells or changes. The answer is Today of that person.
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
}
export interface KnownPerson {
  id: number;
  name: string;
  /**
   * Whether one is asked for.
   */
  pin: boolean;
}
export interface NewPerson {
  name: string;
}
export interface Today {
  person: KnownPerson;
  now: string;
  next: Next;
  /**
   * Whether to show who should ask a professional first: at the first run and every 30 days.
   */
  inform: boolean;
  /**
   * The practice whose next day has not been told yet; null: none to ask of.
   */
  ask_next_day: ShortPractice | null;
  /**
   * A practice that was broken off a short while ago.
   */
  resumable: ShortPractice | null;
  comfort_before_last: number | null;
  /**
   * Comfort before, from which on not to practise today.
   */
  not_today_from: number;
  /**
   * The same, points worse than before the last practice.
   */
  not_today_rise: number;
  /**
   * Discomfort before a practice from which to rest today, by both rules above.
   */
  rest_from: number;
  /**
   * Points of discomfort more after a practice than before it from which the plan holds back.
   */
  worse_from: number;
  /**
   * With a practice, up to this one or the last.
   */
  weeks_in_a_row: number;
  /**
   * Practices since Monday.
   */
  this_week: number;
  teacher_level: number | null;
  /**
   * The page's own.
   */
  settings: {};
}
/**
 * The plan's next practice, and why it is so.
 */
export interface Next {
  level: number;
  level_name: string;
  /**
   * A side.
   */
  repetitions: number;
  /**
   * ISO 8601, by the clock on the wall.
   */
  not_before: string;
  /**
   * Whether the rest is over.
   */
  today: boolean;
  /**
   * A professional is to be asked before the next practice.
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
   * Suggested, on each side.
   */
  repetitions: number;
  /**
   * On each side.
   */
  most: number;
}
export interface ShortPractice {
  id: number;
  /**
   * ISO 8601, by the clock on the wall then.
   */
  start: string;
  origin: "camera" | "recording" | "sound" | "imported";
  level: number;
  wished: number;
  /**
   * As the person corrected it, otherwise as counted.
   */
  left: number;
  right: number;
  unsure: number;
  kicks: number;
  clean: number;
  /**
   * As counted.
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
   * Of the counted repetitions, 0 to 1; null without a camera or repetitions.
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
   * From the first practice's to this one, without a gap.
   */
  weeks: Week[];
  /**
   * Wanted, least and most.
   *
   * @minItems 2
   * @maxItems 2
   */
  practices_a_week: [number, number];
  weeks_in_a_row: number;
  /**
   * What changed since the first week, in words; nothing that is within the measurement's noise.
   */
  changed: string[];
  lengthening_minutes: number;
  /**
   * What the minutes are, and that they are an illustration.
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
   * Whether it has as many practices as the plan asks for.
   */
  as_planned: boolean;
}
export interface PracticeDocument {
  practice: ShortPractice;
  repetitions: KeptRepetition[];
  curve: KneeCurve;
  /**
   * By which engines, the newest last; it holds.
   */
  judged: Judged[];
}
export interface KeptRepetition {
  index: number;
  side: "left" | "right" | "unsure";
  corrected_side: "left" | "right" | "unsure" | null;
  status: "clean" | "faulty" | "partial" | "unjudged";
  start_s: number;
  end_s: number;
  kick_times_s: number[];
  knee_flexion_deg: number;
  lowering_s: number | null;
  faults: KeptFault[];
}
export interface KeptFault {
  id: string;
  cue: string;
  value: number;
  threshold: number;
  unit: string;
}
/**
 * Knee flexion in the course of the practice, degrees, 0 = straight; null where unseen.
 */
export interface KneeCurve {
  times_s: number[];
  left: (number | null)[];
  right: (number | null)[];
}
export interface Judged {
  engine: string;
  settings: {};
  made: string;
  left: number;
  right: number;
  unsure: number;
  kicks: number;
  clean: number;
}
export interface Imported {
  practices: number;
}
export interface Unlock {
  person: number;
  pin: string;
}
export interface Unlocked {
  token: string;
}
/**
 * How it feels after a practice.
 */
export interface ChangeComfort {
  change: "comfort";
  practice: number;
  after: number;
  leg_symptoms: boolean;
}
export interface ChangeNextDay {
  change: "next_day";
  practice: number;
  next_day: "better" | "same" | "worse";
}
/**
 * Who should ask a professional first has been read.
 */
export interface ChangeInformed {
  change: "informed";
  person: number;
}
/**
 * A professional has been asked, and agrees.
 */
export interface ChangeAsked {
  change: "asked";
  person: number;
}
/**
 * The person's word against the count; both are kept. Null: the count holds again.
 */
export interface ChangeCounts {
  change: "counts";
  practice: number;
  left: number | null;
  right: number | null;
}
export interface ChangeSide {
  change: "side";
  practice: number;
  index: number;
  side: "left" | "right" | null;
}
export interface ChangeSettings {
  change: "settings";
  person: number;
  settings: {};
}
/**
 * A teacher holds a level; null: the plan decides.
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
 * Empty: no PIN any more. It encrypts nothing; it keeps a grandchild out.
 */
export interface ChangePin {
  change: "pin";
  person: number;
  pin: string;
}
/**
 * A practice that was broken off is not gone on with.
 */
export interface EndResumable {
  change: "end";
  practice: number;
}
export interface ErasePractice {
  change: "erase_practice";
  practice: number;
}
/**
 * With everything kept of the person. The answer is Persons.
 */
export interface ErasePerson {
  change: "erase_person";
  person: number;
}
export interface Refused {
  /**
   * For the person: what is wrong and what to do.
   */
  error: string;
}
