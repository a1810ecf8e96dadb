// Sends the camera's frames. While as many as the service wants are unanswered, the next is captured and waits.
import { discard } from "../service/service";
import type { Camera, CapturedFrame } from "./camera";
import type { ReconnectingConnection } from "./reconnecting_connection";

export class FrameSender {
  camera: Pick<Camera, "next"> | undefined;
  readonly #connection: Pick<ReconnectingConnection, "sendFrame">;
  readonly #wanted: () => boolean;
  #sent = 0;
  #origin_ms: number | undefined;
  #begin_s = 0;
  readonly #ahead: number;
  /** Capture times of the unanswered frames by their index, in seconds of the practice. */
  readonly #unanswered = new Map<number, number>();
  #packed: CapturedFrame | undefined;
  #taking: symbol | undefined;

  /** @param ahead as Service.framesAhead @param wanted whether frames are sent now */
  constructor(
    connection: Pick<ReconnectingConnection, "sendFrame">,
    ahead: number,
    wanted: () => boolean,
  ) {
    this.#connection = connection;
    this.#ahead = ahead;
    this.#wanted = wanted;
  }

  /** The frames' times continue from here, where they have not come further yet. */
  continueFrom(time_s: number): void {
    this.#begin_s = time_s;
  }

  /** The time now, in seconds of the practice. */
  now_s(): number {
    return this.#origin_ms === undefined
      ? this.#begin_s
      : (performance.now() - this.#origin_ms) / 1000;
  }

  /** Starts sending; drops an older frame. */
  start(): void {
    this.#drop();
    this.#take();
  }

  /** The frame is answered. @returns its capture time, in seconds of the practice. */
  acknowledged(index: number): number | undefined {
    const time_s = this.#unanswered.get(index);
    this.#unanswered.delete(index);
    this.#send();
    return time_s;
  }

  /** No answer will come, and frames of the last camera are dropped. */
  reset(): void {
    this.#unanswered.clear();
    this.#drop();
    this.#taking = undefined;
  }

  #drop(): void {
    if (this.#packed) discard(this.#packed.packed);
    this.#packed = undefined;
  }

  #time_s(taken_ms: number): number {
    const latestOrigin_ms = taken_ms - this.#begin_s * 1000;
    this.#origin_ms = Math.min(this.#origin_ms ?? latestOrigin_ms, latestOrigin_ms);
    return (taken_ms - this.#origin_ms) / 1000;
  }

  #take(): void {
    if (this.#taking || this.#packed || !this.camera || !this.#wanted()) return;
    const mine = Symbol();
    this.#taking = mine;
    void this.camera.next().then((frame) => {
      if (this.#taking !== mine) return frame && discard(frame.packed);
      this.#taking = undefined;
      this.#packed = frame;
      this.#send();
    });
  }

  #send(): void {
    const frame = this.#packed;
    if (!this.#wanted() || this.#unanswered.size >= this.#ahead) return;
    if (frame) {
      const index = this.#sent++;
      const time_s = this.#time_s(frame.taken_ms);
      this.#packed = undefined;
      this.#unanswered.set(index, time_s);
      this.#connection.sendFrame(index, time_s, frame.packed);
    }
    this.#take();
  }
}
