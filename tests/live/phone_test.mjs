// node tests/live/phone_test.mjs MATSIDE CLIP LEVEL
// A phone as the camera: the pairing page, a wrong code, the right one, and a practice over TLS, started and stopped by
// touch. The same code pairs nobody else.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import {
  axeViolations,
  cameraFile,
  counted,
  eventually,
  observe,
  openBrowser,
  startPractice,
  text,
  untilCounted,
  withCleanup,
} from "./support.mjs";

const [program, clip, level] = process.argv.slice(2);
const PHONE = {
  ignoreHTTPSErrors: true,
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};

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
  await page.getByRole("button", { name: "Pair" }).tap();
}

async function isPaired(context, page) {
  const [cookie] = await context.cookies();
  assert.deepEqual(
    {
      name: cookie.name,
      expires: cookie.expires,
      httpOnly: cookie.httpOnly,
      secure: cookie.secure,
      sameSite: cookie.sameSite,
    },
    { name: "__Host-matside", expires: -1, httpOnly: true, secure: true, sameSite: "Strict" },
  );
  assert.ok(await page.evaluate(() => isSecureContext), "the camera may be used");
}

async function practise(page, url) {
  const observed = observe(page, url);
  await startPractice(page, url, level);
  await untilCounted(page, 1);
  assert.equal(await text(page, "connection"), "connected");
  // A touch stops wherever it is, whatever is under it then.
  for (const y of [120, 200, 300, 400]) {
    await page.getByTestId("stop").waitFor();
    await page.touchscreen.tap(200, y);
    await page.getByTestId("comfort").waitFor();
    await page.getByRole("button", { name: "Comfortable, continue" }).tap();
  }
  await page.getByTestId("stop").tap();
  await page.getByTestId("comfort").waitFor();
  await page.getByRole("button", { name: "Comfortable, finish" }).tap();
  await page.getByRole("heading", { name: "Your set" }).waitFor();
  assert.ok((await counted(page)) >= 1);
  await eventually(
    () => observed.messages.some((message) => message.type === "summary"),
    "a summary came",
  );
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(observed.schemaViolations, []);
  assert.deepEqual(observed.foreignRequests, []);
  assert.deepEqual(observed.errors, []);
}

async function unpairItself(page, url) {
  await page.goto(`${url}#/settings`);
  const devices = page.getByTestId("devices");
  await devices.getByText("(this device)").waitFor();
  assert.equal(await devices.getByRole("listitem").count(), 1);
  assert.deepEqual(await axeViolations(page), []);
  await devices.getByRole("button", { name: /^Unpair / }).tap();
  await page.waitForURL((at) => at.pathname === "/pair");
}

await withCleanup(async (place) => {
  const command = [
    "serve",
    "--bind",
    "0.0.0.0",
    "--port",
    "0",
    "--tls",
    "--data",
    place.folder,
    "--model",
    "full",
  ];
  const server = spawn(program, command, { stdio: ["ignore", "pipe", "inherit"] });
  place.atEnd(() => server.kill("SIGKILL"));
  const terminal = new Terminal(server);
  const url = await terminal.next(/(https:\S+)/);
  const code = await terminal.next(/type this code on it: (\d{4} \d{4})/);
  const browser = await openBrowser(place, { camera: cameraFile(place, clip) });
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  await page.goto(url);
  assert.equal(page.url(), `${url}pair`);
  assert.deepEqual(await axeViolations(page), []);
  await pair(page, code === "0000 0000" ? "1" : "0000 0000");
  assert.match(await page.getByRole("alert").textContent(), /Wrong code/);
  await pair(page, code);
  await page.waitForURL((at) => at.href.startsWith(url) && at.pathname === "/");
  await isPaired(context, page);
  await practise(page, url);
  await unpairItself(page, url);
  const stranger = await (await browser.newContext(PHONE)).newPage();
  await stranger.goto(url);
  assert.equal(stranger.url(), `${url}pair`);
  assert.notEqual(await terminal.next(/type this code on it: (\d{4} \d{4})/), code);
});
