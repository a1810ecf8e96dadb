// The program's side of the Workers that run networks beside it.
import type { Put } from "./net";
import { FAILED, type NetShape, RUNNING, SharedTensors } from "./shared_tensors";

export type ToNetworkWorker =
  | { kind: "load"; runtime: string; threads: number; file: Uint8Array }
  | { kind: "open"; place: number; net: number; memory: SharedArrayBuffer }
  | { kind: "run"; place: number }
  | { kind: "close"; place: number };

export type FromNetworkWorker =
  | { kind: "loaded"; shapes: NetShape[]; time_ms: number }
  | { kind: "failed"; message: string }
  | { kind: "ran"; place: number };

/** The part of Worker that is used. */
export interface NetworkWorker {
  postMessage(message: ToNetworkWorker): void;
  onmessage: ((event: MessageEvent<FromNetworkWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

/** A run takes 0.1 s on a slow device. */
const MOST_MS = 10_000;

type Loaded = FromNetworkWorker & { kind: "loaded" };

/** One network in a Worker, with tensors of its own. */
export class NetInWorker implements NetShape {
  readonly name: string;
  readonly inputShape: Int32Array;
  readonly inputFloats: number;
  readonly outputShapes: readonly Int32Array[];
  readonly #post: (kind: "run" | "close") => void;
  readonly #tensors: SharedTensors;
  #ran: () => void = () => undefined;

  constructor(shape: NetShape, tensors: SharedTensors, post: (kind: "run" | "close") => void) {
    this.name = shape.name;
    this.inputShape = shape.inputShape;
    this.inputFloats = shape.inputFloats;
    this.outputShapes = shape.outputShapes;
    this.#tensors = tensors;
    this.#post = post;
  }

  run(input: Float32Array, put: Put): void {
    void this.start(input);
    this.finish(put);
  }

  /** Begins a run, which finish() ends. @returns when finish() will not wait */
  start(input: Float32Array): Promise<void> {
    this.#tensors.input.set(input);
    Atomics.store(this.#tensors.state, 0, RUNNING);
    const ran = new Promise<void>((resolve) => (this.#ran = resolve));
    this.#post("run");
    return ran;
  }

  /** Throws if the run failed. */
  finish(put: Put): void {
    const { state, outputs } = this.#tensors;
    while (Atomics.load(state, 0) === RUNNING) {
      if (Atomics.wait(state, 0, RUNNING, MOST_MS) === "timed-out")
        throw new Error("the Worker of the networks does not answer");
    }
    if (Atomics.load(state, 0) === FAILED) throw new Error("the network failed in its Worker");
    for (const [output, values] of outputs.entries()) put(output, values);
  }

  close(): void {
    this.#post("close");
  }

  /** The Worker says so. */
  ran(): void {
    this.#ran();
  }
}

/** LiteRT.js's folder, and the file of networks. */
interface Sources {
  runtime: URL;
  threads: number;
  file: Uint8Array;
}

async function loadOne(
  worker: NetworkWorker,
  { runtime, threads, file }: Sources,
): Promise<Loaded> {
  return new Promise<Loaded>((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = ({ data }) => {
      if (data.kind === "loaded") resolve(data);
      else if (data.kind === "failed") reject(new Error(data.message));
    };
    worker.postMessage({ kind: "load", runtime: runtime.href, threads, file });
  });
}

export class NetworkWorkers {
  readonly #workers: readonly NetworkWorker[];
  readonly #shapes: readonly NetShape[];
  readonly #nets = new Map<number, NetInWorker>();
  /** What a run of the landmark network took. */
  readonly time_ms: number;
  #last = 0;

  private constructor(workers: readonly NetworkWorker[], loaded: readonly Loaded[]) {
    this.#workers = workers;
    this.#shapes = loaded[0]?.shapes ?? [];
    this.time_ms = Math.max(...loaded.map(({ time_ms }) => time_ms));
    for (const worker of workers) {
      worker.onerror = null;
      worker.onmessage = ({ data }) => {
        if (data.kind === "ran") this.#nets.get(data.place)?.ran();
      };
    }
  }

  /** Throws if one of them can't be loaded; then none is left. */
  static async load(
    count: number,
    newWorker: () => NetworkWorker,
    sources: Sources,
  ): Promise<NetworkWorkers> {
    const workers = Array.from({ length: count }, newWorker);
    try {
      const loaded = await Promise.all(workers.map((worker) => loadOne(worker, sources)));
      return new NetworkWorkers(workers, loaded);
    } catch (failure) {
      for (const worker of workers) worker.terminate();
      throw failure;
    }
  }

  get count(): number {
    return this.#workers.length;
  }

  /** @returns undefined if there is no such network or Worker */
  open(name: string, number: number): NetInWorker | undefined {
    const net = this.#shapes.findIndex((shape) => shape.name === name);
    const shape = this.#shapes[net];
    const worker = this.#workers[number];
    if (!shape || !worker) return undefined;
    const memory = SharedTensors.memoryFor(shape);
    const place = ++this.#last;
    worker.postMessage({ kind: "open", place, net, memory });
    const opened = new NetInWorker(shape, new SharedTensors(memory, shape), (kind) => {
      if (kind === "close") this.#nets.delete(place);
      worker.postMessage({ kind, place });
    });
    this.#nets.set(place, opened);
    return opened;
  }
}
