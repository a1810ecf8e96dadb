// pose_test.mjs TRACK_PICTURES MODULE NETWORKS MODELS CLIP PICTURES: in Chromium, the networks and
// the module for browsers place the joints where the program places them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { followInChromium, picturesOf } from "./browser.mjs";

const [program, module, networks, models, clip, count] = process.argv.slice(2);
const SIZE = { width: 640, height: 360 };
const MOST_PX = 1;

assert.ok(existsSync(module), `${module} is missing: run ./dev site first`);
const pictures = picturesOf(clip, Number(count), SIZE);
const native = execFileSync(program, [models, String(SIZE.width), String(SIZE.height)], {
  input: pictures,
  encoding: "utf8",
  maxBuffer: 2 ** 28,
})
  .trim()
  .split("\n");
const browser = await followInChromium({ module, networks, pictures }, SIZE);

assert.equal(browser.lines.length, native.length);
assert.ok(native.length > 0);
const distances = [];
for (const [i, line] of native.entries()) {
  const expected = line.split(" ").map(Number);
  const seen = browser.lines[i].split(" ").map(Number);
  assert.equal(seen.length, expected.length, `picture ${i}: a person in one of them only`);
  assert.equal(seen[0], expected[0], `picture ${i} is turned differently`);
  for (let at = 1; at < expected.length; at += 3) {
    distances.push(Math.hypot(seen[at] - expected[at], seen[at + 1] - expected[at + 1]));
  }
}
distances.sort((a, b) => a - b);
assert.ok(distances.length > native.length, "hardly a joint was found");
const p99 = distances[Math.floor(0.99 * (distances.length - 1))];
const most = distances.at(-1);
console.log(
  `${native.length} pictures, ${distances.length} joints: 99 % within ${p99.toFixed(4)} px, ` +
    `all within ${most.toFixed(4)} px; ${browser.choice.accelerator}, ${browser.choice.threads} threads`,
);
assert.ok(p99 <= MOST_PX, `1 % of the joints differ by more than ${p99} px`);
