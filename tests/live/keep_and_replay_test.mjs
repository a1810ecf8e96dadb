// node tests/live/keep_and_replay_test.mjs MATSIDE CLIP LEVEL
// A recorded video is kept as a practice, once; each of its repetitions is played again, by keyboard and without motion
// too; and its report is the one that `matside report` writes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  analyzed,
  api,
  axeViolations,
  enterAsNewPerson,
  observe,
  openBrowser,
  serve,
  TIMEOUT_MS,
  until,
  withCleanup,
} from "./support.mjs";

const [program, clip, level] = process.argv.slice(2);
const NOW_S = Date.UTC(2026, 10, 23, 8) / 1000;
const PRACTISED = "2026-11-21T10:30";
const SCREENS = {
  "phone upright": { width: 390, height: 844 },
  "phone sideways": { width: 844, height: 390 },
  desktop: { width: 1280, height: 800 },
};
const shots = process.env.MATSIDE_SHOTS;

/** Every screen, light and dark: nothing scrolls sideways and axe-core finds nothing. */
async function assertFits(page, what, card) {
  for (const [screen, size] of Object.entries(SCREENS)) {
    for (const colorScheme of ["light", "dark"]) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      const sideways = await page.evaluate(async () => {
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      assert.ok(sideways <= 0, `${what}, ${screen}: ${sideways} px too wide`);
      await card.evaluate((element) => element.scrollIntoView({ block: "start" }));
      if (shots) {
        mkdirSync(shots, { recursive: true });
        const name = `${what}-${screen}-${colorScheme}.png`.replaceAll(" ", "_");
        await page.screenshot({ path: join(shots, name) });
      }
    }
    assert.deepEqual(await axeViolations(page), [], `${what}, ${screen}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
}

async function analyse(page, url) {
  await page.goto(`${url}#/today`);
  await page.goto(`${url}#/video`);
  await page.getByTestId("level").selectOption(level);
  await page.getByTestId("file").setInputFiles(clip);
  await page.getByTestId("keep").waitFor({ timeout: TIMEOUT_MS });
}

async function keep(page) {
  await page.getByTestId("keep-date").fill(PRACTISED);
  await page.getByTestId("keep").click();
  await page.getByTestId("kept").waitFor();
  return page.getByTestId("kept").textContent();
}

const time_s = (page) => page.getByTestId("replay-time").evaluate((slider) => slider.valueAsNumber);
const cursor_px = (page) =>
  page.getByTestId("replay-cursor").evaluate((line) => line.x1.baseVal.value);
/** A number that changes with what is drawn on the stage. */
const drawn = (page) =>
  page.evaluate(() => {
    const canvas = document.querySelector(".stage canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.reduce((sum, value, at) => (sum * 31 + value * (at + 1)) % 1_000_003, 0);
  });

async function replays(page, repetitions) {
  await page.getByTestId("play").nth(1).click();
  await page.getByRole("heading", { name: `Repetition 2 of ${repetitions.length}` }).waitFor();
  // It plays to its end without a further click, and the cursor goes with it.
  await page.getByTestId("replay-cursor").waitFor({ state: "attached" });
  const first = [await drawn(page), await cursor_px(page)];
  await until(page, () => {
    const slider = document.querySelector("[data-testid=replay-time]");
    return Math.abs(slider.valueAsNumber - Number(slider.max)) < 0.06;
  });
  const { start_s, end_s } = repetitions[1];
  assert.ok(Math.abs((await time_s(page)) - end_s) < 0.1, "it ends where the repetition ends");
  assert.ok((await cursor_px(page)) > first[1] + 50, "the cursor has moved");
  assert.notEqual(await drawn(page), first[0], "the skeleton has moved");
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();

  // By keyboard: the beginning, a step, and the next repetition.
  await page.getByTestId("replay-time").focus();
  await page.keyboard.press("Home");
  await until(
    page,
    (at) => Math.abs(document.querySelector("[data-testid=replay-time]").valueAsNumber - at) < 0.06,
    start_s,
  );
  const before = await cursor_px(page);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.ok((await cursor_px(page)) > before);
  const spoken = await page.getByTestId("replay-time").getAttribute("aria-valuetext");
  assert.match(spoken, /^0\.1 s, left knee bend \d+°, right knee bend -?\d+°$/);
  await page.getByLabel("Half speed").press("Space");
  await page.getByLabel("Repeat").press("Space");
  await page.getByTestId("replay-play").press("Enter");
  await page.getByRole("button", { name: "Pause" }).waitFor();
  await page.getByTestId("replay-play").press("Enter");
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  await assertFits(page, "replay", page.getByTestId("replay"));
  await page.getByRole("button", { name: "Previous" }).press("Enter");
  await page.getByRole("heading", { name: `Repetition 1 of ${repetitions.length}` }).waitFor();

  // Whoever asked for no motion starts it.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.getByTestId("play").nth(0).click();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("heading", { name: `Repetition 2 of ${repetitions.length}` }).waitFor();
  await until(
    page,
    (at) => Number(document.querySelector("[data-testid=replay-time]").min) === at,
    Math.round(start_s * 1000) / 1000,
  );
  assert.equal(await page.getByTestId("replay-play").textContent(), "Play");
  const still = await time_s(page);
  await page.waitForTimeout(300);
  assert.equal(await time_s(page), still);
}

async function savesTheReport(page, place, practice) {
  const promised = page.waitForEvent("download");
  await page.getByTestId("report").click();
  const download = await promised;
  assert.equal(download.suggestedFilename(), "matside-2026-11-21.html");
  const file = join(place.folder, "from_the_page.html");
  await download.saveAs(file);
  await page.getByTestId("report-status").filter({ hasText: "Report saved." }).waitFor();
  const written = join(place.folder, "from_the_command_line.html");
  execFileSync(
    program,
    ["report", String(practice), "--data", place.folder, "-o", written, "--quiet"],
    {
      env: { ...process.env, MATSIDE_NOW: String(NOW_S), TZ: "Europe/Berlin" },
    },
  );
  const report = readFileSync(file, "utf8");
  assert.equal(report, readFileSync(written, "utf8"));
  assert.ok(report.includes(`At level ${level}`), "the person's name");
  assert.doesNotMatch(report, /"jpeg":"/, "no picture");
}

await withCleanup(async (place) => {
  const wanted = analyzed(program, clip, level);
  const served = await serve(place, program, { now_s: NOW_S });
  const browser = await openBrowser(place, { camera: null });
  const page = await (await browser.newContext({ timezoneId: "Europe/Berlin" })).newPage();
  const observed = observe(page, served.url);
  await enterAsNewPerson(page, served.url, level);

  await analyse(page, served.url);
  await assertFits(page, "keep", page.locator("section", { has: page.getByTestId("keep") }));
  assert.match(await keep(page), /^Saved\./);
  await page.getByRole("link", { name: "See the practice" }).click();
  await page.getByRole("heading", { name: "Saturday, 21 November" }).waitFor();
  const practice = Number(new URL(page.url()).hash.split("/").at(-1));
  const { repetitions, practice: saved } = await api(page, `practice?id=${practice}`);
  const { left, right, kicks } = wanted.counts;
  assert.deepEqual([saved.left, saved.right, saved.kicks], [left, right, kicks]);
  assert.equal(saved.start, "2026-11-21T10:30:00+01:00");
  assert.equal(saved.origin, "recording");
  assert.equal(await page.getByTestId("play").count(), wanted.repetitions.length);

  await replays(page, repetitions);
  await savesTheReport(page, place, practice);

  await analyse(page, served.url);
  assert.match(await keep(page), /already one of your practices/);
  const again = execFileSync(
    program,
    [
      "analyze",
      clip,
      "--level",
      level,
      "--record",
      "--data",
      place.folder,
      "--json",
      join(place.folder, "again.json"),
    ],
    { encoding: "utf8" },
  );
  assert.match(again, /Already saved as practice/);
  assert.deepEqual(observed.foreignRequests, []);
  assert.deepEqual(observed.schemaViolations, []);
  assert.deepEqual(observed.errors, []);
});
