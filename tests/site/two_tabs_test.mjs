// two_tabs_test.mjs SITE CLIP LEVEL
// The records are open in one tab at a time: another one says so, and takes them over when the person asks, also
// during a practice, which can then be continued there. The first tab says so too, and takes them back.
import assert from "node:assert/strict";
import {
  api,
  axeViolations,
  cameraFile,
  counted,
  hearEngine,
  observe,
  openBrowser,
  startPractice,
  untilCounted,
  untilText,
  withCleanup,
} from "../live/support.mjs";
import { serveFolder } from "../live/static_host.mjs";

const [site, clip, level] = process.argv.slice(2);
const ELSEWHERE = "Matside is open in another tab";

async function openTab(context, address) {
  const page = await context.newPage();
  const observed = observe(page, address);
  await hearEngine(page, observed);
  return { page, observed };
}
const elsewhere = (page) => page.getByRole("heading", { name: ELSEWHERE, level: 1 });

await withCleanup(async (place) => {
  const host = await serveFolder(site);
  place.atEnd(host.stop);
  const browser = await openBrowser(place, { camera: cameraFile(place, clip) });
  const context = await browser.newContext();
  const first = await openTab(context, host.address);
  await startPractice(first.page, host.address, level, { guided: false });
  await untilCounted(first.page, 1);

  const second = await openTab(context, host.address);
  await second.page.goto(host.address);
  await elsewhere(second.page).waitFor();
  assert.deepEqual(await axeViolations(second.page), []);
  await second.page.getByRole("link", { name: "Learn" }).click();
  await second.page.getByRole("heading", { name: "Learn the movement" }).waitFor();
  await second.page.goto(`${host.address}#/today`);

  // Opening a second tab disturbs nothing; taking over ends the practice in the first one.
  await untilText(first.page, "connection", "connected");
  const before = await counted(first.page);
  await second.page.getByRole("button", { name: "Use Matside here" }).click();
  await elsewhere(first.page).waitFor();
  await second.page.getByTestId("unfinished").waitFor();
  await second.page.getByRole("button", { name: "Continue" }).click();
  await untilText(second.page, "connection", "connected");
  assert.ok((await counted(second.page)) >= before, "what was counted is there");
  await second.page.keyboard.press("PageDown");
  await second.page.getByRole("button", { name: "Comfortable, finish" }).click();
  await second.page.getByRole("heading", { name: "Your set" }).waitFor();

  await first.page.bringToFront();
  await first.page.getByRole("button", { name: "Use Matside here" }).click();
  await elsewhere(second.page).waitFor();
  await elsewhere(first.page).waitFor({ state: "detached" });
  await first.page.goto(`${host.address}#/progress`);
  await first.page.getByTestId("practices").locator("tbody tr").waitFor();
  const { practices } = await api(first.page, "progress?person=1");
  assert.equal(practices.length, 1);
  assert.ok(practices[0].left + practices[0].right + practices[0].unsure >= before);
  for (const { observed } of [first, second]) {
    assert.deepEqual(observed.errors, []);
    assert.deepEqual(observed.schemaViolations, []);
  }
});
