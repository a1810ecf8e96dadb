// The Worker's analyses of recorded videos: one after another, each until it is stopped.
import { analyseRecording, type Turns } from "./recording";
import type { FromWorker, ToWorker } from "./worker_messages";

export class Analyses {
  readonly #turns: Turns;
  readonly #post: (message: FromWorker) => void;
  readonly #told: (failure: unknown) => string;
  /** Those that run or wait, by the page's number. */
  readonly #stops = new Map<number, AbortController>();
  #last: Promise<void> = Promise.resolve();

  /** @param told what to tell the person of a failure */
  constructor(
    turns: Turns,
    post: (message: FromWorker) => void,
    told: (failure: unknown) => string,
  ) {
    this.#turns = turns;
    this.#post = post;
    this.#told = told;
  }

  start(message: ToWorker & { kind: "analyse" }): void {
    const controller = new AbortController();
    this.#stops.set(message.id, controller);
    this.#last = this.#last.then(() => this.#run(message, controller.signal));
  }

  stop(id: number): void {
    this.#stops.get(id)?.abort();
  }

  async #run(
    { id, file, level }: ToWorker & { kind: "analyse" },
    stop: AbortSignal,
  ): Promise<void> {
    const progress = (share: number) => this.#post({ kind: "progress", id, share });
    try {
      const parts = await analyseRecording({ file, level, progress, stop }, this.#turns);
      if (!stop.aborted) this.#post({ kind: "analysed", id, parts });
    } catch (failure) {
      if (!stop.aborted) this.#post({ kind: "not_analysed", id, message: this.#told(failure) });
    }
    this.#stops.delete(id);
  }
}
