// node --test tests/web/pages_test.mjs
// What the pages say, rendered without a browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import {
  KICK,
  next,
  practice,
  repetition,
  settings,
  summary,
  swanPractice,
  today,
} from "./fakes.mjs";
import { htmlOf, load, textOf, unload } from "./load.mjs";

const EXERCISES = new URL("../../data/exercises/", import.meta.url);
after(unload);
const { LEVELS, FAULTS } = await load("exercise/exercise.ts");
const { SINGLE_LEG_KICK } = await load("exercise/installed.ts");
const { Practice } = await load("practice/practice.svelte.ts");
const { ServerService } = await load("service/server_service.ts");

/** The parts of a profile that the pages read. */
const profileOf = (day, changes = {}) => ({
  place: "computer",
  today: day,
  person: day?.person,
  persons: [],
  plan: {
    exercise: SINGLE_LEG_KICK.id,
    level: day?.next.level ?? 0,
    repetitions: day?.next.repetitions ?? 4,
  },
  exercise: SINGLE_LEG_KICK,
  exercises: [SINGLE_LEG_KICK],
  exerciseOf: () => SINGLE_LEG_KICK,
  keepsRecords: true,
  error: "",
  needsPin: () => false,
  records: {},
  ...changes,
});
const nothing = () => undefined;

const todayPage = (day, changes = {}, values = {}) =>
  textOf("today/Today.svelte", {
    profile: profileOf(day, changes),
    today: day,
    settings: settings(values),
    done: false,
    start: nothing,
    resume: nothing,
  });

test("today shows the plan, its reasons and how often the person practised", async () => {
  const reasons = [{ id: "one_more", text: "That went well: one more repetition." }];
  const day = today({ this_week: 1, weeks_in_a_row: 3, next: next({ reasons }) });
  const text = await todayPage(day);
  assert.match(text, /For Ada/);
  assert.match(text, /Level 1: [^,]+, 5 on each side/);
  assert.match(text, /one more repetition/);
  assert.match(text, /This week: 1 practice\./);
  assert.match(text, /3 weeks in a row/);
  assert.match(text, /Camera images stay on this computer and are never saved/);
  assert.match(text, /A voice guides you; you don't need to look at the screen/);
  assert.doesNotMatch(text, /your own choice/);
});

test("while the plan says rest, practising is still possible", async () => {
  const resting = next({ today: false, not_before: "2026-11-25T09:00:00+01:00" });
  const text = await todayPage(today({ next: resting }));
  assert.match(text, /Rest until Wednesday at 9:00/);
  assert.match(text, /Practise anyway/);
});

test("an easier choice is shown beside the plan", async () => {
  const text = await todayPage(today(), {
    plan: { exercise: SINGLE_LEG_KICK.id, level: 0, repetitions: 3 },
  });
  assert.match(text, /Level 0: [^,]+, 3 on each side/);
  assert.match(text, /This is your own choice\. The plan says level 1, 5 on each side/);
});

const legSymptoms = () =>
  next({
    ask_first: true,
    today: false,
    choices: [],
    reasons: [{ id: "leg_symptoms", text: "You had symptoms in a leg. Talk to a doctor." }],
  });

test("symptoms in a leg have one sentence, after the practice and in the plan", async () => {
  const { AFTER } = await load("exercise/safety.ts");
  const words = JSON.parse(readFileSync(new URL("cues.en.json", EXERCISES), "utf8"));
  assert.equal(AFTER.leg, words.plan.leg_symptoms);
});

test("a person who should see a professional first is offered no practice anywhere", async () => {
  const day = today({
    next: legSymptoms(),
    resumable: practice({ left: 2, right: 1 }),
  });
  const sound = textOf("audio_only/AudioPage.svelte", {
    profile: profileOf(day),
    practice: { phase: "idle", error: "" },
    voice: true,
    start: nothing,
  });
  for (const text of [await todayPage(day), await sound]) {
    assert.match(text, /Please talk to a professional first/);
    assert.match(text, /You had symptoms in a leg\. Talk to a doctor\./);
    assert.match(text, /get emergency help now/);
    assert.match(text, /They say I may practise/);
    assert.doesNotMatch(text, /Practise anyway|Start |Next practice|Adjust the practice|Continue/);
  }
  const twice = [{ id: "worse_again", text: "You felt worse twice. Talk to a doctor." }];
  const worse = await todayPage(today({ next: next({ ask_first: true, reasons: twice }) }));
  assert.match(worse, /You felt worse twice\. Talk to a doctor\./);
  assert.doesNotMatch(worse, /emergency/);
  const after = await finished({ ended_by: "discomfort" }, {}, day);
  assert.doesNotMatch(after, /Practise again|next time/);
  assert.match(after, /That was the right choice\..*Done for today/);
  assert.match(await finished({ ended_by: "discomfort" }), /an easier version next time/);
  globalThis.location = { href: "http://localhost/" };
  const { Settings } = await load("profile/settings.svelte.ts");
  const settingsPage = (day) =>
    textOf("settings/SettingsPage.svelte", {
      profile: profileOf(day),
      settings: new Settings(),
      sounds: {},
      reminder: {},
    });
  const offers = /Repetitions on each side|Save plan as calendar file/;
  assert.match(await settingsPage(today()), offers);
  assert.doesNotMatch(await settingsPage(day), offers);
  const calendar = (day) => textOf("progress/Calendar.svelte", { progress, today: day });
  const monday = { not_before: "2026-11-25T09:00:00+01:00" };
  assert.match(await calendar(today({ next: next(monday) })), /next practice/);
  const asking = today({ next: { ...legSymptoms(), ...monday } });
  assert.doesNotMatch(await calendar(asking), /next practice/);
});

test("an unfinished practice and the day after one are asked about", async () => {
  const text = await todayPage(
    today({
      resumable: practice({ left: 2, right: 1 }),
      ask_next_day: practice({ start: "2026-11-22T09:00:00+01:00" }),
    }),
  );
  assert.match(text, /You have an unfinished practice/);
  assert.match(text, /you did 2 left and 1 right, out of 5 on each side/);
  assert.match(text, /You practised yesterday\. How do you feel today\?/);
  const older = await todayPage(
    today({ ask_next_day: practice({ start: "2026-11-20T09:00:00+01:00" }) }),
  );
  assert.match(older, /You practised on Friday\. How was the next day\?/);
});

test("a practice without a camera can be ended, but not continued", async () => {
  const text = await todayPage(today({ resumable: practice({ origin: "sound" }) }));
  assert.match(text, /End it here/);
  assert.doesNotMatch(text, /Continue/);
});

test("without records the page says so, and leads to no progress", async () => {
  const text = await todayPage(today(), { keepsRecords: false });
  assert.match(text, /running without records/);
  assert.doesNotMatch(text, /See your progress|For Ada/);
  const links = await textOf("navigation/Navigation.svelte", {
    page: "today",
    keepsRecords: false,
  });
  assert.doesNotMatch(links, /Progress/);
  assert.match(links, /Audio only/);
});

test("only the levels that the server allows can be chosen", async () => {
  const fields = (planned) =>
    textOf("components/PlanFields.svelte", {
      exercise: SINGLE_LEG_KICK,
      plan: { level: 1, repetitions: 5 },
      choices: next().choices,
      planned,
    });
  const text = await fields(true);
  for (const { number, name } of LEVELS) {
    assert.equal(text.includes(`${number}: ${name}`), number <= 1, name);
  }
  assert.match(text, /always choose an easier level/);
  assert.match(await fields(false), /If this level is new to you, start with \d+ on each side/);
});

test("the most repetitions that may be chosen are the server's", async () => {
  const html = (repetitions) =>
    htmlOf("components/PlanFields.svelte", {
      exercise: SINGLE_LEG_KICK,
      plan: { level: 1, repetitions },
      choices: next().choices,
      planned: true,
    });
  assert.match(await html(5), /aria-label="One more"[^>]*disabled/);
  assert.doesNotMatch(await html(4), /aria-label="One more"[^>]*disabled/);
  assert.match(await html(1), /aria-label="One fewer"[^>]*disabled/);
});

test("discomfort is asked for on a scale of eleven", async () => {
  const html = await htmlOf("components/ComfortScale.svelte", { legend: "How?", name: "comfort" });
  assert.equal([...html.matchAll(/type="radio"/g)].length, 11);
  assert.match(html, /no discomfort/);
  assert.match(html, /the worst you can imagine/);
});

test("before a practice the plan's rest is explained", async () => {
  const before = (day) =>
    textOf("today/ComfortBefore.svelte", { profile: profileOf(day), today: day, begin: nothing });
  assert.match(await before(today()), /How much discomfort do you feel right now\?.*Start/);
  const rest = today({ next: next({ today: false, not_before: "2026-11-24T09:00:00+01:00" }) });
  assert.match(await before(rest), /Your plan says to rest until tomorrow at 9:00/);
  const asking = today({ next: next({ ask_first: true }) });
  assert.match(await before(asking), /They say I may practise/);
});

test("the first run welcomes, later a person is chosen", async () => {
  const people = (persons, changes = {}) =>
    textOf("people/PeoplePage.svelte", { profile: profileOf(undefined, { persons, ...changes }) });
  const first = await people([]);
  assert.match(first, /Welcome to Matside/);
  assert.match(first, /Images are never saved/);
  const both = await people([
    { id: 1, name: "Ada", pin: false },
    { id: 2, name: "Ida", pin: true },
  ]);
  assert.match(both, /Who is practising\? Ada Ida PIN needed/);
  assert.match(await people([], { error: "The disk is full." }), /The disk is full/);
});

test("the safety page lists every warning with its sources", async () => {
  const { EMERGENCY, ASK_FIRST, EASIER, PAGE } = await load("exercise/safety.ts");
  const text = await textOf("people/SafetyPage.svelte", { read: nothing });
  for (const list of [EMERGENCY, ASK_FIRST, EASIER]) {
    assert.ok(text.includes(list.title));
    for (const item of list.items) assert.ok(text.includes(item.text), item.text);
  }
  assert.ok(text.includes(PAGE.button));
});

function finished(changes = {}, last = {}, day = today()) {
  const practised = Object.assign(new Practice(new ServerService(), {}, nothing), {
    left: 5,
    right: 4,
    kicks: 18,
    plan: { exercise: SINGLE_LEG_KICK.id, level: 1, repetitions: 5 },
    ...last,
  });
  return textOf("summary/SummaryPage.svelte", {
    profile: profileOf(day),
    summary: summary(changes),
    last: practised,
    before: 1,
    start: nothing,
  });
}

test("the summary has the praise, the counts and what to work on", async () => {
  const text = await finished({ advice: ["Lower more slowly."] });
  assert.match(text, /Your hips stayed still\./);
  assert.match(text, /Left: 5 of 5/);
  assert.match(text, /Right: 4 of 5/);
  assert.match(text, /Kicks: 18/);
  assert.match(text, /You completed the set/);
  assert.match(text, /To work on Lower more slowly/);
  assert.match(text, /How do you feel now\?/);
});

test("each way to end has its words, and a set that was not saved says so", async () => {
  assert.match(await finished({ ended_by: "person" }), /done enough/);
  assert.match(await finished({ ended_by: "discomfort" }), /That was the right choice/);
  assert.match(await finished({ practice: null }), /could not be saved/);
  assert.match(await finished({ self_reported: true }), /Self-reported: there was no camera/);
  assert.match(await finished({}, { error: "The network is broken." }), /The network is broken/);
  const none = await textOf("summary/SummaryPage.svelte", {
    profile: profileOf(today()),
    summary: undefined,
    last: undefined,
    before: undefined,
    start: nothing,
  });
  assert.match(none, /You have not finished a set yet/);
});

test("each repetition has its side, kicks, lowering and result", async () => {
  const text = await textOf("summary/Repetitions.svelte", {
    repetitions: [
      repetition(),
      repetition({
        side: "unsure",
        status: "faulty",
        faults: ["rocking"],
        fault_names: ["Hips rocking"],
        cue: "Stay level.",
      }),
      repetition({ status: "partial", lowering_s: null }),
    ],
  });
  assert.match(text, /1 left 2 2\.1 s Clean/);
  assert.match(text, /2 not visible 2 2\.1 s Hips rocking Stay level\./);
  assert.match(text, /3 left 2 – Counted, but small or cut short/);
});

test("recorded repetitions can be given the other side, and both are shown", async () => {
  const recorded = {
    index: 0,
    side: "left",
    corrected_side: "right",
    status: "clean",
    kick_times_s: [1, 2],
    knee_flexion_deg: 90,
    lowering_s: 2,
    faults: [],
  };
  const html = await htmlOf("progress/RecordedRepetitions.svelte", {
    exercise: KICK,
    repetitions: [recorded],
    practice: 7,
    change: nothing,
  });
  assert.match(html, /<option value="seen"[^>]*>left<\/option>/);
  assert.match(html, /<option value="right"[^>]*>right \(corrected\)<\/option>/);
  assert.doesNotMatch(html, /left \(corrected\)/);
});

const progress = {
  practices: [practice()],
  weeks: [
    { monday: "2026-11-16", practices: 1, as_planned: false },
    { monday: "2026-11-23", practices: 2, as_planned: true },
  ],
  practices_a_week: [2, 3],
  weeks_in_a_row: 2,
};

test("the calendar marks today, the next practice and the weeks that went as planned", async () => {
  const day = today({ next: next({ not_before: "2026-11-25T09:00:00+01:00" }) });
  const text = await textOf("progress/Calendar.svelte", { progress, today: day });
  assert.match(text, /The plan is 2 or 3 practices a week\. 2 weeks in a row\./);
  assert.match(text, /today, Monday 23 November: 1 practice/);
  assert.match(text, /Wednesday 25 November: no practice, next practice/);
  assert.equal([...text.matchAll(/, as planned/g)].length, 1);
  const none = { ...progress, weeks_in_a_row: 0, practices_a_week: [3, 3] };
  assert.match(
    await textOf("progress/Calendar.svelte", { progress: none, today: day }),
    /The plan is 3 practices a week\. Any week is a good week to start again/,
  );
});

test("the list of practices has the newest first, with corrections marked", async () => {
  const text = await textOf("progress/PracticeList.svelte", {
    practices: [
      practice({ id: 1, comfort_before: null, ended_by: "interrupted" }),
      practice({ id: 2, start: "2026-11-25T18:30:00+01:00", corrected: true }),
    ],
    today: today(),
  });
  assert.ok(text.indexOf("25 Nov, 18:30") < text.indexOf("23 Nov, 9:00"));
  assert.match(text, /4, 4 corrected 1, 2 Completed/);
  assert.match(text, /–, 2 Unfinished/);
  assert.doesNotMatch(text, /Exercise/, "all are of one");
});

test("the list names the exercises, and opens those that are installed", async () => {
  const html = await htmlOf("progress/PracticeList.svelte", {
    practices: [
      practice({ id: 1 }),
      swanPractice({ id: 2 }),
      swanPractice({ id: 3, exercise: "mine", exercise_name: "mine", installed: false }),
    ],
    today: today(),
  });
  assert.match(html, /Swan preparation/);
  assert.match(html, />6</);
  assert.match(html, /href="#\/practised\/2"/);
  assert.doesNotMatch(html, /practised\/3/);
  assert.match(html, /not installed/);
});

test("charts start at three practices, can show one level, and leave out what has no course", async () => {
  const charts = (practices) => textOf("progress/Charts.svelte", { practices });
  const few = await charts([practice(), practice({ level: 0 })]);
  assert.equal(few, "Charts appear after three practices.");
  const text = await charts([practice(), practice({ level: 0 }), practice()]);
  assert.match(text, /All levels Level 0: .+ Level 1: /);
  assert.match(text, /Discomfort 0: no discomfort\. 10: the worst you can imagine/);
  assert.match(text, /Knee bend/);
  assert.doesNotMatch(text, /Time to lower the foot|Hips still/);
  const both = /Discomfort .* Before After Show as a table/;
  assert.match(text, both);
  const unanswered = practice({ comfort_after: null });
  assert.doesNotMatch(await charts([practice(), practice(), unanswered]), both, "two dots");
  const kicks = [practice(), practice(), practice()];
  const swans = [swanPractice(), swanPractice(), swanPractice()];
  const mixed = await charts([...kicks, ...swans]);
  assert.match(mixed, /Exercise Single-leg kick Swan preparation/);
  assert.match(mixed, /Discomfort/);
  assert.doesNotMatch(mixed, /Knee bend/, "those of the exercise that was practised last");
  assert.match(await charts([...swans, ...kicks]), /Knee bend/);
});

test("counts can be corrected, and the original ones stay", async () => {
  const counts = (changes) =>
    textOf("progress/CorrectCounts.svelte", { practice: practice(changes), change: nothing });
  assert.match(await counts(), /Correct the counts/);
  assert.match(
    await counts({ corrected: true, left: 5 }),
    /The original counts were 4 left and 4 right\. Both are saved\. Undo/,
  );
});

test("the lesson of each level shows its steps, breathing and muscles", async () => {
  globalThis.matchMedia = () => ({ matches: true });
  for (const { number, name } of LEVELS) {
    const text = await textOf("learn/LearnKick.svelte", {
      level: number,
      settings: settings({ elbows_forward: true }),
      sounds: {},
    });
    assert.ok(text.includes(`Level ${number}: ${name}`));
    assert.match(text, /Then switch to the other leg/);
    assert.equal(text.includes("Shown with the elbows forward"), number > 0);
    assert.equal(text.includes("The shoulders"), number > 0);
    for (const { levels, name: fault } of FAULTS) {
      if (!levels.includes(number)) assert.equal(text.includes(`>${fault}<`), false);
    }
  }
});

test("every setting has a label, and the beat's hint follows the exercise", async () => {
  const { Settings } = await load("profile/settings.svelte.ts");
  const text = await textOf("settings/SettingsPage.svelte", {
    profile: profileOf(today(), { keepsRecords: false }),
    settings: new Settings(),
    sounds: {},
    reminder: {},
  });
  for (const label of ["Voice guidance", "Elbows forward", "Beat", "Breathing cues", "Text size"]) {
    assert.ok(text.includes(label), label);
  }
  assert.match(text, /A quiet beat every 0\.7 seconds while you practise at level 1 and above/);
  assert.match(text, /150%/);
  assert.match(text, /Reset settings/);
});

test("a person's data can be exported, imported and erased", async () => {
  const person = { id: 3, name: "Ada", pin: false };
  const text = await textOf("settings/YourData.svelte", { profile: profileOf(today()), person });
  assert.match(text, /Your data .*Images are never saved.* Export .*Import.* Erase my data/);
  const pin = await textOf("settings/PersonSettings.svelte", {
    profile: profileOf(today()),
    today: today({ person: { ...person, pin: true } }),
  });
  assert.match(pin, /New PIN .*Set PIN .*Remove PIN .*does not encrypt your data/);
});
