// analyse_test.mjs MATSIDE SITE CLIP LEVEL [CLIP LEVEL ...]
// The page without a server finds in a recorded video what `matside analyze` finds, keeps it as a practice and makes
// its report, answers requests meanwhile, stops when asked, and refuses bad files in plain words.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { api, enterAsNewPerson, observe, withCleanup } from "../live/support.mjs";
import { analyseOnPage, assertSameFindings, choose, openVideoPage } from "./video_page.mjs";

const [program, site, ...rest] = process.argv.slice(2);
const clips = [];
for (let i = 0; i < rest.length; i += 2) clips.push({ clip: rest[i], level: rest[i + 1] });
const [{ clip, level }] = clips;
const PRACTISED = "2026-11-21T10:30";
const MOST_WAIT_MS = 2000;
/** Networks that differ in their last digits move the time of a kick where the knee is bent for long. */
const MOST_SHIFT_S = 0.3;
const APPLE_DATE = "com.apple.quicktime.creationdate";
const RECORDED = "2026-01-05T09:30:00+01:00";

function ffmpeg(...args) {
  execFileSync("ffmpeg", ["-v", "error", "-y", ...args]);
}

/** The seconds of a clip in another form; `how`: FFmpeg's options. @returns its path */
function made(place, name, seconds, how, input = ["-i", clip]) {
  const file = join(place.folder, name);
  ffmpeg(...input, "-t", String(seconds), ...how, file);
  return file;
}

async function assertSame(page, place, file, at) {
  const { result, native } = await assertSameFindings(page, place, program, file, at, MOST_SHIFT_S);
  assert.equal(result.source.sha256, native.source.sha256);
  assert.equal(result.source.duration_s, native.source.duration_s);
  assert.deepEqual(result.source.recorded, native.source.recorded);
  return result;
}

async function assertRefused(page, file, sentence) {
  const { message } = await analyseOnPage(page, file, level);
  assert.match(message ?? "", sentence, file);
  await page.getByTestId("video-error").filter({ hasText: message }).waitFor();
}

async function refusesBadFiles(page, place) {
  const written = (name, bytes) => {
    const file = join(place.folder, name);
    writeFileSync(file, bytes);
    return file;
  };
  const noVideo = /^It is not a video that this browser can read/;
  await assertRefused(page, written("empty.mp4", ""), /^It is empty/);
  await assertRefused(page, written("shopping.mp4", "bread, milk and no video"), noVideo);
  await assertRefused(page, written("random.mp4", randomBytes(100_000)), noVideo);
  const playlist = "#EXTM3U\n#EXTINF:4,\nhttp://192.0.2.1/practice.ts\n#EXT-X-ENDLIST\n";
  await assertRefused(page, written("practice.m3u8", playlist), noVideo);
  const tone = ["-f", "lavfi", "-i", "sine"];
  await assertRefused(page, made(place, "song.wav", 2, [], tone), /^It has sound but no picture/);
  await assertRefused(page, made(place, "song.mp3", 2, [], tone), /^It has sound but no picture/);
  await assertRefused(page, made(place, "old.avi", 1, ["-c:v", "mpeg4"]), noVideo);
  // Its index was at its end.
  const bytes = readFileSync(made(place, "index_last.mp4", 5, ["-c", "copy"]));
  const slow = ["-f", "lavfi", "-i", "color=s=64x36:r=1"];
  await assertRefused(page, made(place, "long.mp4", 3700, [], slow), /^It is longer than an hour/);
  const wide = ["-f", "lavfi", "-i", "color=s=5120x96:r=5"];
  await assertRefused(page, made(place, "wide.mp4", 1, [], wide), /^It has pictures of 5120 x 96/);
  const half = written("half.mp4", bytes.subarray(0, bytes.length / 2));
  await assertRefused(page, half, /^It contains no picture, or its end is missing/);
}

/** A file whose index comes first is analysed up to where it is cut off. */
async function analysesTheBeginningOfACutFile(page, place) {
  const whole = made(place, "whole.mp4", 20, ["-c", "copy", "-movflags", "+faststart"]);
  const cut = join(place.folder, "cut.mp4");
  writeFileSync(cut, readFileSync(whole).subarray(0, Math.round(statSync(whole).size * 0.6)));
  const { analysis, message } = await analyseOnPage(page, cut, level);
  assert.equal(message, undefined);
  assert.ok(analysis.result.warnings.some(({ id }) => id === "input_truncated"));
  const { duration_s } = analysis.result.source;
  assert.ok(duration_s > 4 && duration_s < 19, `${duration_s} s`);
  await page.getByText(/^The recording is cut off.*It ends at 0:\d\d\.$/).waitFor();
}

async function findsNobodyInAnEmptyRoom(page, place) {
  const room = ["-f", "lavfi", "-i", "color=c=gray:s=320x180:r=25"];
  const file = made(place, "room.webm", 3, ["-c:v", "libvpx", "-pix_fmt", "yuv420p"], room);
  await assertSame(page, place, file, level);
}

/** While a video is analysed, the page's requests are answered, and Cancel ends the analysis. */
async function answersMeanwhileAndStops(page, place) {
  await choose(page, clip, level);
  await page.waitForFunction(() => globalThis.matsideAnalyses.at(-1).first_ms !== undefined);
  const before_ms = Date.now();
  const { persons } = await api(page, "persons");
  const waited_ms = Date.now() - before_ms;
  assert.ok(Array.isArray(persons));
  assert.ok(waited_ms < MOST_WAIT_MS, `an answer took ${waited_ms} ms`);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByTestId("drop").waitFor();
  // The next one is not disturbed by it.
  const next = made(place, "next.mp4", 2, ["-c", "copy"]);
  const { analysis, message } = await analyseOnPage(page, next, level);
  assert.equal(message, undefined);
  assert.ok(Math.abs(analysis.result.source.duration_s - 2) < 0.2);
}

async function keepsAndReports(page, address, place) {
  await enterAsNewPerson(page, address, level);
  await page.goto(`${address}#/video`);
  const { analysis } = await analyseOnPage(page, clip, level);
  await page.getByTestId("keep-date").fill(PRACTISED);
  await page.getByTestId("keep").click();
  await page.getByTestId("kept").filter({ hasText: "Saved." }).waitFor();
  await page.getByTestId("kept").getByRole("link").click();
  // Its repetitions can be replayed.
  await page.getByTestId("play").first().click();
  await page
    .getByRole("heading", { name: `Repetition 1 of ${analysis.result.repetitions.length}` })
    .waitFor();
  const downloading = page.waitForEvent("download");
  await page.getByTestId("report").click();
  const report = join(place.folder, "from_the_page.html");
  await (await downloading).saveAs(report);
  const [one, other] = [report, await nativeReport(page, place)].map(partsOf);
  assert.deepEqual(one.document, other.document);
  assert.ok(one.page === other.page, "the page of the report");
}

/** A report's page and its document, but for when and by which build it was made, and the person's name. */
function partsOf(report) {
  const text = readFileSync(report, "utf8");
  const [before, rest] = text.split('id="report">');
  const end = rest.indexOf("</script>");
  const { made, program: by, build, kept, ...document } = JSON.parse(rest.slice(0, end));
  assert.ok(made && by && build && kept.person);
  return {
    page: before + rest.slice(end),
    document: { ...document, kept: { ...kept, person: "" } },
  };
}

/** The report that `matside report` writes of what the page exports. @returns its path */
async function nativeReport(page, place) {
  const exported = join(place.folder, "export.json");
  const { status, ...data } = await api(page, "export?person=1");
  assert.equal(status, 200);
  writeFileSync(exported, JSON.stringify(data));
  const records = ["--data", join(place.folder, "native")];
  const report = join(place.folder, "from_the_command_line.html");
  execFileSync(program, ["import", exported, ...records]);
  execFileSync(program, ["report", "1", ...records, "-o", report, "--quiet"]);
  return report;
}

await withCleanup(async (place) => {
  const { page, address } = await openVideoPage(place, site);
  const observed = observe(page, address);
  for (const each of clips) await assertSame(page, place, each.clip, each.level);
  // As a phone stores it: on its side, with a note to turn it, and with its date.
  const turned = ["-vf", "transpose=2", "-c:v", "libx264", "-crf", "16"];
  const side = made(place, "side.mp4", 12, turned);
  const upright = join(place.folder, "upright.mov");
  const dated = ["-movflags", "use_metadata_tags", "-metadata", `${APPLE_DATE}=${RECORDED}`];
  ffmpeg("-i", side, "-c", "copy", "-metadata:s:v", "rotate=90", ...dated, upright);
  const { source } = await assertSame(page, place, upright, level);
  assert.deepEqual(source.recorded, { time: RECORDED, from: "file" });
  const large = ["-vf", "scale=3840:2160", "-c:v", "libx264", "-preset", "ultrafast"];
  await assertSame(page, place, made(place, "large.mp4", 4, large), level);
  await findsNobodyInAnEmptyRoom(page, place);
  await refusesBadFiles(page, place);
  await analysesTheBeginningOfACutFile(page, place);
  await answersMeanwhileAndStops(page, place);
  await keepsAndReports(page, address, place);
  assert.deepEqual(observed.foreignRequests, []);
});
