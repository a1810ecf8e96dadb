// node tests/live/camera_test.mjs MATSIDE [--site DIR] CLIP LEVEL
// A camera that is refused, missing, or unplugged and plugged in again; and a practice in two tabs.
import assert from "node:assert/strict";
import {
  cameraFile,
  counted,
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

async function troubled(place, served, how, wanted) {
  const browser = await openBrowser(place, how);
  const page = await browser.newPage();
  await observeHome(page, served);
  await startPractice(page, served.url, level);
  await page.getByRole("alert").filter({ hasText: wanted }).waitFor();
  await page.getByRole("button", { name: "Try again" }).waitFor();
  await page.getByRole("link", { name: "Practise with audio only" }).click();
  await page.getByRole("heading", { name: "Audio only" }).waitFor();
  await browser.close();
}

async function twoTabs(context, { url, inBrowser }) {
  const second = await context.newPage();
  if (inBrowser) {
    await second.goto(url);
    await second.getByRole("heading", { name: "Matside is open in another tab" }).waitFor();
  } else {
    await startPractice(second, url, level);
    await second.getByRole("alert").filter({ hasText: "another window" }).waitFor();
  }
  await second.close();
}

/** As when its plug is pulled: the browser ends the track. */
async function unplug(page) {
  await page.evaluate(() => {
    for (const track of document.querySelector("video").srcObject.getVideoTracks()) {
      track.stop();
      track.dispatchEvent(new Event("ended"));
    }
  });
}

await withCleanup(async (place) => {
  const served = await openHome(place, home);
  await troubled(place, served, { allowed: false }, "isn't allowed to use the camera");
  await troubled(place, served, { camera: null }, "No camera found");

  const browser = await openBrowser(place, { camera: cameraFile(place, clip) });
  const context = await browser.newContext();
  const page = await context.newPage();
  const observed = await observeHome(page, served);
  await startPractice(page, served.url, level);
  await untilText(page, "connection", "connected");
  await untilCounted(page, 1);
  await twoTabs(context, served);
  await page.bringToFront();
  await unplug(page);
  await page.getByRole("heading", { name: "Camera disconnected" }).waitFor();
  const before = await counted(page);
  assert.ok(before >= 1, "what was counted stays");
  assert.equal(observed.messages.filter((message) => message.type === "pause").length, 0);
  await page.getByRole("button", { name: "Continue with the camera" }).waitFor();
  // It is back without a hand.
  await page.getByRole("heading", { name: "Camera disconnected" }).waitFor({ state: "detached" });
  await untilCounted(page, before + 1);
  assert.equal(observed.messages.filter((message) => message.type === "camera_back").length, 1);

  // Gone again, and the person has had enough.
  await unplug(page);
  await page.getByRole("heading", { name: "Camera disconnected" }).waitFor();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Comfortable, finish" }).click();
  await page.getByRole("heading", { name: "Your set" }).waitFor();
  await until(
    page,
    (least) => document.querySelectorAll("table.repetitions tbody tr").length >= least,
    before + 1,
  );
  assert.deepEqual(observed.schemaViolations, []);
});
