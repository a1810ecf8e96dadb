// node tests/live/habit_test.mjs MATSIDE
// From the first run to the second practice with the date moved on: a name, what to read first, the plan, comfort, a
// practice, progress, the next day; a discomfort that steps the plan back; a leg that asks for a professional; somebody
// else; a PIN; everything taken along, erased, and brought back; reminders, and one practice erased.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { answerBefore, axe, listen, open, serve, until, within } from "./support.mjs";

const [program] = process.argv.slice(2);
const NAME = "Änne O’Böll";
const MONDAY_S = Date.UTC(2026, 10, 23, 8) / 1000;
const HOUR_S = 3600;
const PIN = "2468";

const next = (page) => page.getByTestId("next").textContent();
const reasons = (page) => page.getByTestId("reasons").locator("li").evaluateAll((all) => all.map((each) => each.dataset.reason));

async function look(page, what) {
  assert.deepEqual(await axe(page), [], what);
}

/** A matside whose clock can be moved on, and the page in front of it. */
class House {
  constructor(place, page) {
    Object.assign(this, { place, page, port: 0 });
  }

  /** Begins, or begins again, so many hours after Monday morning. */
  async at(hours) {
    await this.served?.end("SIGTERM");
    this.served = await serve(this.place, program, { port: this.port, now_s: MONDAY_S + hours * HOUR_S });
    this.port = Number(new URL(this.served.url).port);
    await this.page.goto(this.served.url);
  }

  async go(page) {
    await this.page.goto(`${this.served.url}#/${page}`);
  }
}

async function firstRun(page) {
  await page.getByRole("heading", { name: "Welcome to Matside" }).waitFor();
  await look(page, "the first run");
  await page.getByLabel("Who practises?").fill(NAME);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("heading", { name: "Before you practise" }).waitFor();
  await look(page, "what to read first");
  await page.getByTestId("read").click();
  await page.getByTestId("next").waitFor();
  assert.equal(await page.getByTestId("whose").textContent(), NAME);
}

/** By sound alone, stopped at once; then by the person's own word. */
async function practise(house, { before, did, discomfort = false, after, leg = "No" }) {
  const { page } = house;
  await house.go("sound");
  await page.getByTestId("start").click();
  await answerBefore(page, before);
  await until(page, () => document.querySelector("[data-testid=cue]")?.textContent !== "");
  await page.keyboard.press("Space");
  await page.getByTestId("comfort").waitFor();
  await page.getByRole("button", { name: discomfort ? "Discomfort" : "Comfortable, finish" }).click();
  await page.getByLabel("Left").fill(String(did));
  await page.getByLabel("Right").fill(String(did));
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.getByTestId("comfort-after").waitFor();
  await look(page, "comfort after");
  await page.locator(`input[name=comfort-after][value="${after}"]`).check();
  await page.getByRole("radio", { name: leg, exact: true }).check();
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.getByTestId("comfort-told").waitFor();
}

async function firstPractice(house) {
  const { page } = house;
  assert.match(await next(page), /^Level 0: .*, 4 each side$/);
  assert.deepEqual(await reasons(page), ["first_practice"]);
  await look(page, "today");
  await house.go("progress");
  await page.getByText("There is nothing to see yet").waitFor();
  await look(page, "progress without a practice");
  await practise(house, { before: 1, did: 4, after: 1 });
  await house.go("today");
  await page.getByText("Rest until Wednesday 9:00").waitFor();
  await page.getByRole("button", { name: "Practise anyway" }).click();
  await page.getByTestId("rest-first").waitFor();
  await look(page, "before a practice, while resting");
}

async function seenAgain(house) {
  const { page } = house;
  await house.go("progress");
  await page.getByTestId("practices").locator("tbody tr").waitFor();
  assert.equal(await page.getByTestId("practices").locator("tbody tr").count(), 1);
  await page.locator("[data-chart=comfort] summary").click();
  await page.locator("[data-chart=comfort] tbody tr").waitFor();
  await look(page, "progress");
  await page.getByTestId("practices").getByRole("link").click();
  await page.getByRole("heading", { name: "How it felt" }).waitFor();
  assert.equal(await page.getByTestId("kept-after").textContent(), "1 of 10");
  await page.getByRole("button", { name: "Correct the counts" }).click();
  await page.getByLabel("Left").fill("3");
  await page.getByRole("button", { name: "Keep my counts" }).click();
  assert.match(await page.getByTestId("both-counts").textContent(), /Counted were 4 left and 4 right; both are kept/);
  assert.equal(await page.getByTestId("count-left").textContent(), "3");
  await look(page, "a practice");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByTestId("both-counts").waitFor({ state: "detached" });
  assert.equal(await page.getByTestId("count-left").textContent(), "4");
}

async function nextDay(house, answer) {
  const { page } = house;
  await page.getByTestId("next-day").waitFor();
  await look(page, "the next day");
  await page.getByTestId("next-day").getByRole("button", { name: answer }).click();
  await page.getByTestId("next-day").waitFor({ state: "detached" });
}

async function notToday(house) {
  const { page } = house;
  await page.getByTestId("start").click();
  // By keyboard alone.
  await page.locator('input[name=comfort-before][value="0"]').focus();
  for (let up = 0; up < 3; up++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByTestId("not-today").waitFor();
  await look(page, "not today");
  await page.getByRole("button", { name: "I chose the wrong number" }).click();
  await answerBefore(page, 6);
  await page.getByTestId("not-today").waitFor();
}

async function teacher(house) {
  const { page } = house;
  await house.go("settings");
  await page.getByTestId("teacher").selectOption("1");
  await house.go("today");
  await until(page, () => document.querySelector("[data-testid=next]")?.textContent?.startsWith("Level 1"));
  assert.ok((await reasons(page)).includes("teacher"));
}

async function askedFirst(house) {
  const { page } = house;
  await house.go("today");
  await page.getByTestId("ask-first").waitFor();
  assert.equal(await page.getByTestId("start").count(), 0);
  await look(page, "a professional is to be asked first");
  await page.getByRole("button", { name: "I have asked, and I may practise" }).click();
  await page.getByTestId("start").waitFor();
}

/** Somebody else is known by another name, and is erased alone. */
async function somebodyElse(house) {
  const { page } = house;
  await house.go("today");
  await page.getByRole("button", { name: "Somebody else" }).click();
  await page.getByText("Somebody new").click();
  await look(page, "who practises");
  await page.getByTestId("name").fill("Paul");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByTestId("read").click();
  await page.getByTestId("next").waitFor();
  assert.equal(await page.getByTestId("whose").textContent(), "Paul");
  assert.deepEqual(await reasons(page), ["first_practice"]);
  await house.go("settings");
  await page.getByRole("button", { name: "Erase everything" }).click();
  await page.getByTestId("erase-name").fill("Paul");
  await page.getByRole("button", { name: "Erase it for good" }).click();
  await house.go("today");
  await page.getByTestId("person").waitFor();
  await page.getByTestId("person").click();
  await page.getByTestId("next").waitFor();
}

async function reminded(house) {
  const { page } = house;
  await house.go("settings");
  await page.getByRole("button", { name: "Tell me when the rest is over" }).click();
  await page.getByText("You are told when your rest is over").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save the plan for a calendar" }).click()]);
  const file = `${house.place.folder}/plan.ics`;
  await download.saveAs(file);
  assert.match(readFileSync(file, "utf8"), /^BEGIN:VCALENDAR\r\n[^]*BEGIN:VEVENT/);
}

async function oneErased(house) {
  const { page } = house;
  await house.go("progress");
  const rows = page.getByTestId("practices").locator("tbody tr");
  await rows.first().waitFor();
  assert.equal(await rows.count(), 3);
  await rows.first().getByRole("link").click();
  await page.getByRole("button", { name: "Erase this practice" }).click();
  await look(page, "whether to erase a practice");
  await page.getByRole("button", { name: "Erase this practice for good" }).click();
  await until(page, () => document.querySelectorAll("[data-testid=practices] tbody tr").length === 2);
}

async function withPin(house) {
  const { page } = house;
  await house.go("settings");
  await page.getByTestId("new-pin").fill(PIN);
  await page.getByRole("button", { name: "Set the PIN" }).click();
  await page.getByText("The PIN is set.").waitFor();
  await house.go("today");
  await page.getByRole("button", { name: "Somebody else" }).click();
  await page.getByTestId("person").click();
  await look(page, "a PIN is asked for");
  await page.getByTestId("pin").fill("1357");
  await page.getByRole("button", { name: "Go on" }).first().click();
  await page.getByRole("alert").waitFor();
  await page.getByTestId("pin").fill(PIN);
  await page.getByRole("button", { name: "Go on" }).first().click();
  await page.getByTestId("next").waitFor();
}

async function takenAndBroughtBack(house) {
  const { page } = house;
  await house.go("today");
  const plan = { next: await next(page), reasons: await reasons(page), rest: await page.getByTestId("rest").textContent() };
  await house.go("settings");
  await look(page, "settings");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("export").click()]);
  const file = `${house.place.folder}/taken.json`;
  await download.saveAs(file);
  await page.getByRole("button", { name: "Erase everything" }).click();
  await page.getByTestId("erase-name").fill("Somebody");
  assert.ok(await page.getByRole("button", { name: "Erase it for good" }).isDisabled());
  await page.getByTestId("erase-name").fill(NAME);
  await page.getByRole("button", { name: "Erase it for good" }).click();
  await house.go("today");
  await firstRun(page);
  assert.deepEqual(await reasons(page), ["first_practice"], "nothing is left");
  await house.go("settings");
  await page.getByTestId("import").setInputFiles({ name: "odd.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await page.getByRole("alert").waitFor();
  await page.getByTestId("import").setInputFiles(file);
  await page.getByText("3 practices have come in.").waitFor();
  await house.go("today");
  assert.deepEqual({ next: await next(page), reasons: await reasons(page), rest: await page.getByTestId("rest").textContent() }, plan);
}

await within(async (place) => {
  const browser = await open(place, { camera: null });
  const page = await (await browser.newContext({ acceptDownloads: true, permissions: ["notifications"] })).newPage();
  const house = new House(place, page);
  const heard = listen(page, "http://127.0.0.1");
  await house.at(0);
  await firstRun(page);
  await firstPractice(house);
  await seenAgain(house);

  await house.at(26);
  await nextDay(house, "The same");
  assert.match(await next(page), /^Level 0: .*, 5 each side$/);
  assert.ok((await reasons(page)).includes("one_more"));
  await house.at(49);
  assert.equal(await page.getByTestId("start").textContent(), "Start");
  await notToday(house);

  await teacher(house);
  await practise(house, { before: 1, did: 2, discomfort: true, after: 4 });
  await house.go("today");
  await until(page, () => document.querySelector("[data-testid=next]")?.textContent?.startsWith("Level 0"));
  assert.ok((await reasons(page)).includes("comfort_down"));

  await house.at(100);
  await nextDay(house, "The same");
  await practise(house, { before: 1, did: 4, after: 1, leg: "Yes" });
  await askedFirst(house);
  await somebodyElse(house);
  await withPin(house);
  await takenAndBroughtBack(house);
  await reminded(house);
  await oneErased(house);

  assert.deepEqual(heard.misfits, []);
  assert.deepEqual(heard.elsewhere, []);
  const refused = heard.troubles.filter((line) => !/status of (403|400)/.test(line));
  assert.deepEqual(refused, []);
});
