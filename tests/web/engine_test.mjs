// node --test tests/web/engine_test.mjs
// Matside inside the browser: what the page says to the Worker and what it makes of the answers.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { load, unload } from "./load.mjs";

after(unload);
const { EngineService } = await load("engine/engine_service.ts");
const { NewestFrame } = await load("engine/newest_frame.ts");
const { AnalysisFailed } = await load("service/analysis.ts");
const { OpenElsewhere, RequestFailed } = await load("service/service.ts");

const HELLO = { type: "hello", level: 1 };

/** A service whose Workers are the test; `starts` has whether each takes the records over. */
function started() {
  const said = [];
  const starts = [];
  const workers = [];
  const service = new EngineService(() => {
    const worker = {
      postMessage: (message, transfer) => {
        if (message.kind === "start") starts.push(message.take);
        else said.push({ ...message, transferred: transfer.length });
      },
      terminate: () => (worker.ended = true),
    };
    workers.push(worker);
    return worker;
  });
  const answer = (data, worker = workers.at(-1)) => worker.onmessage({ data });
  return { service, workers, starts, said, answer };
}

function practising({ service }) {
  const log = [];
  const link = service.practise(HELLO, {
    message: ({ type }) => log.push(type),
    loading: (share) => log.push(share),
    closed: () => log.push("closed"),
  });
  return { link, log };
}

test("a practice is opened with its hello, and its messages come back", () => {
  const engine = started();
  const { link, log } = practising(engine);
  const [{ kind, link: number, hello }] = engine.said;
  assert.deepEqual([kind, hello], ["open", HELLO]);
  engine.answer({ kind: "message", link: number, message: { type: "ready" } });
  link.send({ type: "pause" });
  link.sendFrame(7, 1.5, { rgba: new ArrayBuffer(4), width: 1, height: 1 });
  assert.deepEqual(engine.said[1].message, { type: "pause" });
  assert.deepEqual([engine.said[2].index, engine.said[2].transferred], [7, 1]);
  engine.answer({ kind: "closed", link: number });
  link.send({ type: "stop" });
  assert.deepEqual(log, ["ready", "closed"]);
  assert.equal(engine.said.length, 3, "nothing is said after the end");
});

test("an older practice hears nothing of a newer one", () => {
  const engine = started();
  const first = practising(engine);
  first.link.close();
  assert.equal(engine.said.at(-1).kind, "close");
  const second = practising(engine);
  const { link } = engine.said.at(-1);
  engine.answer({ kind: "message", link, message: { type: "ready" } });
  assert.deepEqual([first.log, second.log], [[], ["ready"]]);
});

test("a request brings its answer, whatever the order", async () => {
  const engine = started();
  const first = engine.service.request("today?person=1", { token: "secret" });
  const second = engine.service.request("change", { body: '{"a":1}' });
  while (engine.said.length < 2) await new Promise(setImmediate);
  const [one, two] = engine.said;
  assert.deepEqual([one.route, one.token, one.body], ["today?person=1", "secret", undefined]);
  assert.equal(new TextDecoder().decode(two.body), '{"a":1}');
  const respond = (id, status, value) =>
    engine.answer({
      kind: "response",
      id,
      status,
      type: "application/json",
      body: new TextEncoder().encode(JSON.stringify(value)).buffer,
      fileName: "",
    });
  respond(two.id, 409, { error: "This name is in use." });
  respond(one.id, 200, { now: 5 });
  assert.deepEqual(await (await first).json(), { now: 5 });
  const refused = await second.catch((error) => error);
  assert.ok(refused instanceof RequestFailed);
  assert.deepEqual([refused.message, refused.status], ["This name is in use.", 409]);
});

test("when the program ends, pending and later calls fail with a reason", async () => {
  const engine = started();
  const { log } = practising(engine);
  const waiting = engine.service.request("persons");
  while (engine.said.length < 2) await new Promise(setImmediate);
  engine.workers[0].onerror({});
  assert.deepEqual(log, ["failure", "closed"]);
  assert.match((await waiting.catch((error) => error)).message, /Reload the page/);
  const later = await engine.service.request("persons").catch((error) => error);
  assert.match(later.message, /Reload the page/);
  const { log: next } = practising(engine);
  await new Promise(setImmediate);
  assert.deepEqual(next, ["failure", "closed"]);
});

test("of the frames that wait only the newest is handled, and none before a message that it follows", () => {
  const frames = new NewestFrame();
  const dropped = [];
  const frame = (index) => ({ kind: "frame", index });
  const add = (index) => frames.add(frame(index), (older) => dropped.push(older.index));
  const first = add(1);
  assert.equal(add(2), undefined);
  assert.equal(add(3), undefined);
  assert.deepEqual([first().index, dropped], [3, [1, 2]]);
  const second = add(4);
  frames.seal();
  const third = add(5);
  assert.deepEqual([second().index, third().index, dropped], [4, 5, [1, 2]]);
});

const VIDEO = new Blob(["video"]);
const ignore = () => undefined;

test("a video's analysis comes with its progress", async () => {
  const engine = started();
  const shares = [];
  const { signal } = new AbortController();
  const analysing = engine.service.analyse(VIDEO, 2, (share) => shares.push(share), signal);
  const [{ kind, id, file, level }] = engine.said;
  assert.deepEqual([kind, file, level], ["analyse", VIDEO, 2]);
  engine.answer({ kind: "progress", id, share: 0.5 });
  engine.answer({ kind: "analysed", id, parts: ['{"recording":"9f",', '"frames":[]}'] });
  assert.deepEqual(await analysing, { recording: "9f", frames: [] });
  assert.deepEqual(shares, [0.5]);
});

test("a video that can't be analysed fails with the reason, and so do all when the program ends", async () => {
  const engine = started();
  const { signal } = new AbortController();
  const first = engine.service.analyse(VIDEO, 1, ignore, signal);
  const second = engine.service.analyse(VIDEO, 1, ignore, signal);
  engine.answer({ kind: "not_analysed", id: engine.said[0].id, message: "It is empty." });
  const failure = await first.catch((error) => error);
  assert.ok(failure instanceof AnalysisFailed);
  assert.equal(failure.message, "It is empty.");
  engine.workers[0].onerror({});
  assert.match((await second.catch((error) => error)).message, /Reload the page/);
  const later = engine.service.analyse(VIDEO, 1, ignore, signal);
  assert.match((await later.catch((error) => error)).message, /Reload the page/);
});

test("a stopped analysis says so to the Worker, and hears nothing more", async () => {
  const engine = started();
  const controller = new AbortController();
  const shares = [];
  const analysing = engine.service.analyse(
    VIDEO,
    1,
    (share) => shares.push(share),
    controller.signal,
  );
  const [{ id }] = engine.said;
  controller.abort();
  assert.ok((await analysing.catch((error) => error)) instanceof AnalysisFailed);
  assert.deepEqual(engine.said[1].kind, "stop");
  engine.answer({ kind: "progress", id, share: 0.5 });
  engine.answer({ kind: "analysed", id, parts: ["{}"] });
  assert.deepEqual(shares, []);
});

test("a practice learns how much of its networks is there", () => {
  const engine = started();
  const { log } = practising(engine);
  for (const share of [0.5, 1]) engine.answer({ kind: "loading", share });
  assert.deepEqual(log, [0.5, 1]);
});

test("records that are open in another tab are taken over by a new Worker", async () => {
  const engine = started();
  let elsewhere = 0;
  engine.service.onElsewhere(() => elsewhere++);
  const { log } = practising(engine);
  engine.answer({ kind: "broken", message: "It is open in another tab.", elsewhere: true });
  assert.deepEqual([elsewhere, log], [1, ["failure", "closed"]]);
  const refused = await engine.service.request("persons").catch((error) => error);
  assert.ok(refused instanceof OpenElsewhere);

  engine.service.takeOver();
  assert.deepEqual(engine.starts, [false, true]);
  const asked = engine.service.request("persons");
  while (engine.said.at(-1).kind !== "request") await new Promise(setImmediate);
  const [before, now] = engine.workers;
  engine.answer({ kind: "broken", message: "late", elsewhere: true }, before);
  assert.equal(before.ended, undefined, "it may still be saving");
  engine.answer({ kind: "ready", home: "opfs" }, now);
  assert.equal(before.ended, true);
  const body = new TextEncoder().encode("[]").buffer;
  const { id } = engine.said.at(-1);
  engine.answer({ kind: "response", id, status: 200, type: "application/json", body });
  assert.deepEqual(await (await asked).json(), []);
  assert.equal(elsewhere, 1);
});
