// node tests/live/stop_test.mjs MATSIDE [--site DIR] CLIP LEVEL
// Stops by keys, clicks, a clicker, the button and sitting up; continues, keeps counting, and answers about comfort.
import assert from "node:assert/strict";
import {
  cameraFile,
  eventually,
  number,
  openBrowser,
  sittingUp,
  startPractice,
  text,
  untilCounted,
  untilText,
  withCleanup,
} from "./support.mjs";
import { observeHome, openHome, testArguments } from "./homes.mjs";

const { home, rest } = testArguments();
const [clip, level] = rest;
/** Pictures that are answered after the stop: as many as the page sends ahead (Service.framesAhead). */
const onTheWay = home.site ? 3 : 1;
const WAYS = {
  "a letter": (page) => page.keyboard.press("k"),
  "a clicker forward": (page) => page.keyboard.press("PageDown"),
  "a clicker back": (page) => page.keyboard.press("PageUp"),
  "a clicker's start": (page) => page.keyboard.press("F5"),
  "a clicker's blank": (page) => page.keyboard.press("."),
  "an arrow": (page) => page.keyboard.press("ArrowRight"),
  "a click anywhere": (page) => page.mouse.click(3, 3),
  "the button": (page) => page.getByTestId("stop").click(),
};
const messagesOf = (observed, type) => observed.messages.filter((message) => message.type === type);

/** Lets the camera give so many pictures. */
async function pictures(page, many) {
  await page.evaluate(async (wanted) => {
    const video = document.querySelector("video");
    for (let seen = 0; seen < wanted; seen++)
      await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  }, many);
}

async function stopBySittingUp(place, served) {
  const browser = await openBrowser(place, {
    camera: cameraFile(place, sittingUp(place, clip, "5.5", "30")),
  });
  const page = await browser.newPage();
  const observed = await observeHome(page, served);
  await startPractice(page, served.url, level);
  await page.getByTestId("comfort").waitFor();
  assert.equal(messagesOf(observed, "pause").length, 0, "no key was pressed");
  assert.match(await text(page, "cue"), /sat up/);
  await page.getByRole("button", { name: "Comfortable, finish" }).click();
  await page.getByRole("heading", { name: "Your set" }).waitFor();
  await browser.close();
}

await withCleanup(async (place) => {
  const served = await openHome(place, home);
  await stopBySittingUp(place, served);
  const browser = await openBrowser(place, { camera: cameraFile(place, clip) });
  const page = await browser.newPage();
  const observed = await observeHome(page, served);
  await startPractice(page, served.url, level);
  await untilText(page, "connection", "connected");
  // Those who move the focus or silence a screen reader don't want to stop.
  for (const key of ["Tab", "Control", "Shift", "Alt"]) await page.keyboard.press(key);
  assert.equal(await page.getByTestId("comfort").count(), 0);
  let pauses = 0;
  for (const [name, stop] of Object.entries(WAYS)) {
    await page.getByTestId("stop").waitFor();
    await stop(page);
    await page
      .getByTestId("comfort")
      .waitFor({ timeout: 5000 })
      .catch(() => assert.fail(`${name} does not stop`));
    pauses++;
    await eventually(() => messagesOf(observed, "pause").length === pauses, `${name} pauses once`);
    await page.getByRole("button", { name: "Comfortable, continue" }).click();
    await page.getByTestId("comfort").waitFor({ state: "detached" });
  }
  await eventually(() => messagesOf(observed, "resume").length === pauses, "every pause ends");
  await untilCounted(page, 1);

  // The key that stops answers nothing, however long it is held or pressed again.
  await page.keyboard.down("PageDown");
  await page.keyboard.down("PageDown");
  await page.keyboard.up("PageDown");
  await page.keyboard.press("PageDown");
  assert.ok(await page.getByTestId("comfort").isVisible());
  // While it is asked nothing is sent, and nothing is counted.
  const frames = messagesOf(observed, "frame_done").length;
  const left = await number(page, "count-left");
  await pictures(page, 30);
  assert.ok(messagesOf(observed, "frame_done").length <= frames + onTheWay);
  await page.getByRole("button", { name: "Discomfort" }).click();
  await page.getByText("You stopped because of discomfort").waitFor();
  await eventually(
    () => messagesOf(observed, "summary").at(-1)?.ended_by === "discomfort",
    "the set ends by discomfort",
  );
  assert.equal(await number(page, "count-left"), left);
  assert.deepEqual(observed.schemaViolations, []);
  assert.deepEqual(observed.errors, []);
});
