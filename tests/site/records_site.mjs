// What the tests of the records in a browser share: the page, a host for it, Chromium, and the native program.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const MODULE = here("../../build/wasm/tests/site/records_driver.wasm");
const TYPES = {
  ".js": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** A folder of its own for a test, removed at its end. */
export async function withFolder(test) {
  const folder = mkdtempSync(join(tmpdir(), "matside-records-"));
  try {
    return await test(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export function readModule() {
  if (!existsSync(MODULE)) throw new Error(`${MODULE} is missing: run ./dev site first`);
  return readFileSync(MODULE);
}

export const exerciseText = (name) =>
  readFileSync(here(`../../data/exercises/${name}.json`), "utf8");

/** Runs commands in the native program, with FOLDER as its records'. @returns the answers */
export function runNatively(program, folder, commands) {
  const lines = commands.map((each) => `${JSON.stringify(each)}\n`).join("");
  const answers = execFileSync(resolve(program), { cwd: folder, input: lines, maxBuffer: 1 << 28 });
  return answers.toString().trim().split("\n").map(JSON.parse);
}

/**
 * Builds the page into a folder and serves it.
 * @param onReport  gets what the page reports: a name and a text
 */
export async function serveRecords(folder, onReport = () => {}) {
  await build({
    configFile: false,
    root: here("."),
    logLevel: "error",
    build: {
      target: "es2022",
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rollupOptions: {
        input: [here("records_page.mjs"), here("records_worker.mjs")],
        output: { entryFileNames: "[name].js" },
      },
    },
  });
  const files = new Map([["/records_driver.wasm", readModule()]]);
  for (const name of ["single_leg_kick", "cues.en", "plan"])
    files.set(`/${name}.json`, exerciseText(name));
  files.set(
    "/",
    '<!doctype html><title>Records</title><script type="module" src="records_page.js"></script>',
  );
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (request.method === "POST") {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        onReport(pathname.split("/").at(-1), Buffer.concat(parts).toString());
        response.end();
      });
      return;
    }
    const built = join(folder, pathname);
    const body = files.get(pathname) ?? (pathname.endsWith(".js") && readFileSync(built));
    if (!body) return response.writeHead(404).end();
    const type = TYPES[/\.\w+$/.exec(pathname)?.[0]] ?? "text/html";
    response.writeHead(200, { "Content-Type": type }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://localhost:${server.address().port}/`,
    stop: () => server.close() && server.closeAllConnections(),
  };
}

export const CHROMIUM = "/usr/bin/chromium";
export const CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-dev-shm-usage"];

/** Chromium in a process group of its own. @returns a function that kills the group and waits until it is gone */
export function startChromium(profile, url) {
  const browser = spawn(
    CHROMIUM,
    [
      ...CHROMIUM_OPTIONS,
      "--headless=new",
      "--no-first-run",
      "--disable-gpu",
      "--remote-debugging-port=0",
      `--user-data-dir=${profile}`,
      url,
    ],
    { detached: true, stdio: "ignore" },
  );
  const gone = new Promise((resolve) => browser.once("exit", resolve));
  return async () => {
    process.kill(-browser.pid, "SIGKILL");
    await gone;
  };
}
