// node tests/live/video_test.mjs MATSIDE CLIP LEVEL
// A recorded video dropped on the page gives the results of `matside analyze`; a bad file is refused in plain words.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  analyzed,
  axeViolations,
  observe,
  number,
  openBrowser,
  TIMEOUT_MS,
  serve,
  until,
  withCleanup,
} from "./support.mjs";

const [program, clip, level] = process.argv.slice(2);

async function drop(page, name, bytes) {
  const dropped = await page.evaluateHandle(
    ([as, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(
        new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], as),
      );
      return transfer;
    },
    [name, bytes.toString("base64")],
  );
  await page.getByTestId("drop").dispatchEvent("drop", { dataTransfer: dropped });
}

await withCleanup(async (place) => {
  const wanted = analyzed(program, clip, level);
  const served = await serve(place, program);
  const browser = await openBrowser(place, { camera: null });
  const page = await browser.newPage();
  const observed = observe(page, served.url);
  await page.goto(`${served.address}#/video`);
  await page.getByTestId("level").selectOption(level);
  await drop(page, "shopping.mp4", Buffer.from("bread, milk and no video at all"));
  await page
    .getByTestId("video-error")
    .filter({ hasText: "shopping.mp4 could not be analysed" })
    .waitFor();
  assert.match(await page.getByTestId("video-error").textContent(), /It is not a video/);
  assert.deepEqual(await axeViolations(page), []);

  await drop(page, "practice.mp4", readFileSync(clip));
  await page.getByRole("heading", { name: "Results" }).waitFor({ timeout: TIMEOUT_MS });
  const counts = {
    left: await number(page, "video-left"),
    right: await number(page, "video-right"),
    kicks: await number(page, "video-kicks"),
    clean: await number(page, "video-clean"),
  };
  const { left, right, kicks, clean } = wanted.counts;
  assert.deepEqual(counts, { left, right, kicks, clean });
  assert.equal(await page.getByTestId("jump").count(), wanted.repetitions.length);
  // No other style of the page reaches the timeline's bars.
  const bars = page.locator(".timeline .repetition");
  const heights = await bars.evaluateAll((all) => all.map((bar) => bar.getBBox().height));
  assert.deepEqual(
    heights,
    wanted.repetitions.map(() => 22),
  );
  assert.deepEqual(await axeViolations(page), []);

  const second = wanted.repetitions[1];
  await page.getByTestId("jump").nth(1).click();
  await until(
    page,
    (at) => Math.abs(document.querySelector("video").currentTime - at) < 0.05,
    second.start_s,
  );
  await until(page, () => {
    const canvas = document.querySelector(".picture canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value, at) => at % 4 === 3 && value > 0);
  });
  assert.deepEqual(observed.foreignRequests, []);
  assert.deepEqual(observed.errors, []);
});
