// node tests/live/practice_test.mjs MATSIDE [--site DIR] CLIP LEVEL SECONDS guided|counted [STAGE]
// Practises with the clip's first seconds as the camera, with or without voice guidance. Expects the counts and faults
// that `matside analyze` finds, messages that fit the schema, the given STAGE, and no request to another computer.
// Prints how fast it was.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { figures, watchPictureAndSound } from "./figures.mjs";
import {
  analyzed,
  axeViolations,
  cameraFile,
  eventually,
  number,
  openBrowser,
  startPractice,
  text,
  untilCounted,
  withCleanup,
} from "./support.mjs";
import { observeHome, openHome, testArguments } from "./homes.mjs";

const SOON_MS = 300;

const { home, program, rest } = testArguments();
const [clip, level, seconds, how, stage] = rest;

await withCleanup(async (place) => {
  const wanted = analyzed(program, clip, level, seconds);
  const served = await openHome(place, home);
  const browser = await openBrowser(place, { camera: cameraFile(place, clip, seconds) });
  const page = await browser.newPage();
  const observed = await observeHome(page, served);
  await watchPictureAndSound(page);
  await startPractice(page, served.url, level, { guided: how === "guided" });
  await untilCounted(page, wanted.counts.left + wanted.counts.right + wanted.counts.unsure);
  assert.equal(await text(page, "connection"), "connected");
  const kicksSeen = observed.messages.filter((message) => message.type === "kick").length;
  await page.keyboard.press("Space");
  await page.getByTestId("comfort").waitFor();
  await page.getByRole("button", { name: "Comfortable, finish" }).click();
  await page.getByRole("heading", { name: "Your set" }).waitFor();

  const counts = {
    left: await number(page, "count-left"),
    right: await number(page, "count-right"),
    kicks: await number(page, "kicks"),
  };
  assert.deepEqual(counts, {
    left: wanted.counts.left,
    right: wanted.counts.right,
    kicks: wanted.counts.kicks,
  });
  const rows = await page
    .locator("table.repetitions tbody tr")
    .evaluateAll((all) => all.map((row) => row.dataset.faults));
  assert.deepEqual(
    rows,
    wanted.repetitions.map((repetition) => repetition.faults.map((fault) => fault.id).join(" ")),
  );
  assert.equal(kicksSeen, wanted.counts.kicks, "a light for each kick");
  assert.equal(await text(page, "connection"), "closed");
  const truth = JSON.parse(readFileSync(clip.replace(/\.\w+$/, ".truth.json"), "utf8"));
  const found = await figures(page, observed, wanted, truth);
  console.log(`figures ${JSON.stringify(found)}`);
  assert.ok(found.sound_p50_ms < SOON_MS, "a kick is heard at once");
  assert.deepEqual(await axeViolations(page), []);
  await eventually(
    () => observed.messages.some((message) => message.type === "summary"),
    "a summary came",
  );
  assert.deepEqual(observed.schemaViolations, []);
  for (const type of [
    "hello",
    "ready",
    "frame_done",
    "stage",
    "movement",
    "kick",
    "repetition",
    "counts",
    "say",
    "pause",
    "stop",
    "summary",
  ]) {
    assert.ok(
      observed.messages.some((message) => message.type === type),
      `no message of type ${type}`,
    );
  }
  if (stage)
    assert.ok(
      observed.messages.some((message) => message.stage === stage),
      `the practice was never ${stage}`,
    );
  assert.deepEqual(observed.foreignRequests, [], "the page asked other hosts");
  assert.deepEqual(observed.errors, [], "the page had errors");
  const ended = await served.end("SIGTERM");
  if (!served.inBrowser) assert.equal(ended, 0, "matside serve ends well when asked to");
});
