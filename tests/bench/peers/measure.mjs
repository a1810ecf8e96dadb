// node tests/bench/peers/measure.mjs CLIP FRAMES [PEER...]
// Measures each peer once in Debian's Chromium without a GPU, and prints a line of JSON for each.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const networks = join(here, "../../../web/node_modules/@mediapipe/pose");
const WARM_UP = 40;
const TICKS_PER_S = 100;
const PATIENCE_MS = 120_000;
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

// One page with threads, or a page for each core: the faster one is the peer's best.
const settings = [
  { peer: "litert", threads: 1, pages: 1 },
  { peer: "litert", threads: 2, pages: 1 },
  { peer: "litert", threads: 1, pages: 2 },
  { peer: "tfjs_tflite", threads: 1, pages: 1 },
  { peer: "tfjs_tflite", threads: 2, pages: 1 },
  { peer: "tfjs_tflite", threads: 1, pages: 2 },
  { peer: "pose_landmarker", threads: 1, pages: 1 },
  { peer: "pose_landmarker", threads: 1, pages: 2 },
  { peer: "mediapipe_pose", threads: 1, pages: 1 },
  { peer: "mediapipe_pose", threads: 1, pages: 2 },
  // The default: networks in WebGL, which is software here, at about one picture a second.
  { peer: "mediapipe_pose_webgl", threads: 1, pages: 1, at_most: 5 },
];

// Serves only these folders; cross-origin isolated, so that a page may use threads.
function serve(made) {
  const folders = { "/peers/": join(here, "node_modules"), "/pose/": networks, "/made/": made };
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    const [below, folder] = Object.entries(folders).find(([start]) => path.startsWith(start)) ?? [
      "/",
      here,
    ];
    const file = path === "/" ? join(here, "page.html") : join(folder, path.slice(below.length));
    try {
      const content = readFileSync(file);
      response.writeHead(200, {
        "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
      });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function opened(browser, address, { peer, threads, at_most = Infinity }, frames) {
  // One context for each page, because pages of one context would share a process.
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(address);
  await page.waitForFunction(() => window.ready);
  const wanted = { name: peer, threads, frames, warm_up: Math.min(WARM_UP, at_most) };
  await page.evaluate((what) => window.prepare(what), wanted);
  return page;
}

// Processor time in seconds of all child processes: the browser, its pages and its compositor.
function processor_s() {
  const processes = new Map();
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${id}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      processes.set(Number(id), {
        parent: Number(fields[1]),
        ticks: Number(fields[11]) + Number(fields[12]),
      });
    } catch {
      // The process has ended in the meantime.
    }
  }
  const ours = (id) => id === process.pid || (processes.has(id) && ours(processes.get(id).parent));
  return (
    [...processes].reduce(
      (sum, [id, { ticks }]) => sum + (id !== process.pid && ours(id) ? ticks : 0),
      0,
    ) / TICKS_PER_S
  );
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (
    (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2
  );
}

async function measured(browser, address, setting, all_frames) {
  const frames = Math.min(all_frames, setting.at_most ?? Infinity);
  const pages = [];
  for (let i = 0; i < setting.pages; ++i)
    pages.push(await opened(browser, address, setting, frames));
  const before = { processor_s: processor_s(), wall_ms: performance.now() };
  const results = await Promise.all(
    pages.map((page) => page.evaluate((count) => window.run(count), frames)),
  );
  const took_s = processor_s() - before.processor_s;
  const cores = (1e3 * took_s) / (performance.now() - before.wall_ms);
  await Promise.all(pages.map((page) => page.context().close()));
  const total_ms = (times) => times.reduce((sum, time) => sum + time, 0);
  const { peer, threads, pages: copies } = setting;
  return {
    browser: browser.version(),
    peer,
    threads,
    pages: copies,
    frames,
    median_ms: median(results.flatMap(({ times_ms }) => times_ms)),
    frames_per_s: results.reduce(
      (sum, { times_ms }) => sum + (1e3 * times_ms.length) / total_ms(times_ms),
      0,
    ),
    processor_ms: (1e3 * took_s) / (frames * copies),
    cores,
    found: results[0].found,
  };
}

const [clip, count, ...wanted] = process.argv.slice(2);
const frames = Number(count);
if (!clip || !(frames > 0)) {
  console.error("usage: measure.mjs CLIP FRAMES [PEER...]");
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "matside-peers-"));
let server;
let browser;
try {
  execFileSync("ffmpeg", [
    "-v",
    "error",
    "-i",
    clip,
    "-frames:v",
    String(frames),
    "-q:v",
    "2",
    join(folder, "%05d.jpg"),
  ]);
  execFileSync("python3", ["-B", join(here, "bundle.py"), networks, join(folder, "full.task")]);
  server = await serve(folder);
  const address = `http://127.0.0.1:${server.address().port}/`;
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  });
  for (const setting of settings.filter(({ peer }) => !wanted.length || wanted.includes(peer))) {
    console.log(JSON.stringify(await measured(browser, address, setting, frames)));
  }
} finally {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
}
