// download_test.mjs SITE CLIP LEVEL
// While the networks are downloaded for the first practice, the page says so and shows how much is there. Afterwards
// they are in the browser, and a practice begins without a word about them.
import assert from "node:assert/strict";
import {
  answerBefore,
  axeViolations,
  eventually,
  startPractice,
  until,
  untilText,
  withCleanup,
} from "../live/support.mjs";
import { openSite } from "../live/homes.mjs";

const [site, clip, level] = process.argv.slice(2);
const NETWORKS = "/networks/networks.tflite";

/** Keeps whether a download was ever shown on the page. */
async function watchForDownloads(page) {
  await page.evaluate(() => {
    globalThis.downloadShown = false;
    new MutationObserver(() => {
      if (document.querySelector("[data-testid=downloading]")) globalThis.downloadShown = true;
    }).observe(document.body, { subtree: true, childList: true });
  });
}

await withCleanup(async (place) => {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  const held = { [NETWORKS]: released };
  const { host, page, observed } = await openSite(place, site, clip, { held });
  await startPractice(page, host.address, level, { guided: false });
  await page.getByTestId("downloading").waitFor();
  await until(page, () => {
    const { value } = document.querySelector("[data-testid=downloading] progress") ?? {};
    return value > 0.3 && value < 0.7;
  });
  assert.match(await page.getByTestId("downloading").textContent(), /needed only once/);
  assert.deepEqual(await axeViolations(page), []);
  await untilText(page, "connection", "connecting");
  release();
  await untilText(page, "connection", "connected");
  assert.equal(await page.getByTestId("downloading").count(), 0);
  await page.keyboard.press("PageDown");
  await page.getByRole("button", { name: "Comfortable, finish" }).click();
  const practised = () => observed.messages.filter(({ type }) => type === "summary").length;
  await eventually(() => practised() === 1, "the practice ends");

  const fetched = host.asked.filter((path) => path === NETWORKS).length;
  await page.goto(`${host.address}#/today`);
  await page.reload();
  await page.getByTestId("start").waitFor();
  await watchForDownloads(page);
  await page.getByTestId("start").click();
  await answerBefore(page);
  await untilText(page, "connection", "connected");
  assert.equal(await page.evaluate(() => globalThis.downloadShown), false);
  assert.equal(host.asked.filter((path) => path === NETWORKS).length, fetched, "fetched once");
  assert.deepEqual(observed.errors, []);
});
