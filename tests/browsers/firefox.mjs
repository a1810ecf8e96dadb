// Firefox without a window, driven by puppeteer-core (WebDriver BiDi).
import puppeteer from "puppeteer-core";

const PREFERENCES = {
  // A camera with a test picture, allowed without a question.
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  // No request to Mozilla's hosts.
  "browser.safebrowsing.downloads.enabled": false,
};
const LONGEST_SCRIPT_MS = 60_000;

class FirefoxPage {
  #browser;
  #page;

  constructor(browser, page) {
    this.#browser = browser;
    this.#page = page;
  }

  goto(address) {
    return this.#page.goto(address);
  }

  /** Runs the function in the page, waits for its promise, and returns what that gives. */
  evaluate(script, ...values) {
    return this.#page.evaluate(script, ...values);
  }

  click(selector) {
    return this.#page.click(selector);
  }

  /** Chooses an option of a list by its value. */
  select(selector, value) {
    return this.#page.select(selector, value);
  }

  type(selector, text) {
    return this.#page.type(selector, text);
  }

  /** Chooses the file, as a person does in the browser's dialog. */
  async choose(selector, file) {
    const input = await this.#page.$(selector);
    await input.uploadFile(file);
  }

  close() {
    return this.#browser.close();
  }
}

/** @param profile a folder that keeps what the page stores */
export async function openFirefox(profile) {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
    userDataDir: profile,
    extraPrefsFirefox: PREFERENCES,
    protocolTimeout: 2 * LONGEST_SCRIPT_MS,
  });
  const [page] = await browser.pages();
  return new FirefoxPage(browser, page ?? (await browser.newPage()));
}
