// Phrases that the page says without the server. Each has a recorded clip.
import words from "./phrases.en.json";
import type { Say } from "../protocol/messages";

export type PhraseId = keyof typeof words;

export function phrase(id: PhraseId, urgent = true): Say {
  return { type: "say", id, text: words[id], kind: "guide", urgent };
}
