// screenshots.mjs SITE CLIP LEVEL OUT: the pictures of the web manifest, from the real page: what it finds in the clip's
// beginning, and the movement explained. Each is written for a phone (narrow) and a desktop (wide), as WebP. A live
// practice is not shown: on a busy machine its pictures are too few.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { withCleanup } from "../live/support.mjs";
import { analyseOnPage, openVideoPage } from "./video_page.mjs";

const [site, clip, level, out] = process.argv.slice(2);
if (!out) {
  console.error("usage: screenshots.mjs SITE CLIP LEVEL OUT");
  process.exit(2);
}

/** The page's size, and the width of the picture; the manifest says the same sizes. */
const FORMS = {
  narrow: { width: 390, height: 844, picture: 780 },
  wide: { width: 1280, height: 800, picture: 1280 },
};
const SHARPNESS = 2;
const QUALITY = 75;
const SECONDS = 16;

async function take(page, place, name) {
  for (const [form, { width, height, picture }] of Object.entries(FORMS)) {
    await page.setViewportSize({ width, height });
    await page.locator("h1").first().scrollIntoViewIfNeeded();
    if (name === "results") await showResults(page);
    const png = join(place.folder, `${name}.png`);
    await page.screenshot({ path: png, scale: "device" });
    const how = ["-vf", `scale=${picture}:-1`, "-c:v", "libwebp", "-quality", `${QUALITY}`];
    const file = join(out, `${name}-${form}.webp`);
    execFileSync("ffmpeg", ["-v", "error", "-y", "-i", png, ...how, file]);
  }
}

/** The picture, with what was found beside or below it. */
async function showResults(page) {
  await page.evaluate(async () => {
    document.querySelector(".watched").scrollIntoView();
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });
}

/** Moves the video to its first kick. */
async function goToKick(page) {
  await page.evaluate(async () => {
    const [{ parts }] = globalThis.matsideAnalyses.slice(-1);
    const { repetitions } = JSON.parse(parts.join("")).result;
    const video = document.querySelector(".watched video");
    const shown = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    video.currentTime = repetitions[0].kicks[0].time_s;
    await shown;
  });
}

mkdirSync(out, { recursive: true });
await withCleanup(async (place) => {
  const { page, address } = await openVideoPage(place, site, {
    window: { deviceScaleFactor: SHARPNESS, colorScheme: "light", reducedMotion: "reduce" },
  });
  const beginning = join(place.folder, "practice.mp4");
  execFileSync("ffmpeg", ["-v", "error", "-i", clip, "-t", `${SECONDS}`, "-c", "copy", beginning]);
  const { message } = await analyseOnPage(page, beginning, level);
  assert.equal(message, undefined);
  await page.locator("#watched").waitFor();
  await goToKick(page);
  await take(page, place, "results");
  await page.goto(`${address}#/learn`);
  await page.getByRole("heading", { name: "Learn the movement" }).waitFor();
  await page.waitForLoadState("networkidle");
  await take(page, place, "learn");
});
