// node tests/live/call_test.mjs MATSIDE [--site DIR] CLIP LEVEL
// Calls into Chromium's microphone stop a practice under the server's own policy: silence continues it, another call
// is discomfort. The browser is asked for the microphone once, before the first practice.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import {
  answerBefore,
  cameraFile,
  enterAsNewPerson,
  eventually,
  openBrowser,
  untilText,
  withCleanup,
} from "./support.mjs";
import { observeHome, openHome, testArguments } from "./homes.mjs";

const { home, rest } = testArguments();
const [clip, level] = rest;
/** Two calls, the first answered by silence, and one that answers the second. */
const CALLS_S = [16, 32, 36.5];
const LASTS_S = 60;

/** A quiet room in which somebody calls. */
function microphoneFile(place) {
  const call = join(place.folder, "call.wav");
  const file = join(place.folder, "microphone.wav");
  execFileSync("espeak-ng", ["-v", "en-us+f2", "-p", "60", "-s", "130", "-w", call, "Stop!"]);
  const calls = CALLS_S.map((at_s, index) => `[1]adelay=${1000 * at_s}[call${index}]`);
  const mixed = ["[0]", ...CALLS_S.map((_, index) => `[call${index}]`)].join("");
  const graph = `${calls.join(";")};${mixed}amix=inputs=${CALLS_S.length + 1}:duration=first:normalize=0[o]`;
  const room = `anoisesrc=d=${LASTS_S}:c=pink:r=48000:a=0.004:seed=1`;
  execFileSync("ffmpeg", [
    ...["-v", "error", "-y", "-f", "lavfi", "-i", room, "-i", call],
    ...["-filter_complex", graph, "-map", "[o]", "-ar", "48000", "-ac", "1", file],
  ]);
  return file;
}

const messagesOf = (observed, type) => observed.messages.filter((message) => message.type === type);

await withCleanup(async (place) => {
  const served = await openHome(place, home);
  const browser = await openBrowser(place, {
    camera: cameraFile(place, clip),
    microphone: microphoneFile(place),
  });
  const page = await browser.newPage();
  const observed = await observeHome(page, served);
  await enterAsNewPerson(page, served.url, level);
  await page.goto(`${served.url}#/today`);
  await page.getByTestId("start").click();
  await page.getByRole("button", { name: "Allow the microphone" }).click();
  await page.getByTestId("ask-to-hear").waitFor({ state: "detached" });
  await answerBefore(page);
  await untilText(page, "connection", "connected");
  await page.getByText("Call out, press any key").waitFor();

  await page.getByTestId("by-ear").waitFor();
  assert.equal(messagesOf(observed, "pause").length, 1, "the call pauses");
  await page.getByTestId("by-ear").waitFor({ state: "detached" });
  await page.getByTestId("stop").waitFor();
  await eventually(() => messagesOf(observed, "resume").length === 1, "silence continues");
  assert.equal(messagesOf(observed, "comfort")[0].answer, "comfortable");

  await page.getByTestId("by-ear").waitFor();
  await page.getByText("You stopped because of discomfort").waitFor();
  await eventually(
    () => messagesOf(observed, "summary").at(-1)?.ended_by === "discomfort",
    "the second call is discomfort",
  );
  await page.goto(`${served.url}#/settings`);
  assert.ok(await page.getByLabel("Stop when I call out").isChecked());
  await page.goto(`${served.url}#/today`);
  await page.getByTestId("start").click();
  await page.getByTestId("begin").waitFor();
  assert.equal(await page.getByTestId("ask-to-hear").count(), 0, "it is asked once");
  assert.deepEqual(observed.errors, []);
  assert.deepEqual(observed.foreignRequests, []);
  assert.deepEqual(observed.schemaViolations, []);
});
