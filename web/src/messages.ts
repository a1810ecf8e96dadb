// Made from server/practice.schema.json by web/make_messages.mjs; not for editing.

/**
 * What page and server say to each other at /practice. Frames are binary: the index as 4 bytes and the capture time in seconds as an 8-byte float, both little-endian, then a JPEG.
 */
export type Message = FromPage | FromServer;
export type FromPage = Hello | Stop;
export type FromServer = Ready | FrameDone | Repetition | SetFault | Warning | Counts | Summary | Failure;

/**
 * The first message: which level is practised.
 */
export interface Hello {
  type: "hello";
  level: number;
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
}
/**
 * The frame was looked at, or dropped for a newer one.
 */
export interface FrameDone {
  type: "frame_done";
  index: number;
  dropped: boolean;
  person: boolean;
}
export interface Repetition {
  type: "repetition";
  index: number;
  side: "left" | "right" | "unsure";
  status: "clean" | "faulty" | "partial" | "unjudged";
  kicks: number;
  faults: string[];
  /**
   * What to say, empty where there is nothing to correct.
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
 * The last message: what is said first, and what to work on.
 */
export interface Summary {
  type: "summary";
  frames: number;
  praise: string;
  advice: string[];
}
/**
 * The connection ends; why.
 */
export interface Failure {
  type: "failure";
  id: "busy" | "bad_message" | "bad_frame" | "too_many" | "broken";
  message: string;
}
