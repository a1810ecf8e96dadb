// records_tabs_test.mjs PROGRAM [HOMES]: two tabs, a full disk, and what a page keeps when it is closed, in Chromium with both homes.
import assert from "node:assert/strict";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { CHROMIUM, CHROMIUM_OPTIONS, serveRecords, withFolder } from "./records_site.mjs";

/** Above what the records need already: right after its start, the browser knows that only roughly. */
const QUOTA_BYTES = 4_000_000;
const MOST_REPETITIONS = 100;

async function openPage(context, address) {
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => globalThis.open !== undefined);
  return page;
}
const openRecords = (page, how) => page.evaluate((each) => globalThis.open(each), how);
const run = (page, command) => page.evaluate((each) => globalThis.run(each), command);
const lost = (page) => page.evaluate(() => globalThis.lost);

async function practise(page, repetitions) {
  assert.equal((await run(page, { do: "begin" })).error, undefined);
  const times = [];
  for (let i = 0; i < repetitions; i++) {
    const { ms, error, failure } = await run(page, { do: "repetition" });
    assert.equal(error ?? failure, undefined);
    times.push(ms);
  }
  return times.sort((a, b) => a - b);
}
async function saved(page) {
  const { practices } = await run(page, { do: "state" });
  return practices.map((each) => each.repetitions);
}

async function inBrowser(profile, test, ...how) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: CHROMIUM_OPTIONS,
  });
  try {
    return await test(context, ...how);
  } finally {
    await context.close();
  }
}

/** While one tab has the records, a second one is refused, and can take them over. */
async function testTabs(context, address, home) {
  const first = await openPage(context, address);
  assert.deepEqual(await openRecords(first, { home }), { home });
  assert.equal((await run(first, { do: "open" })).error, undefined);
  await run(first, { do: "add_person", text: "Ada" });
  const times = await practise(first, 20);
  const second = await openPage(context, address);
  const refused = await openRecords(second, { home });
  assert.equal(refused.failure, "StorageInUse");
  assert.match(refused.message, /another tab/);
  assert.deepEqual(await saved(first), [20]);

  assert.deepEqual(await openRecords(second, { home, take: true }), { home });
  assert.deepEqual([await lost(first), await lost(second)], [1, 0]);
  const late = await run(first, { do: "repetition" });
  assert.ok(late.error ?? late.failure, "the first tab could still save");
  assert.equal((await run(second, { do: "open" })).error, undefined);
  assert.deepEqual(await saved(second), [20]);
  await practise(second, 2);

  // The first one takes them back, while the second is frozen for longer than anybody waits.
  const busy = second.evaluate(() => globalThis.call({ kind: "busy", ms: 5500 }));
  const third = await openPage(context, address);
  assert.deepEqual(await openRecords(third, { home, take: true }), { home });
  await busy;
  const stale = await run(second, { do: "repetition" });
  assert.ok(stale.error ?? stale.failure, "the frozen tab could still save");
  assert.equal((await run(third, { do: "open" })).error, undefined);
  assert.deepEqual(await saved(third), [20, 2]);

  // A tab that is closed leaves the records to the next one.
  for (const page of [first, second, third]) await page.close();
  const last = await openPage(context, address);
  assert.deepEqual(await openRecords(last, { home }), { home });
  assert.equal((await run(last, { do: "open" })).error, undefined);
  assert.deepEqual(await saved(last), [20, 2]);
  await last.close();
  return times;
}

/** The browser gives no more room: what was saved is safe, and the practice is saved when there is room again. */
async function testFullDisk(context, address, home) {
  const page = await openPage(context, address);
  const session = await context.newCDPSession(page);
  const limit = (quotaSize) =>
    session.send("Storage.overrideQuotaForOrigin", {
      origin: new URL(address).origin,
      ...(quotaSize === undefined ? {} : { quotaSize }),
    });
  // Before the records are opened: Chromium's IndexedDB remembers for half a minute how much room there was.
  const { usage } = await page.evaluate(() => navigator.storage.estimate());
  await limit(usage + QUOTA_BYTES);
  assert.deepEqual(await openRecords(page, { home }), { home });
  assert.equal((await run(page, { do: "open" })).error, undefined);
  const before = await saved(page);
  assert.equal((await run(page, { do: "begin" })).error, undefined);
  let counted = 0;
  let refused;
  while (refused === undefined && counted < MOST_REPETITIONS) {
    const answer = await run(page, { do: "repetition", frames: 600 });
    counted++;
    refused = answer.error ?? answer.message;
  }
  assert.match(refused ?? "nothing", /disk is full|no more room/, `${counted} repetitions`);
  assert.ok(counted > 1);
  assert.deepEqual((await saved(page)).slice(0, before.length), before);

  await limit();
  const answer = await run(page, { do: "repetition" });
  assert.equal(answer.error ?? answer.message, undefined);
  assert.deepEqual(await saved(page), [...before, counted + 1]);
  await page.evaluate(() => globalThis.call({ kind: "release" }));
  await page.close();

  const again = await openPage(context, address);
  await openRecords(again, { home });
  assert.deepEqual(await run(again, { do: "check" }).then(({ error }) => error), undefined);
  await run(again, { do: "open" });
  assert.deepEqual(await saved(again), [...before, counted + 1]);
  await again.close();
}

await withFolder(async (folder) => {
  const site = await serveRecords(join(folder, "site"));
  for (const home of (process.argv[3] ?? "opfs indexeddb").split(" ")) {
    const times = await inBrowser(join(folder, home), testTabs, site.address, home);
    await inBrowser(join(folder, home), testFullDisk, site.address, home);
    const [median, slowest] = [times[times.length >> 1], times.at(-1)];
    console.log(
      `${home}: ${median.toFixed(1)} ms to save a repetition, at most ${slowest.toFixed(1)}`,
    );
  }
  site.stop();
});
