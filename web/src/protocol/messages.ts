// Made from src/protocol/practice.schema.json by web/make_messages.mjs; do not edit it.

/**
 * The messages between page and server at /practice. A frame is binary: its index as a 4-byte unsigned integer and its capture time in seconds as an 8-byte float, both little-endian, then a JPEG.
 */
export type Message = FromPage | FromServer;
export type FromPage = Hello | Pause | Resume | CameraBack | PageSays | Comfort | SelfReported | Stop;
export type FromServer =
  | Ready
  | Exercise
  | ExerciseDone
  | Script
  | FrameDone
  | Stage
  | Movement
  | KickSeen
  | Repetition
  | SetFault
  | Warning
  | Counts
  | Say1
  | Unsaid
  | ComfortAsked
  | Summary
  | Failure;

/**
 * The first message: what to practise and how.
 */
export interface Hello {
  type: "hello";
  /**
   * The id of an exercise; single-leg-kick if absent.
   */
  exercise?: string;
  level: number;
  /**
   * The goal on each side, or in all where no leg moves alone.
   */
  repetitions: number;
  /**
   * Exercises that follow in the same practice, in their order.
   *
   * @maxItems 5
   */
  then?: AskedExercise[];
  /**
   * Whether a voice guides the practice, from placing the camera to the end. If not, repetitions are only counted and corrected.
   */
  guided: boolean;
  /**
   * False: the page sends no frames and receives an audio guide (Script).
   */
  camera: boolean;
  /**
   * When to breathe out; off: no breathing cues.
   */
  breath: "out_on_kicks" | "in_on_kicks" | "off";
  carried?: Carried;
  /**
   * The person whose records the practice is saved in. If absent, it is not saved.
   */
  person?: number;
  /**
   * The token (Unlocked) of a person with a PIN. It is in the message because browsers can't set WebSocket headers.
   */
  unlocked?: string;
  /**
   * Discomfort from 0 (none) to 10 (the worst imaginable).
   */
  comfort_before?: number;
  /**
   * An unfinished practice of the same person to continue. The counts continue from the saved ones.
   */
  resume?: number;
}
/**
 * An exercise that follows.
 */
export interface AskedExercise {
  exercise: string;
  level: number;
  repetitions: number;
}
/**
 * What was counted in this practice before the connection was lost.
 */
export interface Carried {
  left: number;
  right: number;
  unsure: number;
  /**
   * Of both legs together, or of none alone.
   */
  both?: number;
  kicks: number;
  clean: number;
}
/**
 * The person pauses: the voice stops, and the page asks how the person feels.
 */
export interface Pause {
  type: "pause";
}
/**
 * The practice continues where it was paused.
 */
export interface Resume {
  type: "resume";
}
/**
 * The camera was disconnected and is back: the gap before its next frame is no fault of the camera's speed.
 */
export interface CameraBack {
  type: "camera_back";
}
/**
 * The page says a sentence of its own, such as that the connection is back. Until it ends, the server's sentences wait.
 */
export interface PageSays {
  type: "page_says";
  /**
   * The phrase's id, as in Say.
   */
  id: string;
  text: string;
  /**
   * When it begins, in the time of the frames.
   */
  time_s: number;
}
/**
 * How the person feels. Any discomfort ends the practice, with a summary.
 */
export interface Comfort {
  type: "comfort";
  answer: "comfortable" | "discomfort";
}
/**
 * Repetitions reported by the person, in a practice without a camera. This ends the practice, with a summary.
 */
export interface SelfReported {
  type: "self_reported";
  left: number;
  right: number;
}
/**
 * The person ends the practice; a summary follows.
 */
export interface Stop {
  type: "stop";
}
/**
 * The server is ready for frames. Send each frame after the FrameDone of the previous one.
 */
export interface Ready {
  type: "ready";
  level: number;
  level_name: string;
  repetitions: number;
  /**
   * The practice's id in the records; null or absent if it is not saved.
   */
  practice?: number | null;
  /**
   * The frames' times continue from here: later than 0 when a saved practice is resumed.
   */
  begin_s: number;
}
/**
 * An exercise begins: the first after Ready, each other one after the ExerciseDone of the one before. Times in later messages count from begin_s.
 */
export interface Exercise {
  type: "exercise";
  id: string;
  name: string;
  /**
   * Of the practice's exercises, from 1.
   */
  number: number;
  /**
   * How many exercises the practice has.
   */
  of: number;
  level: number;
  level_name: string;
  repetitions: number;
  /**
   * Whether each repetition is of one leg.
   */
  by_side: boolean;
  /**
   * Kicks, or peaks of the movement, asked for in a repetition.
   */
  peaks: number;
  /**
   * Its id in the records; null if it is not saved.
   */
  practice: number | null;
  /**
   * When it begins, in the time of the frames.
   */
  begin_s: number;
}
/**
 * The set of an exercise is done, and another exercise follows.
 */
export interface ExerciseDone {
  type: "exercise_done";
  id: string;
  summary: Summary;
}
/**
 * The last message: praise, what to work on and the repetitions.
 */
export interface Summary {
  type: "summary";
  frames: number;
  ended_by: "goal" | "person" | "discomfort";
  self_reported: boolean;
  praise: string[];
  advice: string[];
  repetitions: Repetition[];
  curve: Curve;
  /**
   * The practice's id in the records; null or absent if it is not saved.
   */
  practice?: number | null;
}
export interface Repetition {
  type: "repetition";
  index: number;
  side: "left" | "right" | "unsure" | "both";
  status: "clean" | "faulty" | "partial" | "unjudged";
  kicks: number;
  kick_times_s: number[];
  /**
   * The largest of the repetition's kicks, above rest; null if it was not measured.
   */
  knee_flexion_deg: number | null;
  start_s: number;
  end_s: number;
  /**
   * Null if it was not measured.
   */
  lowering_s: number | null;
  faults: string[];
  /**
   * As a person reads them, in the order of the faults.
   */
  fault_names: string[];
  /**
   * What a teacher would correct; empty if nothing. Only a Say is spoken.
   */
  cue: string;
}
/**
 * Knee flexion during the practice, or its last ten minutes: degrees, 0 = straight; null if the leg is not visible.
 */
export interface Curve {
  times_s: number[];
  left: (number | null)[];
  right: (number | null)[];
}
/**
 * A complete guided practice as audio. The page plays it from the start; a pause stops its clock.
 */
export interface Script {
  type: "script";
  items: ScriptItem[];
}
export interface ScriptItem {
  at_s: number;
  say: Say;
  sound: "none" | "kick" | "repetition" | "side_change";
  /**
   * Repetitions done at this time.
   */
  left: number;
  right: number;
}
/**
 * What to say. If the text is empty, only the sound is played.
 */
export interface Say {
  type: "say";
  /**
   * The phrase's id. The name of its recorded clip is ID.ogg, of its short form ID.short.ogg.
   */
  id: string;
  text: string;
  /**
   * What it is for, the most important first.
   */
  kind: "safety" | "instruction" | "count" | "side" | "kick" | "correction" | "praise" | "breath";
  form: "long" | "short";
  /**
   * When it was asked for, in the time of the frames.
   */
  due_s: number;
  /**
   * When it was sent, likewise.
   */
  start_s: number;
  /**
   * Where the sentence before it takes longer than planned, it may wait this long, and is dropped then; null: however long.
   */
  wait_s: number | null;
  /**
   * Whether it interrupts what is being said.
   */
  interrupts: boolean;
}
/**
 * The frame was processed, or dropped because a newer one arrived.
 */
export interface FrameDone {
  type: "frame_done";
  index: number;
  dropped: boolean;
  person: boolean;
  /**
   * BlazePose's 33 landmarks, in its order: x and y as fractions of the picture's width and height, and a score from 0 to 1. Empty if nobody is detected.
   *
   * @maxItems 99
   */
  points: number[];
  /**
   * Flexion of the left and right knee above rest, in degrees; null if the leg is not visible, or its rest not known yet.
   *
   * @minItems 2
   * @maxItems 2
   */
  knee_flexion: [number | null, number | null];
}
/**
 * The stage of the practice has changed.
 */
export interface Stage {
  type: "stage";
  /**
   * placing: the camera is being placed. settling: the person lies down and comes to rest. baseline: one slow bend on each side is expected. practising: repetitions are counted. resting: the chest is down, which pauses the set. stopped: the person paused and is asked how they feel. easing_out: the set is done. ended: the practice is over.
   */
  stage: "placing" | "settling" | "baseline" | "practising" | "resting" | "stopped" | "easing_out" | "ended";
}
/**
 * The current movement of the legs, sent when it changes. Provisional: a repetition is scored after it ends.
 */
export interface Movement {
  type: "movement";
  phase: "rest" | "bending" | "kicking" | "lowering";
  side: "left" | "right" | "unsure" | "both";
  time_s: number;
}
/**
 * A kick, sent as soon as it is detected. Provisional, like Movement.
 */
export interface KickSeen {
  type: "kick";
  /**
   * Number within its repetition, from 1.
   */
  number: number;
  side: "left" | "right" | "unsure" | "both";
  /**
   * When the knee was bent the furthest.
   */
  time_s: number;
}
export interface SetFault {
  type: "set_fault";
  id: string;
  cue: string;
}
/**
 * Something makes scoring or saving difficult. Shown to the person.
 */
export interface Warning {
  type: "warning";
  id: string;
  message: string;
}
export interface Counts {
  type: "counts";
  left: number;
  right: number;
  unsure: number;
  /**
   * Of both legs together, or of none alone.
   */
  both: number;
  kicks: number;
  clean: number;
}
/**
 * A text to speak now and show as a caption. The server plans it by the lengths of the recorded clips.
 */
export interface Say1 {
  type: "say";
  /**
   * The phrase's id. The name of its recorded clip is ID.ogg, of its short form ID.short.ogg.
   */
  id: string;
  text: string;
  /**
   * What it is for, the most important first.
   */
  kind: "safety" | "instruction" | "count" | "side" | "kick" | "correction" | "praise" | "breath";
  form: "long" | "short";
  /**
   * When it was asked for, in the time of the frames.
   */
  due_s: number;
  /**
   * When it was sent, likewise.
   */
  start_s: number;
  /**
   * Where the sentence before it takes longer than planned, it may wait this long, and is dropped then; null: however long.
   */
  wait_s: number | null;
  /**
   * Whether it interrupts what is being said.
   */
  interrupts: boolean;
}
/**
 * A sentence that is not spoken: for transcripts.
 */
export interface Unsaid {
  type: "unsaid";
  id: string;
  text: string;
  kind: "safety" | "instruction" | "count" | "side" | "kick" | "correction" | "praise" | "breath";
  /**
   * When it was asked for, in the time of the frames.
   */
  due_s: number;
  /**
   * late: its moment passed. too_long: it would have ended too late. enough_said: too much of the time would have had speech. repeated: it had just been said. outdated: the practice had moved on.
   */
  reason: "late" | "too_long" | "enough_said" | "repeated" | "outdated";
}
/**
 * The page asks how the person feels. If must_answer is false, no answer means comfortable.
 */
export interface ComfortAsked {
  type: "comfort_asked";
  must_answer: boolean;
}
/**
 * Why the server ends the connection.
 */
export interface Failure {
  type: "failure";
  id: "busy" | "bad_message" | "bad_frame" | "too_many" | "broken";
  message: string;
}
