// Made from src/server/records.schema.json by web/make_messages.mjs; do not edit it.

/**
 * The requests for the plan and the records, and their responses. Every route responds with JSON, or with {"error"} and status 400 (the request is not valid), 403 (a PIN is needed), 404 (no such route, person or practice), 405 (the route takes only the other method), 409 (it contradicts what is stored, such as a name in use), 411 (no Content-Length), 413 (too large), 503 (another import or export is running, or memory is short) or 507 (can't be saved). Without the cookie of this browser the status is 401 and the body is text. For a person with a PIN, every request needs the header Matside-Unlocked: TOKEN. GET /api/persons: Persons. POST /api/persons NewPerson: Persons. GET /api/today?person=ID: Today; without records GET /api/today: Today of an unnamed person. GET /api/progress?person=ID: Progress. GET /api/practice?id=ID: PracticeDocument. GET /api/calendar?person=ID: an .ics file. GET /api/export?person=ID: an Export. POST /api/import?person=ID an Export or a result file: Imported. POST /api/unlock Unlock: Unlocked. POST /api/change Change: Today. GET /api/devices: Devices. POST /api/unpair Unpair: Devices.
 */
export type Records =
  | Persons
  | NewPerson
  | Today
  | Progress
  | PracticeDocument
  | Imported
  | Unlock
  | Unlocked
  | Change
  | Devices
  | Unpair
  | Refused;
/**
 * A mean with its standard deviation; null where it was not measured.
 */
export type MeasuredValue = {
  value: number;
  sd: number;
} | null;
/**
 * What the person answers or changes. The response is Today of that person.
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
   * Whether the person has one.
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
   * Whether to show who should ask a health professional first: at the first start and every 30 days.
   */
  inform: boolean;
  /**
   * A practice for which to ask how the next day felt; null: none.
   */
  ask_next_day: ShortPractice | null;
  /**
   * An unfinished practice from a short while ago; null: none.
   */
  resumable: ShortPractice | null;
  comfort_before_last: number | null;
  /**
   * Discomfort before a practice, 0 to 10, from which the person should not practise today.
   */
  not_today_from: number;
  /**
   * The same as a rise, in points above the last practice's.
   */
  not_today_rise: number;
  /**
   * Discomfort before a practice from which to rest today, by both rules above.
   */
  rest_from: number;
  /**
   * Rise of discomfort during a practice, in points, from which the plan holds back.
   */
  worse_from: number;
  /**
   * Weeks with a practice, without a gap, up to this week or the last.
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
   * On each side.
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
   * Suggested, on each side.
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
   * Share of the repetitions without a fault, 0 to 1; null without a camera or repetitions.
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
   * From the week of the first practice to this week, without a gap.
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
   * What changed since the first week, in sentences; nothing within measurement error.
   */
  changed: string[];
  lengthening_minutes: number;
  /**
   * Explains the minutes, and that they are only an illustration.
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
   * Every scoring of it, the newest last; that one is valid.
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
 * Knee flexion during the practice: degrees, 0 = straight; null where the leg can't be seen.
 */
export interface KneeCurve {
  times_s: number[];
  left: (number | null)[];
  right: (number | null)[];
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
  kicks: number;
  clean: number;
}
export interface Imported {
  practices: number;
}
/**
 * Exchanges a PIN for a token. After five wrong ones on one device, that device must wait a minute, then twice as long after each further one, up to a day. A token becomes invalid when the PIN is changed.
 */
export interface Unlock {
  person: number;
  pin: string;
}
export interface Unlocked {
  token: string;
}
/**
 * How it feels after a practice: discomfort 0 to 10, and symptoms in a leg.
 */
export interface ChangeComfort {
  change: "comfort";
  practice: number;
  after: number;
  leg_symptoms: boolean;
}
/**
 * How the day after a practice felt.
 */
export interface ChangeNextDay {
  change: "next_day";
  practice: number;
  next_day: "better" | "same" | "worse";
}
/**
 * The person has read who should ask a health professional first.
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
 * Corrected counts; the measured ones stay saved. Null on both sides takes the correction back.
 */
export interface ChangeCounts {
  change: "counts";
  practice: number;
  left: number | null;
  right: number | null;
}
/**
 * Corrects the side of one repetition; null takes the correction back.
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
 * A teacher sets the level; null: the plan decides.
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
 * A new PIN; empty removes it. It keeps other people of the household out, and encrypts nothing.
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
 * The paired devices, the oldest first; none where only this computer can reach the server.
 */
export interface Devices {
  devices: PairedDevice[];
}
export interface PairedDevice {
  /**
   * Its number.
   */
  device: number;
  /**
   * Its browser and system.
   */
  name: string;
  /**
   * Whether it is the device that asks.
   */
  asking: boolean;
}
/**
 * Forgets a paired device and ends its connections.
 */
export interface Unpair {
  device: number;
}
/**
 * The body of every response that is an error.
 */
export interface Refused {
  /**
   * What is wrong and what to do, for the person.
   */
  error: string;
}
