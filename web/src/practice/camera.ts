// The camera's pictures as JPEG, the newest one whenever one is wanted.

const WIDEST_PX = 640;
const QUALITY = 0.85;

export interface Picture {
  jpeg: ArrayBuffer;
  /** When it was taken, by performance.now(). */
  taken_ms: number;
}

export class Camera {
  readonly #video: HTMLVideoElement;
  readonly #canvas = document.createElement("canvas");
  readonly #stream: MediaStream;
  #closed = false;

  private constructor(video: HTMLVideoElement, stream: MediaStream) {
    this.#video = video;
    this.#stream = stream;
  }

  /**
   * Asks for the camera and shows it in `video`; `device` is one's deviceId, or empty. Throws what getUserMedia
   * throws.
   */
  static async open(video: HTMLVideoElement, device: string): Promise<Camera> {
    if (!("mediaDevices" in navigator)) throw new DOMException("", "SecurityError");
    const stream = await navigator.mediaDevices.getUserMedia({
      video: {
        width: { ideal: WIDEST_PX },
        height: { ideal: 360 },
        frameRate: { ideal: 30 },
        ...(device === "" ? {} : { deviceId: { ideal: device } }),
      },
      audio: false,
    });
    const camera = new Camera(video, stream);
    video.srcObject = stream;
    await video.play();
    return camera;
  }

  /** Calls `gone` when the camera goes away by itself. */
  onGone(gone: () => void): void {
    for (const track of this.#stream.getVideoTracks()) track.addEventListener("ended", gone);
  }

  /** The next new picture; nothing once the camera is closed. */
  async next(): Promise<Picture | undefined> {
    const taken_ms = await new Promise<number>((resolve) => {
      this.#video.requestVideoFrameCallback((now, frame) => resolve(frame.captureTime ?? now));
    });
    if (this.#closed) return undefined;
    const scale = Math.min(1, WIDEST_PX / this.#video.videoWidth);
    this.#canvas.width = Math.round(this.#video.videoWidth * scale);
    this.#canvas.height = Math.round(this.#video.videoHeight * scale);
    const context = this.#canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    if (!context) return undefined;
    context.drawImage(this.#video, 0, 0, this.#canvas.width, this.#canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => {
      this.#canvas.toBlob(resolve, "image/jpeg", QUALITY);
    });
    return blob ? { jpeg: await blob.arrayBuffer(), taken_ms } : undefined;
  }

  close(): void {
    this.#closed = true;
    for (const track of this.#stream.getTracks()) track.stop();
    this.#video.srcObject = null;
  }
}

/** What to do about a camera that can't be opened. */
export function cameraAdvice(failure: unknown): string {
  switch (failure instanceof DOMException ? failure.name : "") {
    case "NotAllowedError":
      return "The browser was not allowed to use the camera. Allow it, by the camera sign beside the address, and try again.";
    case "NotFoundError":
    case "OverconstrainedError":
      return "There is no camera. Connect one and try again.";
    case "SecurityError":
      return "The browser gives no camera to this address. Open the address that Matside shows in its window.";
    default:
      return "The camera can't be opened. Is another program using it? Close that and try again.";
  }
}
