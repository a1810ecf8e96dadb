// Plays a script in time; pausing stops its clock.
import type { ScriptItem } from "../protocol/messages";

interface Clock {
  now_ms(): number;
  /** Calls `then` after `ms` milliseconds. @returns cancels the call. */
  after(ms: number, then: () => void): () => void;
}

const REAL: Clock = {
  now_ms: () => performance.now(),
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

export class ScriptPlayer {
  readonly #items: readonly ScriptItem[];
  readonly #reached: (item: ScriptItem) => void;
  readonly #ended: () => void;
  readonly #clock: Clock;
  #next = 0;
  #played_ms = 0;
  #since_ms = 0;
  #cancel: (() => void) | undefined;

  constructor(
    items: readonly ScriptItem[],
    reached: (item: ScriptItem) => void,
    ended: () => void,
    clock = REAL,
  ) {
    this.#items = items;
    this.#reached = reached;
    this.#ended = ended;
    this.#clock = clock;
  }

  play(): void {
    if (this.#cancel) return;
    this.#since_ms = this.#clock.now_ms();
    this.#wait();
  }

  pause(): void {
    if (!this.#cancel) return;
    this.#cancel();
    this.#cancel = undefined;
    this.#played_ms += this.#clock.now_ms() - this.#since_ms;
  }

  #wait(): void {
    const item = this.#items[this.#next];
    if (!item) {
      this.#cancel = undefined;
      return this.#ended();
    }
    const at_ms = this.#played_ms + this.#clock.now_ms() - this.#since_ms;
    this.#cancel = this.#clock.after(Math.max(0, item.at_s * 1000 - at_ms), () => {
      this.#next++;
      this.#reached(item);
      if (this.#cancel) this.#wait();
    });
  }
}
