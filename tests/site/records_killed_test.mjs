// records_killed_test.mjs PROGRAM HOME KILLS: Chromium is killed at random instants of practices. Every repetition that the
// page reported as counted is still there, with its poses, and the file is sound: as the page sees it, and at the end as
// the native program sees the copy that the page exports.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import {
  CHROMIUM,
  CHROMIUM_OPTIONS,
  runNatively,
  serveRecords,
  startChromium,
  withFolder,
} from "./records_site.mjs";

const [program, home, kills] = process.argv.slice(2);
const TIMEOUT_MS = 60_000;
/** Long enough for several practices. */
const LONGEST_MS = 2500;

/** What was reported as counted: practice to repetitions. */
const reported = new Map();
let onOpened = () => {};
let failures = 0;

function onReport(what, text) {
  const report = JSON.parse(text);
  if (what === "opened") return onOpened(report);
  if (report.error) failures++;
  else reported.set(report.practice, report.counted);
}

function assertNothingLost({ practices }, when) {
  const found = new Map(practices.map((each) => [each.id, each]));
  for (const [id, counted] of reported) {
    const practice = found.get(id);
    assert.ok(practice, `${when}: practice ${id} is lost`);
    assert.ok(
      practice.repetitions >= counted,
      `${when}: ${JSON.stringify(practice)}, ${counted} counted`,
    );
  }
  for (const { id, counted, repetitions, poses, ended } of practices) {
    assert.equal(repetitions, counted, `${when}: practice ${id} is half saved`);
    assert.ok(poses === repetitions || ended, `${when}: practice ${id} lacks poses`);
  }
}

await withFolder(async (folder) => {
  const profile = join(folder, "profile");
  const site = await serveRecords(join(folder, "site"), onReport);
  let opened_ms = 0;
  for (let kill = 0; kill < Number(kills); kill++) {
    const start = Date.now();
    const opened = new Promise((resolve, reject) => {
      onOpened = resolve;
      setTimeout(() => reject(new Error("the page didn't open the records")), TIMEOUT_MS).unref();
    });
    const end = startChromium(profile, `${site.address}?practise=${home}`);
    try {
      const report = await opened;
      opened_ms += Date.now() - start;
      const when = `after kill ${kill}`;
      assert.equal(report.opened.home, home, JSON.stringify(report.opened));
      if (kill > 0) assert.equal(report.checked.error, undefined, when);
      assert.equal(report.ready.error, undefined, when);
      assertNothingLost(report.state, when);
      await new Promise((resolve) => setTimeout(resolve, LONGEST_MS * Math.random()));
    } finally {
      await end();
    }
  }
  assert.equal(failures, 0, "repetitions could not be saved");

  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: CHROMIUM_OPTIONS,
  });
  const page = await context.newPage();
  await page.goto(site.address);
  await page.evaluate((home) => globalThis.open({ home }), home);
  const run = (command) => page.evaluate((each) => globalThis.run(each), command);
  assert.deepEqual((await run({ do: "open" })).error, undefined);
  const state = await run({ do: "state" });
  assertNothingLost(state, "at the end");
  const exported = await run({ do: "export" });
  assert.equal((await run({ do: "backup", file: "copy.db" })).error, undefined);
  const copy = await page.evaluate(async () => {
    const { bytes } = await globalThis.call({ kind: "read", name: "/copy.db" });
    return [...bytes];
  });
  await context.close();
  site.stop();

  writeFileSync(join(folder, "matside.db"), Uint8Array.from(copy));
  const [checked, opened, natively] = runNatively(program, folder, [
    { do: "check" },
    { do: "open" },
    { do: "export" },
  ]);
  assert.deepEqual([checked, opened], [{}, {}]);
  assert.equal(natively.text, exported.text);
  const counted = [...reported.values()].reduce((all, each) => all + each, 0);
  console.log(
    `${home}: ${kills} kills, ${reported.size} practices, ${counted} repetitions reported, none lost; ` +
      `${Math.round(opened_ms / Number(kills))} ms to start the browser and open the records`,
  );
});
