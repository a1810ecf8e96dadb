// A frame of the camera on its way from the page to the Worker. Nothing is copied before the program wants it.
import { coloursOf, type Colours } from "../picture/colours";
import { PixelCopier, type Pixels } from "../picture/pixels";
import { frameSize } from "../service/service";

/** Must be closed: a camera has few pictures at a time, and waits for those that are held. */
export type CameraFrame = VideoFrame | ImageBitmap;

const UNUSED: Colours = { matrix: 2, fullRange: true };

/** What the video shows now. */
export async function frameOf(video: HTMLVideoElement): Promise<CameraFrame> {
  const { width, height } = frameSize(video);
  if ("VideoFrame" in globalThis) {
    const frame = new VideoFrame(video);
    if (isStoredAs(frame, width, height)) return frame;
    frame.close();
  }
  return createImageBitmap(video, { resizeWidth: width, resizeHeight: height });
}

/** Whether it is neither scaled, turned nor mirrored when it is shown. */
function isStoredAs(frame: VideoFrame, width: number, height: number): boolean {
  const { rotation = 0, flip = false } = frame as { rotation?: number; flip?: boolean };
  const { visibleRect } = frame;
  return rotation === 0 && !flip && visibleRect?.width === width && visibleRect.height === height;
}

export class FrameCopier {
  readonly #copier = new PixelCopier();

  /** Closes the frame. The pixels are valid until the next call. */
  async copy(frame: CameraFrame): Promise<{ pixels: Pixels; colours: Colours }> {
    try {
      if (!("displayWidth" in frame)) {
        const pixels = this.#copier.draw(frame, frame.width, frame.height);
        return { pixels, colours: UNUSED };
      }
      const { format, visibleRect, displayWidth: width, displayHeight: height } = frame;
      const pixels = await this.#copier.copy({
        format,
        visibleRect: visibleRect ?? { width, height },
        copyTo: (to, options) => frame.copyTo(to, options),
        image: () => frame,
      });
      return { pixels, colours: coloursOf(frame.colorSpace) };
    } finally {
      frame.close();
    }
  }
}
