// The networks of the pose pipeline, for the C++ module: it calls the functions of `imports` with
// places in its memory (src/vision/network/network_web.cpp).
import { chooseAccelerator, type Accelerator, type Choice } from "./accelerator";
import { downloadNetworks, networkFiles, type Progress } from "./network_file";
import type { Net, Put } from "./net";
import { NetInWorker, type NetworkWorker, NetworkWorkers } from "./network_workers";
import { loadRuntime, planFor, runtimeFiles } from "./runtime";

/** The module's memory, which may be replaced when it grows. */
export type Memory = () => ArrayBuffer;

export interface Folders {
  /** With networks.json; ends with a slash, as `runtime`. */
  networks: URL;
  /** With LiteRT.js's .js and .wasm files. */
  runtime: URL;
}

/** What each number is: src/vision/network/network_web.cpp. */
export interface NetworkFunctions {
  network_open: (name: number, length: number) => number;
  network_shape: (net: number, output: number, sizes: number, capacity: number) => number;
  /** The promise is one of the GPU. */
  network_run: (
    net: number,
    input: number,
    outputs: number,
    count: number,
  ) => number | Promise<number>;
  network_start: (net: number, input: number) => number;
  network_finish: (net: number, outputs: number, count: number) => number;
  network_close: (net: number) => void;
}

export interface Wishes {
  /** At most so many. */
  threads?: number;
  /** Is used if it is there, fast or not. */
  accelerator?: Accelerator;
  /** Makes a Worker of network_worker.ts. Without it the networks run where they are loaded. */
  newWorker?: () => NetworkWorker;
}

/** "landmarks 3" is the third network of that name; the first has no number. */
const NAME = /^(.*?)(?: (\d+))?$/;

const FAILED = -1;
const INPUT = -1;

/** The files that Networks.load() fetches, on this device. */
export async function filesOf(folders: Folders): Promise<URL[]> {
  return [...(await networkFiles(folders.networks)), ...(await runtimeFiles(folders.runtime))];
}

/** Writes outputs to their places in the module's memory. */
function putInto(memory: Memory, outputs: number, count: number): Put {
  const places = new Uint32Array(memory(), outputs, count).slice();
  return (output, values) => {
    new Float32Array(memory(), places[output], values.length).set(values);
  };
}

export class Networks {
  /** What runs the networks, and how fast. */
  readonly choice: Choice;
  readonly #workers: NetworkWorkers | undefined;
  /** By number. */
  readonly #nets: (Net | NetInWorker | undefined)[];
  #started: Promise<void> = Promise.resolve();
  /** Why the last run failed. */
  problem: unknown;

  private constructor(nets: Net[], choice: Choice, workers?: NetworkWorkers) {
    this.#nets = nets;
    this.choice = choice;
    this.#workers = workers;
  }

  /** Call it once in a Worker. Throws NetworksFailed if a file is missing or changed. */
  static async load(folders: Folders, progress: Progress, wishes: Wishes = {}): Promise<Networks> {
    const file = downloadNetworks(folders.networks, progress);
    // Whoever awaits the file handles the failure.
    file.catch(() => undefined);
    const beside = await Networks.#loadBeside(folders.runtime, file, wishes.newWorker);
    return beside ?? Networks.#loadHere(folders.runtime, file, wishes);
  }

  /** In Workers, where that pays; undefined elsewhere, and where they can't be loaded. */
  static async #loadBeside(
    runtime: URL,
    file: Promise<Uint8Array>,
    newWorker: Wishes["newWorker"],
  ): Promise<Networks | undefined> {
    const { workers, threads } = await planFor();
    if (!newWorker || workers === 0) return undefined;
    try {
      // Not before the file is there: the Workers would take the processor from its download.
      const sources = { runtime, threads, file: await file };
      const loaded = await NetworkWorkers.load(workers, newWorker, sources);
      const times_ms = { wasm: loaded.time_ms };
      return new Networks(
        [],
        { accelerator: "wasm", threads: workers * threads, times_ms },
        loaded,
      );
    } catch {
      // If the file is missing, #loadHere() throws the reason.
      return undefined;
    }
  }

  static async #loadHere(
    folder: URL,
    file: Promise<Uint8Array>,
    { threads, accelerator }: Wishes,
  ): Promise<Networks> {
    const [bytes, runtime] = await Promise.all([file, loadRuntime(folder, threads)]);
    const { nets, choice } = await chooseAccelerator(runtime, bytes, accelerator);
    return new Networks(nets, choice);
  }

  /**
   * Whether a run waits for the GPU. Then the module's exported functions that run networks must be
   * called through `awaitable`.
   */
  get waits(): boolean {
    return this.choice.accelerator === "webgpu";
  }

  /** How many pictures can be looked at together. */
  get atOnce(): number {
    return this.#workers?.count ?? 1;
  }

  /** When what the module has begun since the last call is done. */
  takeStarted(): Promise<void> {
    const started = this.#started;
    this.#started = Promise.resolve();
    return started;
  }

  /** An exported function as one that returns a promise, whether it waits or not. */
  awaitable<Arguments extends unknown[], Value>(
    exported: (...values: Arguments) => Value,
  ): (...values: Arguments) => Promise<Value> {
    if (this.waits) return WebAssembly.promising(exported);
    return (...values) => Promise.resolve(exported(...values));
  }

  /** As functions(), for a module that is loaded after the networks. */
  imports(memory: Memory): WebAssembly.ModuleImports {
    const functions = this.functions(memory);
    const { network_run } = functions;
    return {
      ...functions,
      network_run: this.waits ? new WebAssembly.Suspending(network_run) : network_run,
    };
  }

  /** What the module imports from "matside" to run networks. */
  functions(memory: Memory): NetworkFunctions {
    return {
      network_open: (name: number, length: number) => {
        const wanted = new TextDecoder().decode(new Uint8Array(memory(), name, length));
        return this.#open(wanted);
      },
      network_shape: (net: number, output: number, sizes: number, capacity: number) => {
        const found = this.#nets[net];
        const shape = output === INPUT ? found?.inputShape : found?.outputShapes[output];
        if (!shape) return FAILED;
        new Int32Array(memory(), sizes, capacity).set([...shape].slice(0, capacity));
        return shape.length;
      },
      network_run: (net: number, input: number, outputs: number, count: number) =>
        this.#run(memory, net, input, outputs, count),
      network_start: (net: number, input: number) => {
        const found = this.#nets[net];
        if (!(found instanceof NetInWorker)) return FAILED;
        this.#started = found.start(new Float32Array(memory(), input, found.inputFloats));
        return 0;
      },
      network_finish: (net: number, outputs: number, count: number) => {
        try {
          const found = this.#nets[net];
          if (!(found instanceof NetInWorker) || found.outputShapes.length !== count)
            return this.#failed("there is no such network");
          found.finish(putInto(memory, outputs, count));
          return 0;
        } catch (problem) {
          return this.#failed(problem);
        }
      },
      network_close: (net: number) => {
        const found = this.#nets[net];
        if (!(found instanceof NetInWorker)) return;
        found.close();
        this.#nets[net] = undefined;
      },
    };
  }

  /** In a Worker each has tensors of its own. */
  #open(wanted: string): number {
    if (!this.#workers) return this.#nets.findIndex((net) => net?.name === wanted);
    const [, name = "", copy] = NAME.exec(wanted) ?? [];
    // The first one is for what can't wait; each of the others has a Worker.
    const worker = copy === undefined ? 0 : Number(copy) - 2;
    const net = this.#workers.open(name, worker);
    return net ? this.#nets.push(net) - 1 : FAILED;
  }

  #failed(problem: unknown): number {
    this.problem = problem;
    return FAILED;
  }

  #run(
    memory: Memory,
    number: number,
    input: number,
    outputs: number,
    count: number,
  ): number | Promise<number> {
    try {
      const net = this.#nets[number];
      if (net?.outputShapes.length !== count) return this.#failed("there is no such network");
      const put = putInto(memory, outputs, count);
      const values = new Float32Array(memory(), input, net.inputFloats);
      if (net instanceof NetInWorker || !this.waits) {
        net.run(values, put);
        return 0;
      }
      return net.runWaiting(values, put).then(
        () => 0,
        (problem: unknown) => this.#failed(problem),
      );
    } catch (problem) {
      return this.#failed(problem);
    }
  }
}
