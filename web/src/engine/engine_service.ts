// Matside inside the browser: the same program in a Worker, so that the page stays smooth.
import type { FromPage, Hello } from "../protocol/messages";
import type { VideoAnalysis } from "../service/analysis";
import {
  type LinkListener,
  OpenElsewhere,
  type PackedFrame,
  type PracticeLink,
  RequestFailed,
  type RequestOptions,
  type Service,
} from "../service/service";
import type { Home } from "../storage/files";
import { askToKeep, safetyOf, safetyWords } from "../storage/safety";
import { frameOf } from "./camera_frame";
import { RecordedVideos } from "./recorded_videos";
import { BROKEN, type FromWorker, type ToWorker } from "./worker_messages";

/** The part of Worker that the service uses. */
export interface EngineWorker {
  postMessage(message: ToWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

interface Waiting {
  resolve: (response: Response) => void;
  reject: (failure: RequestFailed) => void;
}

export class EngineService implements Service {
  readonly #newWorker: () => EngineWorker;
  #worker: EngineWorker;
  /** Lost the records to another tab, and may still be saving. */
  #replaced: EngineWorker | undefined;
  readonly #waiting = new Map<number, Waiting>();
  readonly #links = new Map<number, LinkListener>();
  readonly #videos = new RecordedVideos((message, transfer) => this.#post(message, transfer));
  readonly home = "browser";
  /** Up to two are looked at, one waits, and a newer one takes its place. */
  readonly framesAhead = 4;
  readonly #storage: Promise<Home>;
  #home!: (home: Home) => void;
  #networks: (FromWorker & { kind: "networks" }) | undefined;
  #broken: RequestFailed | undefined;
  #elsewhere: () => void = () => undefined;
  #last = 0;

  constructor(newWorker: () => EngineWorker) {
    this.#newWorker = newWorker;
    this.#storage = new Promise((resolve) => {
      this.#home = resolve;
    });
    this.#worker = this.#start(false);
  }

  onElsewhere(listener: () => void): void {
    this.#elsewhere = listener;
  }

  takeOver(): void {
    this.#replaced = this.#worker;
    this.#broken = undefined;
    this.#networks = undefined;
    this.#worker = this.#start(true);
  }

  async about(): Promise<readonly string[]> {
    const { accelerator, threads } = this.#networks ?? {};
    const cpu = threads === 1 ? "one processor core" : `${threads} processor cores`;
    return [
      ...safetyWords(await safetyOf(await this.#storage)),
      accelerator === undefined
        ? "Whether the pose networks run on the processor or on the graphics chip is measured when a practice starts."
        : `The pose networks run on ${accelerator === "webgpu" ? "the graphics chip" : cpu}.`,
    ];
  }

  /** Fetches what a practice needs, so that it is there without a network. */
  prepare(): void {
    this.#post({ kind: "prepare" });
  }

  readonly pack = frameOf;

  practise(hello: Hello, listener: LinkListener): PracticeLink {
    // Browsers ask the person, or look at how much the page is used.
    void askToKeep();
    const link = ++this.#last;
    this.#links.set(link, listener);
    if (this.#broken === undefined) this.#post({ kind: "open", link, hello });
    else queueMicrotask(() => this.#end(link, this.#broken?.message));
    return {
      send: (message: FromPage) => {
        if (this.#links.has(link)) this.#post({ kind: "message", link, message });
      },
      sendFrame: (index: number, time_s: number, frame: PackedFrame) => {
        if (frame instanceof ArrayBuffer) return;
        if (!this.#links.has(link)) return frame.close();
        this.#post({ kind: "frame", link, index, time_s, frame }, [frame]);
      },
      close: () => {
        if (this.#links.delete(link)) this.#post({ kind: "close", link });
      },
    };
  }

  async request(route: string, options: RequestOptions = {}): Promise<Response> {
    const { body, token = "" } = options;
    const bytes = body === undefined ? undefined : await new Blob([body]).arrayBuffer();
    if (this.#broken !== undefined) throw this.#broken;
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#post({ kind: "request", id, route, token, body: bytes }, bytes ? [bytes] : []);
    });
  }

  analyse(
    file: File,
    level: number,
    progress: (share: number) => void,
    stop: AbortSignal,
  ): Promise<VideoAnalysis> {
    return this.#videos.analyse(
      ++this.#last,
      { file, level, progress, stop },
      this.#broken?.message,
    );
  }

  /** @param take whether to take the records over from another tab */
  #start(take: boolean): EngineWorker {
    const worker = this.#newWorker();
    worker.onmessage = ({ data }) => {
      if (worker === this.#worker) this.#handle(data);
    };
    worker.onerror = () => {
      if (worker === this.#worker) this.#break(new RequestFailed(BROKEN, 0));
    };
    worker.postMessage({ kind: "start", take }, []);
    return worker;
  }

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #handle(message: FromWorker): void {
    switch (message.kind) {
      case "ready":
        this.#home(message.home);
        this.#replaced?.terminate();
        this.#replaced = undefined;
        break;
      case "loading":
        for (const listener of this.#links.values()) listener.loading?.(message.share);
        break;
      case "networks":
        this.#networks = message;
        break;
      case "broken":
        this.#break(
          message.elsewhere
            ? new OpenElsewhere(message.message)
            : new RequestFailed(message.message, 0),
        );
        if (message.elsewhere) this.#elsewhere();
        break;
      case "message":
        this.#links.get(message.link)?.message(message.message);
        break;
      case "closed":
        this.#end(message.link);
        break;
      case "progress":
      case "show":
      case "analysed":
      case "not_analysed":
        this.#videos.handle(message);
        break;
      case "response":
        void this.#respond(message);
        break;
    }
  }

  async #respond(message: FromWorker & { kind: "response" }): Promise<void> {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    const { status, type, body } = message;
    const response = new Response(body, { status, headers: { "Content-Type": type } });
    if (response.ok) return waiting?.resolve(response);
    const { error } = (await response.json()) as { error: string };
    waiting?.reject(new RequestFailed(error, status));
  }

  #end(link: number, why?: string): void {
    const listener = this.#links.get(link);
    this.#links.delete(link);
    if (why !== undefined) listener?.message({ type: "failure", id: "broken", message: why });
    listener?.closed();
  }

  #break(why: RequestFailed): void {
    if (this.#broken !== undefined) return;
    this.#broken = why;
    for (const link of [...this.#links.keys()]) this.#end(link, why.message);
    for (const { reject } of this.#waiting.values()) reject(why);
    this.#waiting.clear();
    this.#videos.fail(why.message);
  }
}
