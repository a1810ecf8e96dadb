// node tests/live/facing_test.mjs MATSIDE [--site DIR] CLIP LEVEL
// A phone's front camera is shown as in a mirror, together with the skeleton, and its back camera as it is. Matside gets
// the same pictures from both: joints stay where they are, and no side is swapped. Chromium's cameras don't say on
// which side of a phone they are, so the page hears that of them here.
import assert from "node:assert/strict";
import {
  cameraFile,
  eventually,
  openBrowser,
  startPractice,
  until,
  untilCounted,
  untilText,
  withCleanup,
} from "./support.mjs";
import { observeHome, openHome, testArguments } from "./homes.mjs";

const { home, rest } = testArguments();
const [clip, level] = rest;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const MIRRORED = "matrix(-1, 0, 0, 1, 0, 0)";
const NOSE = 0;
const ANKLES = [27, 28];

/** Runs in the page before its own code: the camera is on the side of a phone that was asked for. */
function phoneCameras() {
  const sides = new WeakMap();
  const { getUserMedia } = MediaDevices.prototype;
  MediaDevices.prototype.getUserMedia = async function (wish) {
    const stream = await getUserMedia.call(this, wish);
    for (const track of stream.getVideoTracks())
      sides.set(track, wish.video.facingMode?.ideal ?? "user");
    return stream;
  };
  const { getSettings } = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.getSettings = function () {
    return { ...getSettings.call(this), facingMode: sides.get(this) };
  };
}

/** How the picture and the skeleton over it are turned. */
const shown = (page) =>
  page.evaluate(() =>
    ["video", "canvas"].map(
      (name) => getComputedStyle(document.querySelector(`.picture ${name}`)).transform,
    ),
  );

/** Whether the head is to the left of the feet in the newest picture with a person, as Matside saw it. */
function headIsLeft({ points }) {
  const x = (joint) => points[3 * joint];
  return x(NOSE) < (x(ANKLES[0]) + x(ANKLES[1])) / 2;
}

await withCleanup(async (place) => {
  const served = await openHome(place, home);
  const browser = await openBrowser(place, { camera: cameraFile(place, clip) });
  const page = await (await browser.newContext(PHONE)).newPage();
  await page.addInitScript(phoneCameras);
  const observed = await observeHome(page, served);
  const seen = () =>
    observed.messages.filter(({ type, person }) => type === "frame_done" && person);
  await startPractice(page, served.url, level);
  await untilText(page, "connection", "connected");
  assert.deepEqual(await shown(page), [MIRRORED, MIRRORED], "the front camera is a mirror");
  await eventually(() => seen().length > 0, "the front camera sees somebody");
  const front = headIsLeft(seen().at(-1));

  // A touch stops, but not this one.
  await page.getByRole("button", { name: "Use the back camera" }).tap();
  await until(page, () => getComputedStyle(document.querySelector("video")).transform === "none");
  assert.equal(await page.getByTestId("comfort").count(), 0);
  assert.deepEqual(await shown(page), ["none", "none"], "the back camera is no mirror");
  const before = seen().length;
  await eventually(() => seen().length > before + 1, "the back camera sees somebody");
  assert.equal(headIsLeft(seen().at(-1)), front, "Matside gets the same pictures from both");
  await untilCounted(page, 1);
  await page.getByTestId("stop").tap();
  await page.getByRole("button", { name: "Comfortable, finish" }).tap();
  await page.getByRole("heading", { name: "Your set" }).waitFor();
  await page.goto(`${served.url}#/settings`);
  assert.equal(
    await page.getByRole("combobox", { name: "Camera", exact: true }).inputValue(),
    "back",
  );
  assert.deepEqual(observed.schemaViolations, []);
  assert.deepEqual(observed.errors, []);
});
