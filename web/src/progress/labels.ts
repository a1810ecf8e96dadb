import type { ShortPractice } from "../protocol/records";

export const ENDED: Readonly<Record<ShortPractice["ended_by"], string>> = {
  goal: "all done",
  person: "enough for the day",
  discomfort: "it did not feel right",
  interrupted: "broken off",
  open: "not ended yet",
};

export const ORIGIN: Readonly<Record<ShortPractice["origin"], string>> = {
  camera: "In front of the camera.",
  recording: "From a recorded video.",
  sound: "By sound alone, counted by your own word.",
  imported: "Brought in from a file.",
};

export const NEXT_DAY: Readonly<Record<ShortPractice["next_day"], string>> = {
  unanswered: "not told",
  better: "better",
  same: "the same",
  worse: "worse",
};
