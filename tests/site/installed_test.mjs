// installed_test.mjs SITE
// Chromium finds nothing that would keep the page from being installed, and it starts without a network.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { until, withCleanup } from "../live/support.mjs";
import { serveFolder } from "../live/static_host.mjs";

const [site] = process.argv.slice(2);

/** The width and height that a PNG says it has. */
function sizeOf(file) {
  const bytes = readFileSync(file);
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}

const MOST_SCREENSHOT_BYTES = 100_000;

/** The pictures that the browser shows before it installs the page: there, small, and as large as they say. */
async function checkScreenshots(page, screenshots) {
  assert.deepEqual([...new Set(screenshots.map((each) => each.form_factor))].sort(), [
    "narrow",
    "wide",
  ]);
  for (const { src, sizes, label } of screenshots) {
    assert.ok(label, src);
    assert.ok(statSync(join(site, src)).size < MOST_SCREENSHOT_BYTES, `${src} is too large`);
    const size = await page.evaluate(async (path) => {
      const image = new Image();
      image.src = path;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    assert.equal(size, sizes, src);
  }
}

await withCleanup(async (place) => {
  const host = await serveFolder(site);
  place.atEnd(host.stop);
  // A private window can't install anything, so this one has a profile.
  const context = await chromium.launchPersistentContext(join(place.folder, "profile"), {
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  place.atEnd(() => context.close());
  const page = await context.newPage();
  await page.goto(host.address);
  await until(page, () => navigator.serviceWorker.controller !== null);
  const session = await context.newCDPSession(page);
  const { errors, data, url } = await session.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  assert.equal(url, new URL("matside.webmanifest", host.address).href);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors, []);
  const manifest = JSON.parse(data);
  await checkScreenshots(page, manifest.screenshots);
  for (const { src, sizes, type } of manifest.icons) {
    const file = join(site, src);
    if (type === "image/png") assert.equal(sizeOf(file), sizes, src);
    else readFileSync(file);
  }

  await page.getByRole("heading", { name: "Welcome to Matside" }).waitFor();
  // The figures of Learn, and the whole voice.
  const wanted = ["body.bin", ...readdirSync(join(site, "voice")).map((clip) => `voice/${clip}`)];
  await until(
    page,
    async (paths) => {
      const kept = await (await caches.open("matside-files")).keys();
      const has = new Set(kept.map(({ url }) => new URL(url).pathname.slice(1)));
      return paths.every((path) => has.has(path));
    },
    wanted,
  );
  await host.stop();
  const asked = host.asked.length;
  const again = await context.newPage();
  await page.close();
  await again.goto(host.address);
  await again.getByLabel("Your name").fill("Ada");
  await again.getByRole("button", { name: "Continue" }).click();
  await again.getByRole("heading", { name: "Before you practise" }).waitFor();
  assert.equal(host.asked.length, asked, "the stopped host was asked");
});
