// shared_video_test.mjs SITE CLIP
// A video that another app shares comes to the Recorded video page, complete, once, and is not kept.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { observe, openBrowser, until, withCleanup } from "../live/support.mjs";
import { serveFolder } from "../live/static_host.mjs";

const [site, clip] = process.argv.slice(2);

/** Runs in the page before its own code: keeps what is in the files that the page makes. */
function watchFiles() {
  const Original = globalThis.File;
  globalThis.madeFiles = [];
  globalThis.File = class extends Original {
    constructor(...parts) {
      super(...parts);
      if (this.type.startsWith("video/")) globalThis.madeFiles.push(this);
    }
  };
}

/** Sends the video as the system does: a form that another app fills in. */
async function share(page, address) {
  await page.setContent(
    `<form method="post" enctype="multipart/form-data" action="${address}shared_video">` +
      `<input type="file" name="video" /><button>Share</button></form>`,
  );
  await page.locator("input").setInputFiles(clip);
  await page.getByRole("button", { name: "Share" }).click();
}

await withCleanup(async (place) => {
  const host = await serveFolder(site);
  place.atEnd(host.stop);
  const browser = await openBrowser(place, { camera: null });
  const context = await browser.newContext();
  const first = await context.newPage();
  await first.goto(host.address);
  await until(first, () => navigator.serviceWorker.controller !== null);
  await first.close();

  const page = await context.newPage();
  observe(page, host.address);
  await page.addInitScript(watchFiles);
  await share(page, host.address);
  await page.waitForURL(`${host.address}#/video`);
  await page.getByRole("heading", { name: "Recorded video" }).waitFor();
  await page.getByText(basename(clip)).first().waitFor();
  const taken = await page.evaluate(async () => {
    const [file] = globalThis.madeFiles;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return { sha256, name: file.name, type: file.type, kept: await caches.keys() };
  });
  const sha256 = createHash("sha256").update(readFileSync(clip)).digest("hex");
  assert.deepEqual(
    { ...taken, kept: taken.kept.filter((name) => name !== "matside-files") },
    { sha256, name: basename(clip), type: "video/mp4", kept: [] },
  );
  assert.ok(!host.asked.includes("/shared_video"), "the video was sent to the host");

  await page.reload();
  await page.getByRole("heading", { name: "Recorded video" }).waitFor();
  assert.equal(await page.evaluate(() => globalThis.madeFiles.length), 0, "it comes once");
});
