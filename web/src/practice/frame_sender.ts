// Sends the camera's pictures, each once the one before has been answered; the next is taken and packed meanwhile.
import type { Camera, Picture } from "./camera";
import type { Link } from "./reconnecting_connection";

export class Pump {
  camera: Pick<Camera, "next"> | undefined;
  readonly #link: Pick<Link, "sendFrame">;
  readonly #wanted: () => boolean;
  #sent = 0;
  #origin_ms: number | undefined;
  /** When the picture was taken that awaits its answer, in seconds from the first one. */
  #awaited_s: number | undefined;
  #packed: Picture | undefined;
  #taking: symbol | undefined;

  constructor(link: Pick<Link, "sendFrame">, wanted: () => boolean) {
    this.#link = link;
    this.#wanted = wanted;
  }

  /** Pictures are wanted from now on: what was packed before is old. */
  start(): void {
    this.#packed = undefined;
    this.#take();
  }

  /** The picture has been answered. @returns when it was taken, in seconds from the first one. */
  answered(): number | undefined {
    const time_s = this.#awaited_s;
    this.#awaited_s = undefined;
    this.#send();
    return time_s;
  }

  /** No answer will come, and nothing from the camera that was. */
  forget(): void {
    this.#awaited_s = undefined;
    this.#packed = undefined;
    this.#taking = undefined;
  }

  #take(): void {
    if (this.#taking || this.#packed || !this.camera || !this.#wanted()) return;
    const mine = Symbol();
    this.#taking = mine;
    void this.camera.next().then((picture) => {
      if (this.#taking !== mine) return;
      this.#taking = undefined;
      this.#packed = picture;
      this.#send();
    });
  }

  #send(): void {
    const picture = this.#packed;
    if (!this.#wanted() || this.#awaited_s !== undefined) return;
    if (picture) {
      this.#packed = undefined;
      this.#origin_ms ??= picture.taken_ms;
      this.#awaited_s = Math.max(0, picture.taken_ms - this.#origin_ms) / 1000;
      this.#link.sendFrame(this.#sent++, this.#awaited_s, picture.jpeg);
    }
    this.#take();
  }
}
