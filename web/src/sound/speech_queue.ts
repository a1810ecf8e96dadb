// One sentence at a time. Urgent ones interrupt; those that have waited too long are dropped.
import type { Say } from "../protocol/messages";

const LONGEST_WAIT_MS = 2000;

export interface Speaker {
  /** Says it; resolves when it is said, interrupted or failed. */
  speak(say: Say): Promise<void>;
  /** Stops speaking at once. */
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

  /** Stops speaking and drops everything in the queue. */
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
      if (this.#now() - next.since_ms > LONGEST_WAIT_MS) continue;
      await this.#speaker.speak(next.say);
      if (turn !== this.#turn) return;
    }
    this.#speaking = false;
  }
}
