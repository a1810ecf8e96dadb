// node tests/live/screens_test.mjs MATSIDE [--site DIR]
// Every page on five screens, each also with letters twice as large: nothing scrolls sideways and axe-core finds
// nothing. On all of them Stop, cue and counts stay in view while practising, and the picture is not small beside
// the longest warning. Then a whole practice by keyboard alone, and what a screen reader gets to read of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  axeViolations,
  enterAsNewPerson,
  openBrowser,
  startPractice,
  text,
  untilText,
  withCleanup,
} from "./support.mjs";
import { observeHome, openHome, testArguments } from "./homes.mjs";

const { home } = testArguments();
const SCREENS = {
  "phone upright": { width: 390, height: 844 },
  "phone sideways": { width: 844, height: 390 },
  tablet: { width: 768, height: 1024 },
  desktop: { width: 1280, height: 800 },
  "large desktop": { width: 1920, height: 1080 },
};
/** The same at a zoom of 200%: half as many pixels of the page. */
const ZOOMED = Object.fromEntries(
  Object.entries(SCREENS).map(([name, { width, height }]) => [
    `${name}, zoomed`,
    { width: width / 2, height: height / 2 },
  ]),
);
const PAGES = {
  today: "Single-leg kick",
  before: "Before you start",
  learn: "Learn the movement",
  sound: "Audio only",
  video: "Recorded video",
  settings: "Settings",
  summary: "Your set",
  progress: "Progress",
};
const words = JSON.parse(
  readFileSync(new URL("../../data/exercises/cues.en.json", import.meta.url), "utf8"),
);
const longest = (texts) => Object.values(texts).reduce((a, b) => (b.length > a.length ? b : a));
const LONGEST_CUE = longest(words.spoken);
const LONGEST_WARNING = longest(words.phrases);

async function show(page, size, scale, colorScheme) {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  await page.evaluate(async (times) => {
    document.documentElement.style.fontSize = `${times * 100}%`;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }, scale);
}

const scrolledBy = (page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return { sideways: scrollWidth - clientWidth, down: scrollHeight - clientHeight };
  });

async function everyPage(page, url) {
  await enterAsNewPerson(page, url, 1);
  for (const [name, heading] of Object.entries(PAGES)) {
    if (name === "before") await page.getByTestId("start").click();
    else await page.goto(`${url}#/${name}`);
    await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
    for (const [screen, size] of Object.entries(SCREENS)) {
      for (const scale of [1, 2]) {
        await show(page, size, scale, "light");
        const { sideways } = await scrolledBy(page);
        assert.ok(sideways <= 0, `${name}, ${screen}, ${scale}: ${sideways} px too wide`);
      }
    }
    for (const [screen, scale, scheme] of [
      ["phone sideways", 2, "dark"],
      ["tablet", 1, "light"],
    ]) {
      await show(page, SCREENS[screen], scale, scheme);
      assert.deepEqual(await axeViolations(page), [], `${name}, ${screen}`);
    }
  }
}

/** The picture's share of the room that a picture of its shape could have in the screen, in each direction. */
const pictureShare = (page) =>
  page.evaluate(() => {
    const { width, height } = document.querySelector(".picture").getBoundingClientRect();
    const shape = width / height;
    return width / Math.min(innerWidth, innerHeight * shape);
  });
/** Less is too small to see whether the whole body is in the picture. */
const LEAST_SHARE = 0.4;

/** What must be in view, and is not: it is outside of the screen, or another element covers it. */
const outOfView = (page) =>
  page.evaluate(() => {
    const wanted = {
      Stop: "[data-testid=stop]",
      cue: "[data-testid=cue] span",
      left: "[data-testid=count-left]",
      right: "[data-testid=count-right]",
    };
    return Object.entries(wanted).flatMap(([name, selector]) => {
      const element = document.querySelector(selector);
      const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
      const inside =
        width > 0 &&
        height > 0 &&
        left >= -0.5 &&
        top >= -0.5 &&
        right <= innerWidth + 0.5 &&
        bottom <= innerHeight + 0.5;
      const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const seen = element.contains(middle) || middle?.contains(element);
      return inside && seen ? [] : [`${name} at ${[left, top, right, bottom].map(Math.round)}`];
    });
  });

async function everyPractice(page, url) {
  await startPractice(page, url, 1);
  await untilText(page, "connection", "connected");
  // No sentence of the lesson is longer, and no warning.
  await page.evaluate(
    ([cue, warning]) => {
      document.querySelector("[data-testid=cue] span").textContent = cue;
      const note = document.createElement("p");
      Object.assign(note, { className: "note", textContent: warning });
      document.querySelector(".view").append(note);
    },
    [LONGEST_CUE, LONGEST_WARNING],
  );
  for (const [screen, size] of Object.entries({ ...SCREENS, ...ZOOMED })) {
    for (const scale of [1, 2]) {
      await show(page, size, scale, scale === 1 ? "light" : "dark");
      const where = `practice, ${screen}, letters times ${scale}`;
      assert.deepEqual(await outOfView(page), [], where);
      assert.deepEqual(await scrolledBy(page), { sideways: 0, down: 0 }, where);
      if (scale === 2 || !(screen in SCREENS)) continue;
      const share = await pictureShare(page);
      assert.ok(share >= LEAST_SHARE, `${where}: the picture has ${share.toFixed(2)} of the room`);
    }
    if (screen in SCREENS) assert.deepEqual(await axeViolations(page), [], `practice, ${screen}`);
  }
  await page.keyboard.press("Space");
  await page.getByTestId("comfort").waitFor();
  for (const [screen, size] of Object.entries(SCREENS)) {
    await show(page, size, 2, "light");
    assert.ok((await scrolledBy(page)).sideways <= 0, `paused, ${screen}`);
  }
  await page.getByRole("button", { name: "Comfortable, finish" }).click();
  await page.getByRole("heading", { name: "Your set" }).waitFor();
  for (const [screen, size] of Object.entries(SCREENS)) {
    await show(page, size, 2, "light");
    assert.ok((await scrolledBy(page)).sideways <= 0, `after a set, ${screen}`);
  }
}

/** Presses Tab until the focus is there. */
async function tabTo(page, selector) {
  for (let pressed = 0; pressed < 60; pressed++) {
    if (await page.evaluate((at) => document.activeElement?.matches(at), selector)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`the tab key does not lead to ${selector}`);
}

async function byKeyboard(page, url) {
  await enterAsNewPerson(page, url, 1);
  await show(page, SCREENS.desktop, 1, "light");
  await tabTo(page, "[data-testid=start]");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Before you start" }).waitFor();
  await tabTo(page, "input[name=comfort-before]");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await tabTo(page, "[data-testid=begin]");
  await page.keyboard.press("Enter");
  await untilText(page, "connection", "connected");
  await readOut(page);
  // Moving the focus and silencing a screen reader stop nothing.
  for (const key of ["Tab", "Control", "Shift", "Control+Equal"]) {
    await page.keyboard.press(key);
    assert.notEqual(await text(page, "phase"), "Stopped", key);
  }
  await page.keyboard.press("k");
  await page.getByTestId("comfort").waitFor();
  await tabTo(page, ".comfort button:nth-of-type(2)");
  await page.waitForTimeout(700); // Until then, no key answers.
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Your set" }).waitFor();
  await tabTo(page, "input[name=comfort-after]");
  await page.keyboard.press("Space");
  await tabTo(page, "input[name=leg]");
  await page.keyboard.press("Space");
  await tabTo(page, "[data-testid=comfort-after] button");
  await page.keyboard.press("Enter");
  await page.getByTestId("comfort-saved").waitFor();
}

/** A screen reader reads the counts and Stop, and leaves the cue to the page's own voice. */
async function readOut(page) {
  const snapshot = await page.locator("body").ariaSnapshot();
  console.log(snapshot);
  for (const line of [
    /heading "Practice: Single-leg kick, level 1, [^"]+" \[level=1\]/,
    /paragraph: "Left: 0 of \d+"/,
    /paragraph: "Right: 0 of \d+"/,
    /paragraph: "?Kicks: 0/,
    /button "Stop"/,
    /Press any key, click anywhere or use a clicker to stop\./,
  ])
    assert.match(snapshot, line);
  assert.doesNotMatch(snapshot, /navigation/);
  assert.equal(await page.getByTestId("cue").getAttribute("aria-live"), "off");
}

await withCleanup(async (place) => {
  const served = await openHome(place, home);
  const browser = await openBrowser(place);
  const page = await (await browser.newContext({ reducedMotion: "reduce" })).newPage();
  const observed = await observeHome(page, served);
  await everyPage(page, served.url);
  await everyPractice(page, served.url);
  await byKeyboard(page, served.url);
  assert.deepEqual(observed.foreignRequests, []);
  assert.deepEqual(observed.schemaViolations, []);
  assert.deepEqual(observed.errors, []);
});
