// node tests/live/unfinished_practice_test.mjs MATSIDE CLIP LEVEL
// Kills the server and closes the page during a practice: opened again, the page offers to continue with the same
// counts, and it stays one practice.
import assert from "node:assert/strict";
import {
  axeViolations,
  cameraFile,
  observe,
  number,
  openBrowser,
  serve,
  startPractice,
  untilCounted,
  untilText,
  withCleanup,
} from "./support.mjs";

const [program, clip, level] = process.argv.slice(2);
const counted = async (page) =>
  (await number(page, "count-left")) + (await number(page, "count-right"));

/** Corrects the side of the first repetition, and takes the correction back. */
async function otherSide(page) {
  const select = page.getByLabel("Side of repetition 1", { exact: true });
  const seen = await select.locator("option").first().textContent();
  const other = seen === "left" ? "right" : "left";
  for (const chosen of [other, "seen"]) {
    await Promise.all([
      page.waitForResponse((answer) => answer.url().includes("/api/practice")),
      select.selectOption(chosen),
    ]);
    await page.reload();
    await select.waitFor();
    assert.equal(await select.inputValue(), chosen);
    assert.equal(await select.locator("option").first().textContent(), seen);
  }
}

await withCleanup(async (place) => {
  const first = await serve(place, program);
  const browser = await openBrowser(place, { camera: cameraFile(place, clip) });
  const context = await browser.newContext();
  const before = await context.newPage();
  await startPractice(before, first.url, level);
  await untilCounted(before, 2);
  const countedBefore = await counted(before);
  await first.end("SIGKILL");
  await before.close();

  const second = await serve(place, program, { port: Number(new URL(first.url).port) });
  const page = await context.newPage();
  const observed = observe(page, second.url);
  await page.goto(second.url);
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
  await page.goto(`${second.url}#/progress`);
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
