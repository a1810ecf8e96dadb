// A connection that comes back: when it is lost in the middle of a practice it is tried again, for two minutes.
import type { FromPage, FromServer, Hello } from "../protocol/messages";
import { Connection, type Listener } from "./connection";

export type LinkState = "closed" | "connecting" | "connected" | "lost";

const PATIENCE_MS = 120_000;
const DELAYS_MS = [500, 1000, 2000, 3000];

/** How long to wait before the next attempt, after so many. */
export function delay_ms(attempts: number): number {
  return DELAYS_MS[Math.min(attempts, DELAYS_MS.length - 1)] ?? 0;
}

export interface LinkListener {
  /** What to say on connecting, and on connecting again. */
  hello(): Hello;
  message(message: FromServer): void;
  state(state: LinkState): void;
  /** There is no connection and none will be tried: never had, or given up. */
  gone(): void;
}

type Open = (hello: Hello, listener: Listener) => Pick<Connection, "send" | "sendFrame" | "close">;

export class Link {
  readonly #listener: LinkListener;
  readonly #open: Open;
  #connection: ReturnType<Open> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;
  #lost_ms: number | undefined;
  #state: LinkState = "closed";

  constructor(listener: LinkListener, open: Open = (hello, to) => new Connection(hello, to)) {
    this.#listener = listener;
    this.#open = open;
  }

  get state(): LinkState {
    return this.#state;
  }

  open(): void {
    this.#change("connecting");
    this.#connect();
  }

  send(message: FromPage): void {
    if (this.#state === "connected") this.#connection?.send(message);
  }

  sendFrame(index: number, time_s: number, jpeg: ArrayBuffer): void {
    if (this.#state === "connected") this.#connection?.sendFrame(index, time_s, jpeg);
  }

  close(): void {
    clearTimeout(this.#timer);
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.close();
    this.#change("closed");
  }

  #connect(): void {
    const connection = this.#open(this.#listener.hello(), {
      message: (message) => {
        if (this.#connection === connection) this.#take(message);
      },
      closed: () => {
        if (this.#connection === connection) this.#closed();
      },
    });
    this.#connection = connection;
  }

  #take(message: FromServer): void {
    // The server may not have noticed yet that the connection before this one is lost.
    if (message.type === "failure" && message.id === "busy" && this.#state === "lost") return;
    if (message.type === "ready" || message.type === "script") {
      this.#attempts = 0;
      this.#lost_ms = undefined;
      this.#change("connected");
    }
    this.#listener.message(message);
  }

  #closed(): void {
    this.#connection = undefined;
    const now_ms = performance.now();
    if (this.#state === "connected") {
      this.#lost_ms = now_ms;
      this.#change("lost");
    }
    if (this.#lost_ms === undefined || now_ms - this.#lost_ms > PATIENCE_MS) {
      this.#change("closed");
      return this.#listener.gone();
    }
    this.#timer = setTimeout(() => this.#connect(), delay_ms(this.#attempts++));
  }

  #change(state: LinkState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#listener.state(state);
  }
}
