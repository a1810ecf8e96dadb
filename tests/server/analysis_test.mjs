// node tests/server/analysis_test.mjs MATSIDE CLIP LEVEL
// Uploads the clip to `matside serve` as the page does. Expects the result of `matside analyze`, every frame's pose,
// and an understandable error for a file that is not a video.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { createInterface } from "node:readline";

const [program, clip, level] = process.argv.slice(2);

function analyzed() {
  const text = execFileSync(
    program,
    ["analyze", clip, "--level", level, "--quiet", "--json", "-"],
    { encoding: "utf8" },
  );
  return JSON.parse(text);
}

/** Exchanges the printed address for the page's own and its cookie, as a browser does. */
async function exchanged(address) {
  const answer = await fetch(address, { redirect: "manual" });
  const [cookie] = answer.headers.get("set-cookie").split(";");
  return { url: new URL("/", address).href, cookie };
}

async function serve() {
  const server = spawn(program, ["serve", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: server.stdout })) {
    const [address] = line.match(/http:\S+/) ?? [];
    if (address) return { server, ...(await exchanged(address)) };
  }
  throw new Error("matside serve ended early");
}

function post({ url, cookie }, body) {
  return new Promise((resolve, reject) => {
    const headers = {
      "X-Matside": "page",
      Cookie: cookie,
      Origin: new URL(url).origin,
      "Content-Length": body.length,
    };
    const sent = request(
      `${url}analyze?level=${level}`,
      { method: "POST", headers },
      async (answer) => {
        const lines = [];
        for await (const line of createInterface({ input: answer })) lines.push(JSON.parse(line));
        resolve(lines);
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

const wanted = analyzed();
const { server, ...page } = await serve();
try {
  const lines = await post(page, readFileSync(clip));
  const last = lines.at(-1);
  const shares = lines
    .slice(0, -1)
    .map((line) => (assert.equal(line.type, "progress"), line.share));
  assert.ok(shares.length > 0, "no progress was reported");
  assert.ok(
    shares.every((share, i) => i === 0 || share > shares[i - 1]),
    "progress goes back",
  );
  assert.equal(last.type, "analysis", last.message);
  assert.deepEqual({ ...last.result.source, path: clip }, wanted.source);
  assert.deepEqual({ ...last.result, source: wanted.source }, wanted);
  assert.equal(last.exercise.id, wanted.exercise.id, "the exercise that analyze recognises");
  assert.ok(last.exercise.levels.some(({ number }) => number === wanted.exercise.level));
  assert.equal(last.frames.length, wanted.source.frames);
  for (const { time_s, points } of last.frames) {
    assert.equal(typeof time_s, "number");
    assert.ok(points.length === 0 || points.length === 99);
  }
  assert.ok(
    last.frames.filter(({ points }) => points.length > 0).length > last.frames.length / 2,
    "nobody was detected",
  );
  const [refusal, ...more] = await post(page, Buffer.from("this is no video at all"));
  assert.deepEqual(more, []);
  assert.equal(refusal.type, "failure");
  assert.match(refusal.message, /^recording: /);
  console.log(
    `${shares.length} progress lines; ${last.frames.length} frames; "${refusal.message}"`,
  );
} finally {
  server.kill("SIGKILL");
}
