// What the tests of the pose pipeline in browsers share: pictures of a clip, a server for the built
// parts, and a Worker in Chromium that follows the person through the pictures.
import { execFileSync } from "node:child_process";
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build } from "vite";
import { measureTab } from "../live/tab_memory.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};
/** WebGPU without a GPU: slow, but it computes the same. */
const SOFTWARE_GPU = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];
const RUNTIME = join(root, "web/node_modules/@litertjs/core/wasm");

/** The clip's first pictures as RGB bytes, one after the other. */
export function picturesOf(clip, count, { width, height }) {
  const scale = `scale=${width}:${height}`;
  return execFileSync(
    "ffmpeg",
    ["-v", "error", "-i", clip, "-frames:v", String(count), "-vf", scale, "-f", "rawvideo"].concat([
      "-pix_fmt",
      "rgb24",
      "-",
    ]),
    { maxBuffer: 2 ** 31 },
  );
}

async function workerScript() {
  const [{ output }] = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      target: "es2022",
      lib: { entry: join(root, "tests/site/pose_worker.mjs"), formats: ["es"], fileName: "worker" },
    },
  });
  return output[0].code;
}

/** A server for the module in MODULE, the networks in a folder, LiteRT.js and the pictures. */
async function serve({ module, networks, pictures }, isolated) {
  const made = { "/": "<!doctype html><title>pose</title>", "/worker.js": await workerScript() };
  const fileOf = (url) => {
    if (url === "/track_pictures.wasm") return module;
    if (url.startsWith("/networks/")) return join(networks, url.slice("/networks/".length));
    return join(RUNTIME, url.slice("/litert/".length));
  };
  const server = createServer(({ url }, response) => {
    const type = url === "/" ? ".html" : extname(url);
    const headers = { "Content-Type": TYPES[type] ?? "application/octet-stream" };
    if (isolated) Object.assign(headers, ISOLATED);
    if (url === "/pictures.rgb" || made[url] !== undefined) {
      response.writeHead(200, headers).end(made[url] ?? pictures);
    } else if (!existsSync(fileOf(url))) {
      response.writeHead(404).end();
    } else {
      headers["Content-Length"] = statSync(fileOf(url)).size;
      response.writeHead(200, headers);
      createReadStream(fileOf(url)).pipe(response);
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}

/**
 * Follows the person in headless Chromium.
 * @param built the module, the folder of the networks, and the pictures
 * @param options width and height of the pictures, isolated, rounds through the pictures, and the Wishes of
 *     web/src/vision/networks.ts
 */
export async function followInChromium(built, { isolated = true, rounds = 1, ...options }) {
  const server = await serve(built, isolated);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", ...(options.accelerator === "webgpu" ? SOFTWARE_GPU : [])],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const seen = await page.evaluate(
      (data) =>
        new Promise((done) => {
          const worker = new Worker("/worker.js", { type: "module" });
          worker.onmessage = (message) => done(message.data);
          worker.onerror = ({ message }) => done({ error: message });
          worker.postMessage(data);
        }),
      { ...options, rounds },
    );
    if (seen.error) throw new Error(seen.error);
    return { ...seen, memory_bytes: await (await measureTab(browser))() };
  } finally {
    await browser.close();
    server.close();
  }
}
