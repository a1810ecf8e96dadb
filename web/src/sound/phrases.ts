// Phrases that the page says without the server. Each has a recorded clip.
import words from "./phrases.en.json";
import type { Say } from "../protocol/messages";

export type PhraseId = keyof typeof words;

function sentence(id: string, text: string, kind: Say["kind"], interrupts: boolean): Say {
  const at = { due_s: 0, start_s: 0, wait_s: null };
  return { type: "say", id, text, kind, form: "long", ...at, interrupts };
}

export function phrase(id: PhraseId, interrupts = true): Say {
  const kind = id.startsWith("learn_breathe") ? "breath" : "safety";
  return sentence(id, words[id], kind, interrupts);
}

/** A fault's cue, to try the voice. */
export function sample(id: string, text: string): Say {
  return sentence(id, text, "correction", true);
}
