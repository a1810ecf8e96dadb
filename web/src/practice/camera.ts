// The camera's frames: each call waits for the next one.
import type { PackedFrame, Service } from "../service/service";
import { cameraWish, type Facing, facingOf } from "./facing";

export interface CapturedFrame {
  packed: PackedFrame;
  /** Capture time on the clock of performance.now(). */
  taken_ms: number;
}

export class Camera {
  readonly #video: HTMLVideoElement;
  readonly #stream: MediaStream;
  readonly #service: Pick<Service, "pack">;
  #closed = false;

  private constructor(
    service: Pick<Service, "pack">,
    video: HTMLVideoElement,
    stream: MediaStream,
  ) {
    this.#service = service;
    this.#video = video;
    this.#stream = stream;
  }

  /**
   * Opens the camera and shows it in `video`; `device` is a deviceId, "front", "back", or empty for the browser's
   * choice. Throws what getUserMedia throws: with `only`, also where the camera of that deviceId isn't there.
   */
  static async open(
    service: Pick<Service, "pack">,
    video: HTMLVideoElement,
    device: string,
    only = false,
  ): Promise<Camera> {
    if (!("mediaDevices" in navigator)) throw new DOMException("", "SecurityError");
    const stream = await navigator.mediaDevices.getUserMedia({
      video: {
        width: { ideal: 640 },
        height: { ideal: 360 },
        frameRate: { ideal: 30 },
        ...cameraWish(device, only),
      },
      audio: false,
    });
    const camera = new Camera(service, video, stream);
    video.srcObject = stream;
    try {
      await video.play();
    } catch (failure) {
      camera.close();
      throw failure;
    }
    return camera;
  }

  /** Its deviceId; empty where the browser doesn't tell. */
  get device(): string {
    return this.#stream.getVideoTracks()[0]?.getSettings().deviceId ?? "";
  }

  /** Which side of a phone it is on; undefined where the browser doesn't tell. */
  get facing(): Facing | undefined {
    return facingOf(this.#stream.getVideoTracks()[0]);
  }

  /** Calls `lost` when the camera is disconnected. */
  onLost(lost: () => void): void {
    for (const track of this.#stream.getVideoTracks()) track.addEventListener("ended", lost);
  }

  /** The next frame; undefined once the camera is closed. */
  async next(): Promise<CapturedFrame | undefined> {
    const taken_ms = await new Promise<number>((resolve) => {
      this.#video.requestVideoFrameCallback((now, frame) => resolve(frame.captureTime ?? now));
    });
    if (this.#closed) return undefined;
    const packed = await this.#service.pack(this.#video);
    return packed ? { packed, taken_ms } : undefined;
  }

  close(): void {
    this.#closed = true;
    for (const track of this.#stream.getTracks()) track.stop();
    if (this.#video.srcObject === this.#stream) this.#video.srcObject = null;
  }
}

/** What the person can do about a camera that can't be opened. */
export function cameraAdvice(failure: unknown): string {
  switch (failure instanceof DOMException ? failure.name : "") {
    case "NotAllowedError":
      return "The browser isn't allowed to use the camera. Allow it with the camera icon beside the address, then try again.";
    case "NotFoundError":
    case "OverconstrainedError":
      return "No camera found. Connect one and try again.";
    case "SecurityError":
      return "Browsers block the camera at this address. Open the address that matside serve printed.";
    default:
      return "The camera can't be opened. If another program is using it, close that program and try again.";
  }
}
