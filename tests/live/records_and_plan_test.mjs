// node tests/live/records_and_plan_test.mjs MATSIDE [--site DIR]
// From the first run to the second practice, with the date moved on: name, safety page, plan, comfort, practice,
// progress, the next day, discomfort, leg symptoms, a second person, a PIN, export, erasing, import and reminders.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { answerBefore, axeViolations, openBrowser, until, withCleanup } from "./support.mjs";
import { observeHome, openHome, testArguments } from "./homes.mjs";

const { home } = testArguments();
const NAME = "Änne O’Böll";
const MONDAY_S = Date.UTC(2026, 10, 23, 8) / 1000;
const HOUR_S = 3600;
const PIN = "2468";

const next = (page) => page.getByTestId("next").textContent();
const reasons = (page) =>
  page
    .getByTestId("reasons")
    .locator("li")
    .evaluateAll((all) => all.map((each) => each.dataset.reason));

async function assertAccessible(page, what) {
  assert.deepEqual(await axeViolations(page), [], what);
}

/** A matside whose clock can be moved on, and the page in front of it. */
class ServedPage {
  constructor(place, page) {
    Object.assign(this, { place, page, port: 0 });
  }

  /** Begins, or begins again, so many hours after Monday morning. */
  async at(hours) {
    await this.served?.end("SIGTERM");
    this.served = await openHome(this.place, home, {
      port: this.port,
      now_s: MONDAY_S + hours * HOUR_S,
    });
    this.port = Number(new URL(this.served.url).port);
    // After the first time, the cookie opens it.
    await this.page.goto(this.served[hours === 0 ? "address" : "url"]);
  }

  async go(page) {
    await this.page.goto(`${this.served.url}#/${page}`);
  }
}

async function firstRun(page) {
  await page.getByRole("heading", { name: "Welcome to Matside" }).waitFor();
  await assertAccessible(page, "the first run");
  await page.getByLabel("Your name").fill(NAME);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: "Before you practise" }).waitFor();
  await assertAccessible(page, "what to read first");
  await page.getByTestId("read").click();
  await page.getByTestId("next").waitFor();
  assert.equal(await page.getByTestId("person-name").textContent(), NAME);
}

/** By sound alone, stopped at once; then by the person's own word. */
async function practise(served, { before, did, discomfort = false, after, leg = "No" }) {
  const { page } = served;
  await served.go("sound");
  await page.getByTestId("start").click();
  await answerBefore(page, before);
  await until(page, () => document.querySelector("[data-testid=cue]")?.textContent !== "");
  await page.keyboard.press("Space");
  await page.getByTestId("comfort").waitFor();
  await page
    .getByRole("button", { name: discomfort ? "Discomfort" : "Comfortable, finish" })
    .click();
  await page.getByLabel("Left").fill(String(did));
  await page.getByLabel("Right").fill(String(did));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByTestId("comfort-after").waitFor();
  await assertAccessible(page, "comfort after");
  await page.locator(`input[name=comfort-after][value="${after}"]`).check();
  await page.getByRole("radio", { name: leg, exact: true }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByTestId("comfort-saved").waitFor();
}

async function firstPractice(served) {
  const { page } = served;
  assert.match(await next(page), /^Level 0: .*, 4 on each side$/);
  assert.deepEqual(await reasons(page), ["first_practice"]);
  await assertAccessible(page, "today");
  await served.go("progress");
  await page.getByText("Your practices will appear here").waitFor();
  await assertAccessible(page, "progress without a practice");
  await practise(served, { before: 1, did: 4, after: 1 });
  await served.go("today");
  await page.getByText("Rest until Wednesday at 9:00").waitFor();
  await page.getByRole("button", { name: "Practise anyway" }).click();
  await page.getByTestId("rest-first").waitFor();
  await assertAccessible(page, "before a practice, while resting");
}

async function seenAgain(served) {
  const { page } = served;
  await served.go("progress");
  await page.getByTestId("practices").locator("tbody tr").waitFor();
  assert.equal(await page.getByTestId("practices").locator("tbody tr").count(), 1);
  await page.getByTestId("no-charts").waitFor();
  await assertAccessible(page, "progress");
  await page.getByTestId("practices").getByRole("link").click();
  await page.getByRole("heading", { name: "Discomfort", exact: true }).waitFor();
  assert.equal(await page.getByTestId("comfort-after-value").textContent(), "1 out of 10");
  await page.getByRole("button", { name: "Correct the counts" }).click();
  await page.getByLabel("Left").fill("3");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  assert.match(
    await page.getByTestId("both-counts").textContent(),
    /original counts were 4 left and 4\s+right\. Both are saved/,
  );
  assert.equal(await page.getByTestId("count-left").textContent(), "3");
  await assertAccessible(page, "a practice");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByTestId("both-counts").waitFor({ state: "detached" });
  assert.equal(await page.getByTestId("count-left").textContent(), "4");
}

async function nextDay(served, answer) {
  const { page } = served;
  await page.getByTestId("next-day").waitFor();
  await assertAccessible(page, "the next day");
  await page.getByTestId("next-day").getByRole("button", { name: answer }).click();
  await page.getByTestId("next-day").waitFor({ state: "detached" });
}

async function notToday(served) {
  const { page } = served;
  await page.getByTestId("start").click();
  // By keyboard alone.
  await page.locator('input[name=comfort-before][value="0"]').focus();
  for (let up = 0; up < 3; up++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByTestId("not-today").waitFor();
  await assertAccessible(page, "not today");
  await page.getByRole("button", { name: "I chose the wrong number" }).click();
  await answerBefore(page, 6);
  await page.getByTestId("not-today").waitFor();
}

async function teacher(served) {
  const { page } = served;
  await served.go("settings");
  await page.getByTestId("teacher").selectOption("1");
  await served.go("today");
  await until(page, () =>
    document.querySelector("[data-testid=next]")?.textContent?.startsWith("Level 1"),
  );
  assert.ok((await reasons(page)).includes("teacher"));
}

async function askedFirst(served) {
  const { page } = served;
  assert.equal(await page.getByRole("button", { name: "Practise again" }).count(), 0);
  assert.doesNotMatch(await page.getByTestId("comfort-saved").textContent(), /Next: level/);
  await served.go("sound");
  await page.getByTestId("ask-first").waitFor();
  await served.go("today");
  await page.getByTestId("ask-first").waitFor();
  assert.equal(await page.getByTestId("start").count(), 0);
  await assertAccessible(page, "a professional is to be asked first");
  await page.getByRole("button", { name: "They say I may practise" }).click();
  await page.getByTestId("start").waitFor();
}

/** Somebody else is known by another name, and is erased alone. */
async function secondPerson(served) {
  const { page } = served;
  await served.go("today");
  await page.getByRole("button", { name: "Switch person" }).click();
  await page.getByText("Add a person").click();
  await assertAccessible(page, "who practises");
  await page.getByTestId("name").fill("Paul");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByTestId("read").click();
  await page.getByTestId("next").waitFor();
  assert.equal(await page.getByTestId("person-name").textContent(), "Paul");
  assert.deepEqual(await reasons(page), ["first_practice"]);
  await served.go("settings");
  await page.getByRole("button", { name: "Erase my data" }).click();
  await page.getByTestId("erase-name").fill("Paul");
  await page.getByRole("button", { name: "Erase everything" }).click();
  await page.getByText("All data for Paul has been erased.").waitFor();
  await page.getByTestId("person").click();
  await page.getByTestId("next").waitFor();
}

async function reminded(served) {
  const { page } = served;
  await served.go("settings");
  await page.getByRole("button", { name: "Remind me when my rest is over" }).click();
  await page.getByText("Reminders are on while this page is open").waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save plan as calendar file" }).click(),
  ]);
  const file = `${served.place.folder}/plan.ics`;
  await download.saveAs(file);
  assert.match(readFileSync(file, "utf8"), /^BEGIN:VCALENDAR\r\n[^]*BEGIN:VEVENT/);
}

async function oneErased(served) {
  const { page } = served;
  await served.go("progress");
  const rows = page.getByTestId("practices").locator("tbody tr");
  await rows.first().waitFor();
  assert.equal(await rows.count(), 3);
  await page.locator("[data-chart=comfort] summary").click();
  await page.locator("[data-chart=comfort] tbody tr").first().waitFor();
  await assertAccessible(page, "charts");
  await rows.first().getByRole("link").click();
  await page.getByRole("button", { name: "Erase this practice" }).click();
  await assertAccessible(page, "whether to erase a practice");
  await page.getByRole("button", { name: "Erase permanently" }).click();
  await until(
    page,
    () => document.querySelectorAll("[data-testid=practices] tbody tr").length === 2,
  );
}

async function withPin(served) {
  const { page } = served;
  await served.go("settings");
  await page.getByTestId("new-pin").fill(PIN);
  await page.getByRole("button", { name: "Set PIN" }).click();
  await page.getByText("PIN set.").waitFor();
  await served.go("today");
  await page.getByRole("button", { name: "Switch person" }).click();
  await page.getByTestId("person").click();
  await assertAccessible(page, "a PIN is asked for");
  await page.getByTestId("pin").fill("1357");
  await page.getByRole("button", { name: "Continue" }).first().click();
  await page.getByRole("alert").waitFor();
  await page.getByTestId("pin").fill(PIN);
  await page.getByRole("button", { name: "Continue" }).first().click();
  await page.getByTestId("next").waitFor();
}

async function takenAndBroughtBack(served) {
  const { page } = served;
  await served.go("today");
  const plan = {
    next: await next(page),
    reasons: await reasons(page),
    rest: await page.getByTestId("rest").textContent(),
  };
  await served.go("settings");
  await assertAccessible(page, "settings");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByTestId("export").click(),
  ]);
  const file = `${served.place.folder}/taken.json`;
  await download.saveAs(file);
  await page.getByRole("button", { name: "Erase my data" }).click();
  await page.getByTestId("erase-name").fill("Somebody");
  assert.ok(await page.getByRole("button", { name: "Erase everything" }).isDisabled());
  await page.getByTestId("erase-name").fill(NAME);
  await page.getByRole("button", { name: "Erase everything" }).click();
  await page.getByText(`All data for ${NAME} has been erased.`).waitFor();
  assert.equal(new URL(page.url()).hash, "#/today");
  await firstRun(page);
  assert.deepEqual(await reasons(page), ["first_practice"], "nothing is left");
  await served.go("settings");
  await page
    .getByTestId("import")
    .setInputFiles({ name: "odd.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await page.getByRole("alert").waitFor();
  await page.getByTestId("import").setInputFiles(file);
  await page.getByText("3 practices imported.").waitFor();
  await served.go("today");
  assert.deepEqual(
    {
      next: await next(page),
      reasons: await reasons(page),
      rest: await page.getByTestId("rest").textContent(),
    },
    plan,
  );
}

await withCleanup(async (place) => {
  const browser = await openBrowser(place, { camera: null });
  const page = await (
    await browser.newContext({
      acceptDownloads: true,
      permissions: ["notifications"],
      timezoneId: "Europe/Berlin",
    })
  ).newPage();
  const served = new ServedPage(place, page);
  const observed = await observeHome(page, {
    url: home.site ? "http://localhost" : "http://127.0.0.1",
    inBrowser: home.site !== undefined,
  });
  await served.at(0);
  await firstRun(page);
  await firstPractice(served);
  await seenAgain(served);

  await served.at(26);
  await nextDay(served, "The same");
  assert.match(await next(page), /^Level 0: .*, 5 on each side$/);
  assert.ok((await reasons(page)).includes("one_more"));
  await served.at(49);
  assert.equal(await page.getByTestId("start").textContent(), "Start");
  await notToday(served);

  await teacher(served);
  await practise(served, { before: 1, did: 2, discomfort: true, after: 4 });
  await served.go("today");
  await until(page, () =>
    document.querySelector("[data-testid=next]")?.textContent?.startsWith("Level 0"),
  );
  assert.ok((await reasons(page)).includes("comfort_down"));

  await served.at(100);
  await nextDay(served, "The same");
  await practise(served, { before: 1, did: 4, after: 1, leg: "Yes" });
  await askedFirst(served);
  await secondPerson(served);
  await withPin(served);
  await takenAndBroughtBack(served);
  await reminded(served);
  await oneErased(served);

  assert.deepEqual(observed.schemaViolations, []);
  assert.deepEqual(observed.foreignRequests, []);
  const refused = observed.errors.filter((line) => !/status of (403|400)/.test(line));
  assert.deepEqual(refused, []);
});
