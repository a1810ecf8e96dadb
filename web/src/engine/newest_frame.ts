// Frames that arrive while the program is busy: only the newest is handled.
import type { ToWorker } from "./worker_messages";

export type FrameMessage = ToWorker & { kind: "frame" };

export class NewestFrame {
  #waiting: { message: FrameMessage } | undefined;

  /**
   * Keeps the frame until take() is called.
   * @returns what take() will give; undefined if the frame takes the place of one that waits, which is `dropped`
   */
  add(
    message: FrameMessage,
    dropped: (older: FrameMessage) => void,
  ): (() => FrameMessage) | undefined {
    if (this.#waiting) {
      dropped(this.#waiting.message);
      this.#waiting.message = message;
      return undefined;
    }
    const place = (this.#waiting = { message });
    return () => {
      if (this.#waiting === place) this.#waiting = undefined;
      return place.message;
    };
  }

  /** Another message follows the frame that waits: no later frame may take its place. */
  seal(): void {
    this.#waiting = undefined;
  }
}
