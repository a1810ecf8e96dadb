// Sends the camera's frames one at a time: each waits for the last one's answer while the next is captured.
import type { Camera, CapturedFrame } from "./camera";
import type { ReconnectingConnection } from "./reconnecting_connection";

export class FrameSender {
  camera: Pick<Camera, "next"> | undefined;
  readonly #connection: Pick<ReconnectingConnection, "sendFrame">;
  readonly #wanted: () => boolean;
  #sent = 0;
  #origin_ms: number | undefined;
  #begin_s = 0;
  /** Capture time of the unanswered frame, in seconds of the practice. */
  #awaited_s: number | undefined;
  #packed: CapturedFrame | undefined;
  #taking: symbol | undefined;

  constructor(connection: Pick<ReconnectingConnection, "sendFrame">, wanted: () => boolean) {
    this.#connection = connection;
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
    this.#packed = undefined;
    this.#take();
  }

  /** The server has answered the frame. @returns its capture time, in seconds of the practice. */
  acknowledged(): number | undefined {
    const time_s = this.#awaited_s;
    this.#awaited_s = undefined;
    this.#send();
    return time_s;
  }

  /** No answer will come, and frames of the last camera are dropped. */
  reset(): void {
    this.#awaited_s = undefined;
    this.#packed = undefined;
    this.#taking = undefined;
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
      if (this.#taking !== mine) return;
      this.#taking = undefined;
      this.#packed = frame;
      this.#send();
    });
  }

  #send(): void {
    const frame = this.#packed;
    if (!this.#wanted() || this.#awaited_s !== undefined) return;
    if (frame) {
      this.#packed = undefined;
      this.#awaited_s = this.#time_s(frame.taken_ms);
      this.#connection.sendFrame(this.#sent++, this.#awaited_s, frame.jpeg);
    }
    this.#take();
  }
}
