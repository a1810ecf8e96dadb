// update_test.mjs SITE CLIP LEVEL
// A new version is published while somebody practises. The practice continues, and nothing is asked during it. Then the
// page offers the new version, switches to it, and has every record.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  api,
  axeViolations,
  eventually,
  startPractice,
  until,
  withCleanup,
} from "../live/support.mjs";
import { openSite } from "../live/homes.mjs";

const [site, clip, level] = process.argv.slice(2);
const NEWER = "The next version of Matside.";

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** Publishes another version: its page and the service worker's list of files are changed, as make_site.mjs does. */
function publish(folder) {
  const page = join(folder, "index.html");
  const worker = join(folder, "service_worker.js");
  const before = readFileSync(page, "utf8");
  const after = before.replace(/(name="description"\s+content=")[^"]*/, `$1${NEWER}`);
  assert.notEqual(after, before);
  const listed = readFileSync(worker, "utf8");
  assert.ok(listed.includes(sha256(before)), "the page is in the list");
  writeFileSync(page, after);
  writeFileSync(worker, listed.replace(sha256(before), sha256(after)));
}

const description = (page) => page.locator('meta[name="description"]').getAttribute("content");
const isWaiting = (page) =>
  page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null);
const offer = (page) => page.getByTestId("new-version").getByRole("button");

await withCleanup(async (place) => {
  const folder = join(place.folder, "site");
  cpSync(site, folder, { recursive: true });
  const { host, page, observed } = await openSite(place, folder, clip);
  const messages = (type) => observed.messages.filter((message) => message.type === type);
  const counted = () => {
    const { left = 0, right = 0, unsure = 0 } = messages("counts").at(-1) ?? {};
    return left + right + unsure;
  };
  await startPractice(page, host.address, level, { guided: false });
  await until(page, () => navigator.serviceWorker.controller !== null);
  await eventually(() => counted() >= 1, "a repetition is counted");
  assert.notEqual(await description(page), NEWER);

  publish(folder);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await eventually(() => isWaiting(page), "the new version is there");
  const before = counted();
  await eventually(() => counted() > before, "the practice continues");
  assert.equal(await offer(page).count(), 0, "nothing is asked during a practice");
  await page.keyboard.press("PageDown");
  await page.getByRole("button", { name: "Comfortable, finish" }).click();
  await eventually(() => messages("summary").length === 1, "the practice ends");

  await page.goto(`${host.address}#/today`);
  await page.getByText("A new version of Matside is ready.").waitFor();
  assert.deepEqual(await axeViolations(page), []);
  // A reload alone doesn't switch.
  await page.reload();
  await offer(page).waitFor();
  assert.notEqual(await description(page), NEWER);
  await Promise.all([page.waitForEvent("load"), offer(page).click()]);
  assert.equal(await description(page), NEWER);
  await page.getByTestId("next").waitFor();
  assert.equal(await offer(page).count(), 0);
  assert.equal(await isWaiting(page), false);
  const { practices } = await api(page, "progress?person=1");
  const all = practices.map(({ left, right, unsure }) => left + right + unsure);
  assert.deepEqual(all, [counted()]);
  assert.deepEqual(observed.errors, []);
});
