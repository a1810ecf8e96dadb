// The server's comfort question may arrive after the person has already answered and continued. Such a question
// belongs to the last pause and must be ignored.
import type { Stage } from "../protocol/messages";

export class StalePrompts {
  /** Whether the server's last stage was "stopped". */
  #stopped = false;
  /** Pauses that the person has ended and the server has not yet confirmed. */
  #ended = 0;

  /** The person continues, and the message is on its way. */
  resumed(): void {
    this.#ended++;
  }

  /** A stage after "stopped" confirms that the server has seen the pause end. */
  stageChanged(stage: Stage["stage"]): void {
    if (this.#stopped && stage !== "stopped") this.#ended = Math.max(0, this.#ended - 1);
    this.#stopped = stage === "stopped";
  }

  /** A new connection starts without a pause. */
  reset(): void {
    this.#stopped = false;
    this.#ended = 0;
  }

  /** Whether a question that arrives now is already answered. */
  get stale(): boolean {
    return this.#ended > 0;
  }
}
