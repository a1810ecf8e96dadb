// node tests/live/practise_clip.mjs --page URL --clip FILE.mp4 --level N
//   [--repetitions N] [--seconds S] [--camera-lost S]
// Practises with a clip as the camera of Chromium, guided, from "Start" to the clip's end or the set's, and prints one
// line of JSON: counts, repetitions, pictures_per_s, and every sentence that was said or dropped. Times are in seconds
// from the first picture. URL is the address that `matside serve` prints. --camera-lost: the camera ends S seconds
// after the first picture.
import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import {
  answerBefore,
  cameraFile,
  enterAsNewPerson,
  observe,
  openBrowser,
  withCleanup,
} from "./support.mjs";

const { values } = parseArgs({
  options: {
    page: { type: "string" },
    clip: { type: "string" },
    level: { type: "string" },
    repetitions: { type: "string" },
    seconds: { type: "string" },
    "camera-lost": { type: "string" },
  },
});
if (!values.page || !values.clip || !values.level) {
  console.error("usage: practise_clip.mjs --page URL --clip FILE.mp4 --level N");
  process.exit(2);
}

const round = (value, step = 0.01) =>
  value === undefined || Number.isNaN(value)
    ? null
    : Number((Math.round(value / step) * step).toFixed(3));

function secondsOf(clip) {
  const show = ["-show_entries", "format=duration", "-of", "csv=p=0", clip];
  return Number(execFileSync("ffprobe", ["-v", "error", ...show], { encoding: "utf8" }));
}

async function startGuided(page, url, { level, repetitions }) {
  await enterAsNewPerson(page, url, level);
  await page.goto(`${url}#/today`);
  await page.getByTestId("level").selectOption(level);
  if (repetitions !== undefined) {
    const planned = async () => Number(await page.locator("output").textContent());
    const press = (name) => page.getByRole("button", { name }).click();
    while ((await planned()) < Number(repetitions)) await press("One more");
    while ((await planned()) > Number(repetitions)) await press("One fewer");
  }
  await page.getByTestId("start").click();
  await answerBefore(page);
}

/** Ends the camera as unplugging it does. */
async function loseCamera(page) {
  await page.evaluate(() => {
    for (const track of document.querySelector("video").srcObject.getTracks()) {
      track.stop();
      track.dispatchEvent(new Event("ended"));
    }
  });
}

/** When the first picture was taken, by the page's clock: no picture is sent before it is taken. */
async function originOf(page, sent) {
  const timeOrigin_ms = await page.evaluate(() => performance.timeOrigin);
  return Math.min(...sent.map(({ sent_ms, time_s }) => sent_ms - timeOrigin_ms - 1000 * time_s));
}

function saidRows(spoken, messages, origin_ms) {
  const at = (page_ms) => (page_ms === undefined ? null : round((page_ms - origin_ms) / 1000));
  const rows = spoken.map(({ say, asked_ms, start_ms, end_ms, dropped, interrupted }) => ({
    text: say.text,
    kind: say.kind,
    due_s: say.start_s > 0 ? round(say.due_s) : at(asked_ms),
    start_s: at(start_ms),
    end_s: at(end_ms),
    form: say.form,
    dropped: dropped ?? null,
    ...(interrupted ? { interrupted } : {}),
  }));
  for (const { text, kind, due_s, reason } of messages.filter(({ type }) => type === "unsaid"))
    rows.push({
      text,
      kind,
      due_s: round(due_s),
      start_s: null,
      end_s: null,
      form: null,
      dropped: reason,
    });
  return rows.sort((a, b) => a.due_s - b.due_s);
}

await withCleanup(async (place) => {
  const camera = cameraFile(place, values.clip);
  const browser = await openBrowser(place, { camera });
  const page = await browser.newPage();
  const url = new URL("/", values.page).href;
  await page.goto(values.page);
  const observed = observe(page, url);
  await startGuided(page, url, values);
  const has = (type, wanted = () => true) =>
    observed.messages.some((message) => message.type === type && wanted(message));
  const wait_ms = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  while (observed.sent.length === 0) await wait_ms(50);
  const began_ms = Date.now();
  const seconds = Number(values.seconds ?? secondsOf(values.clip));
  const since_s = () => (Date.now() - began_ms) / 1000;
  let lost = values["camera-lost"] === undefined;
  while (since_s() < seconds && !has("summary")) {
    await wait_ms(100);
    if (lost || since_s() < Number(values["camera-lost"])) continue;
    lost = true;
    await loseCamera(page);
  }
  const taken_s = observed.sent.at(-1).time_s - observed.sent[0].time_s;
  const origin_ms = await originOf(page, observed.sent);
  const counted = observed.messages.findLast(({ type }) => type === "counts");
  const { left = 0, right = 0, unsure = 0, kicks = 0 } = counted ?? {};
  const spoken = await page.evaluate(() => globalThis.matsideSpoken);
  const repetitions = observed.messages
    .filter(({ type }) => type === "repetition")
    .map((each) => ({ side: each.side, kicks: each.kicks, faults: each.faults }));
  const result = {
    counts: { left, right, unsure, kicks },
    repetitions,
    pictures_per_s: round(observed.sent.length / Math.max(taken_s, 1e-3), 0.1),
    said: saidRows(spoken, observed.messages, origin_ms),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
});
