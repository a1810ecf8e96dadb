// node --test tests/web/connection_test.mjs
// The page's side of /practice: messages, frames, and what happens when the connection is lost.
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { FakeSocket, installSocket, settle } from "./fakes.mjs";
import { load, unload } from "./load.mjs";

after(unload);
const { Connection } = await load("service/connection.ts");
const { ReconnectingConnection, retryDelay_ms } = await load("practice/reconnecting_connection.ts");
const { ServerService } = await load("service/server_service.ts");
const { FrameSender } = await load("practice/frame_sender.ts");
const { StalePrompts } = await load("practice/stale_prompts.ts");

const HELLO = { type: "hello", level: 0 };
const READY = { type: "ready", level: 0, level_name: "Flat", repetitions: 4, begin_s: 0 };

beforeEach(() => installSocket());

test("a connection begins with its first message", () => {
  new Connection(HELLO, { message: () => undefined, closed: () => undefined });
  assert.equal(FakeSocket.last.address, "ws://localhost:8080/practice");
  assert.deepEqual(FakeSocket.last.sent, []);
  FakeSocket.last.open();
  assert.deepEqual(FakeSocket.last.messages, [HELLO]);
  installSocket("https:");
  new Connection(HELLO, { message: () => undefined, closed: () => undefined });
  assert.equal(FakeSocket.last.address, "wss://localhost:8080/practice");
});

test("a frame is its index and time, little-endian, before its JPEG", () => {
  const connection = new Connection(HELLO, { message: () => undefined, closed: () => undefined });
  connection.sendFrame(1, 0.5, new ArrayBuffer(4));
  FakeSocket.last.open();
  connection.sendFrame(258, 12.5, Uint8Array.of(255, 216, 1).buffer);
  assert.equal(FakeSocket.last.frames.length, 1, "nothing is sent before it is open");
  const [frame] = FakeSocket.last.frames;
  const head = new DataView(frame.buffer);
  assert.equal(head.getUint32(0, true), 258);
  assert.equal(head.getFloat64(4, true), 12.5);
  assert.deepEqual([...frame.slice(12)], [255, 216, 1]);
});

test("messages are passed on, and so is the end", () => {
  const log = [];
  const connection = new Connection(HELLO, {
    message: ({ type }) => log.push(type),
    closed: () => log.push("closed"),
  });
  FakeSocket.last.open();
  FakeSocket.last.receive(READY);
  FakeSocket.last.lose();
  connection.send({ type: "pause" });
  assert.deepEqual(log, ["ready", "closed"]);
  assert.equal(FakeSocket.last.messages.length, 1, "nothing is sent after the end");
});

/** A reconnecting connection and all that it reports. */
function reconnecting() {
  const log = [];
  const connection = new ReconnectingConnection(new ServerService(), {
    hello: () => ({ ...HELLO, attempt: log.length }),
    message: ({ type }) => log.push(type),
    state: (state) => log.push(`is ${state}`),
    gaveUp: () => log.push("gave up"),
  });
  return { connection, log };
}

test("a connection that never came is given up at once", () => {
  const { connection, log } = reconnecting();
  connection.open();
  FakeSocket.last.lose();
  assert.deepEqual(log, ["is connecting", "is closed", "gave up"]);
  assert.equal(FakeSocket.all.length, 1);
});

test("a lost connection is retried until it is back", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, log } = reconnecting();
  connection.open();
  FakeSocket.last.open();
  FakeSocket.last.receive(READY);
  FakeSocket.last.lose();
  assert.equal(connection.state, "lost");
  t.mock.timers.tick(499);
  assert.equal(FakeSocket.all.length, 1);
  t.mock.timers.tick(1);
  assert.equal(FakeSocket.all.length, 2);
  FakeSocket.last.lose();
  t.mock.timers.tick(1000);
  assert.equal(FakeSocket.all.length, 3);
  FakeSocket.last.open();
  FakeSocket.last.receive(READY);
  assert.deepEqual(log, [
    "is connecting",
    "is connected",
    "ready",
    "is lost",
    "is connected",
    "ready",
  ]);
});

test("retries come soon at first, then every three seconds", () => {
  assert.deepEqual([0, 1, 2, 3, 30].map(retryDelay_ms), [500, 1000, 2000, 3000, 3000]);
});

test("after two minutes a lost connection is given up", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let now_ms = 0;
  t.mock.method(performance, "now", () => now_ms);
  const { connection, log } = reconnecting();
  connection.open();
  FakeSocket.last.open();
  FakeSocket.last.receive(READY);
  FakeSocket.last.lose();
  for (let retry = 0; retry < 60 && !log.includes("gave up"); retry++) {
    now_ms += 3000;
    t.mock.timers.tick(3000);
    FakeSocket.last.lose();
  }
  assert.equal(log.at(-1), "gave up");
  assert.equal(connection.state, "closed");
  assert.ok(now_ms > 120_000 && now_ms < 130_000, `${now_ms}`);
});

test("a busy server is retried, for it may not have noticed the loss", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, log } = reconnecting();
  connection.open();
  FakeSocket.last.open();
  FakeSocket.last.receive(READY);
  FakeSocket.last.lose();
  t.mock.timers.tick(500);
  FakeSocket.last.open();
  FakeSocket.last.receive({ type: "failure", id: "busy", message: "Another window practises." });
  assert.equal(log.includes("failure"), false);
  FakeSocket.last.lose();
  t.mock.timers.tick(1000);
  FakeSocket.last.open();
  FakeSocket.last.receive({ type: "failure", id: "broken", message: "No network." });
  assert.equal(log.at(-1), "failure");
});

test("a closed connection stays closed, whatever an old socket does", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, log } = reconnecting();
  connection.open();
  const [socket] = FakeSocket.all;
  socket.open();
  socket.receive(READY);
  connection.close();
  socket.receive({ type: "counts" });
  socket.lose();
  t.mock.timers.tick(10_000);
  assert.deepEqual(log, ["is connecting", "is connected", "ready", "is closed"]);
  assert.equal(FakeSocket.all.length, 1);
  connection.send({ type: "stop" });
  assert.equal(socket.messages.length, 1);
});

test("a retry that is waiting ends with the practice", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection } = reconnecting();
  connection.open();
  FakeSocket.last.open();
  FakeSocket.last.receive(READY);
  FakeSocket.last.lose();
  connection.close();
  t.mock.timers.tick(10_000);
  assert.equal(FakeSocket.all.length, 1);
});

test("frames are sent only while connected", () => {
  const { connection } = reconnecting();
  connection.open();
  FakeSocket.last.open();
  connection.sendFrame(0, 0, new ArrayBuffer(1));
  assert.equal(FakeSocket.last.frames.length, 0);
  FakeSocket.last.receive(READY);
  connection.sendFrame(0, 0, new ArrayBuffer(1));
  assert.equal(FakeSocket.last.frames.length, 1);
});

/** A frame sender with a camera that gives its frames when the test says so. */
function sender(ahead = 1) {
  const sent = [];
  const waiting = [];
  const state = { wanted: true };
  const frames = new FrameSender(
    { sendFrame: (index, time_s) => sent.push([index, time_s]) },
    ahead,
    () => state.wanted,
  );
  frames.camera = { next: () => new Promise((resolve) => waiting.push(resolve)) };
  const give = async (taken_ms) => {
    waiting.shift()(taken_ms === undefined ? undefined : { taken_ms, packed: new ArrayBuffer(0) });
    await settle();
  };
  return { frames, sent, waiting, state, give };
}

test("a frame is sent once the last one is answered, and the next is captured meanwhile", async () => {
  const { frames, sent, waiting, state, give } = sender();
  frames.start();
  await give(1000);
  assert.deepEqual(sent, [[0, 0]]);
  await give(1040);
  assert.equal(sent.length, 1, "the first is not answered");
  assert.equal(waiting.length, 0, "one is captured, no other is taken");
  assert.equal(frames.acknowledged(0), 0);
  assert.deepEqual(sent.at(-1), [1, 0.04]);

  await give(1080);
  state.wanted = false;
  assert.equal(frames.acknowledged(1), 0.04);
  assert.equal(sent.length, 2, "nothing is sent while none is wanted");
  state.wanted = true;
  frames.start();
  await give(9000);
  assert.deepEqual(sent.at(-1), [2, 8], "the frame captured before is old");
});

test("as many frames as the service wants are sent without an answer", async () => {
  const { frames, sent, give } = sender(2);
  frames.start();
  await give(1000);
  await give(1040);
  await give(1080);
  assert.deepEqual(
    sent.map(([index]) => index),
    [0, 1],
  );
  assert.equal(frames.acknowledged(1), 0.04, "answers may come in any order");
  assert.deepEqual(sent.at(-1), [2, 0.08]);
  assert.equal(frames.acknowledged(0), 0);
});

test("the times of a resumed practice continue, and a new connection does not turn them back", async () => {
  const { frames, sent, give } = sender();
  frames.continueFrom(61.5);
  frames.start();
  await give(5000);
  assert.deepEqual(sent.at(-1), [0, 61.5]);
  await give(7000);
  frames.acknowledged(0);
  assert.deepEqual(sent.at(-1), [1, 63.5]);
  frames.reset();
  frames.continueFrom(62);
  frames.start();
  await give(7400); // of the lost connection
  await give(7500);
  assert.deepEqual(sent.at(-1), [2, 64], "what the page has sent may not be saved");
  frames.reset();
  frames.continueFrom(80);
  frames.start();
  await give(7900);
  await give(8000);
  assert.deepEqual(sent.at(-1), [3, 80]);
});

test("frames of the last camera are not sent", async () => {
  const { frames, sent, give } = sender();
  frames.start();
  await give(0);
  frames.reset();
  frames.start();
  await give(40);
  assert.equal(sent.length, 1, "the frame was under way when the camera was lost");
  await give(80);
  assert.deepEqual(sent.at(-1), [1, 0.08]);
});

test("a closed camera gives no frame, and nothing is sent", async () => {
  const { frames, sent, give } = sender();
  frames.start();
  await give(undefined);
  assert.deepEqual(sent, []);
  assert.equal(frames.acknowledged(0), undefined);
});

test("a question about a pause that is over is stale", () => {
  const prompts = new StalePrompts();
  const stages = (...all) => all.forEach((stage) => prompts.stageChanged(stage));
  stages("settling");
  assert.equal(prompts.stale, false, "nobody has continued");
  prompts.resumed();
  stages("practising");
  assert.equal(prompts.stale, true, "that stage was on its way when the person stopped");
  stages("stopped");
  assert.equal(prompts.stale, true);
  stages("practising");
  assert.equal(prompts.stale, false, "the server has confirmed it, and may ask again");
  stages("stopped");
  prompts.resumed();
  stages("settling");
  assert.equal(prompts.stale, false);
});

test("two pauses in a row must both be confirmed", () => {
  const prompts = new StalePrompts();
  const stages = (...all) => all.forEach((stage) => prompts.stageChanged(stage));
  prompts.resumed();
  prompts.resumed();
  stages("stopped", "settling", "stopped");
  assert.equal(prompts.stale, true);
  stages("settling");
  assert.equal(prompts.stale, false);
  prompts.resumed();
  prompts.reset();
  assert.equal(prompts.stale, false, "a new connection starts without a pause");
});
