// node tests/live/practice_test.mjs MATSIDE CLIP LEVEL
// Practises in Debian's Chromium with the clip as its camera, and wants the page to count what `matside
// analyze` finds in the clip, and every message to fit its schema.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import Ajv2020 from "ajv/dist/2020.js";
import { chromium } from "playwright-core";

const [program, clip, level] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "matside-live-"));
const PATIENCE_MS = 75_000;
const schema = JSON.parse(readFileSync(new URL("../../server/practice.schema.json", import.meta.url), "utf8"));
const fits = new Ajv2020().compile(schema);

function analyzed() {
  return JSON.parse(execFileSync(program, ["analyze", clip, "--level", level, "--quiet", "--json", "-"], { encoding: "utf8" })).counts;
}

function camera_file() {
  const file = join(folder, "camera.mjpeg");
  execFileSync("ffmpeg", ["-v", "error", "-i", clip, "-c:v", "mjpeg", "-q:v", "3", "-an", file]);
  return file;
}

async function serve() {
  const server = spawn(program, ["serve", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: server.stdout })) {
    const [url] = line.match(/http:\S+/) ?? [];
    if (url) return { server, url };
  }
  throw new Error("matside serve ended early");
}

async function practise(browser, url, wanted) {
  const page = await browser.newPage();
  const elsewhere = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(url)) elsewhere.push(request.url());
  });
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (line) => {
    if (line.type() === "error") troubles.push(line.text());
  });
  const told = [];
  page.on("websocket", (socket) => {
    const keep = ({ payload }) => typeof payload === "string" && told.push(JSON.parse(payload));
    socket.on("framesent", keep);
    socket.on("framereceived", keep);
  });
  await page.goto(url);
  await page.getByTestId("level").selectOption(level);
  const began = Date.now();
  await page.getByTestId("start").click();
  const total = wanted.left + wanted.right + wanted.unsure;
  await page.waitForFunction(
    (most) => {
      const shown = (id) => Number(document.querySelector(`[data-testid=${id}]`).textContent);
      return shown("count-left") + shown("count-right") >= most;
    },
    total,
    { timeout: PATIENCE_MS },
  );
  assert.equal(await page.getByTestId("connection").textContent(), "connected");
  const done = told.filter((message) => message.type === "frame_done").length;
  console.log(`${done} pictures in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  await page.keyboard.press("Space");
  await page.getByRole("heading", { name: "Your set" }).waitFor();
  const shown = async (id) => Number(await page.getByTestId(id).textContent());
  assert.deepEqual(
    { left: await shown("count-left"), right: await shown("count-right"), kicks: await shown("kicks") },
    { left: wanted.left, right: wanted.right, kicks: wanted.kicks },
  );
  assert.equal(await page.getByTestId("connection").textContent(), "closed");
  for (const message of told) assert.ok(fits(message), JSON.stringify({ message, errors: fits.errors }));
  const types = new Set(told.map((message) => message.type));
  for (const type of ["hello", "ready", "frame_done", "repetition", "counts", "stop", "summary"]) {
    assert.ok(types.has(type), `no message of type ${type}`);
  }
  await stop_by_click(page);
  assert.deepEqual(elsewhere, [], "the page asked other hosts");
  assert.deepEqual(troubles, [], "the page had errors");
}

async function stop_by_click(page) {
  await page.getByTestId("start").click();
  await page.waitForFunction(() => document.querySelector("[data-testid=connection]").textContent === "connected");
  await page.mouse.click(5, 5);
  await page.getByRole("heading", { name: "Your set" }).waitFor();
}

let server;
let browser;
try {
  const wanted = analyzed();
  const camera = camera_file();
  const served = await serve();
  server = served.server;
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-video-capture=${camera}`,
    ],
  });
  await practise(browser, served.url, wanted);
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  assert.equal(await ended, 0, "matside serve ends well when asked to");
} finally {
  await browser?.close();
  server?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
