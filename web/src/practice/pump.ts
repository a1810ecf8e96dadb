// Sends the camera's pictures, each once the one before has been answered.
import type { Camera } from "./camera";
import type { Link } from "./link";

export class Pump {
  camera: Camera | undefined;
  readonly #link: Pick<Link, "sendFrame">;
  readonly #wanted: () => boolean;
  #sent = 0;
  #origin_ms: number | undefined;
  /** Of the picture that is being taken or looked at. */
  #under_way: { time_s: number | undefined } | undefined;

  constructor(link: Pick<Link, "sendFrame">, wanted: () => boolean) {
    this.#link = link;
    this.#wanted = wanted;
  }

  /** Takes and sends the next picture, unless one is under way. */
  next(): void {
    if (!this.#under_way) void this.#send();
  }

  /** The picture has been answered. @returns when it was taken, in seconds from the first one. */
  answered(): number | undefined {
    const time_s = this.#under_way?.time_s;
    this.#under_way = undefined;
    this.next();
    return time_s;
  }

  /** No answer will come for the picture that is under way. */
  forget(): void {
    this.#under_way = undefined;
  }

  async #send(): Promise<void> {
    if (!this.#wanted() || !this.camera) return;
    const mine: { time_s: number | undefined } = { time_s: undefined };
    const camera = this.camera;
    this.#under_way = mine;
    const picture = await camera.next();
    if (this.#under_way !== mine) return;
    if (!picture || camera !== this.camera || !this.#wanted()) {
      this.#under_way = undefined;
      return;
    }
    this.#origin_ms ??= picture.taken_ms;
    mine.time_s = Math.max(0, picture.taken_ms - this.#origin_ms) / 1000;
    this.#link.sendFrame(this.#sent++, mine.time_s, picture.jpeg);
  }
}
