// Plays sentences as the server has planned them: one at a time, at once where they interrupt.
import type { Say } from "../protocol/messages";

export interface Speaker {
  /** Says it and calls `begun` when it is heard; resolves when it is said, interrupted or failed. */
  speak(say: Say, begun: () => void): Promise<void>;
  /** Stops speaking at once. */
  silence(): void;
}

/** What became of a sentence. Times by the page's clock. */
export interface SpokenSentence {
  say: Say;
  asked_ms: number;
  start_ms?: number;
  end_ms?: number;
  interrupted?: true;
  dropped?: "late" | "outdated";
}

export class SpeechQueue {
  /** What has been said or dropped, for transcripts. */
  readonly spoken: SpokenSentence[] = [];
  readonly #speaker: Speaker;
  readonly #now: () => number;
  #waiting: SpokenSentence[] = [];
  #turn = 0;
  #current: SpokenSentence | undefined;

  constructor(speaker: Speaker, now: () => number = () => performance.now()) {
    this.#speaker = speaker;
    this.#now = now;
  }

  say(say: Say): void {
    if (say.text === "") return;
    if (say.interrupts) this.#interrupt();
    const sentence: SpokenSentence = { say, asked_ms: this.#now() };
    this.spoken.push(sentence);
    if (say.interrupts) this.#waiting.unshift(sentence);
    else this.#waiting.push(sentence);
    if (!this.#current) void this.#speakAll();
  }

  /** Stops speaking and drops everything in the queue. */
  silence(): void {
    this.#drop(() => true);
    this.#interrupt();
  }

  #drop(which: (waiting: SpokenSentence) => boolean): void {
    for (const waiting of this.#waiting) if (which(waiting)) waiting.dropped = "outdated";
    this.#waiting = this.#waiting.filter(({ dropped }) => !dropped);
  }

  #interrupt(): void {
    this.#turn++;
    // What waits was planned before; only what can wait however long is still worth saying.
    this.#drop(({ say }) => say.wait_s !== null);
    if (this.#current) {
      this.#current.end_ms = this.#now();
      this.#current.interrupted = true;
    }
    this.#current = undefined;
    this.#speaker.silence();
  }

  async #speakAll(): Promise<void> {
    const turn = this.#turn;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { wait_s } = next.say;
      if (wait_s !== null && this.#now() - next.asked_ms > 1000 * wait_s) {
        next.dropped = "late";
        continue;
      }
      const sentence = next;
      this.#current = sentence;
      await this.#speaker.speak(sentence.say, () => (sentence.start_ms = this.#now()));
      if (turn !== this.#turn) return;
      sentence.end_ms = this.#now();
      this.#current = undefined;
    }
  }
}
