// What the page says by itself, as opposed to what the server tells it to. Each has a recorded clip.
import words from "../../words.en.json";
import type { Say } from "../protocol/messages";

export type OwnWord = keyof typeof words;

export function ownSay(id: OwnWord, urgent = true): Say {
  return { type: "say", id, text: words[id], kind: "guide", urgent };
}
