// node tests/live/practise_clip.mjs (--page URL | --site DIR) --clip FILE.mp4 --level N
//   [--repetitions N] [--seconds S] [--camera-lost S] [--connection-lost S] [--phone] [--memory]
// Practises with a clip as the camera of Chromium, guided, from "Start" to the clip's end or the set's, and prints one
// line of JSON: counts, repetitions, stages, pictures_per_s, answer_ms from a picture to its answer, and every sentence
// that was said or dropped. Times are in seconds from the first picture. URL is the address that `matside serve`
// prints, DIR what ./dev site made.
// --camera-lost: the camera ends S seconds after the first picture. --connection-lost: the connection ends then, and
// none is possible for 5 s. --phone: the page has the size of a phone's screen. --memory: adds tab_MB, the private
// memory of the tab's processes, in the middle of those measured once a second and at most.
import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { serveFolder } from "./static_host.mjs";
import { measureTab } from "./tab_memory.mjs";
import {
  answerBefore,
  cameraFile,
  enterAsNewPerson,
  hearEngine,
  observe,
  openBrowser,
  withCleanup,
} from "./support.mjs";

const { values } = parseArgs({
  options: {
    page: { type: "string" },
    site: { type: "string" },
    clip: { type: "string" },
    level: { type: "string" },
    repetitions: { type: "string" },
    seconds: { type: "string" },
    "camera-lost": { type: "string" },
    "connection-lost": { type: "string" },
    phone: { type: "boolean" },
    memory: { type: "boolean" },
  },
});
if (!(values.page || values.site) || !values.clip || !values.level) {
  console.error("usage: practise_clip.mjs (--page URL | --site DIR) --clip FILE.mp4 --level N");
  process.exit(2);
}

const PHONE = { width: 390, height: 844 };

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

const CONNECTION_LOST_MS = 5000;

/** Runs in the page before its own code: lets a test end its connections, and refuse new ones for a while. */
function losableConnections() {
  const Connection = globalThis.WebSocket;
  const open = new Set();
  let refused = false;
  globalThis.WebSocket = class extends Connection {
    constructor(...args) {
      super(...args);
      open.add(this);
      if (refused) this.close();
    }
  };
  globalThis.loseConnection = (for_ms) => {
    refused = true;
    for (const socket of open) socket.close();
    setTimeout(() => (refused = false), for_ms);
  };
}

/** When the first picture was taken, by the page's clock: no picture is sent before it is taken. */
function originOf(timeOrigin_ms, sent) {
  return Math.min(...sent.map(({ sent_ms, time_s }) => sent_ms - timeOrigin_ms - 1000 * time_s));
}

function saidRows(spoken, messages, origin_ms) {
  const at = (page_ms) => (page_ms === undefined ? null : round((page_ms - origin_ms) / 1000));
  const rows = spoken.map(({ say, asked_ms, start_ms, end_ms, dropped, interrupted }) => ({
    id: say.id,
    text: say.text,
    kind: say.kind,
    due_s: say.start_s > 0 ? round(say.due_s) : at(asked_ms),
    start_s: at(start_ms),
    end_s: at(end_ms),
    form: say.form,
    dropped: dropped ?? null,
    ...(interrupted ? { interrupted } : {}),
  }));
  for (const { id, text, kind, due_s, reason } of messages.filter(({ type }) => type === "unsaid"))
    rows.push({
      id,
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

/** From the picture to the answer: the median and the 99th percentile. */
function answerTimes(answered, taken_s, origin_ms) {
  const times = answered.map(({ heard_ms }, i) => heard_ms - origin_ms - 1000 * taken_s[i]);
  times.sort((a, b) => a - b);
  const share = (of) => round(times[Math.min(times.length - 1, Math.floor(of * times.length))], 1);
  return { p50: share(0.5), p99: share(0.99) };
}

/** In millions of bytes. */
function memoryShown(measured_bytes) {
  const all = measured_bytes.map((bytes) => bytes / 1e6).sort((a, b) => a - b);
  return { tab_MB: { p50: round(all[all.length >> 1], 1), most: round(all.at(-1), 1) } };
}

async function siteAddress(place, folder) {
  const host = await serveFolder(folder);
  place.atEnd(host.stop);
  return host.address;
}

await withCleanup(async (place) => {
  const camera = cameraFile(place, values.clip);
  const browser = await openBrowser(place, { camera });
  const page = await browser.newPage(values.phone ? { viewport: PHONE } : {});
  await page.addInitScript(losableConnections);
  const address = values.page ?? (await siteAddress(place, values.site));
  const url = new URL("/", address).href;
  const observed = observe(page, url);
  if (values.site) await hearEngine(page, observed);
  await page.goto(address);
  await startGuided(page, url, values);
  const has = (type, wanted = () => true) =>
    observed.messages.some((message) => message.type === type && wanted(message));
  const wait_ms = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  while (observed.sent.length === 0) await wait_ms(50);
  const began_ms = Date.now();
  const seconds = Number(values.seconds ?? secondsOf(values.clip));
  const since_s = () => (Date.now() - began_ms) / 1000;
  const losses = [
    { at: values["camera-lost"], lose: () => loseCamera(page) },
    {
      at: values["connection-lost"],
      lose: () => page.evaluate((for_ms) => globalThis.loseConnection(for_ms), CONNECTION_LOST_MS),
    },
  ].filter(({ at }) => at !== undefined);
  const tabMemory = values.memory ? await measureTab(browser) : undefined;
  const measured = [];
  while (since_s() < seconds && !has("summary")) {
    await wait_ms(100);
    if (tabMemory && measured.length < since_s()) measured.push(await tabMemory());
    for (const due of losses.filter(({ at }) => since_s() >= Number(at))) {
      losses.splice(losses.indexOf(due), 1);
      await due.lose();
    }
  }
  const sentAt = new Map(observed.sent.map((frame) => [frame.index, frame]));
  const answered = observed.messages.filter(
    ({ type, index, dropped }) => type === "frame_done" && !dropped && sentAt.has(index),
  );
  const answered_s = answered.map(({ index }) => sentAt.get(index).time_s);
  const timeOrigin_ms = await page.evaluate(() => performance.timeOrigin);
  const origin_ms = originOf(timeOrigin_ms, observed.sent);
  const counted = observed.messages.findLast(({ type }) => type === "counts");
  const { left = 0, right = 0, unsure = 0, kicks = 0 } = counted ?? {};
  const spoken = await page.evaluate(() => globalThis.matsideSpoken);
  const repetitions = observed.messages
    .filter(({ type }) => type === "repetition")
    .map(({ side, kicks, faults, start_s, kick_times_s, end_s }) => ({
      ...{ side, kicks, faults, start_s: round(start_s), end_s: round(end_s) },
      last_kick_s: round(kick_times_s.at(-1)),
    }));
  const pageTime_s = (ms) => round((ms - timeOrigin_ms - origin_ms) / 1000);
  const stages = observed.messages
    .filter(({ type }) => type === "stage")
    .map(({ stage, heard_ms }) => ({ stage, at_s: pageTime_s(heard_ms) }));
  const result = {
    counts: { left, right, unsure, kicks },
    repetitions,
    stages,
    pictures_per_s: round((answered.length - 1) / (answered_s.at(-1) - answered_s[0]), 0.1),
    answer_ms: answerTimes(answered, answered_s, timeOrigin_ms + origin_ms),
    ...(tabMemory ? memoryShown(measured) : {}),
    said: saidRows(spoken, observed.messages, origin_ms),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
});
