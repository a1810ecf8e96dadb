import type { ShortPractice } from "../protocol/records";

export const ENDED: Readonly<Record<ShortPractice["ended_by"], string>> = {
  goal: "Completed",
  person: "Stopped early",
  discomfort: "Stopped because of discomfort",
  interrupted: "Unfinished",
  open: "In progress",
};

export const ORIGIN: Readonly<Record<ShortPractice["origin"], string>> = {
  camera: "Recorded by camera.",
  recording: "From a recorded video.",
  sound: "Audio only, self-reported.",
  imported: "Imported from a file.",
};

export const NEXT_DAY: Readonly<Record<ShortPractice["next_day"], string>> = {
  unanswered: "not answered",
  better: "better",
  same: "the same",
  worse: "worse",
};
