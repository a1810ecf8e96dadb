// The server asks how it feels a little after the person has stopped, and the person may have answered and gone on by
// then: such a question is about the last pause and asks nothing new.
import type { Stage } from "../protocol/messages";

export class AskedBefore {
  /** What the server has told last. */
  #stopped = false;
  /** Pauses that the person has ended and the server has not yet heard of. */
  #ended = 0;

  /** The person goes on, and the server is told. */
  goOn(): void {
    this.#ended++;
  }

  /** Only a stage behind the pause's own says that the server has heard it; one from before the pause says nothing. */
  staged(stage: Stage["stage"]): void {
    if (this.#stopped && stage !== "stopped") this.#ended = Math.max(0, this.#ended - 1);
    this.#stopped = stage === "stopped";
  }

  /** A new connection knows of no pause. */
  forget(): void {
    this.#stopped = false;
    this.#ended = 0;
  }

  /** Whether a question that comes now has been answered. */
  get answered(): boolean {
    return this.#ended > 0;
  }
}
