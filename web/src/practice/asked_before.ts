// The server asks how it feels a little after the person has stopped, and the person may have answered and gone on by
// then: such a question is about the last pause and asks nothing new.
import type { Stage } from "../messages";

export class AskedBefore {
  /** What the server has told last. */
  #stopped = false;
  #goingOn = false;

  /** The person goes on, and the server is told. */
  goOn(): void {
    this.#goingOn = true;
  }

  /** Only a stage behind the pause's own says that the server has heard it; one from before the pause says nothing. */
  staged(stage: Stage["stage"]): void {
    if (this.#stopped && stage !== "stopped") this.#goingOn = false;
    this.#stopped = stage === "stopped";
  }

  /** A new connection knows of no pause. */
  forget(): void {
    this.#stopped = false;
    this.#goingOn = false;
  }

  /** Whether a question that comes now has been answered. */
  get answered(): boolean {
    return this.#goingOn;
  }
}
