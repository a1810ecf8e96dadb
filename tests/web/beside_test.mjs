// node --test tests/web/beside_test.mjs
// Networks that run beside the program: in real threads with shared memory, and pictures that are finished in their
// order.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Worker } from "node:worker_threads";
import { load, unload } from "./load.mjs";

after(unload);
const { PicturesBegun } = await load("engine/pictures_begun.ts");
const { NetworkWorkers } = await load("vision/network_workers.ts");

const SHAPE = {
  name: "doubles",
  inputShape: Int32Array.of(1, 3),
  inputFloats: 3,
  outputShapes: [Int32Array.of(1, 3), Int32Array.of(1, 1)],
};

/** Stands for network_worker.ts, without LiteRT.js: doubles the input, adds it up, and fails for what is negative. */
const SCRIPT = `
  const { parentPort } = require("node:worker_threads");
  const opened = new Map();
  parentPort.on("message", (message) => {
    if (message.kind === "load" && message.file.length === 0)
      return parentPort.postMessage({ kind: "failed", message: "empty" });
    if (message.kind === "load")
      return parentPort.postMessage({ kind: "loaded", shapes: [globalThis.shape], time_ms: 7 });
    if (message.kind === "shape") globalThis.shape = message.shape;
    if (message.kind === "open") opened.set(message.place, message.memory);
    if (message.kind !== "run") return;
    const memory = opened.get(message.place);
    const state = new Int32Array(memory, 0, 1);
    const input = new Float32Array(memory, 8, 3);
    new Float32Array(memory, 20, 3).set(input.map((value) => 2 * value));
    new Float32Array(memory, 32, 1)[0] = input.reduce((sum, value) => sum + value, 0);
    Atomics.store(state, 0, input[0] < 0 ? 2 : 0);
    Atomics.notify(state, 0);
    parentPort.postMessage({ kind: "ran", place: message.place });
  });
`;

/** A thread with the face of a browser's Worker. */
function newWorker(threads) {
  const thread = new Worker(SCRIPT, { eval: true });
  thread.postMessage({ kind: "shape", shape: SHAPE });
  const worker = {
    onmessage: null,
    onerror: null,
    postMessage: (message) => thread.postMessage(message),
    terminate: () => thread.terminate(),
  };
  thread.on("message", (data) => worker.onmessage?.({ data }));
  threads.push(thread);
  return worker;
}

async function withWorkers(file, use) {
  const threads = [];
  const sources = { runtime: new URL("https://example.org/"), threads: 1, file };
  try {
    await use(
      NetworkWorkers.load(2, () => newWorker(threads), sources),
      threads,
    );
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

function outputs(finish) {
  const seen = [];
  finish((output, values) => (seen[output] = [...values]));
  return seen;
}

test("two pictures are looked at together, each with memory of its own", async () => {
  await withWorkers(new Uint8Array(1), async (loading) => {
    const workers = await loading;
    assert.equal(workers.count, 2);
    assert.equal(workers.time_ms, 7);
    const nets = [
      workers.open("doubles", 0),
      workers.open("doubles", 0),
      workers.open("doubles", 1),
    ];
    const ran = nets.map((net, i) => net.start(Float32Array.of(i, 1, 2)));
    assert.deepEqual(
      nets.map((net) => outputs((put) => net.finish(put))),
      [0, 1, 2].map((i) => [[2 * i, 2, 4], [i + 3]]),
    );
    await Promise.all(ran);
    assert.deepEqual(
      outputs((put) => nets[0].run(Float32Array.of(4, 0, 0), put)),
      [[8, 0, 0], [4]],
    );
    assert.throws(() => nets[1].run(Float32Array.of(-1, 0, 0), () => undefined), /failed/);
  });
});

test("there is no network of another name, and no third Worker", async () => {
  await withWorkers(new Uint8Array(1), async (loading) => {
    const workers = await loading;
    assert.equal(workers.open("halves", 0), undefined);
    assert.equal(workers.open("doubles", 2), undefined);
  });
});

test("where the file can't be compiled, no Worker is left", async () => {
  await withWorkers(new Uint8Array(), async (loading, threads) => {
    const exits = threads.map((thread) => new Promise((end) => thread.once("exit", end)));
    await assert.rejects(loading, /empty/);
    await Promise.all(exits);
  });
});

const soon = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

test("pictures are finished in their order, and the next waits for room", async () => {
  const begun = new PicturesBegun(() => 2);
  const finished = [];
  const add = (name, ms) => begun.add(soon(ms), async () => void finished.push(name));
  await begun.room();
  add("slow", 40);
  await begun.room();
  add("fast", 1);
  assert.deepEqual(finished, []);
  await begun.room();
  assert.ok(finished.includes("slow"));
  add("last", 1);
  await begun.finished();
  assert.deepEqual(finished, ["slow", "fast", "last"]);
});

test("after one that failed, no other is finished", async () => {
  const begun = new PicturesBegun(() => 2);
  let later = 0;
  begun.add(Promise.resolve(), () => Promise.reject(new Error("broken")));
  begun.add(Promise.resolve(), async () => void later++);
  await assert.rejects(begun.room(), /broken/);
  await assert.rejects(begun.finished(), /broken/);
  assert.equal(later, 0);
});
