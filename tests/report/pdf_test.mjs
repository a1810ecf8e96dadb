// node tests/report/pdf_test.mjs MATSIDE CLIP LEVEL
// Makes a page and its PDF from a recording with a hostile name, on A4 and letter paper, and checks that no temporary
// file remains.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openBrowser, withCleanup } from "../live/support.mjs";

const [program, clip, level] = process.argv.slice(2);
const NAME = '"><img src=x onerror=alert(1)> #1 %41 ä.mp4';
const SIZES = { a4: [594.96, 841.92], letter: [612, 792] };

/** Pages of a PDF and their size in points. */
function pagesOf(pdf) {
  const text = pdf.toString("latin1");
  const boxes = [...text.matchAll(/\/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
    ([, width, height]) => [Number(width), Number(height)],
  );
  return { count: [...text.matchAll(/\/Type ?\/Page\b/g)].length, boxes };
}

await withCleanup(async (place) => {
  const folder = join(place.folder, "here");
  const temporary = join(place.folder, "tmp");
  const home = join(place.folder, "home");
  for (const each of [folder, temporary, home]) mkdirSync(each);
  copyFileSync(clip, join(folder, NAME));
  const report = (...more) =>
    execFileSync(
      program,
      [
        "report",
        NAME,
        "--level",
        level,
        "--model",
        "lite",
        "--from",
        "1",
        "--to",
        "9",
        "--quiet",
        ...more,
      ],
      {
        cwd: folder,
        env: { ...process.env, TMPDIR: temporary, HOME: home },
        encoding: "utf8",
      },
    );
  assert.equal(report("-o", "page.html", "--pdf"), "");
  assert.equal(report("-o", "letter.pdf", "--paper", "letter", "--no-pictures"), "");
  assert.deepEqual(
    readdirSync(folder).sort(),
    [NAME, "letter.pdf", "page.html", "page.pdf"].sort(),
  );
  assert.deepEqual(readdirSync(temporary), []);
  assert.deepEqual(readdirSync(home), []);
  for (const [name, size] of [
    ["page.pdf", SIZES.a4],
    ["letter.pdf", SIZES.letter],
  ]) {
    const { count, boxes } = pagesOf(readFileSync(join(folder, name)));
    assert.ok(count >= 3 && count <= 8, `${name}: ${count} pages`);
    assert.equal(boxes.length, count);
    for (const box of boxes)
      assert.ok(
        Math.abs(box[0] - size[0]) < 1 && Math.abs(box[1] - size[1]) < 1,
        `${name}: ${box}`,
      );
  }

  const browser = await openBrowser(place, { camera: null });
  const page = await browser.newPage();
  const observed = [];
  const url = pathToFileURL(join(folder, "page.html")).href;
  page.on(
    "request",
    (request) =>
      request.url() !== url && !request.url().startsWith("data:") && observed.push(request.url()),
  );
  page.on("console", (line) => observed.push(line.text()));
  page.on("dialog", (dialog) => observed.push(dialog.message()));
  await page.goto(url);
  assert.equal(await page.locator("h1").innerText(), NAME);
  assert.equal(
    await page.locator("svg.shown image").count(),
    await page.locator("svg.shown").count(),
  );
  assert.deepEqual(observed, []);
});
