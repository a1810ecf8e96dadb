// node tests/live/unfinished_practice_test.mjs MATSIDE [--site DIR] CLIP LEVEL
// Kills the server and closes the page during a practice, or, without a server, reloads it: opened again, the page
// offers to continue with the same counts, and it stays one practice.
import assert from "node:assert/strict";
import {
  api,
  axeViolations,
  cameraFile,
  counted,
  eventually,
  openBrowser,
  startPractice,
  untilCounted,
  untilText,
  withCleanup,
} from "./support.mjs";
import { observeHome, openHome, testArguments } from "./homes.mjs";

const { home, rest } = testArguments();
const [clip, level] = rest;

/** The corrected side of the first repetition, as the records have it. */
async function correctedSide(page) {
  const practice = new URL(page.url()).hash.split("/").at(-1);
  const { repetitions } = await api(page, `practice?id=${practice}`);
  return repetitions[0].corrected_side ?? "seen";
}

/** Corrects the side of the first repetition, and takes the correction back. */
async function otherSide(page) {
  const select = page.getByLabel("Side of repetition 1", { exact: true });
  const seen = await select.locator("option").first().textContent();
  const other = seen === "left" ? "right" : "left";
  for (const chosen of [other, "seen"]) {
    await select.selectOption(chosen);
    await eventually(async () => (await correctedSide(page)) === chosen, `${chosen} is saved`);
    await page.reload();
    await select.waitFor();
    assert.equal(await select.inputValue(), chosen);
    assert.equal(await select.locator("option").first().textContent(), seen);
  }
}

/** What ends a practice in the middle: the server is killed, or the page is reloaded. @returns the page, opened again */
async function interrupted(place, first, before, context) {
  if (first.inBrowser) {
    await before.reload();
    return { page: before, url: first.url };
  }
  await first.end("SIGKILL");
  await before.close();
  const port = Number(new URL(first.url).port);
  const second = await openHome(place, home, { port });
  const page = await context.newPage();
  return { page, url: second.url };
}

await withCleanup(async (place) => {
  const first = await openHome(place, home);
  const browser = await openBrowser(place, { camera: cameraFile(place, clip) });
  const context = await browser.newContext();
  const before = await context.newPage();
  const observedBefore = await observeHome(before, first);
  await startPractice(before, first.url, level);
  await untilCounted(before, 2);
  const countedBefore = await counted(before);
  const { page, url } = await interrupted(place, first, before, context);
  const observed = page === before ? observedBefore : await observeHome(page, first);
  await page.goto(url);
  await page.getByTestId("unfinished").waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.getByRole("button", { name: "Continue" }).click();
  await untilText(page, "connection", "connected");
  await untilCounted(page, countedBefore);
  await untilCounted(page, countedBefore + 1);
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Comfortable, finish" }).click();
  await page.getByRole("heading", { name: "Your set" }).waitFor();
  const all = await counted(page);
  await page.goto(`${url}#/progress`);
  const rows = page.getByTestId("practices").locator("tbody tr");
  await rows.first().waitFor();
  assert.equal(await rows.count(), 1);
  await rows.getByRole("link").click();
  await page.getByRole("heading", { name: "Discomfort", exact: true }).waitFor();
  assert.equal(await counted(page), all);
  assert.ok(all >= countedBefore + 1);
  await otherSide(page);
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(observed.schemaViolations, []);
  assert.deepEqual(observed.errors, []);
});
