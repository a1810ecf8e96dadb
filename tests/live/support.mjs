// What the live tests share: the installed server, a browser with a clip as its camera, and what both report.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import { chromium } from "playwright-core";

const read = (path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));
const isProtocolMessage = new Ajv2020().compile(read("src/protocol/practice.schema.json"));
const isRecordsDocument = new Ajv2020().compile(read("src/protocol/records.schema.json"));
const goalOf = (level) =>
  read("data/exercises/single_leg_kick.json").levels[level].repetitions_goal.value;

export const TIMEOUT_MS = 90_000;

/** Runs `test` with a folder and a list of endings, and runs those at the end. @returns what `test` does. */
export async function withCleanup(test) {
  const endings = [];
  const folder = mkdtempSync(join(tmpdir(), "matside-live-"));
  endings.push(() => rmSync(folder, { recursive: true, force: true }));
  try {
    return await test({ folder, atEnd: (end) => endings.push(end) });
  } finally {
    for (const end of endings.reverse()) await end();
  }
}

export function analyzed(program, clip, level, seconds) {
  const span = seconds === undefined ? [] : ["--to", seconds];
  const text = execFileSync(
    program,
    ["analyze", clip, "--level", String(level), ...span, "--quiet", "--json", "-"],
    {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return JSON.parse(text);
}

/** The clip's first seconds, followed by a person sitting on the heels in the same place. */
export function sittingUp(place, clip, seconds, sitting_s) {
  const file = join(place.folder, "sitting_up.mp4");
  const figure = fileURLToPath(
    new URL("../../tests/data/people/on_the_heels.png", import.meta.url),
  );
  const lying = `[0]trim=0:${seconds},setpts=PTS-STARTPTS,fps=30,setsar=1[lying]`;
  const room = `color=c=0xa8a090:s=640x360:r=30:d=${sitting_s}[room]`;
  const sitting = "[room][1]overlay=(W-w)/2:H-h-30,setsar=1[sitting]";
  const graph = `${lying};${room};${sitting};[lying][sitting]concat=n=2[o]`;
  execFileSync("ffmpeg", [
    "-v",
    "error",
    "-y",
    "-i",
    clip,
    "-i",
    figure,
    "-filter_complex",
    graph,
    "-map",
    "[o]",
    "-c:v",
    "libx264",
    "-crf",
    "14",
    file,
  ]);
  return file;
}

/** The clip, or its first seconds, as a camera of Chromium's, which shows every such file at 30 frames a second. */
export function cameraFile(place, clip, seconds) {
  const file = join(place.folder, "camera.mjpeg");
  const span = seconds === undefined ? [] : ["-t", seconds];
  execFileSync("ffmpeg", [
    "-v",
    "error",
    "-y",
    "-i",
    clip,
    ...span,
    "-r",
    "30",
    "-c:v",
    "mjpeg",
    "-q:v",
    "3",
    "-an",
    file,
  ]);
  return file;
}

/** The address with the key that `matside serve` printed, by the page's own. */
const addresses = new Map();

/**
 * Starts `matside serve` with the network that `matside analyze` uses. `port` 0: any that is free; `now_s`: what its
 * clock shows, in seconds since 1970, where that is not the time; `records`: whether any are kept.
 * A new browser must open the page with `address`, the printed one, which has the key; `url` is the page's without it.
 */
export async function serve(place, program, { port = 0, now_s = undefined, records = true } = {}) {
  const storage = records ? ["--data", place.folder] : ["--no-records"];
  const command = ["serve", "--port", String(port), "--model", "full", ...storage];
  const env =
    now_s === undefined
      ? process.env
      : { ...process.env, MATSIDE_NOW: String(now_s), TZ: "Europe/Berlin" };
  const server = spawn(program, command, { stdio: ["ignore", "pipe", "inherit"], env });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  place.atEnd(() => server.kill("SIGKILL"));
  for await (const line of createInterface({ input: server.stdout })) {
    const [address] = line.match(/http:\S+/) ?? [];
    if (address === undefined) continue;
    const url = new URL("/", address).href;
    addresses.set(url, address);
    return { url, address, end: (signal) => (server.kill(signal), ended) };
  }
  throw new Error("matside serve ended early");
}

/**
 * A browser with `camera` as its camera; "": one with a test picture, null: one without any. `allowed`: whether
 * pages get it unasked. `microphone`: a WAV file that is heard once; "": beeps.
 */
export async function openBrowser(place, { camera = "", allowed = true, microphone = "" } = {}) {
  const args = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"];
  if (allowed) args.push("--use-fake-ui-for-media-stream");
  else args.push("--deny-permission-prompts");
  if (camera === null) args.push("--use-fake-device-for-media-stream=device-count=0");
  else args.push("--use-fake-device-for-media-stream");
  if (camera) args.push(`--use-file-for-fake-video-capture=${camera}`);
  if (microphone) args.push(`--use-file-for-fake-audio-capture=${microphone}%noloop`);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args });
  place.atEnd(() => browser.close());
  return browser;
}

/** Runs in the page before its own code: tells what the page and the program in its Worker say to each other. */
function audibleEngine() {
  const Original = globalThis.Worker;
  // To tell of each frame by itself would take a core's tenth.
  const sent = [];
  setInterval(() => sent.length > 0 && globalThis.matsideHeard({ sent: sent.splice(0) }), 250);
  const heard = (message) => globalThis.matsideHeard({ message, heard_ms: Date.now() });
  globalThis.Worker = class extends Original {
    constructor(...args) {
      super(...args);
      globalThis.matsideEngine = this;
      this.addEventListener("message", ({ data }) => {
        if (data.kind === "message") heard(data.message);
      });
    }
    postMessage(said, transfer) {
      const { kind, index, time_s, hello, message } = said;
      if (kind === "frame") sent.push({ index, time_s, sent_ms: Date.now() });
      if (kind === "open" || kind === "message") heard(hello ?? message);
      super.postMessage(said, transfer);
    }
  };
}

/** Also hears what the page says to Matside's program in the browser. Call it before the page is opened. */
export async function hearEngine(page, observed) {
  await page.exposeFunction("matsideHeard", ({ message, heard_ms, sent }) => {
    if (sent) return observed.sent.push(...sent);
    observed.messages.push({ ...message, heard_ms });
    if (!isProtocolMessage(message))
      observed.schemaViolations.push(JSON.stringify({ message, errors: isProtocolMessage.errors }));
  });
  await page.addInitScript(audibleEngine);
}

/** Records what a page sends, receives, requests and reports as errors. */
export function observe(page, url) {
  page.setDefaultTimeout(TIMEOUT_MS);
  const observed = {
    messages: [],
    sent: [],
    foreignRequests: [],
    errors: [],
    schemaViolations: [],
  };
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith("blob:"))
      observed.foreignRequests.push(request.url());
  });
  page.on("pageerror", (error) => observed.errors.push(String(error)));
  page.on("console", (line) => {
    const { url: from } = line.location();
    // A server without records answers 404; LiteRT.js writes what it does as errors.
    const harmless = from.endsWith("/api/persons") || from.includes("/litert/");
    if (line.type() === "error" && !harmless) observed.errors.push(`${line.text()} ${from}`);
  });
  page.on("response", async (answer) => {
    const { pathname } = new URL(answer.url());
    if (!pathname.startsWith("/api/") || ["/api/export", "/api/calendar"].includes(pathname))
      return;
    const document = await answer.json().catch(() => undefined); // The page was closed or left.
    if (document !== undefined && !isRecordsDocument(document))
      observed.schemaViolations.push(
        JSON.stringify({ pathname, document, errors: isRecordsDocument.errors }),
      );
  });
  page.on("websocket", (socket) => {
    const keep = ({ payload }) => {
      if (typeof payload !== "string") {
        observed.sent.push({
          index: payload.readUInt32LE(0),
          time_s: payload.readDoubleLE(4),
          sent_ms: Date.now(),
        });
        return;
      }
      const message = JSON.parse(payload);
      observed.messages.push({ ...message, heard_ms: Date.now() });
      if (!isProtocolMessage(message))
        observed.schemaViolations.push(
          JSON.stringify({ message, errors: isProtocolMessage.errors }),
        );
    };
    socket.on("framesent", keep);
    socket.on("framereceived", keep);
  });
  return observed;
}

/** Waits until `holds`, which may ask the page: what was observed comes a little after what the page shows. */
export async function eventually(holds, what) {
  const since = Date.now();
  while (!(await holds())) {
    if (Date.now() - since > TIMEOUT_MS) throw new Error(`not so: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export const text = (page, id) => page.getByTestId(id).textContent();
export const number = async (page, id) => Number(await text(page, id));

/** Waits until `shown` holds in the page. */
export async function until(page, shown, argument) {
  await page.waitForFunction(shown, argument, { timeout: TIMEOUT_MS });
}

export async function untilText(page, id, wanted) {
  await until(
    page,
    ([at, what]) => document.querySelector(`[data-testid=${at}]`)?.textContent === what,
    [id, wanted],
  );
}

/** Runs in the page: the repetitions that it shows, of the left, the right and an unknown side. */
function shownCounts() {
  const shown = (id) => document.querySelector(`[data-testid=${id}]`)?.textContent ?? "";
  const unsure = /\d+/.exec(shown("count-unsure"))?.[0] ?? 0;
  return Number(shown("count-left")) + Number(shown("count-right")) + Number(unsure);
}

export const counted = (page) => page.evaluate(shownCounts);

/** Waits until the page shows so many repetitions. */
export async function untilCounted(page, most) {
  await eventually(async () => (await counted(page)) >= most, `${most} are counted`);
}

/** What the page asks of /api, from within it; without a server, of the program in its Worker. */
export async function api(page, route, body) {
  return page.evaluate(
    async ([where, what]) => {
      const engine = globalThis.matsideEngine;
      if (engine) {
        globalThis.matsideAsked = (globalThis.matsideAsked ?? 1e9) + 1;
        const id = globalThis.matsideAsked;
        const answered = new Promise((resolve) => {
          engine.addEventListener("message", function take({ data }) {
            if (data.kind !== "response" || data.id !== id) return;
            engine.removeEventListener("message", take);
            resolve(data);
          });
        });
        const sent = what === null ? undefined : new TextEncoder().encode(JSON.stringify(what));
        engine.postMessage(
          { kind: "request", id, route: where, token: "", body: sent?.buffer },
          [],
        );
        const { status, body: got } = await answered;
        const json = new TextDecoder().decode(got);
        return { status, ...JSON.parse(json === "" ? "{}" : json) };
      }
      const answer = await fetch(
        `/api/${where}`,
        what === null ? {} : { method: "POST", body: JSON.stringify(what) },
      );
      return { status: answer.status, ...(await answer.json().catch(() => ({}))) };
    },
    [route, body ?? null],
  );
}

/** Opens the page as a new person who has read the safety page and whose teacher has set the level. */
export async function enterAsNewPerson(page, url, level) {
  await page.goto(addresses.get(url) ?? url);
  const added = await api(page, "persons", { name: `At level ${level}` });
  if (added.status === 200) {
    const person = Math.max(...added.persons.map(({ id }) => id));
    await api(page, "change", { change: "informed", person });
    await api(page, "change", { change: "teacher", person, level: Number(level) });
    await page.evaluate((id) => localStorage.setItem("matside.person", String(id)), person);
  }
  await page.reload();
  const today = page.getByRole("heading", { name: "Single-leg kick", level: 1 });
  await today.or(page.getByTestId("read")).waitFor();
  if (!(await today.isVisible())) await page.getByTestId("read").click();
  await today.waitFor();
}

/** Answers how the person feels before a practice, and starts it. */
export async function answerBefore(page, comfort = 0) {
  await page.locator(`input[name=comfort-before][value="${comfort}"]`).check();
  await page.getByTestId("begin").click();
}

/** Starts a practice of that level with its full number of repetitions, with or without guidance. */
export async function startPractice(page, url, level, { guided = true } = {}) {
  await enterAsNewPerson(page, url, level);
  if (!guided) {
    await page.goto(`${url}#/settings`);
    await page.getByLabel("Voice guidance").uncheck();
  }
  await page.goto(`${url}#/today`);
  await page.getByTestId("level").selectOption(String(level));
  const planned = Number(await page.locator("output").textContent());
  for (let more = planned; more < goalOf(level); more++)
    await page.getByRole("button", { name: "One more" }).click();
  await page.getByTestId("start").click();
  await answerBefore(page);
}

const AXE = readFileSync(
  new URL("../../web/node_modules/axe-core/axe.min.js", import.meta.url),
  "utf8",
);

/** What axe-core finds on the page now, by all rules of WCAG 2.2 A and AA and good practice. */
export async function axeViolations(page) {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
    );
  });
}
