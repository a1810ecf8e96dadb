// One voice, one sentence at a time: what is urgent cuts the rest short, what has waited too long is not said.
import type { Say } from "../protocol/messages";

const PATIENCE_MS = 2000;

export interface Speaker {
  /** Says it; done when it has been said, cut short or could not be said. */
  speak(say: Say): Promise<void>;
  /** Falls silent at once. */
  silence(): void;
}

interface Waiting {
  say: Say;
  since_ms: number;
}

export class SpeechQueue {
  readonly #speaker: Speaker;
  readonly #now: () => number;
  #waiting: Waiting[] = [];
  #turn = 0;
  #speaking = false;

  constructor(speaker: Speaker, now: () => number = () => performance.now()) {
    this.#speaker = speaker;
    this.#now = now;
  }

  say(say: Say): void {
    if (say.text === "") return;
    if (say.urgent) this.silence();
    this.#waiting.push({ say, since_ms: this.#now() });
    if (!this.#speaking) void this.#speakAll();
  }

  /** Says no more of what it was given until now. */
  silence(): void {
    this.#turn++;
    this.#waiting = [];
    this.#speaking = false;
    this.#speaker.silence();
  }

  async #speakAll(): Promise<void> {
    const turn = this.#turn;
    this.#speaking = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      if (this.#now() - next.since_ms > PATIENCE_MS) continue;
      await this.#speaker.speak(next.say);
      if (turn !== this.#turn) return;
    }
    this.#speaking = false;
  }
}
