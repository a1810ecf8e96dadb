// The page's side of /practice: messages and frames to the server.
import type { FromPage, FromServer, Hello } from "../protocol/messages";

const FRAME_HEAD_BYTES = 12;

export interface ConnectionListener {
  message(message: FromServer): unknown;
  /** The connection has ended, on either side. */
  closed(): unknown;
}

export class Connection {
  readonly #socket: WebSocket;

  /** Opens the connection and sends `hello` first. */
  constructor(hello: Hello, listener: ConnectionListener) {
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

  sendFrame(index: number, time_s: number, jpeg: ArrayBuffer): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
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
