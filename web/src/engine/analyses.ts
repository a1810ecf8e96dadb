// The Worker's analyses of recorded videos: one after another, each until it is stopped.
import type { ShownPicture } from "../recording/shown_video";
import { analyseRecording, type Turns } from "./recording";
import type { FromWorker, ToWorker } from "./worker_messages";

export class Analyses {
  readonly #turns: Turns;
  readonly #post: (message: FromWorker) => void;
  readonly #told: (failure: unknown) => string;
  /** Those that run or wait, by the page's number. */
  readonly #stops = new Map<number, AbortController>();
  /** The picture that the page is asked to show. */
  #asked: { id: number; take: (picture: ShownPicture | undefined) => void } | undefined;
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
    this.#take(id, undefined);
  }

  shown({ id, picture }: ToWorker & { kind: "shown" }): void {
    if (!this.#take(id, picture)) picture?.image.close();
  }

  /** @returns whether the analysis has asked for it */
  #take(id: number, picture: ShownPicture | undefined): boolean {
    const asked = this.#asked;
    if (asked?.id !== id) return false;
    this.#asked = undefined;
    asked.take(picture);
    return true;
  }

  #show(id: number, picture_s: number, at_s: number): Promise<ShownPicture | undefined> {
    if (this.#stops.get(id)?.signal.aborted !== false) return Promise.resolve(undefined);
    return new Promise((take) => {
      this.#asked = { id, take };
      this.#post({ kind: "show", id, picture_s, at_s });
    });
  }

  async #run(
    { id, file, level }: ToWorker & { kind: "analyse" },
    stop: AbortSignal,
  ): Promise<void> {
    const progress = (share: number) => this.#post({ kind: "progress", id, share });
    const show = (picture_s: number, at_s: number) => this.#show(id, picture_s, at_s);
    try {
      const request = { file, level, progress, show, stop };
      const parts = await analyseRecording(request, this.#turns);
      if (!stop.aborted) this.#post({ kind: "analysed", id, parts });
    } catch (failure) {
      if (!stop.aborted) this.#post({ kind: "not_analysed", id, message: this.#told(failure) });
    }
    this.#stops.delete(id);
  }
}
