// node --test tests/web/video_test.mjs
// A recorded video is sent to the server, whose answer comes line by line.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { withServer } from "./fakes.mjs";
import { load, unload } from "./load.mjs";

after(unload);
const { AnalysisFailed, analyse, eachLine } = await load("service/analysis.ts");
const { frameAt } = await load("service/pose_frames.ts");
const { columnsOf } = await load("summary/curve_data.ts");

const stream = (bytes, size = 1) =>
  new ReadableStream({
    start(control) {
      for (let at = 0; at < bytes.length; at += size) control.enqueue(bytes.slice(at, at + size));
      control.close();
    },
  });
const encoded = (text) => new TextEncoder().encode(text);

test("lines are whole however they are cut on the way", async () => {
  const text = '{"a":"é"}\n{"b":2}\n\n{"c":3}';
  for (const size of [1, 2, 3, 7, 100]) {
    const lines = [];
    await eachLine(stream(encoded(text), size), (line) => lines.push(line));
    assert.deepEqual(lines, ['{"a":"é"}', '{"b":2}', '{"c":3}'], `pieces of ${size}`);
  }
});

const RESULT = {
  type: "analysis",
  result: { repetitions: [] },
  frames: [{ time_s: 0, points: [] }],
};
const lines = (...all) => encoded(all.map((each) => JSON.stringify(each)).join("\n"));
const file = new Blob(["video"]);

function analysed(answer, progress = () => undefined) {
  const { signal } = new AbortController();
  return withServer(answer, () => analyse(file, 2, progress, signal).catch((error) => error));
}

test("the analysis is returned, and its progress reported", async () => {
  const shares = [];
  const body = lines({ type: "progress", share: 0.5 }, { type: "progress", share: 1 }, RESULT);
  const { requests, result } = await analysed(
    () => new Response(stream(body, 5)),
    (share) => shares.push(share),
  );
  assert.deepEqual(shares, [0.5, 1]);
  assert.deepEqual(result.frames, RESULT.frames);
  const [{ address, method, headers, body: sent }] = requests;
  assert.deepEqual([address, method, headers["X-Matside"]], ["/analyze?level=2", "POST", "page"]);
  assert.equal(sent, file);
});

test("a file that is not a video is refused in a sentence", async () => {
  const { result } = await analysed(
    () => new Response(lines({ type: "failure", message: "recording: is not a video" })),
  );
  assert.ok(result instanceof AnalysisFailed);
  assert.equal(result.message, "It is not a video.");
});

test("a refusal without words has its status, a broken connection says so", async () => {
  const { result: refused } = await analysed(() => new Response("no", { status: 413 }));
  assert.equal(refused.message, "Matside refused the file (status 413).");
  const { result: cut } = await analysed(
    () => new Response(lines({ type: "progress", share: 0.1 })),
  );
  assert.match(cut.message, /lost before the analysis/);
  const { result: empty } = await analysed(() => new Response(null));
  assert.match(empty.message, /did not respond/);
  const { result: silent } = await analysed(() => Promise.reject(new TypeError("fetch failed")));
  assert.ok(silent instanceof TypeError, "the page explains that itself");
});

test("the frame shown is the last one that has begun", () => {
  const frames = [0, 0.1, 0.2].map((time_s) => ({ time_s, points: [] }));
  assert.equal(frameAt(frames, -1), undefined);
  assert.equal(frameAt(frames, 0).time_s, 0);
  assert.equal(frameAt(frames, 0.15).time_s, 0.1);
  assert.equal(frameAt(frames, 9).time_s, 0.2);
  assert.equal(frameAt([], 1), undefined);
});

test("kicks are marked on the curve where they happened", () => {
  const curve = { times_s: [5, 6, 7, 8], left: [0, 90, 50, null], right: [1, 2, null, 3] };
  const kicks = [{ times_s: [6.2, 99] }, { times_s: [7.9] }];
  const [times, left, right, marks] = columnsOf(curve, kicks);
  assert.deepEqual(times, [0, 1, 2, 3]);
  assert.deepEqual([left, right], [curve.left, curve.right]);
  assert.deepEqual(marks, [null, 90, null, 3]);
  assert.deepEqual(columnsOf({ times_s: [], left: [], right: [] }, kicks), [[], [], [], []]);
  const lift = { times_s: [5, 6, 7], left: [], right: [], body: [0, 12, 3] };
  assert.deepEqual(
    columnsOf(lift, [{ times_s: [6.1] }]),
    [
      [0, 1, 2],
      [0, 12, 3],
      [null, 12, null],
    ],
    "one line of the body",
  );
});
