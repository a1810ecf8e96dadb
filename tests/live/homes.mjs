// Where Matside runs in a test: `matside serve`, or, with --site DIR, the browser alone. Most tests work in both.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { serveFolder } from "./static_host.mjs";
import { cameraFile, hearEngine, observe, openBrowser, serve } from "./support.mjs";

/** The test's arguments, MATSIDE [--site DIR] REST... @returns the home of Matside, the program, and the others */
export function testArguments() {
  const { values, positionals } = parseArgs({
    options: { site: { type: "string" } },
    allowPositionals: true,
  });
  const [program, ...rest] = positionals;
  const { site } = values;
  if (site) assert.ok(existsSync(join(site, "index.html")), `${site}: run ./dev site first`);
  return { home: { program, site }, program, rest };
}

/** Runs in the Worker before its own code, where the clock begins at another time. */
function movedClock(now_ms) {
  const Original = Date;
  const moved_ms = now_ms - Original.now();
  globalThis.Date = class extends Original {
    constructor(...parts) {
      super(...(parts.length === 0 ? [Original.now() + moved_ms] : parts));
    }
    static now() {
      return Original.now() + moved_ms;
    }
  };
}

/** The Worker's script for a clock that shows `now_s`. */
function workerWithClock(site, now_s) {
  const script = readFileSync(join(site, "worker.js"), "utf8");
  return `(${movedClock})(${1000 * now_s});${script}`;
}

/**
 * Starts Matside, in either home, with the options of serve(); `inBrowser` says which home it is. Without a server,
 * records are always kept, and a page with another clock is not kept for use without a network.
 */
export async function openHome(place, { program, site }, { port = 0, now_s, records = true } = {}) {
  if (!site) {
    return { ...(await serve(place, program, { port, now_s, records })), inBrowser: false };
  }
  const replaced = now_s === undefined ? {} : { "/worker.js": workerWithClock(site, now_s) };
  const host = await serveFolder(site, { port, replaced });
  place.atEnd(host.stop);
  return { url: host.address, address: host.address, end: host.stop, inBrowser: true };
}

/** As observe(), in either home. Call it before the page is opened. */
export async function observeHome(page, served) {
  const observed = observe(page, served.url);
  if (served.inBrowser) await hearEngine(page, observed);
  return observed;
}

/**
 * A page of the site in `folder`, with the clip as its camera, not opened yet. `options` are those of serveFolder() and,
 * as `window`, those of the browser's context.
 */
export async function openSite(place, folder, clip, { window = {}, ...options } = {}) {
  const host = await serveFolder(folder, options);
  place.atEnd(host.stop);
  const browser = await openBrowser(place, { camera: cameraFile(place, clip) });
  const context = await browser.newContext(window);
  const page = await context.newPage();
  const observed = await observeHome(page, { url: host.address, inBrowser: true });
  return { host, context, page, observed };
}
