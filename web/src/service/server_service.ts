// Matside as a server: `matside serve`.
import type { Hello } from "../protocol/messages";
import { analyse } from "./analysis";
import { Connection } from "./connection";
import { request } from "./request";
import { frameSize, type LinkListener, type PracticeLink, type Service } from "./service";

const QUALITY = 0.85;

export class ServerService implements Service {
  #canvas: HTMLCanvasElement | undefined;
  readonly home = "server";
  /** To pack a frame takes longer than to send it. */
  readonly framesAhead = 1;
  readonly request = request;
  readonly analyse = analyse;

  about(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  async pack(video: HTMLVideoElement): Promise<ArrayBuffer | undefined> {
    const canvas = (this.#canvas ??= document.createElement("canvas"));
    const { width, height } = Object.assign(canvas, frameSize(video));
    const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    if (!context) return undefined;
    context.drawImage(video, 0, 0, width, height);
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, "image/jpeg", QUALITY);
    });
    return blob?.arrayBuffer();
  }

  practise(hello: Hello, listener: LinkListener): PracticeLink {
    return new Connection(hello, listener);
  }
}
