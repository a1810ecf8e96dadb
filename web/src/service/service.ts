// What the page asks of Matside. `matside serve` answers over the network (server_service.ts); where nothing is
// installed, the same program answers inside the browser (web/src/engine).
import type { FromPage, FromServer, Hello } from "../protocol/messages";
import type { VideoAnalysis } from "./analysis";

/** A frame of the camera, in the form that the service takes. A picture must be closed if it is not sent. */
export type PackedFrame = ArrayBuffer | ImageBitmap | VideoFrame;

/** Gives up a frame that nobody will look at: a camera has few at a time, and waits for those that are held. */
export function discard(frame: PackedFrame): void {
  if ("close" in frame) frame.close();
}

const WIDEST_PX = 640;

/** The size in which the video's picture is sent: nothing is gained from a wider one. */
export function frameSize(video: HTMLVideoElement): { width: number; height: number } {
  const scale = Math.min(1, WIDEST_PX / video.videoWidth);
  return {
    width: Math.round(video.videoWidth * scale),
    height: Math.round(video.videoHeight * scale),
  };
}

export interface LinkListener {
  message(message: FromServer): unknown;
  /** Before the practice begins: the share of its networks that has been downloaded, 0 to 1. Never from a server. */
  loading?(share: number): unknown;
  /** The practice's link has ended, on either side. */
  closed(): unknown;
}

/** One practice: messages and frames to Matside, messages back. */
export interface PracticeLink {
  send(message: FromPage): void;
  /** @param index the page's own number of the frame */
  sendFrame(index: number, time_s: number, frame: PackedFrame): void;
  close(): void;
}

export interface RequestOptions {
  /** Makes it a POST. */
  body?: Blob | string;
  /** Unlocks a person with a PIN. */
  token?: string | undefined;
}

export interface Service {
  /** Where Matside's program runs, and the records are. */
  readonly home: "server" | "browser";
  /** How many frames of a practice may be unanswered. Of those that wait, only the newest is looked at. */
  readonly framesAhead: number;
  /** What a person should know of Matside in this browser, the most important first; nothing from a server. */
  about(): Promise<readonly string[]>;
  /** Packs the picture that the video shows; undefined if the browser can't. */
  pack(video: HTMLVideoElement): Promise<PackedFrame | undefined>;
  /** Opens the link of a practice; `hello` is its first message. */
  practise(hello: Hello, listener: LinkListener): PracticeLink;
  /** A route of src/protocol/records.schema.json, such as "today?person=1". Throws RequestFailed. */
  request(route: string, options?: RequestOptions): Promise<Response>;
  /** Calls `listener` when another tab has the records. From then on every request throws OpenElsewhere. */
  onElsewhere?(listener: () => void): void;
  /** Takes the records over from the other tab. */
  takeOver?(): void;
  /** Analyses a recorded video. Throws AnalysisFailed. */
  analyse(
    file: File,
    level: number,
    progress: (share: number) => void,
    stop: AbortSignal,
  ): Promise<VideoAnalysis>;
}

/** The request was refused, or nobody answered (status 0). The message is for the person. */
export class RequestFailed extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }

  get locked(): boolean {
    return this.status === 403;
  }
}

/** Another tab of this browser has the records; Service.takeOver() gets them. */
export class OpenElsewhere extends RequestFailed {
  constructor(message: string) {
    super(message, 0);
  }
}
