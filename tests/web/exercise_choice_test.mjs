// node --test tests/web/exercise_choice_test.mjs
// Which exercise is practised, and what follows it.
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import {
  begunPractice,
  counts,
  installBrowser,
  installSocket,
  repetition,
  settings,
  summary,
  today,
} from "./fakes.mjs";
import { load, textOf, unload } from "./load.mjs";

after(unload);
const { SINGLE_LEG_KICK } = await load("exercise/installed.ts");
const { Practice } = await load("practice/practice.svelte.ts");
const { ServerService } = await load("service/server_service.ts");

/** An exercise without sides, as the server tells of it. */
const SWAN = {
  id: "swan-preparation",
  name: "Swan preparation",
  by_side: false,
  levels: [
    {
      number: 0,
      name: "Forearms down",
      description: "Lift your chest a little.",
      peaks: 1,
      trunk_min_deg: 0,
      trunk_max_deg: 15,
      repetitions_start: 3,
      repetitions_goal: 5,
      aims: { trunk_incline: 14 },
      tempo: { rise_s: 2, hold_s: 2, lower_s: 3 },
    },
  ],
  faults: [
    {
      id: "short_hold",
      levels: [0],
      name: "Hold too short",
      cue: "Hold, then lower slowly.",
      advice: "Stay at the top for a breath.",
    },
  ],
  cycle: {
    channel: "trunk_incline",
    set_up: ["Lie face down."],
    prompt: "Lift your chest, hold, and lower slowly.",
    breath: { rise: "out", lowering: "in" },
  },
  next: { level: 0, repetitions: 3 },
};

const nothing = () => undefined;

const todayPage = (day, changes, values = {}) =>
  textOf("today/Today.svelte", {
    profile: {
      place: "computer",
      today: day,
      plan: { exercise: SINGLE_LEG_KICK.id, level: 1, repetitions: 5 },
      exercise: SINGLE_LEG_KICK,
      exercises: [SINGLE_LEG_KICK],
      exerciseOf: (id) => (id === SWAN.id ? SWAN : SINGLE_LEG_KICK),
      keepsRecords: true,
      error: "",
      ...changes,
    },
    today: day,
    settings: settings(values),
    done: false,
    start: nothing,
    resume: nothing,
  });

test("an exercise is chosen, and what follows it in the same practice", async () => {
  const exercises = [SINGLE_LEG_KICK, SWAN];
  const alone = await todayPage(today());
  assert.doesNotMatch(alone, /Go on with/, "there is nothing to choose from");
  const kick = await todayPage(today(), { exercises });
  assert.match(kick, /Go on with.*Swan preparation.*Level 0: Forearms down, 3 repetitions/);
  assert.doesNotMatch(await todayPage(today(), { exercises }, { guided: false }), /Go on with/);
  const plan = {
    exercise: SWAN.id,
    level: 0,
    repetitions: 3,
    then: [{ exercise: SINGLE_LEG_KICK.id, level: 1, repetitions: 5 }],
  };
  const swan = await todayPage(today(), { exercises, exercise: SWAN, plan });
  assert.match(swan, /Swan preparation.*Level 0: Forearms down, 3 repetitions/);
  assert.match(swan, /Then: Single-leg kick/);
  assert.doesNotMatch(swan, /Repetitions on each side/);
});

test("a repetition's faults have the names of its exercise, and columns that apply", async () => {
  const lift = {
    ...repetition({ side: "both", kicks: 1, lowering_s: null }),
    status: "faulty",
    faults: ["short_hold"],
    fault_names: ["Hold too short"],
  };
  const swan = { repetitions: [lift], bySide: false, peak: "peak" };
  const text = await textOf("summary/Repetitions.svelte", swan);
  assert.match(text, /Peaks.*Hold too short/);
  assert.doesNotMatch(text, /short_hold|Side|Kicks|Lowering/);
  const kick = await textOf("summary/Repetitions.svelte", {
    repetitions: [{ ...repetition({}), fault_names: [] }],
  });
  assert.match(kick, /Side.*Kicks.*Lowering/);
});

test("an exercise is explained by its file", async () => {
  const text = await textOf("learn/LearnCycle.svelte", { exercise: SWAN, level: 0 });
  for (const said of [SWAN.levels[0].description, ...SWAN.cycle.set_up, SWAN.faults[0].advice])
    assert.ok(text.includes(said), said);
  assert.match(text, /Breathe out as you move, and breathe in as you lower/);
});

beforeEach(() => {
  installSocket();
  installBrowser();
});

const begun = (asked) => begunPractice(Practice, ServerService, asked);

const beginning = (changes) => ({
  type: "exercise",
  id: "prone-leg-lift",
  name: "Prone leg lift",
  number: 1,
  of: 2,
  level: 0,
  level_name: "A hand's breadth",
  repetitions: 4,
  by_side: true,
  peaks: 1,
  practice: 12,
  begin_s: 0,
  ...changes,
});

test("an exercise that follows begins afresh, and the one before is kept for the summary", async () => {
  const plan = {
    exercise: "prone-leg-lift",
    level: 0,
    repetitions: 4,
    then: [{ exercise: "swan-preparation", level: 1, repetitions: 3 }],
  };
  const { practice, socket } = await begun({ plan, target: { person: 3 } });
  assert.deepEqual(socket.messages[0].then, plan.then);
  socket.receive(beginning());
  socket.receive(counts(4, 4));
  socket.receive({ type: "exercise_done", id: plan.exercise, summary: summary({ practice: 12 }) });
  const swan = { id: "swan-preparation", name: "Swan preparation", by_side: false };
  socket.receive(
    beginning({ ...swan, number: 2, level: 1, repetitions: 3, practice: 13, begin_s: 60 }),
  );
  assert.equal(practice.done.length, 1);
  assert.deepEqual(
    [practice.done[0].name, practice.done[0].counts.left, practice.done[0].summary.practice],
    ["Prone leg lift", 4, 12],
  );
  assert.equal(practice.left, 0);
  assert.deepEqual({ ...practice.plan }, { exercise: swan.id, level: 1, repetitions: 3, then: [] });
  assert.equal(practice.recordId, 13);
  socket.receive({ ...counts(0, 0), both: 2 });
  assert.equal(practice.both, 2);
  practice.leave();
  assert.equal(practice.summary.practice, 13);
});

test("without a voice nothing leads to an exercise that follows", async () => {
  const then = [{ exercise: "swan-preparation", level: 1, repetitions: 3 }];
  const plan = { exercise: "single-leg-kick", level: 0, repetitions: 4, then };
  const { socket } = await begun({ plan, values: { guided: false } });
  assert.equal("then" in socket.messages[0], false);
});
