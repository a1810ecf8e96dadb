// The page's side of /practice: messages and frames to the server.
import type { FromPage, FromServer, Hello } from "../protocol/messages";
import type { LinkListener, PackedFrame, PracticeLink } from "./service";

const FRAME_HEAD_BYTES = 12;

export class Connection implements PracticeLink {
  readonly #socket: WebSocket;

  /** Opens the connection and sends `hello` first. */
  constructor(hello: Hello, listener: LinkListener) {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.#socket = new WebSocket(`${scheme}://${location.host}/practice`);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onopen = () => this.send(hello);
    this.#socket.onmessage = (event: MessageEvent<string>) =>
      listener.message(JSON.parse(event.data) as FromServer);
    this.#socket.onclose = () => listener.closed();
  }

  send(message: FromPage): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** @param jpeg as ServerService.pack gives it */
  sendFrame(index: number, time_s: number, jpeg: PackedFrame): void {
    if (this.#socket.readyState !== WebSocket.OPEN || !(jpeg instanceof ArrayBuffer)) return;
    const message = new Uint8Array(FRAME_HEAD_BYTES + jpeg.byteLength);
    const head = new DataView(message.buffer);
    head.setUint32(0, index, true);
    head.setFloat64(4, time_s, true);
    message.set(new Uint8Array(jpeg), FRAME_HEAD_BYTES);
    this.#socket.send(message);
  }

  close(): void {
    this.#socket.close();
  }
}
