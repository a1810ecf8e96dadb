// A connection that reconnects: if it is lost during a practice, it is retried for two minutes.
import type { FromPage, FromServer, Hello } from "../protocol/messages";
import { discard, type PackedFrame, type PracticeLink, type Service } from "../service/service";

export type ConnectionState = "closed" | "connecting" | "connected" | "lost";

const RETRY_FOR_MS = 120_000;
const DELAYS_MS = [500, 1000, 2000, 3000];

/** The wait before the next attempt. */
export function retryDelay_ms(attempts: number): number {
  return DELAYS_MS[Math.min(attempts, DELAYS_MS.length - 1)] ?? 0;
}

export interface ReconnectListener {
  /** The first message of every new connection. */
  hello(): Hello;
  message(message: FromServer): void;
  /** As LinkListener.loading. */
  loading?(share: number): void;
  state(state: ConnectionState): void;
  /** There is no connection, and no more attempts will be made. */
  gaveUp(): void;
}

export class ReconnectingConnection {
  readonly #listener: ReconnectListener;
  readonly #service: Pick<Service, "practise">;
  #connection: PracticeLink | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;
  #lost_ms: number | undefined;
  #state: ConnectionState = "closed";

  constructor(service: Pick<Service, "practise">, listener: ReconnectListener) {
    this.#service = service;
    this.#listener = listener;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  open(): void {
    this.#change("connecting");
    this.#connect();
  }

  send(message: FromPage): void {
    if (this.#state === "connected") this.#connection?.send(message);
  }

  sendFrame(index: number, time_s: number, frame: PackedFrame): void {
    if (this.#state === "connected" && this.#connection)
      this.#connection.sendFrame(index, time_s, frame);
    else discard(frame);
  }

  close(): void {
    clearTimeout(this.#timer);
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.close();
    this.#change("closed");
  }

  #connect(): void {
    const connection = this.#service.practise(this.#listener.hello(), {
      message: (message) => {
        if (this.#connection === connection) this.#handle(message);
      },
      loading: (share) => {
        if (this.#connection === connection) this.#listener.loading?.(share);
      },
      closed: () => {
        if (this.#connection === connection) this.#closed();
      },
    });
    this.#connection = connection;
  }

  #handle(message: FromServer): void {
    // The server may not have noticed yet that the last connection is lost.
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
    if (this.#lost_ms === undefined || now_ms - this.#lost_ms > RETRY_FOR_MS) {
      this.#change("closed");
      return this.#listener.gaveUp();
    }
    this.#timer = setTimeout(() => this.#connect(), retryDelay_ms(this.#attempts++));
  }

  #change(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#listener.state(state);
  }
}
