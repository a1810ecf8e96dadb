// node tests/bench/calls.mjs MATSIDE [--out FILE]
// Measures how well calls are told from the sound of a room, with two seeds, and writes docs/calls.md: ./dev calls.
// Voices and rooms are synthetic (espeak-ng, ffmpeg), and the same on every run. Each part runs in a process of its own.
import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { load, unload } from "../web/load.mjs";
import { measureChromium, measureSeed, measureThresholds } from "./calls/measure.mjs";
import { documentOf } from "./calls/document.mjs";

/** The thresholds were chosen while looking at the first; the second was only measured. */
const DEVELOPMENT_SEED = 101;
const UNSEEN_SEED = 303;
const PARTS = [`seed ${DEVELOPMENT_SEED}`, `seed ${UNSEEN_SEED}`, "thresholds"];

/** What is known so far, for whoever waits. */
const log = (result) => process.env.VERBOSE && console.error(JSON.stringify(result));

async function measure(part) {
  const { CallDetector, THRESHOLDS } = await load("hearing/call_detector.ts");
  await unload();
  const detectorOf = (rate_hz, thresholds) => new CallDetector(rate_hz, thresholds);
  return part === "thresholds"
    ? measureThresholds(detectorOf, THRESHOLDS, DEVELOPMENT_SEED)
    : measureSeed(detectorOf, Number(part.split(" ")[1]), log);
}

/** The result of a part, from another process. */
const measured = (part) =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ["--part", part]);
    child.once("message", resolve);
    child.once("error", reject);
    child.once("exit", (code) => code === 0 || reject(new Error(`${part} failed`)));
  });

const [program, option, value] = process.argv.slice(2);
if (program === "--part") {
  const result = await measure(option);
  if (process.send) process.send(result, () => process.disconnect());
  else console.log(JSON.stringify(result));
} else {
  const [development, unseen, thresholds] = await Promise.all(PARTS.map(measured));
  // Last: it is measured in real time, and alone.
  const chromium = await measureChromium(program, UNSEEN_SEED);
  const out =
    option === "--out" ? value : fileURLToPath(new URL("../../docs/calls.md", import.meta.url));
  writeFileSync(out, documentOf({ development, unseen, thresholds, chromium }));
}
