// shown_video_test.mjs MATSIDE SITE CLIP LEVEL
// In a browser without WebCodecs, the page's video element shows a recorded video, and Matside finds in it what
// `matside analyze` finds: every picture, each at its own time.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { observe, withCleanup } from "../live/support.mjs";
import { analyseOnPage, assertSameFindings, choose, openVideoPage } from "./video_page.mjs";

const [program, site, clip, level] = process.argv.slice(2);
/** More than in analyse_test.mjs, because the pictures' colours are converted. */
const MOST_SHIFT_S = 0.5;
const CONVERTED_COLOURS = /only as it shows them/;

/** Runs before the page's code, and before the Worker's: what a browser without WebCodecs lacks. */
function withoutWebCodecs() {
  for (const name of ["VideoDecoder", "VideoFrame", "VideoEncoder", "EncodedVideoChunk"])
    delete globalThis[name];
}

/** The seconds of the clip in another form. @returns its path */
function made(place, name, seconds, how) {
  const file = join(place.folder, name);
  execFileSync("ffmpeg", ["-v", "error", "-y", "-i", clip, "-t", `${seconds}`, ...how, file]);
  return file;
}

async function assertSame(page, place, file) {
  await assertSameFindings(page, place, program, file, level, MOST_SHIFT_S);
  await page.getByTestId("as-shown").filter({ hasText: CONVERTED_COLOURS }).waitFor();
}

async function assertRefused(page, file, sentence) {
  const { message } = await analyseOnPage(page, file, level);
  assert.match(message ?? "", sentence, file);
}

/** A file whose index comes first is analysed up to where it is cut off. */
async function analysesTheBeginningOfACutFile(page, place) {
  const whole = made(place, "whole.mp4", 12, ["-c", "copy", "-movflags", "+faststart"]);
  const cut = join(place.folder, "cut.mp4");
  writeFileSync(cut, readFileSync(whole).subarray(0, Math.round(statSync(whole).size * 0.6)));
  const { analysis, message } = await analyseOnPage(page, cut, level);
  assert.equal(message, undefined);
  assert.ok(analysis.result.warnings.some(({ id }) => id === "input_truncated"));
  const { duration_s } = analysis.result.source;
  assert.ok(duration_s > 2 && duration_s < 11, `${duration_s} s`);
}

async function stops(page, place) {
  await choose(page, clip, level);
  await page.waitForFunction(() => globalThis.matsideAnalyses.at(-1).first_ms !== undefined);
  await page.getByTestId("as-shown").filter({ hasText: "Keep this page in view" }).waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByTestId("drop").waitFor();
  const next = made(place, "next.mp4", 2, ["-c", "copy"]);
  const { analysis, message } = await analyseOnPage(page, next, level);
  assert.equal(message, undefined);
  assert.ok(Math.abs(analysis.result.source.duration_s - 2) < 0.2);
}

await withCleanup(async (place) => {
  const worker = `(${withoutWebCodecs})();${readFileSync(join(site, "worker.js"), "utf8")}`;
  const { page, address } = await openVideoPage(place, site, {
    before: withoutWebCodecs,
    replaced: { "/worker.js": worker },
  });
  const observed = observe(page, address);
  await assertSame(page, place, made(place, "beginning.mp4", 14, ["-c", "copy"]));
  // Pictures that a browser has to turn, with times that don't come in even steps.
  const turned = ["-vf", "transpose=2,select='mod(n,5)'", "-vsync", "vfr", "-c:v", "libx264"];
  const side = made(place, "side.mp4", 8, [...turned, "-crf", "16"]);
  const upright = join(place.folder, "upright.mp4");
  const note = ["-c", "copy", "-metadata:s:v", "rotate=90"];
  execFileSync("ffmpeg", ["-v", "error", "-y", "-i", side, ...note, upright]);
  await assertSame(page, place, upright);
  await assertSame(page, place, made(place, "clip.webm", 6, ["-c:v", "libvpx", "-b:v", "2M"]));
  const old = made(place, "old.mp4", 1, ["-c:v", "mpeg4"]);
  await assertRefused(page, old, /^It is encoded as .*, which this browser can't decode/);
  await analysesTheBeginningOfACutFile(page, place);
  await stops(page, place);
  assert.deepEqual(observed.foreignRequests, []);
});
