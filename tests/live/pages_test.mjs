// node tests/live/pages_test.mjs MATSIDE [--site DIR]
// Opens every page as phone and desktop, light and dark. Expects no finding of axe-core, nothing wider than a narrow
// phone, no request to another computer, and, from a server, a first load below 150 kB compressed.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import {
  axeViolations,
  enterAsNewPerson,
  openBrowser,
  startPractice,
  untilText,
  withCleanup,
} from "./support.mjs";
import { observeHome, openHome, testArguments } from "./homes.mjs";

const { home } = testArguments();
const HEAVIEST_BYTES = 150_000;
const PAGES = {
  today: "Single-leg kick",
  learn: "Learn the movement",
  sound: "Audio only",
  video: "Recorded video",
  settings: "Settings",
  summary: "Your set",
  progress: "Progress",
};
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

/** As far as a phone of 320 pixels, or a desktop of 1280 zoomed to 400 %, scrolls to one side only. */
async function assertNarrow(page, where) {
  await page.setViewportSize({ width: 320, height: 640 });
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(wide <= 0, `${where} is ${wide} px wider than a narrow screen`);
}

async function assertAccessible(page, url, name, heading) {
  await page.goto(`${url}#/${name}`);
  await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
  assert.deepEqual(await axeViolations(page), [], name);
}

/** Opens the page. @returns how many bytes that takes, compressed */
async function firstLoad(page, address) {
  const loaded = [];
  page.on("response", (answer) => loaded.push(answer));
  await page.goto(address, { waitUntil: "networkidle" });
  // The redirect that sets the key's cookie has no body.
  const files = loaded.filter((answer) => answer.ok());
  const bodies = await Promise.all(files.map((answer) => answer.body()));
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
}

async function practise(page, url) {
  await startPractice(page, url, 1);
  await untilText(page, "connection", "connected");
  assert.deepEqual(await axeViolations(page), [], "practice");
  await page.keyboard.press("PageDown");
  await page.getByTestId("comfort").waitFor();
  assert.deepEqual(await axeViolations(page), [], "comfort");
  await page.getByRole("button", { name: "Comfortable, finish" }).click();
  await page.getByRole("heading", { name: "Your set" }).waitFor();
  assert.deepEqual(await axeViolations(page), [], "summary");
}

await withCleanup(async (place) => {
  const served = await openHome(place, home);
  const browser = await openBrowser(place);
  let weight = 0;
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of Object.values(SIZES)) {
      const context = await browser.newContext({ colorScheme, viewport });
      const page = await context.newPage();
      const observed = await observeHome(page, served);
      // Without a server, the page is still downloading files to keep for offline use.
      if (served.inBrowser) await page.goto(served.address);
      else weight = Math.max(weight, await firstLoad(page, served.address));
      await enterAsNewPerson(page, served.url, 1);
      for (const [name, heading] of Object.entries(PAGES))
        await assertAccessible(page, served.url, name, heading);
      await practise(page, served.url);
      for (const name of Object.keys(PAGES)) {
        await page.goto(`${served.url}#/${name}`);
        await assertNarrow(page, name);
      }
      assert.deepEqual(observed.foreignRequests, []);
      assert.deepEqual(observed.errors, []);
      assert.deepEqual(observed.schemaViolations, []);
      await context.close();
    }
  }
  if (!served.inBrowser) {
    console.log(`first load: ${weight} bytes compressed`);
    assert.ok(weight > 0 && weight < HEAVIEST_BYTES, `${weight} bytes`);
  }

  const calm = await browser.newContext({ reducedMotion: "reduce" });
  const page = await calm.newPage();
  await page.goto(`${served.address}#/learn`);
  assert.equal(page.url(), `${served.url}#/learn`, "the key is removed from the address bar");
  await page.getByText("At rest").waitFor();
  await page.getByRole("button", { name: "Play the figures" }).waitFor();
  await calm.close();
});
