// node tests/server/recording_test.mjs MATSIDE CLIP LEVEL
// Sends the clip to `matside serve` as the page does, and wants the very result of `matside analyze`, and every
// frame's pose; and plain words for a file that is none.
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

async function serve() {
  const server = spawn(program, ["serve", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: server.stdout })) {
    const [url] = line.match(/http:\S+/) ?? [];
    if (url) return { server, url };
  }
  throw new Error("matside serve ended early");
}

function post(url, body) {
  return new Promise((resolve, reject) => {
    const headers = {
      "X-Matside": "page",
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
const { server, url } = await serve();
try {
  const lines = await post(url, readFileSync(clip));
  const told = lines.at(-1);
  const shares = lines
    .slice(0, -1)
    .map((line) => (assert.equal(line.type, "progress"), line.share));
  assert.ok(shares.length > 0, "no progress was told");
  assert.ok(
    shares.every((share, i) => i === 0 || share > shares[i - 1]),
    "progress goes back",
  );
  assert.equal(told.type, "analysis", told.message);
  assert.deepEqual({ ...told.result.source, path: clip }, wanted.source);
  assert.deepEqual({ ...told.result, source: wanted.source }, wanted);
  assert.equal(told.frames.length, wanted.source.frames);
  for (const { time_s, points } of told.frames) {
    assert.equal(typeof time_s, "number");
    assert.ok(points.length === 0 || points.length === 99);
  }
  assert.ok(
    told.frames.filter(({ points }) => points.length > 0).length > told.frames.length / 2,
    "nobody was seen",
  );
  const [refusal, ...more] = await post(url, Buffer.from("this is no video at all"));
  assert.deepEqual(more, []);
  assert.equal(refusal.type, "failure");
  assert.match(refusal.message, /^recording: /);
  console.log(
    `${shares.length} times told how far; ${told.frames.length} frames; "${refusal.message}"`,
  );
} finally {
  server.kill("SIGKILL");
}
