// node tests/live/camera_test.mjs MATSIDE CLIP LEVEL
// A camera that is refused, absent, taken away in the middle and back again, and one practice in two tabs.
import assert from "node:assert/strict";
import { cameraFile, listen, number, open, serve, start, until, untilCounted, untilText, within } from "./support.mjs";

const [program, clip, level] = process.argv.slice(2);

async function troubled(place, url, how, wanted) {
  const browser = await open(place, how);
  const page = await browser.newPage();
  await start(page, url, level);
  await page.getByRole("alert").filter({ hasText: wanted }).waitFor();
  await page.getByRole("button", { name: "Try again" }).waitFor();
  await page.getByRole("link", { name: "Practise without a camera" }).click();
  await page.getByRole("heading", { name: "By sound alone" }).waitFor();
  await browser.close();
}

async function twoTabs(context, url) {
  const second = await context.newPage();
  await start(second, url, level);
  await second.getByRole("alert").filter({ hasText: "another window" }).waitFor();
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

await within(async (place) => {
  const served = await serve(place, program);
  await troubled(place, served.url, { allowed: false }, "not allowed to use the camera");
  await troubled(place, served.url, { camera: null }, "There is no camera");

  const browser = await open(place, { camera: cameraFile(place, clip) });
  const context = await browser.newContext();
  const page = await context.newPage();
  const heard = listen(page, served.url);
  await start(page, served.url, level);
  await untilText(page, "connection", "connected");
  await untilCounted(page, 1);
  await twoTabs(context, served.url);
  await page.bringToFront();
  await unplug(page);
  await page.getByRole("heading", { name: "The camera is gone" }).waitFor();
  const counted = (await number(page, "count-left")) + (await number(page, "count-right"));
  assert.ok(counted >= 1, "what was counted stays");
  assert.equal(heard.told.filter((message) => message.type === "pause").length, 0);
  await page.getByRole("button", { name: "Go on with the camera" }).click();
  await page.getByRole("heading", { name: "The camera is gone" }).waitFor({ state: "detached" });
  await untilCounted(page, counted + 1);

  // Gone again, and the person has had enough.
  await unplug(page);
  await page.getByRole("heading", { name: "The camera is gone" }).waitFor();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Comfortable, finish" }).click();
  await page.getByRole("heading", { name: "Your set" }).waitFor();
  await until(page, (least) => document.querySelectorAll("table.repetitions tbody tr").length >= least, counted + 1);
  assert.deepEqual(heard.misfits, []);
});
