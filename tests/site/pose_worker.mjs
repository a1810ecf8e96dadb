// Runs in a browser's Worker: follows the person through the pictures of /pictures.rgb with the
// module for browsers and says what it saw (tests/site/browser.mjs).
import { Networks } from "../../web/src/vision/networks.ts";

const NO_SUCH_CALL = 52;

function textAt(memory, place) {
  const bytes = new Uint8Array(memory.buffer, place);
  return new TextDecoder().decode(bytes.slice(0, bytes.indexOf(0)));
}

async function startModule(networks, times) {
  const module = {};
  const imports = networks.imports(() => module.memory.buffer);
  const { network_run } = imports;
  if (!networks.waits) {
    imports.network_run = (...values) => {
      const start = performance.now();
      const result = network_run(...values);
      times.networks_ms += performance.now() - start;
      return result;
    };
  }
  const wasi = new Proxy({}, { get: () => () => NO_SUCH_CALL });
  const { instance } = await WebAssembly.instantiateStreaming(fetch("/track_pictures.wasm"), {
    matside: imports,
    wasi_snapshot_preview1: wasi,
  });
  Object.assign(module, instance.exports);
  module._initialize();
  return module;
}

async function follow({ width, height, rounds, threads, accelerator }) {
  const start = performance.now();
  const folders = {
    networks: new URL("/networks/", location),
    runtime: new URL("/litert/", location),
  };
  const networks = await Networks.load(folders, () => {}, { threads, accelerator });
  const loaded_ms = performance.now() - start;
  const times = { networks_ms: 0 };
  const module = await startModule(networks, times);
  const problem = textAt(module.memory, module.open_tracker(width, height));
  if (problem) throw new Error(problem);
  const track = networks.awaitable(module.track_picture);
  const pictures = new Uint8Array(await (await fetch("/pictures.rgb")).arrayBuffer());
  const bytes = width * height * 3;
  const lines = [];
  const times_ms = [];
  const networks_ms = [];
  for (let at = 0; at < pictures.length * rounds; at += bytes) {
    const from = at % pictures.length;
    const before = performance.now();
    times.networks_ms = 0;
    new Uint8Array(module.memory.buffer, module.picture(), bytes).set(
      pictures.subarray(from, from + bytes),
    );
    lines.push(textAt(module.memory, await track()));
    times_ms.push(performance.now() - before);
    networks_ms.push(times.networks_ms);
  }
  const { choice } = networks;
  return {
    lines,
    times_ms,
    networks_ms,
    choice,
    loaded_ms,
    module_bytes: module.memory.buffer.byteLength,
  };
}

onmessage = ({ data }) =>
  follow(data).then(
    (seen) => postMessage(seen),
    (error) => postMessage({ error: `${error}\n${error.stack}` }),
  );
