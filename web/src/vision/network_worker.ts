// A Worker that runs networks beside the program, so that two pictures are looked at together.
import { compileFor } from "./accelerator";
import type { Net } from "./net";
import type { FromNetworkWorker, ToNetworkWorker } from "./network_workers";
import { loadRuntime } from "./runtime";
import { DONE, FAILED, SharedTensors } from "./shared_tensors";

interface WorkerScope {
  postMessage(message: FromNetworkWorker): void;
  onmessage: ((event: MessageEvent<ToNetworkWorker>) => void) | null;
}

interface Opened {
  net: Net;
  tensors: SharedTensors;
}

const scope = globalThis as unknown as WorkerScope;
let nets: readonly Net[] = [];
const opened = new Map<number, Opened>();

async function load({ runtime, threads, file }: ToNetworkWorker & { kind: "load" }): Promise<void> {
  const { liteRt } = await loadRuntime(new URL(runtime), threads);
  const compiled = await compileFor(liteRt, file, "wasm");
  nets = compiled.nets;
  scope.postMessage({
    kind: "loaded",
    time_ms: compiled.time_ms,
    shapes: nets.map(({ name, inputShape, inputFloats, outputShapes }) => ({
      ...{ name, inputShape, inputFloats, outputShapes },
    })),
  });
}

function run(place: number): void {
  const found = opened.get(place);
  if (!found) return;
  const { net, tensors } = found;
  let state = DONE;
  try {
    net.run(tensors.input, (output, values) => tensors.outputs[output]?.set(values));
  } catch {
    state = FAILED;
  }
  Atomics.store(tensors.state, 0, state);
  Atomics.notify(tensors.state, 0);
  scope.postMessage({ kind: "ran", place });
}

scope.onmessage = ({ data }) => {
  switch (data.kind) {
    case "load":
      load(data).catch((failure: unknown) =>
        scope.postMessage({ kind: "failed", message: String(failure) }),
      );
      break;
    case "open": {
      const net = nets[data.net];
      if (net) opened.set(data.place, { net, tensors: new SharedTensors(data.memory, net) });
      break;
    }
    case "run":
      run(data.place);
      break;
    case "close":
      opened.delete(data.place);
      break;
  }
};
