// The camera's frames as JPEG: each call waits for the next one.

const WIDEST_PX = 640;
const QUALITY = 0.85;

export interface CapturedFrame {
  jpeg: ArrayBuffer;
  /** Capture time on the clock of performance.now(). */
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
   * Opens the camera and shows it in `video`; `device` is a deviceId, or empty for the browser's choice. Throws what
   * getUserMedia throws: with `only`, also where that camera isn't there.
   */
  static async open(video: HTMLVideoElement, device: string, only = false): Promise<Camera> {
    if (!("mediaDevices" in navigator)) throw new DOMException("", "SecurityError");
    const stream = await navigator.mediaDevices.getUserMedia({
      video: {
        width: { ideal: WIDEST_PX },
        height: { ideal: 360 },
        frameRate: { ideal: 30 },
        ...(device === "" ? {} : { deviceId: only ? { exact: device } : { ideal: device } }),
      },
      audio: false,
    });
    const camera = new Camera(video, stream);
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
