// node tests/report/page_test.mjs FULL_SESSION.html FULL_SESSION.json HOSTILE.html
// Opens a report in a browser: it must load nothing, be complete and accessible, and have the numbers of the result
// file. A second report has hostile text in every field.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { axeViolations, openBrowser, withCleanup } from "../live/support.mjs";

const [fullFile, resultFile, hostileFile] = process.argv.slice(2);
const MOST_BYTES = 2_000_000;
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };
const result = JSON.parse(readFileSync(resultFile, "utf8"));

/** A page without network access; records its requests and its errors. */
async function opened(browser, file, options = {}) {
  const context = await browser.newContext({ offline: true, ...options });
  const page = await context.newPage();
  const observed = { requests: [], errors: [] };
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:"))
      observed.requests.push(request.url());
  });
  page.on("console", (line) => observed.errors.push(line.text()));
  page.on("pageerror", (error) => observed.errors.push(String(error)));
  page.on("dialog", (dialog) => observed.errors.push(dialog.message()));
  const url = pathToFileURL(file).href;
  await page.goto(url);
  await page.getByRole("heading", { name: "Summary" }).waitFor();
  return { context, page, observed };
}

/** The text as a reader sees it. */
const textOf = async (place) => (await place.innerText()).replaceAll("\u00a0", " ").trim();
const rounded = (value, digits) => value.toFixed(digits).replace("-", "\u2212");

/** Compares the table of repetitions with the result file. */
async function assertTold(page) {
  const rows = page.locator("tr[data-repetition]");
  assert.equal(await rows.count(), result.repetitions.length);
  const side = { left: "Left", right: "Right", unsure: "Not seen" };
  for (const [at, repetition] of result.repetitions.entries()) {
    const row = rows.nth(at);
    const { measures } = repetition;
    const kicks = repetition.kicks
      .map((kick) => `${rounded(kick.knee_flexion_deg, 0)}°`)
      .join(" · ");
    assert.equal(
      await textOf(row.locator("[data-kicks]")),
      `${kicks} ± ${rounded(measures.greatest_bend_deg.sd, 0)}°`,
    );
    assert.equal(
      await textOf(row.locator("[data-lowering]")),
      `${rounded(measures.lowering_s.value, 1)} s ± ${rounded(measures.lowering_s.sd, 1)} s`,
    );
    assert.equal(await textOf(row.locator("td.side")), side[repetition.side]);
    assert.equal(await row.locator(".fault").count(), repetition.faults.length);
  }
  await page.getByText("All measures of each repetition").click();
  const rises = (await page.locator('td[data-measure="rise_s"]').allInnerTexts()).map((text) =>
    text.replaceAll("\u00a0", " "),
  );
  assert.deepEqual(
    rises,
    result.repetitions.map(({ measures: { rise_s } }) =>
      rise_s ? `${rounded(rise_s.value, 2)} ± ${rounded(rise_s.sd, 2)}` : "–",
    ),
  );
}

/** The page must not scroll sideways on a phone of 320 pixels. */
async function assertNarrow(page) {
  await page.setViewportSize({ width: 320, height: 640 });
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(wide <= 0, `${wide} px wider than a narrow screen`);
}

const CHART = ".chart";
const span = (page) =>
  page
    .locator(CHART)
    .evaluate(({ dataset }) => ({ from_s: Number(dataset.from), to_s: Number(dataset.to) }));
const length = ({ from_s, to_s }) => to_s - from_s;

/** Zooms by wheel, drag, pinch, keys and buttons. */
async function assertZooms(page) {
  const chart = page.locator(CHART);
  await chart.scrollIntoViewIfNeeded();
  const whole = await span(page);
  const box = await chart.boundingBox();
  const [middle, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(middle, y);
  const before = await page.evaluate(() => scrollY);
  await page.mouse.wheel(0, 40);
  await page.waitForFunction((top) => scrollY !== top, before);
  assert.deepEqual(await span(page), whole, "a wheel alone scrolls the page");
  await chart.scrollIntoViewIfNeeded();
  const place = await chart.boundingBox();
  await page.mouse.move(middle, place.y + 100);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -300);
  await page.keyboard.up("Control");
  const near = await span(page);
  assert.ok(length(near) < 0.7 * length(whole), "Ctrl and the wheel zoom");
  assert.equal(await page.evaluate(() => visualViewport.scale), 1);

  await page.mouse.down();
  await page.mouse.move(middle + 200, place.y + 100, { steps: 4 });
  await page.mouse.up();
  const dragged = await span(page);
  assert.ok(
    dragged.from_s < near.from_s - 1 && Math.abs(length(dragged) - length(near)) < 1e-2,
    "a drag moves",
  );

  await chart.focus();
  await page.keyboard.press("+");
  const nearer = await span(page);
  assert.ok(length(nearer) < 0.8 * length(dragged), "+ zooms");
  await page.keyboard.press("ArrowRight");
  assert.ok((await span(page)).from_s > nearer.from_s, "an arrow moves");
  await page.keyboard.press("0");
  assert.deepEqual(await span(page), whole);
  for (let i = 0; i < 20; i++) await page.getByRole("button", { name: "Zoom in" }).click();
  assert.ok(Math.abs(length(await span(page)) - 1) < 1e-2, "no nearer than a second");
  await page.getByRole("button", { name: "Whole practice" }).click();
  assert.deepEqual(await span(page), whole);

  await page.getByRole("button", { name: "Show repetition 3 in the curve" }).click();
  const { start_s, end_s } = result.repetitions[2];
  const shown = await span(page);
  assert.ok(
    Math.abs(shown.from_s - (start_s - 1)) < 0.01 && Math.abs(shown.to_s - (end_s + 1)) < 0.01,
  );
  assert.equal(
    await page.evaluate((at) => document.activeElement === document.querySelector(at), CHART),
    true,
  );
  await page
    .getByText(`${rounded(result.repetitions[2].kicks[0].knee_flexion_deg, 0)}°`, { exact: true })
    .first()
    .waitFor();
}

async function assertPinches(page) {
  const chart = page.locator(CHART);
  await chart.scrollIntoViewIfNeeded();
  const whole = await span(page);
  await chart.evaluate((at) => {
    const { left, top, width, height } = at.getBoundingClientRect();
    const y = top + height / 2;
    const finger = (type, pointerId, x) =>
      at.dispatchEvent(
        new PointerEvent(type, {
          pointerId,
          pointerType: "touch",
          clientX: left + x * width,
          clientY: y,
          bubbles: true,
        }),
      );
    at.setPointerCapture = () => {}; // The synthetic pointer cannot be captured.
    finger("pointerdown", 1, 0.4);
    finger("pointerdown", 2, 0.6);
    finger("pointermove", 1, 0.2);
    finger("pointermove", 2, 0.8);
    finger("pointerup", 1, 0.2);
    finger("pointerup", 2, 0.8);
  });
  assert.ok(length(await span(page)) < 0.5 * length(whole), "two fingers zoom");
}

async function assertPrints(page) {
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator(CHART).isVisible(), false);
  const rows = await page.locator(".paper-only .plot").count();
  assert.equal(rows, Math.ceil(result.source.duration_s / 60));
  assert.equal(await page.locator("details:not([open])").count(), 0);
  assert.equal(
    await page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue("--card").trim(),
    ),
    "#ffffff",
  );
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
}

await withCleanup(async (place) => {
  assert.ok(statSync(fullFile).size < MOST_BYTES, `${statSync(fullFile).size} bytes`);
  console.log(`ten a side: ${statSync(fullFile).size} bytes`);
  const browser = await openBrowser(place, { camera: null });
  for (const colorScheme of ["light", "dark"]) {
    for (const [name, viewport] of Object.entries(SIZES)) {
      const { context, page, observed } = await opened(browser, fullFile, {
        colorScheme,
        viewport,
        reducedMotion: "reduce",
      });
      assert.equal(await page.title(), "full_session.mp4: practice report");
      assert.equal(await page.locator("svg.shown image").count(), 80);
      assert.equal(await page.locator(".chart .kick").count(), result.counts.kicks);
      await assertTold(page);
      await (name === "desktop" ? assertZooms(page) : assertPinches(page));
      await assertPrints(page);
      await assertNarrow(page);
      assert.deepEqual(observed, { requests: [], errors: [] });
      await context.close();
      // The page's own policy blocks the accessibility checker's script.
      const looked = await opened(browser, fullFile, { colorScheme, viewport, bypassCSP: true });
      for (const details of await looked.page.locator("summary").all()) await details.click();
      assert.deepEqual(await axeViolations(looked.page), [], `${colorScheme} ${name}`);
      await looked.context.close();
    }
  }

  const { page, observed } = await opened(browser, hostileFile);
  assert.match(await page.title(), /^<img src=x onerror/);
  assert.equal(await page.locator("img").count(), 0);
  assert.equal(await page.locator("script").count(), 2);
  assert.ok((await page.getByText("</script><script>document.title").count()) > 5);
  assert.deepEqual(observed, { requests: [], errors: [] });
  // The page's policy forbids what hostile text could still try.
  await page.evaluate(() => {
    globalThis.ran = [];
    addEventListener("securitypolicyviolation", ({ violatedDirective }) =>
      globalThis.ran.push(violatedDirective),
    );
    const script = document.createElement("script");
    script.textContent = "globalThis.ran.push('a script')";
    document.body.append(script);
    document.body.insertAdjacentHTML("beforeend", "<img src='https://127.0.0.1/x.png'>");
  });
  await page.waitForFunction(() => globalThis.ran.length === 2);
  assert.deepEqual(
    await page.evaluate(() => globalThis.ran.map((each) => each.replace("-elem", ""))),
    ["script-src", "img-src"],
  );
});
