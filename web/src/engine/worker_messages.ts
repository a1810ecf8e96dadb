// What the page and the Worker with Matside's program say to each other.
import type { Home } from "../storage/files";
import type { FromPage, FromServer, Hello } from "../protocol/messages";
import type { ShownPicture } from "../recording/shown_video";
import type { CameraFrame } from "./camera_frame";

/** The program has ended because of a mistake of its own, or lacks memory. */
export const BROKEN = "Matside has stopped working in this tab. Reload the page to continue.";

export type ToWorker =
  /** The first message; `take`: takes the records over from another tab. */
  | { kind: "start"; take: boolean }
  | { kind: "open"; link: number; hello: Hello }
  | { kind: "message"; link: number; message: FromPage }
  | { kind: "frame"; link: number; index: number; time_s: number; frame: CameraFrame }
  | { kind: "close"; link: number }
  /** Fetches what a practice needs, so that the browser keeps it for use without a network. */
  | { kind: "prepare" }
  | { kind: "request"; id: number; route: string; token: string; body: ArrayBuffer | undefined }
  /** Analyses a recorded video. */
  | { kind: "analyse"; id: number; file: File; level: number }
  /** The picture that the Worker has asked for; undefined if it can't be shown. */
  | { kind: "shown"; id: number; picture: ShownPicture | undefined }
  /** Ends an analysis, of which nothing more is said. */
  | { kind: "stop"; id: number };

export type FromWorker =
  /** It takes requests now; the records are in `home`. */
  | { kind: "ready"; home: Home }
  /** The share of the networks that has arrived, 0 to 1. */
  | { kind: "loading"; share: number }
  /** What runs the networks on this device. */
  | { kind: "networks"; accelerator: "wasm" | "webgpu"; threads: number }
  /** It can do nothing; the message is for the person. `elsewhere`: another tab has the records. */
  | { kind: "broken"; message: string; elsewhere: boolean }
  | { kind: "message"; link: number; message: FromServer }
  | { kind: "closed"; link: number }
  /** The share of the video that is analysed, 0 to 1. */
  | { kind: "progress"; id: number; share: number }
  /** The Worker can't decode the video: it asks the page to show a picture, as Show of recording/shown_pictures.ts. */
  | { kind: "show"; id: number; picture_s: number; at_s: number }
  /** The line of src/protocol/analysis_protocol.h, in parts. */
  | { kind: "analysed"; id: number; parts: string[] }
  /** The video can't be analysed; the message is for the person. */
  | { kind: "not_analysed"; id: number; message: string }
  | {
      kind: "response";
      id: number;
      status: number;
      type: string;
      body: ArrayBuffer;
      fileName: string;
    };
