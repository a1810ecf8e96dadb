// node tests/live/reconnect_test.mjs MATSIDE CLIP LEVEL
// Kills the server during a practice and starts it again: the page says so, reconnects and loses no count. Killed for
// good, the page shows the counts it has.
import assert from "node:assert/strict";
import {
  cameraFile,
  counted,
  eventually,
  observe,
  number,
  openBrowser,
  serve,
  startPractice,
  text,
  untilCounted,
  untilText,
  withCleanup,
} from "./support.mjs";

const [program, clip, level] = process.argv.slice(2);

await withCleanup(async (place) => {
  const first = await serve(place, program);
  const browser = await openBrowser(place, { camera: cameraFile(place, clip) });
  const page = await browser.newPage();
  const observed = observe(page, first.url);
  await startPractice(page, first.url, level);
  await untilCounted(page, 2);
  // Everything shown from now on, to notice even a brief drop of a count.
  await page.evaluate(() => {
    const shown = (id) =>
      Number(document.querySelector(`[data-testid=${id}]`)?.textContent ?? Infinity);
    const all = { most: 0, dropped: false };
    document.body.testCounts = all;
    new MutationObserver(() => {
      const now = shown("count-left") + shown("count-right");
      if (now < all.most) all.dropped = true;
      else if (Number.isFinite(now)) all.most = now;
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await first.end("SIGKILL");
  await untilText(page, "connection", "lost");
  assert.match(await text(page, "cue"), /Connection lost/);
  const total = await counted(page);
  const sides = {
    left: await number(page, "count-left"),
    right: await number(page, "count-right"),
  };

  const second = await serve(place, program, { port: Number(new URL(first.url).port) });
  await untilText(page, "connection", "connected");
  assert.deepEqual(
    { left: await number(page, "count-left"), right: await number(page, "count-right") },
    sides,
  );
  const hello = () => observed.messages.filter((message) => message.type === "hello").at(-1);
  await eventually(() => hello()?.carried !== undefined, "the page says what was counted");
  const { carried } = hello();
  assert.deepEqual({ left: carried.left, right: carried.right }, sides);
  await untilCounted(page, total + 1);

  await second.end("SIGKILL");
  await untilText(page, "connection", "lost");
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Comfortable, finish" }).click();
  await page.getByRole("heading", { name: "Your set" }).waitFor();
  assert.ok(
    (await page.locator("table.repetitions tbody tr").count()) >= total + 1,
    "every repetition is listed, whichever server counted it",
  );
  assert.equal(
    await page.evaluate(() => document.body.testCounts.dropped),
    false,
    "a count has dropped",
  );
  assert.deepEqual(observed.schemaViolations, []);
});
