// engine_test.mjs firefox|webkit MATSIDE SITE CLIP LEVEL
// The page without a server in a browser other than Chromium: a recorded video from the file to the results of
// `matside analyze`, kept as a practice, found again when the browser is opened the next time, exported to the program,
// a practice with a camera, and the page without a network.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { serveFolder } from "../live/static_host.mjs";
import { api, withCleanup } from "../live/support.mjs";
import { analysedNatively, findings, timeDifference } from "../site/video_page.mjs";
import { ENGINES } from "./engines.mjs";

const [name, program, site, clip, level] = process.argv.slice(2);
const { openBrowser, home } = ENGINES[name];
const PRACTISED = "2026-11-21T10:30";
/** As in analyse_test.mjs. */
const MOST_SHIFT_S = 0.3;
const LONGEST_WAIT_MS = 600_000;
const ONE_LOOK_MS = 5000;
const FRAMES = 10;

const at = (id) => `[data-testid=${id}]`;

/** Runs in the page: waits a while for an element, with that text in it if one is given. @returns its text or null */
function look(selector, wanted, patience_ms) {
  const found = () =>
    [...document.querySelectorAll(selector)].find(
      ({ textContent }) => wanted === null || textContent.includes(wanted),
    );
  return new Promise((resolve) => {
    const end = (text) => {
      clearInterval(timer);
      clearTimeout(late);
      resolve(text);
    };
    const check = () => found() && end(found().textContent);
    const timer = setInterval(check, 50);
    const late = setTimeout(() => end(null), patience_ms);
    check();
  });
}

/** Waits until the page shows the element, with that text in it if one is given. @returns its text */
async function shown(page, selector, wanted = null) {
  const since = Date.now();
  while (Date.now() - since < LONGEST_WAIT_MS) {
    const text = await page.evaluate(look, selector, wanted, ONE_LOOK_MS);
    if (text !== null) return text;
  }
  const all = await page.evaluate(() => document.body.innerText);
  throw new Error(`the page shows no ${selector} ${wanted ?? ""}, but:\n${all}`);
}

/** Runs in the page: keeps what its Worker says from the next question on. */
function hearEngine() {
  if (globalThis.matsideHeard) return;
  globalThis.matsideHeard = [];
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function post(said, transfer) {
    if (!globalThis.matsideEngine) {
      globalThis.matsideEngine = this;
      this.addEventListener("message", ({ data }) => {
        if (["analysed", "not_analysed", "message"].includes(data.kind))
          globalThis.matsideHeard.push(data);
      });
    }
    return postMessage.call(this, said, transfer);
  };
}

const goTo = (page, hash) => page.evaluate((there) => void (location.hash = there), hash);

async function enter(page) {
  await shown(page, "h1", "Welcome to Matside");
  await page.evaluate(hearEngine);
  await page.type(at("name"), "Ada");
  await page.click("form button");
  await shown(page, at("read"));
  await page.click(at("read"));
  await shown(page, "h1", "Single-leg kick");
}

/** From the file to the results, which are those of the program. */
async function analyse(page, native) {
  await goTo(page, "#/video");
  await shown(page, at("drop"));
  await page.select(at("level"), level);
  const start_ms = Date.now();
  await page.choose(at("file"), clip);
  await shown(page, `#watched, ${at("video-error")}`);
  const [{ kind, message, parts }] = await page.evaluate(() =>
    globalThis.matsideHeard.filter(({ kind }) => kind.endsWith("analysed")),
  );
  assert.equal(kind, "analysed", message);
  const { result } = JSON.parse(parts.join(""));
  assert.deepEqual(findings(result), findings(native));
  const shift_s = timeDifference(native, result);
  assert.ok(shift_s <= MOST_SHIFT_S, `a time differs by ${shift_s} s`);
  for (const side of ["left", "right", "kicks"])
    assert.equal(Number(await shown(page, at(`video-${side}`))), native.counts[side]);
  const took_s = (Date.now() - start_ms) / 1000;
  console.log(
    `${result.repetitions.length} repetitions as natively, times within ${shift_s.toFixed(3)} s, ` +
      `${result.source.duration_s.toFixed(1)} s of video in ${took_s.toFixed(1)} s`,
  );
}

async function keep(page) {
  await shown(page, at("keep-date"));
  await page.evaluate(
    (selector, date) => {
      const input = document.querySelector(selector);
      input.value = date;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    },
    at("keep-date"),
    PRACTISED,
  );
  await page.click(at("keep"));
  await shown(page, at("kept"), "Saved.");
}

/** Runs in the page: where it noted that its records are. */
async function knownHome() {
  const result = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await result(indexedDB.open("matside"));
  const home = await result(database.transaction("about").objectStore("about").get("home"));
  database.close();
  return home;
}

async function findRecords(page, native) {
  await shown(page, "h1", "Single-leg kick");
  await page.evaluate(hearEngine);
  await goTo(page, "#/progress");
  await shown(page, "h1", "Progress");
  await shown(page, "a[href^='#/practised/']");
  assert.equal(await page.evaluate(knownHome), home);
  const { practice, repetitions } = await api(page, "practice?id=1");
  assert.equal(practice.left, native.counts.left);
  assert.equal(practice.right, native.counts.right);
  assert.equal(repetitions.length, native.repetitions.length);
  await goTo(page, "#/settings");
  await shown(page, at("about-browser"), "Your practices are saved in this browser");
}

/** What the page exports, the program imports. */
async function exportToProgram(page, place) {
  const { status, ...data } = await api(page, "export?person=1");
  assert.equal(status, 200);
  const exported = join(place.folder, "export.json");
  writeFileSync(exported, JSON.stringify(data));
  const records = ["--data", join(place.folder, "native")];
  const said = execFileSync(program, ["import", exported, ...records], { encoding: "utf8" });
  assert.match(said, /1 practice/);
}

/** The camera shows a test picture: every frame is looked at, and nobody is found. */
async function practise(page) {
  await goTo(page, "#/today");
  await shown(page, at("start"));
  await page.click(at("start"));
  await shown(page, at("begin"));
  await page.click("input[name=comfort-before][value='0']");
  await page.click(at("begin"));
  await shown(page, at("stop"));
  await page.evaluate(
    (frames) =>
      new Promise((resolve) => {
        const timer = setInterval(() => {
          const done = globalThis.matsideHeard.filter(
            ({ message }) => message?.type === "frame_done" && !message.dropped,
          );
          if (done.length < frames) return;
          clearInterval(timer);
          resolve();
        }, 50);
      }),
    FRAMES,
  );
  await page.click(at("stop"));
  await shown(page, at("comfort"));
}

/** The host is stopped: everything comes from the browser's own store. */
async function openWithoutNetwork(page, host) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  assert.equal(
    await page.evaluate(() => navigator.serviceWorker.controller !== null),
    true,
    "the service worker serves the page",
  );
  await host.stop();
  const asked = host.asked.length;
  await page.goto("about:blank");
  await page.goto(host.address);
  await shown(page, "h1", "Single-leg kick");
  assert.equal(host.asked.length, asked, "the stopped host was asked");
}

await withCleanup(async (place) => {
  const { result: native } = analysedNatively(place, program, clip, level);
  const host = await serveFolder(site);
  place.atEnd(host.stop);
  const profile = join(place.folder, "profile");
  /** Opens the browser for these steps, each with its name, and closes it. */
  const inBrowser = async (steps) => {
    const page = await openBrowser(profile);
    try {
      await page.goto(host.address);
      for (const [what, step] of Object.entries(steps)) {
        console.log(`${name}: ${what}`);
        await step(page);
      }
    } finally {
      await page.close();
    }
  };
  await inBrowser({
    "enters a person": enter,
    "analyses the video": (page) => analyse(page, native),
    "keeps the practice": keep,
  });
  await inBrowser({
    "finds the practice again": (page) => findRecords(page, native),
    "exports it": (page) => exportToProgram(page, place),
    "practises with a camera": practise,
    "opens without a network": (page) => openWithoutNetwork(page, host),
  });
});
