// node tests/server/pairing_test.mjs MATSIDE
// A phone's way in, in Debian's Chromium: the page to pair, a wrong code, the right one, and a practice's connection
// over TLS.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const [program] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "matside-pairing-"));

/** What the terminal shows, line by line; `next` waits for the first that fits. */
class Terminal {
  #lines;
  constructor(server) {
    this.#lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  }
  async next(pattern) {
    for (;;) {
      const { value, done } = await this.#lines.next();
      assert.ok(!done, "matside serve ended early");
      const found = value.match(pattern);
      if (found) return found[1];
    }
  }
}

async function pair(page, code) {
  await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Pair" }).click();
}

const server = spawn(program, ["serve", "--bind", "0.0.0.0", "--port", "0", "--tls", "--data", folder], {
  stdio: ["ignore", "pipe", "inherit"],
});
let browser;
try {
  const terminal = new Terminal(server);
  const port = new URL(await terminal.next(/(https:\S+)/)).port;
  const url = `https://127.0.0.1:${port}/`;
  const code = await terminal.next(/type this code on it: (\d{4} \d{4})/);
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  await page.goto(url);
  assert.equal(page.url(), `${url}pair`);
  await pair(page, code === "0000 0000" ? "1" : "0000 0000");
  assert.match(await page.getByRole("alert").textContent(), /not the code/);
  await pair(page, code);
  await page.waitForURL(url);
  assert.equal(await page.title(), "Matside");
  const [cookie] = await context.cookies();
  assert.deepEqual(
    { name: cookie.name, expires: cookie.expires, httpOnly: cookie.httpOnly, secure: cookie.secure, sameSite: cookie.sameSite },
    { name: "__Host-matside", expires: -1, httpOnly: true, secure: true, sameSite: "Strict" },
  );
  const opened = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const socket = new WebSocket(`wss://${location.host}/practice`);
        socket.onopen = () => (socket.close(), resolve(true));
        socket.onerror = () => resolve(false);
      }),
  );
  assert.ok(opened, "a paired device may practise");
  assert.ok(await page.evaluate(() => isSecureContext), "the camera may be used");
  assert.deepEqual(troubles, []);
  const stranger = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await stranger.goto(url);
  assert.equal(stranger.url(), `${url}pair`);
  assert.notEqual(await terminal.next(/type this code on it: (\d{4} \d{4})/), code);
} finally {
  await browser?.close();
  server.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
