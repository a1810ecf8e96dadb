// WebKitGTK in a window of a screen that nobody sees, driven by WebKitWebDriver (W3C WebDriver).
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const WINDOW = fileURLToPath(new URL("webkit_window.py", import.meta.url));
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const START_TRIES = 100;
const PAUSE_MS = 100;
const LONGEST_SCRIPT_MS = 60_000;

const pause = () => new Promise((over) => setTimeout(over, PAUSE_MS));

function freePort() {
  return new Promise((found) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

/** A process group of its own. @returns a function that ends it */
function inBackground(command, args, options) {
  const child = spawn(command, args, { ...options, detached: true });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const end = async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGTERM");
    await gone;
  };
  return { child, end };
}

/** @returns the number of a new screen, and a function that ends it */
async function openScreen() {
  const { child, end } = inBackground(
    "Xvfb",
    ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
    { stdio: ["ignore", "ignore", "ignore", "pipe"] },
  );
  const number = await new Promise((resolve, reject) => {
    child.stdio[3].once("data", (line) => resolve(String(line).trim()));
    child.once("exit", () => reject(new Error("Xvfb did not start")));
  });
  return { display: `:${number}`, end };
}

/** Runs in the page: a function in its text, and what to do with the promise that it returns. */
const asynchronous = (run) => `
  const values = [...arguments];
  const done = values.pop();
  Promise.resolve().then(() => (${run})(...values))
    .then((value) => done({ value: value ?? null }), (error) => done({ error: String(error) }));`;

class WebKitPage {
  #session;
  #end;

  constructor(session, end) {
    this.#session = session;
    this.#end = end;
  }

  goto(address) {
    return this.#ask("url", { url: address });
  }

  /** Runs the function in the page, waits for its promise, and returns what that gives. */
  async evaluate(script, ...values) {
    const { value, error } = await this.#ask("execute/async", {
      script: asynchronous(script),
      args: values,
    });
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** WebDriver scrolls no further than it must, and then the page's navigation may cover the element. */
  async click(selector) {
    await this.evaluate(
      (which) => document.querySelector(which).scrollIntoView({ block: "center" }),
      selector,
    );
    await this.#ask(`element/${await this.#element(selector)}/click`, {});
  }

  /** Chooses an option of a list by its value. */
  async select(selector, value) {
    const option = await this.#element(`${selector} option[value="${value}"]`);
    await this.#ask(`element/${option}/click`, {});
  }

  async type(selector, text) {
    await this.#ask(`element/${await this.#element(selector)}/value`, { text });
  }

  /** Chooses the file, as a person does in the browser's dialog. */
  choose(selector, file) {
    return this.type(selector, file);
  }

  close() {
    return this.#end();
  }

  async #element(selector) {
    const found = await this.#ask("element", { using: "css selector", value: selector });
    return found[ELEMENT];
  }

  #ask(what, body) {
    return this.#session.ask(what, body);
  }
}

async function answered(address, method, body) {
  const response = await fetch(address, { method, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

async function newSession(driver, browser) {
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": browser } };
  for (let tries = START_TRIES; ; tries--) {
    try {
      const { sessionId } = await answered(`${driver}/session`, "POST", { capabilities });
      const address = `${driver}/session/${sessionId}`;
      return {
        ask: (what, body) => answered(`${address}/${what}`, "POST", body),
      };
    } catch (failure) {
      // Until the driver listens.
      if (!(failure instanceof TypeError) || tries === 0) throw failure;
      await pause();
    }
  }
}

/**
 * @param profile a folder that keeps what the page stores
 * @param features what is off by default in WebKitGTK, by WebKit's names
 */
export async function openWebKit(profile, { features = [] } = {}) {
  const screen = await openScreen();
  const port = await freePort();
  const { end } = inBackground(
    "dbus-run-session",
    ["--", "WebKitWebDriver", "--host=127.0.0.1", `--port=${port}`],
    {
      stdio: "ignore",
      env: {
        ...process.env,
        DISPLAY: screen.display,
        LIBGL_ALWAYS_SOFTWARE: "1",
        NO_AT_BRIDGE: "1",
      },
    },
  );
  const endAll = async () => {
    await end();
    await screen.end();
  };
  try {
    const session = await newSession(`http://127.0.0.1:${port}`, {
      binary: "/usr/bin/python3",
      args: ["-B", WINDOW, profile, ...features],
    });
    await session.ask("timeouts", { script: LONGEST_SCRIPT_MS });
    return new WebKitPage(session, endAll);
  } catch (failure) {
    await endAll();
    throw failure;
  }
}
