// What the tests of recorded videos in the page without a server share.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openBrowser } from "../live/support.mjs";
import { serveFolder } from "../live/static_host.mjs";

/** Runs in the page before its own code: keeps what the Worker says of analyses, and when. */
function keepAnalyses() {
  const Original = globalThis.Worker;
  globalThis.Worker = class extends Original {
    constructor(...args) {
      super(...args);
      globalThis.matsideEngine ??= this;
      globalThis.matsideAnalyses = [];
      this.addEventListener("message", ({ data }) => {
        const [current] = globalThis.matsideAnalyses.slice(-1);
        if (data.kind === "progress") current.first_ms ??= performance.now();
        if (data.kind !== "analysed" && data.kind !== "not_analysed") return;
        Object.assign(current, { end_ms: performance.now(), ...data });
      });
    }
    postMessage(said, transfer) {
      if (said.kind === "analyse")
        globalThis.matsideAnalyses.push({ asked: said.id, start_ms: performance.now() });
      super.postMessage(said, transfer);
    }
  };
}

/**
 * The site of ./dev site in Chromium, at "Recorded video".
 * @param before runs in the page before its code
 * @param replaced as serveFolder() takes it
 * @param window of the browser's context
 * @returns the page and the host's address
 */
export async function openVideoPage(place, site, { before, replaced, window } = {}) {
  assert.ok(existsSync(join(site, "index.html")), `${site} is missing: run ./dev site first`);
  const browser = await openBrowser(place, { camera: null });
  const host = await serveFolder(site, { replaced });
  place.atEnd(host.stop);
  const page = await browser.newPage(window);
  if (before) await page.addInitScript(before);
  await page.addInitScript(keepAnalyses);
  await page.goto(`${host.address}#/video`);
  await page.getByTestId("file").waitFor({ state: "attached" });
  return { page, address: host.address };
}

/** Chooses the file on the page. */
export async function choose(page, file, level) {
  await page.getByTestId("level").selectOption(String(level));
  await page.getByTestId("file").setInputFiles(file);
}

/**
 * Has the page analyse the file.
 * @returns the analysis or the message that says why there is none, and how long it took: in all, and from the first
 *     hundredth of it on
 */
export async function analyseOnPage(page, file, level) {
  await choose(page, file, level);
  const handle = await page.waitForFunction(
    () => {
      const [{ end_ms }] = globalThis.matsideAnalyses.slice(-1);
      return end_ms !== undefined;
    },
    undefined,
    { timeout: 600_000 },
  );
  await handle.dispose();
  const { start_ms, first_ms, end_ms, parts, message } = await page.evaluate(
    () => globalThis.matsideAnalyses.slice(-1)[0],
  );
  const analysis = parts === undefined ? undefined : JSON.parse(parts.join(""));
  return {
    analysis,
    message,
    took_s: (end_ms - start_ms) / 1000,
    rest_s: (end_ms - first_ms) / 1000,
  };
}

/** What the program finds, with the poses of every frame as rows of its table. */
export function analysedNatively(place, program, clip, level) {
  const poses = join(place.folder, "poses.csv");
  const start_ms = performance.now();
  const command = ["analyze", clip, "--level", String(level), "--quiet", "--force", "--json", "-"];
  const text = execFileSync(program, [...command, "--poses", poses], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const took_s = (performance.now() - start_ms) / 1000;
  return { result: JSON.parse(text), poses: readFileSync(poses, "utf8"), took_s };
}

/** What must be the same of an analysis. */
export function findings({ repetitions, set_faults, counts, warnings, source, complete }) {
  const ids = (all) => all.map(({ id }) => id).sort();
  return {
    complete,
    frames: source.frames,
    size: [source.width, source.height],
    counts,
    repetitions: repetitions.map(({ side, status, kicks, faults }) => ({
      side,
      status,
      kicks: kicks.length,
      faults: ids(faults),
    })),
    set_faults: ids(set_faults),
    warnings: ids(warnings),
  };
}

/** The largest difference between the times of two analyses' repetitions and kicks, in seconds. */
export function timeDifference(one, other) {
  const times = ({ repetitions }) =>
    repetitions.flatMap(({ start_s, end_s, kicks }) => [
      start_s,
      end_s,
      ...kicks.map(({ time_s }) => time_s),
    ]);
  const others = times(other);
  return Math.max(0, ...times(one).map((time, i) => Math.abs(time - others[i])));
}

/**
 * Asserts that the page finds in a file what the program finds, with a frame at each of its times.
 * @param most_shift_s how far the times of repetitions and kicks may be apart
 * @returns both results
 */
export async function assertSameFindings(page, place, program, file, level, most_shift_s) {
  const native = analysedNatively(place, program, file, level);
  const { analysis, message, took_s } = await analyseOnPage(page, file, level);
  assert.equal(message, undefined, file);
  const { result, frames } = analysis;
  assert.deepEqual(findings(result), findings(native.result), file);
  const times = native.poses
    .trim()
    .split("\n")
    .slice(1)
    .map((row) => Number(row.split(",")[1]));
  assert.equal(frames.length, times.length);
  frames.forEach(({ time_s }, i) => assert.ok(Math.abs(time_s - times[i]) < 1e-4, `${time_s}`));
  const shift_s = timeDifference(native.result, result);
  assert.ok(shift_s <= most_shift_s, `${file}: a time differs by ${shift_s} s`);
  console.log(
    `${file}: ${result.repetitions.length} repetitions as natively, times within ${shift_s.toFixed(3)} s, ` +
      `${(result.source.duration_s / took_s).toFixed(2)} times as fast as it plays`,
  );
  return { result, native: native.result };
}
