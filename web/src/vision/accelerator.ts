// Chooses what runs the networks on this device, by a short measurement.
import type { CompiledModel, LiteRt } from "@litertjs/core";
import { Net } from "./net";
import type { Runtime } from "./runtime";

export type Accelerator = "wasm" | "webgpu";

export interface Choice {
  accelerator: Accelerator;
  /** Of the accelerator "wasm", all together. */
  threads: number;
  /** What a run of the landmark network took on each accelerator that this browser has. */
  times_ms: Partial<Record<Accelerator, number>>;
}

/** The network that runs for each picture. */
const MEASURED = "landmarks";
const WARM_UP_RUNS = 6;
const RUNS = 5;
/** A GPU that computes something else is not used. Landmarks are in pixels of 256. */
const MOST_DIFFERENCE_PX = 0.25;

export interface Candidate {
  model: CompiledModel;
  nets: Net[];
  time_ms: number;
  landmarks: Float32Array;
}

/** A picture with something in it: grey waves. */
function testPicture(floats: number): Float32Array {
  return Float32Array.from({ length: floats }, (_, i) => 0.5 + 0.5 * Math.sin(i / 97));
}

/** Compiles the networks and measures the one that runs for each picture. */
export async function compileFor(
  liteRt: LiteRt,
  file: Uint8Array,
  accelerator: Accelerator,
): Promise<Candidate> {
  const model = await liteRt.loadAndCompile(file, {
    accelerator,
    gpuOptions: { precision: "fp32" },
  });
  const nets = Object.values(model.signatures).map(
    (signature, number) => new Net(liteRt, model, number, signature),
  );
  const net = nets.find(({ name }) => name === MEASURED);
  if (!net) throw new Error(`the file has no network ${MEASURED}`);
  const picture = testPicture(net.inputFloats);
  const times: number[] = [];
  let landmarks = new Float32Array();
  const put = (output: number, values: Float32Array) => {
    if (output === 0) landmarks = values.slice();
  };
  for (let i = 0; i < WARM_UP_RUNS + RUNS; i++) {
    const start = performance.now();
    if (accelerator === "wasm") net.run(picture, put);
    else await net.runWaiting(picture, put);
    if (i >= WARM_UP_RUNS) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { model, nets, time_ms: times[RUNS >> 1] ?? Infinity, landmarks };
}

function agree(one: Float32Array, other: Float32Array): boolean {
  return one.every((value, i) => Math.abs(value - (other[i] ?? NaN)) <= MOST_DIFFERENCE_PX);
}

/** The GPU, where there is one and where WebAssembly can wait for it. */
async function onGpu(liteRt: LiteRt, file: Uint8Array): Promise<Candidate | undefined> {
  if (!("Suspending" in WebAssembly) || !liteRt.getWebGpuDevice()) return undefined;
  return compileFor(liteRt, file, "webgpu").catch(() => undefined);
}

/**
 * Compiles the networks for each accelerator and keeps the fastest.
 * @param wanted is used if it is there, fast or not
 */
export async function chooseAccelerator(
  { liteRt, threads }: Runtime,
  file: Uint8Array,
  wanted?: Accelerator,
): Promise<{ nets: Net[]; choice: Choice }> {
  const cpu = await compileFor(liteRt, file, "wasm");
  const gpu = wanted === "wasm" ? undefined : await onGpu(liteRt, file);
  const times_ms: Choice["times_ms"] = { wasm: cpu.time_ms };
  if (gpu) times_ms.webgpu = gpu.time_ms;
  const faster = gpu !== undefined && (wanted === "webgpu" || gpu.time_ms < cpu.time_ms);
  const accelerator: Accelerator =
    faster && agree(cpu.landmarks, gpu.landmarks) ? "webgpu" : "wasm";
  const [chosen, other] = gpu && accelerator === "webgpu" ? [gpu, cpu] : [cpu, gpu];
  other?.model.delete();
  return { nets: chosen.nets, choice: { accelerator, threads, times_ms } };
}
