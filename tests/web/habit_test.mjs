// node --test tests/web/habit_test.mjs
// What the page makes of plan and records by itself: dates in words, who may do what, charts, and what it asks of the server.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { load, unload } from "./load.mjs";

after(unload);
const { soonWords, dayAfter, daysBetween, weekday } = await load("when.ts");
const { calendarOf, calmed, cleanShare, measured } = await load("progress/series.ts");
const { mostOf, notToday, repetitionsAt } = await load("habit.svelte.ts");
const { placeOf } = await load("route.svelte.ts");
const { ServerService } = await load("server_service.ts");
const { MemoryService } = await load("memory_service.ts");
const { Reminder } = await load("reminder.ts");
const { Settings } = await load("settings/settings.svelte.ts");
const { Refused } = await load("service.ts");
const { LEVELS } = await load("exercise.ts");
const { EMERGENCY, ASK_FIRST, EASIER } = await load("who/safety.ts");
const { sourceNames } = await load("learn/teaching.ts");

test("the rest's end is told as a person would tell it", () => {
  const now = "2026-11-23T18:00:00+01:00";
  assert.equal(soonWords("2026-11-23T20:05:00+01:00", now), "today 20:05");
  assert.equal(soonWords("2026-11-24T09:00:00+01:00", now), "tomorrow 9:00");
  assert.equal(soonWords("2026-11-26T09:00:00+01:00", now), "Thursday 9:00");
  assert.equal(soonWords("2026-11-30T09:00:00+01:00", now), "Monday, 30 November, 9:00");
  assert.equal(soonWords("2027-01-04T09:00:00+01:00", now), "Monday, 4 January 2027, 9:00");
});

test("days are counted by the calendar, whatever the clocks do", () => {
  assert.equal(daysBetween("2026-10-24T23:59:00+02:00", "2026-10-25T00:01:00+02:00"), 1);
  assert.equal(daysBetween("2026-10-24T12:00:00+02:00", "2026-10-26T12:00:00+01:00"), 2);
  assert.equal(dayAfter("2028-02-28", 1), "2028-02-29");
  assert.equal(weekday("2026-11-23"), "Monday");
});

const today = (changes) => ({ comfort_before_last: null, not_today_from: 6, not_today_rise: 2, teacher_level: null, next: { level: 1, repetitions: 5 }, ...changes });

test("with much discomfort, or more than before the last practice, it is not today", () => {
  assert.equal(notToday(today({}), 5), false);
  assert.equal(notToday(today({}), 6), true);
  assert.equal(notToday(today({ comfort_before_last: 2 }), 3), false);
  assert.equal(notToday(today({ comfort_before_last: 2 }), 4), true);
});

test("an easier level is always there, a harder one never", () => {
  const most = mostOf(today({}), true);
  assert.deepEqual(most, { level: 1, repetitions: 5 });
  assert.equal(repetitionsAt(1, most), 5);
  assert.equal(repetitionsAt(0, most), LEVELS[0].repetitions_goal);
  assert.equal(mostOf(today({ teacher_level: 1 }), true).repetitions, LEVELS[1].repetitions_goal, "a teacher decides");
  assert.equal(mostOf(today({}), false), undefined, "nobody plans");
});

test("an address leads to its page, any other to today", () => {
  assert.deepEqual(placeOf("#/practised/12"), { page: "practised", id: 12 });
  assert.deepEqual(placeOf("#/progress"), { page: "progress", id: 0 });
  for (const hash of ["", "#/", "#/nowhere", "#/practised/x", "#/practised/12/3"]) assert.equal(placeOf(hash).page, "today", hash);
});

const practice = (changes) => ({ start: "2026-11-23T09:00:00+01:00", origin: "camera", counted_left: 4, counted_right: 4, unsure: 0, clean: 6, lowering_s: null, ...changes });

test("the share of clean repetitions is of those that were seen", () => {
  assert.equal(cleanShare(practice({})), 0.75);
  assert.equal(cleanShare(practice({ origin: "sound" })), null);
  assert.equal(cleanShare(practice({ counted_left: 0, counted_right: 0 })), null);
});

test("what was not measured is a gap in its chart", () => {
  const line = measured("Lowering", [practice({ lowering_s: { value: 1.5, sd: 0.1 } }), practice({})], (each) => each.lowering_s);
  assert.deepEqual(line.values, [1.5, null]);
  assert.deepEqual(line.sds, [0.1, null]);
});

test("a mean of neighbours leaves gaps where they are, and out of it", () => {
  assert.deepEqual(calmed([1, null, 3, 5, 100], 3), [1, null, 4, 36, 52.5]);
  assert.deepEqual(calmed([null, null], 3), [null, null]);
});

test("each practice stands on its day in the calendar, the newest week first", () => {
  const weeks = [{ monday: "2026-11-16", practices: 0 }, { monday: "2026-11-23", practices: 2 }];
  const evening = practice({ start: "2026-11-29T23:30:00+01:00" });
  const calendar = calendarOf(weeks, [practice({}), evening]);
  assert.deepEqual(calendar.map((week) => week.monday), ["2026-11-23", "2026-11-16"]);
  assert.equal(calendar[0].days[0].practices.length, 1);
  assert.deepEqual(calendar[0].days[6], { date: "2026-11-29", practices: [evening] });
  assert.ok(calendar[1].days.every((day) => day.practices.length === 0));
});

test("what is read before practising names its sources", () => {
  for (const list of [EMERGENCY, ASK_FIRST, EASIER]) {
    assert.ok(list.items.length > 3);
    for (const item of list.items) assert.notEqual(sourceNames([item.source])[0], item.source, item.text);
  }
});

/** A server that answers so, and what it was asked. */
async function served(answer, ask) {
  const asked = [];
  const before = globalThis.fetch;
  globalThis.fetch = async (address, how) => {
    asked.push({ address, how });
    return answer(address);
  };
  try {
    return { asked, result: await ask() };
  } finally {
    globalThis.fetch = before;
  }
}
const json = (value, status = 200) => new Response(JSON.stringify(value), { status });

test("whoever is let in by a PIN stays so, and nobody else by that", async () => {
  const service = new ServerService();
  const { asked } = await served(
    (address) => json(address.endsWith("unlock") ? { token: "secret" } : {}),
    async () => {
      await service.unlock(3, "1234");
      await service.today(3);
      await service.today(4);
      service.forget(3);
      await service.today(3);
    },
  );
  assert.deepEqual(asked.map(({ how }) => how.headers["Matside-Unlocked"]), [undefined, "secret", undefined, undefined]);
});

test("what the server refuses is told in its own words, and its silence in plain ones", async () => {
  const service = new ServerService();
  const { result: refused } = await served(() => json({ error: "There is no such practice." }, 404), () => service.practice(1, 9).catch((error) => error));
  assert.ok(refused instanceof Refused);
  assert.equal(refused.message, "There is no such practice.");
  assert.equal(refused.status, 404);
  const { result: odd } = await served(() => new Response("<html>", { status: 500 }), () => service.today(1).catch((error) => error));
  assert.match(odd.message, /could not do that/);
  const { result: silent } = await served(() => Promise.reject(new TypeError()), () => service.today(1).catch((error) => error));
  assert.match(silent.message, /does not answer/);
});

test("without records the page is used by one nameless person, who reads first", async () => {
  const service = new MemoryService();
  const [nobody] = await service.persons();
  assert.equal((await service.today(nobody.id)).inform, true);
  const told = await service.change(nobody.id, { change: "informed", person: nobody.id });
  assert.equal(told.inform, false);
  assert.equal(told.next.level, 0);
  await assert.rejects(service.progress(nobody.id), Refused);
});

test("the browser tells when the rest is over, if it may and is wanted", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const told = [];
  class Notification {
    static permission = "granted";
    constructor(title) {
      told.push(title);
    }
  }
  Object.assign(globalThis, { Notification, isSecureContext: true });
  const rest = { now: "2026-11-23T18:00:00+01:00", next: { today: false, not_before: "2026-11-23T19:00:00+01:00", level: 0, repetitions: 4 } };
  const reminder = new Reminder();
  reminder.watch(rest, false);
  const callOff = reminder.watch(rest, true);
  callOff();
  t.mock.timers.tick(3_600_000);
  assert.deepEqual(told, []);
  reminder.watch(rest, true);
  t.mock.timers.tick(3_599_999);
  assert.deepEqual(told, []);
  t.mock.timers.tick(1);
  assert.deepEqual(told, ["Your rest is over"]);
  reminder.watch({ ...rest, next: { ...rest.next, today: true } }, true);
  Notification.permission = "denied";
  reminder.watch(rest, true);
  t.mock.timers.tick(7_200_000);
  assert.equal(told.length, 1);
  delete globalThis.Notification;
});

test("a person's settings come with the person, and changes are told once they rest", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const settings = new Settings();
  const told = [];
  const follow = (id, kept) => settings.follow({ person: { id }, settings: kept }, (change) => told.push(change));
  follow(1, { voice: false, breath: "sideways", text_size: 9 });
  assert.equal(settings.values.voice, false);
  assert.equal(settings.values.breath, "out_on_kicks");
  settings.values.camera = "another";
  follow(1, {});
  t.mock.timers.tick(10_000);
  assert.deepEqual(told, [], "a camera belongs to the browser");
  settings.values.beat = true;
  follow(1, {})();
  settings.values.guided = false;
  follow(1, {});
  t.mock.timers.tick(10_000);
  assert.equal(told.length, 1);
  assert.deepEqual([told[0].person, told[0].settings.beat, told[0].settings.guided], [1, true, false]);
  assert.equal("camera" in told[0].settings, false);
  follow(2, { beat: false });
  assert.equal(settings.values.beat, false);
  assert.equal(told.length, 1, "what comes with a person is no change");
});
