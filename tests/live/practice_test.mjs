// node tests/live/practice_test.mjs MATSIDE CLIP LEVEL SECONDS guided|counted [STAGE]
// Practises in Debian's Chromium with the clip's first seconds as its camera, led by voice or only counted, and wants
// the page to count and find what `matside analyze` finds in them, every message to fit its schema, the practice to
// pass through STAGE, and nothing to be asked of another computer.
import assert from "node:assert/strict";
import { analyzed, axe, cameraFile, eventually, listen, number, open, serve, start, text, untilCounted, within } from "./support.mjs";

const share = (sorted, of) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(of * sorted.length))]);

/** How long answers took, and how long after a kick, as judged in the end, the page was told of it. */
function latencies({ told, sent }) {
  const bySent = new Map(sent.map((frame) => [frame.index, frame]));
  const answers = told.filter((message) => message.type === "frame_done").map((done) => done.heard_ms - bySent.get(done.index).sent_ms);
  const judged = told.filter((message) => message.type === "repetition").flatMap((repetition) => repetition.kick_times_s);
  const kicks = [];
  told.forEach((kick, at) => {
    if (kick.type !== "kick") return;
    // The picture that showed it is answered right after it.
    const frame = bySent.get(told.slice(at).find((message) => message.type === "frame_done").index);
    const happened_s = judged.reduce((best, time) => (Math.abs(time - kick.time_s) < Math.abs(best - kick.time_s) ? time : best), Infinity);
    if (Number.isFinite(happened_s)) kicks.push(1000 * (frame.time_s - happened_s) + kick.heard_ms - frame.sent_ms);
  });
  return [["picture to answer", answers], ["kick to page", kicks]].map(([name, times]) => {
    const sorted = times.sort((a, b) => a - b);
    return `${name}: p50 ${share(sorted, 0.5)} ms, p99 ${share(sorted, 0.99)} ms`;
  });
}

const [program, clip, level, seconds, how, stage] = process.argv.slice(2);

await within(async (place) => {
  const wanted = analyzed(program, clip, level, seconds);
  const served = await serve(place, program);
  const browser = await open(place, { camera: cameraFile(place, clip, seconds) });
  const page = await browser.newPage();
  const heard = listen(page, served.url);
  await start(page, served.url, level, { guided: how === "guided" });
  const began = Date.now();
  await untilCounted(page, wanted.counts.left + wanted.counts.right + wanted.counts.unsure);
  assert.equal(await text(page, "connection"), "connected");
  const done = heard.told.filter((message) => message.type === "frame_done" && !message.dropped).length;
  console.log(`${done} pictures in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  const kicksSeen = heard.told.filter((message) => message.type === "kick").length;
  await page.keyboard.press("Space");
  await page.getByTestId("comfort").waitFor();
  await page.getByRole("button", { name: "Comfortable, finish" }).click();
  await page.getByRole("heading", { name: "Your set" }).waitFor();

  const counts = { left: await number(page, "count-left"), right: await number(page, "count-right"), kicks: await number(page, "kicks") };
  assert.deepEqual(counts, { left: wanted.counts.left, right: wanted.counts.right, kicks: wanted.counts.kicks });
  const rows = await page.locator("table.repetitions tbody tr").evaluateAll((all) => all.map((row) => row.dataset.faults));
  assert.deepEqual(rows, wanted.repetitions.map((repetition) => repetition.faults.map((fault) => fault.id).join(" ")));
  assert.equal(kicksSeen, wanted.counts.kicks, "a light for each kick");
  assert.equal(await text(page, "connection"), "closed");
  for (const line of latencies(heard)) console.log(line);
  assert.deepEqual(await axe(page), []);
  await eventually(() => heard.told.some((message) => message.type === "summary"), "a summary came");
  assert.deepEqual(heard.misfits, []);
  for (const type of ["hello", "ready", "frame_done", "stage", "movement", "kick", "repetition", "counts", "say", "pause", "stop", "summary"]) {
    assert.ok(heard.told.some((message) => message.type === type), `no message of type ${type}`);
  }
  if (stage) assert.ok(heard.told.some((message) => message.stage === stage), `the practice was never ${stage}`);
  assert.deepEqual(heard.elsewhere, [], "the page asked other hosts");
  assert.deepEqual(heard.troubles, [], "the page had errors");
  assert.equal(await served.end("SIGTERM"), 0, "matside serve ends well when asked to");
});
