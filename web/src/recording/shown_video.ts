// Shows a recorded video in a video element, one picture after the other: for browsers that don't decode videos for
// pages. Runs in the page, for a Worker has no video element.

/** As the browser shows it: upright, with square pixels and its colours converted. */
export interface ShownPicture {
  image: ImageBitmap;
  /** The picture's own time; undefined where the browser doesn't say it. */
  timestamp_s: number | undefined;
}

/** Times are sums of fractions of a second. */
const ROUNDING_S = 1e-3;
/** A device that needs longer for one picture would need hours for a video. */
const PATIENCE_MS = 30_000;
/** The picture is presented with the next frame of the screen; one that is presented already is not presented again. */
const PRESENTED_MS = 500;

/** The browser can't show the picture. */
export class NotShown extends Error {}

/** Resolves when the page is in view: a hidden page presents no pictures. */
function inView(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.hidden) return;
      document.removeEventListener("visibilitychange", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    look();
  });
}

export class ShownVideo {
  readonly #video = document.createElement("video");
  readonly #saysTimes = "requestVideoFrameCallback" in HTMLVideoElement.prototype;
  /** When the first picture can be shown. */
  readonly #opened: Promise<void>;
  #closed = false;
  /** Of the picture presented last. */
  #presented_s: number | undefined;
  #presented: () => void = () => undefined;

  constructor(file: File) {
    const video = this.#video;
    Object.assign(video, { muted: true, playsInline: true, preload: "auto" });
    if (this.#saysTimes) this.#watch();
    this.#opened = this.#event("loadeddata");
    // Whoever wants the first picture handles it.
    this.#opened.catch(() => undefined);
    video.src = URL.createObjectURL(file);
  }

  /**
   * Throws NotShown.
   * @param picture_s the picture's time in the file
   * @param at_s a time at which only this picture is shown
   */
  async at(picture_s: number, at_s: number): Promise<ShownPicture> {
    await this.#opened;
    const isThere = () => Math.abs((this.#presented_s ?? -1) - picture_s) < ROUNDING_S;
    if (!isThere()) {
      const presented = new Promise<void>((resolve) => (this.#presented = resolve));
      const seeked = this.#event("seeked");
      this.#video.currentTime = at_s;
      await seeked;
      if (this.#saysTimes && !isThere()) {
        await inView();
        await Promise.race([presented, new Promise((late) => setTimeout(late, PRESENTED_MS))]);
      }
    }
    if (this.#closed) throw new NotShown();
    const image = await createImageBitmap(this.#video);
    return { image, timestamp_s: this.#presented_s };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    URL.revokeObjectURL(this.#video.src);
    this.#video.removeAttribute("src");
    this.#video.load();
  }

  #watch(): void {
    this.#video.requestVideoFrameCallback((_, { mediaTime }) => {
      this.#presented_s = mediaTime;
      this.#presented();
      if (!this.#closed) this.#watch();
    });
  }

  /** Throws NotShown if the video can't be read or decoded, if it is closed, and if nothing happens for long. */
  #event(name: "loadeddata" | "seeked"): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = new AbortController();
      const settle = (then: () => void) => {
        end.abort();
        clearTimeout(late);
        then();
      };
      const fail = () => settle(() => reject(new NotShown()));
      const late = setTimeout(fail, PATIENCE_MS);
      const { signal } = end;
      this.#video.addEventListener(name, () => settle(resolve), { signal });
      for (const failed of ["error", "emptied"])
        this.#video.addEventListener(failed, fail, { signal });
    });
  }
}
