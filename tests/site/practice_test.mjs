// practice_test.mjs MATSIDE SITE CLIP LEVEL SECONDS
// The page without a server counts every repetition that `matside analyze` counts, keeps the practice, and opens again
// without a network. How many sides it is sure of depends on the pictures a second, which it prints.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  analyzed,
  api,
  cameraFile,
  eventually,
  hearEngine,
  observe,
  openBrowser,
  startPractice,
  withCleanup,
} from "../live/support.mjs";
import { serveFolder } from "../live/static_host.mjs";

const [program, site, clip, level, seconds] = process.argv.slice(2);
const MOST_START_MS = 2000;
assert.ok(existsSync(join(site, "index.html")), `${site} is missing: run ./dev site first`);

await withCleanup(async (place) => {
  const { counts } = analyzed(program, clip, level, seconds);
  const camera = cameraFile(place, clip, seconds);
  const browser = await openBrowser(place, { camera });
  const host = await serveFolder(site);
  place.atEnd(host.stop);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const observed = observe(page, host.address);
  await hearEngine(page, observed);
  await page.goto(host.address);
  await page.getByRole("heading", { name: "Welcome to Matside" }).waitFor();

  await startPractice(page, host.address, level, { guided: false });
  const counted = () => {
    const {
      left = 0,
      right = 0,
      unsure = 0,
    } = observed.messages.findLast(({ type }) => type === "counts") ?? {};
    return { left, right, unsure, all: left + right + unsure };
  };
  const expected = counts.left + counts.right;
  await eventually(() => counted().all >= expected, `${expected} repetitions are counted`);
  await page.keyboard.press("PageDown");
  await page.getByTestId("comfort").waitFor();
  await page.getByRole("button", { name: "Comfortable, finish" }).click();
  const has = (type) => observed.messages.some((message) => message.type === type);
  await eventually(() => has("summary"), "the practice has a summary");
  const { left, right, unsure } = counted();
  assert.deepEqual(observed.foreignRequests, []);
  assert.deepEqual(observed.schemaViolations, []);

  // Everything is fetched once for use without a network; then the host goes away.
  await page.goto(`${host.address}#/settings`);
  await page.waitForFunction(
    async () => {
      const kept = await (await caches.open("matside-files")).keys();
      const has = (part) => kept.some(({ url }) => url.includes(part));
      return has("networks.tflite") && has("litert_wasm") && has("matside.wasm");
    },
    undefined,
    { timeout: 60_000 },
  );
  await host.stop();
  const before_ms = Date.now();
  await page.goto(`${host.address}#/progress`);
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  const took_ms = Date.now() - before_ms;
  await page.waitForFunction(() => globalThis.matsideEngine !== undefined);
  const { practices } = await api(page, "progress?person=1");
  assert.equal(practices.length, 1, "the practice was kept");
  const [{ left: keptLeft, right: keptRight, unsure: keptUnsure }] = practices;
  assert.deepEqual([keptLeft, keptRight, keptUnsure], [left, right, unsure]);
  const done = observed.messages.filter(({ type, dropped }) => type === "frame_done" && !dropped);
  const rate = (done.length - 1) / ((done.at(-1).heard_ms - done[0].heard_ms) / 1000);
  console.log(
    `${left} left, ${right} right, ${unsure} unsure; ${rate.toFixed(1)} pictures a second; ` +
      `open again without a network in ${took_ms} ms`,
  );
  assert.ok(took_ms <= MOST_START_MS, `the second start took ${took_ms} ms`);
});
