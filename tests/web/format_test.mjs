// node --test tests/web/format_test.mjs
// Dates and numbers in words, addresses, and practices as chart series and calendar weeks.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { practice } from "./fakes.mjs";
import { load, unload } from "./load.mjs";

after(unload);
const dates = await load("format/dates.ts");
const numbers = await load("format/numbers.ts");
const series = await load("progress/series.ts");
const { parseRoute, PAGES } = await load("navigation/route.svelte.ts");

const NOW = "2026-11-23T18:00:00+01:00";

test("a time in the next week is named by its weekday, a later one by its date", () => {
  const words = (iso) => dates.formatDayAndTime(iso, NOW);
  assert.equal(words("2026-11-23T20:05:00+01:00"), "today at 20:05");
  assert.equal(words("2026-11-24T09:00:00+01:00"), "tomorrow at 9:00");
  assert.equal(words("2026-11-22T09:30:00+01:00"), "yesterday at 9:30");
  assert.equal(words("2026-11-26T09:00:00+01:00"), "Thursday at 9:00");
  assert.equal(words("2026-11-30T09:00:00+01:00"), "Monday, 30 November, at 9:00");
  assert.equal(words("2027-01-04T09:00:00+01:00"), "Monday, 4 January 2027, at 9:00");
  assert.equal(words("2026-11-20T09:00:00+01:00"), "Friday, 20 November, at 9:00");
});

test("days are counted by the calendar, whatever the clocks do", () => {
  const { daysBetween, addDays, weekdayOf } = dates;
  assert.equal(daysBetween("2026-10-24T23:59:00+02:00", "2026-10-25T00:01:00+02:00"), 1);
  assert.equal(daysBetween("2026-10-24T12:00:00+02:00", "2026-10-26T12:00:00+01:00"), 2);
  assert.equal(daysBetween("2026-11-23", "2026-11-16"), -7);
  assert.equal(addDays("2028-02-28", 1), "2028-02-29");
  assert.equal(addDays("2026-12-31T23:00:00+01:00", 1), "2027-01-01");
  assert.equal(addDays("2026-03-01", -1), "2026-02-28");
  assert.equal(weekdayOf("2026-11-23"), "Monday");
  assert.equal(weekdayOf("2026-11-29T23:59:00+01:00"), "Sunday");
});

test("the time zone of the browser changes nothing", () => {
  const before = process.env.TZ;
  try {
    for (const zone of ["Pacific/Auckland", "America/Los_Angeles", "UTC"]) {
      process.env.TZ = zone;
      assert.equal(dates.weekdayOf("2026-11-23T00:30:00+01:00"), "Monday", zone);
      assert.equal(dates.formatDate("2026-11-23T23:30:00-08:00"), "23 November", zone);
      assert.equal(dates.formatTime("2026-11-23T23:30:00-08:00"), "23:30", zone);
    }
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

test("a date has its year where that is not the current one", () => {
  assert.equal(dates.formatDate("2026-11-23", NOW), "23 November");
  assert.equal(dates.formatDate("2025-11-03", NOW), "3 November 2025");
  assert.equal(dates.formatDate("2026-11-03", ""), "3 November 2026");
  assert.equal(dates.formatShortDate("2026-09-05", NOW), "5 Sep");
  assert.equal(dates.formatShortDate("2025-05-05", NOW), "5 May 2025");
});

test("what is not a date stays as it is", () => {
  assert.equal(dates.localTimeOf("tomorrow"), undefined);
  assert.equal(dates.formatDate("tomorrow"), "tomorrow");
  assert.equal(dates.formatTime(""), "");
  assert.ok(Number.isNaN(dates.utcMidnight_ms("")));
  assert.ok(Number.isNaN(dates.localSeconds("2026")));
});

test("a date and time has all its parts, a date alone is midnight", () => {
  assert.deepEqual(dates.localTimeOf("2026-11-23T18:05:09+01:00"), {
    year: 2026,
    month: 11,
    day: 23,
    hour: 18,
    minute: 5,
  });
  assert.equal(dates.formatTime("2026-11-23"), "0:00");
  const hour_s = dates.localSeconds("2026-11-23T01:00:00Z") - dates.localSeconds("2026-11-23");
  assert.equal(hour_s, 3600);
});

test("numbers carry their unit", () => {
  assert.equal(numbers.formatDegrees(98.4), "98°");
  assert.equal(numbers.formatDegrees(12.5), "13°");
  assert.equal(numbers.formatSeconds(1.849), "1.8 s");
  assert.equal(numbers.formatPercent(0.755), "76%");
  assert.equal(numbers.formatPercent(1), "100%");
});

test("a bend that was not measured is a dash", () => {
  assert.equal(numbers.formatBend(104.4), "104°");
  assert.equal(numbers.formatBend(null), "–");
});

test("a lowering that was cut short is a dash", () => {
  assert.equal(numbers.formatLowering(2.14), "2.1 s");
  assert.equal(numbers.formatLowering(null), "–");
  assert.equal(numbers.formatLowering(0), "–");
  assert.equal(numbers.formatLowering(0.049), "–");
  assert.equal(numbers.formatLowering(0.051), "0.1 s");
});

test("a clock rounds before it splits minutes from seconds", () => {
  assert.equal(numbers.formatClock(65.4), "1:05");
  assert.equal(numbers.formatClock(59.6), "1:00");
  assert.equal(numbers.formatClock(59.97, true), "1:00.0");
  assert.equal(numbers.formatClock(5.04, true), "0:05.0");
  assert.equal(numbers.formatClock(3605), "60:05");
});

test("one thing is singular, any other number plural", () => {
  assert.equal(numbers.countOf(1, "practice"), "1 practice");
  assert.equal(numbers.countOf(0, "practice"), "0 practices");
  assert.equal(numbers.countOf(3, "foot", "feet"), "3 feet");
});

test("every page has an address, and any other address leads to today", () => {
  for (const page of PAGES) assert.deepEqual(parseRoute(`#/${page}`), { page, id: 0 });
  assert.deepEqual(parseRoute("#/practised/12"), { page: "practised", id: 12 });
  const lost = ["", "#/", "#/nowhere", "#/practised/x", "#/practised/12/3", "#progress", "#/Today"];
  for (const hash of lost) assert.deepEqual(parseRoute(hash), { page: "today", id: 0 }, hash);
  assert.equal(parseRoute(`#/practised/${"9".repeat(16)}`).page, "today");
});

test("what was not measured is a gap in its chart", () => {
  const all = [practice({ lowering_s: { value: 1.5, sd: 0.1 } }), practice()];
  const line = series.measured("Lowering", all, (each) => each.lowering_s);
  assert.deepEqual(line.values, [1.5, null]);
  assert.deepEqual(line.sds, [0.1, null]);
  assert.equal(line.label, "Lowering");
});

test("a chart starts at three points", () => {
  assert.equal(series.hasCourse({ values: [1, null, 2, null] }), false);
  assert.equal(series.hasCourse({ values: [1, 2, null, 3] }), true);
  assert.equal(series.hasCourse({ values: [] }), false);
});

test("the marks of an axis have enough digits to differ", () => {
  const { axisLabels, formatDegrees, formatPercent, formatSeconds } = numbers;
  assert.deepEqual(axisLabels([1.5, 2, 2.5], formatSeconds), ["1.5 s", "2.0 s", "2.5 s"]);
  assert.deepEqual(axisLabels([1.8, 1.85, 1.9], formatSeconds), ["1.80 s", "1.85 s", "1.90 s"]);
  assert.deepEqual(axisLabels([90, 95], formatDegrees), ["90°", "95°"]);
  assert.deepEqual(axisLabels([90, 90.5, 91], formatDegrees), ["90.0°", "90.5°", "91.0°"]);
  assert.deepEqual(axisLabels([0.995, 1], formatPercent), ["99.5%", "100.0%"]);
  assert.deepEqual(axisLabels([], formatPercent), []);
});

test("a moving average skips gaps and leaves them where they are", () => {
  assert.deepEqual(series.movingAverage([1, null, 3, 5, 100], 3), [1, null, 4, 36, 52.5]);
  assert.deepEqual(series.movingAverage([null, null], 3), [null, null]);
  assert.deepEqual(series.movingAverage([4], 9), [4]);
  const flat = Array.from({ length: 40 }, () => 7);
  assert.deepEqual(series.movingAverage(flat), flat);
});

test("only a long history is averaged", () => {
  const many = (count) => Array.from({ length: count }, () => practice());
  assert.equal(series.isMany(many(120)), false);
  assert.equal(series.isMany(many(121)), true);
});

test("practices are drawn at their local times", () => {
  const [first, second] = series.timesOf([
    practice(),
    practice({ start: "2026-11-23T10:30:00+01:00" }),
  ]);
  assert.equal(second - first, 5400);
});

test("each practice is on its day in the calendar, the newest week first", () => {
  const weeks = [
    { monday: "2026-11-16", practices: 0, as_planned: false },
    { monday: "2026-11-23", practices: 3, as_planned: true },
  ];
  const evening = practice({ id: 8, start: "2026-11-29T23:30:00+01:00" });
  const again = practice({ id: 9, start: "2026-11-29T08:00:00+01:00" });
  const calendar = series.calendarOf(weeks, [practice(), evening, again]);
  assert.deepEqual(
    calendar.map((week) => week.monday),
    ["2026-11-23", "2026-11-16"],
  );
  assert.equal(calendar[0].as_planned, true);
  assert.equal(calendar[0].days.length, 7);
  assert.equal(calendar[0].days[0].practices.length, 1);
  assert.deepEqual(calendar[0].days[6], { date: "2026-11-29", practices: [evening, again] });
  assert.ok(calendar[1].days.every((day) => day.practices.length === 0));
});

test("a browser without a valid language formats numbers in English", async (context) => {
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  context.after(() => {
    if (before) Object.defineProperty(globalThis, "navigator", before);
    else delete globalThis.navigator;
  });
  const navigator = { language: "C" };
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
  await load("language.ts");
  assert.equal(navigator.language, "en");
});
