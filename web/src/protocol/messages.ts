// Made from src/server/practice.schema.json by web/make_messages.mjs; do not edit it.

/**
 * What page and server say to each other at /practice. Frames are binary: the index as 4 bytes and the capture time in seconds as an 8-byte float, both little-endian, then a JPEG.
 */
export type Message = FromPage | FromServer;
export type FromPage = Hello | Pause | Resume | Comfort | SelfReported | Stop;
export type FromServer =
  | Ready
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
  | ComfortAsked
  | Summary
  | Failure;

/**
 * The first message: what is practised, and how.
 */
export interface Hello {
  type: "hello";
  level: number;
  /**
   * Wanted a side.
   */
  repetitions: number;
  /**
   * Whether the practice is led by words from the placing of the camera to the end; otherwise it is only watched and counted.
   */
  guided: boolean;
  /**
   * False: there are no pictures, and a script is sent to practise by.
   */
  camera: boolean;
  /**
   * When to breathe out, or that nothing is said of it.
   */
  breath: "out_on_kicks" | "in_on_kicks" | "off";
  carried?: Carried;
  /**
   * Whose records it is filed in; without one it is not recorded.
   */
  person?: number;
  /**
   * The token that the PIN of such a person was exchanged for; a WebSocket has no header for it.
   */
  unlocked?: string;
  /**
   * 0: best.
   */
  comfort_before?: number;
  /**
   * A practice of the same person that is gone on with, broken off or after a lost connection. Where nothing is carried, the record's counts go on.
   */
  resume?: number;
}
/**
 * What was counted in this practice before the connection was lost.
 */
export interface Carried {
  left: number;
  right: number;
  unsure: number;
  kicks: number;
  clean: number;
}
/**
 * The person stops: everything falls silent, and comfort is asked.
 */
export interface Pause {
  type: "pause";
}
/**
 * The practice goes on where it was paused.
 */
export interface Resume {
  type: "resume";
}
/**
 * How it feels. Any discomfort ends the practice; a summary follows.
 */
export interface Comfort {
  type: "comfort";
  answer: "comfortable" | "discomfort";
}
/**
 * Without a camera: what the person did, by their own word. The practice ends; a summary follows.
 */
export interface SelfReported {
  type: "self_reported";
  left: number;
  right: number;
}
/**
 * The practice ends; a summary follows.
 */
export interface Stop {
  type: "stop";
}
/**
 * Frames may be sent, each once the one before is done.
 */
export interface Ready {
  type: "ready";
  level: number;
  level_name: string;
  repetitions: number;
  /**
   * As it is recorded; null or absent: it is not.
   */
  practice?: number | null;
}
/**
 * A whole guided practice by sound, to be played from its start; pausing stops its clock.
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
   * Repetitions done when it is reached.
   */
  left: number;
  right: number;
}
/**
 * What is said, or a sound alone where its text is empty.
 */
export interface Say {
  type: "say";
  /**
   * Of the phrase, which is the name of its recorded clip.
   */
  id: string;
  text: string;
  kind: "safety" | "guide" | "prompt" | "count" | "cue" | "praise";
  /**
   * Cuts short what is being said; otherwise it waits its turn, and is dropped when it has waited over two seconds.
   */
  urgent: boolean;
}
/**
 * The frame was looked at, or dropped for a newer one.
 */
export interface FrameDone {
  type: "frame_done";
  index: number;
  dropped: boolean;
  person: boolean;
  /**
   * The body's 33 landmarks in BlazePose's order, each as x and y in shares of the picture's width and height and its score from 0 to 1; empty where nobody is seen.
   *
   * @maxItems 99
   */
  points: number[];
  /**
   * Of the left and the right knee in degrees, 0 = straight; null where unseen.
   *
   * @minItems 2
   * @maxItems 2
   */
  knee_flexion: [number | null, number | null];
}
/**
 * Where the practice stands.
 */
export interface Stage {
  type: "stage";
  /**
   * placing: the camera is being placed. settling: the person lies and comes to rest. baseline: one slow bend a side is awaited. practising. resting: the chest is down, the set pauses by itself. stopped: by the person, comfort is asked. easing_out: the set is done. ended.
   */
  stage: "placing" | "settling" | "baseline" | "practising" | "resting" | "stopped" | "easing_out" | "ended";
}
/**
 * What the legs do at the moment, told when it changes. Provisional: the repetition is judged when it has ended.
 */
export interface Movement {
  type: "movement";
  phase: "rest" | "bending" | "kicking" | "lowering";
  side: "left" | "right" | "unsure";
  time_s: number;
}
/**
 * A kick, as soon as it is seen. Provisional, as the movement.
 */
export interface KickSeen {
  type: "kick";
  /**
   * Within its movement, from 1.
   */
  number: number;
  side: "left" | "right" | "unsure";
  /**
   * Of the knee's greatest bend.
   */
  time_s: number;
}
export interface Repetition {
  type: "repetition";
  index: number;
  side: "left" | "right" | "unsure";
  status: "clean" | "faulty" | "partial" | "unjudged";
  kicks: number;
  kick_times_s: number[];
  /**
   * Greatest.
   */
  knee_flexion_deg: number;
  start_s: number;
  end_s: number;
  lowering_s: number | null;
  faults: string[];
  /**
   * What a teacher would correct, empty where there is nothing; said aloud only as a Say.
   */
  cue: string;
}
export interface SetFault {
  type: "set_fault";
  id: string;
  cue: string;
}
/**
 * Something stands in the way of judging.
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
  kicks: number;
  clean: number;
}
/**
 * To be said aloud and shown as a caption.
 */
export interface Say1 {
  type: "say";
  /**
   * Of the phrase, which is the name of its recorded clip.
   */
  id: string;
  text: string;
  kind: "safety" | "guide" | "prompt" | "count" | "cue" | "praise";
  /**
   * Cuts short what is being said; otherwise it waits its turn, and is dropped when it has waited over two seconds.
   */
  urgent: boolean;
}
/**
 * The page asks how it feels. In the middle of a set silence means well: any key stops.
 */
export interface ComfortAsked {
  type: "comfort_asked";
  must_answer: boolean;
}
/**
 * The last message: what is said first, what to work on, and the repetitions.
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
   * As it is recorded; null or absent: it is not.
   */
  practice?: number | null;
}
/**
 * Knee flexion in the course of the practice; of the last ten minutes where it was longer.
 */
export interface Curve {
  times_s: number[];
  left: (number | null)[];
  right: (number | null)[];
}
/**
 * The connection ends; why.
 */
export interface Failure {
  type: "failure";
  id: "busy" | "bad_message" | "bad_frame" | "too_many" | "broken";
  message: string;
}
