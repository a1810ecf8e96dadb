// node --test tests/web/page_test.mjs
// What the page does by itself: its voice's turns, a script's clock, the figures' course, what it keeps.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { load, unload } from "./load.mjs";

after(unload);
const { SpeechQueue } = await load("sound/speech_queue.ts");
const { ScriptPlayer } = await load("audio_only/script_player.ts");
const { KneeMotion } = await load("learn/knee_motion.ts");
const { faultFigure, correctFigure } = await load("learn/fault_figure.ts");
const { FAULTS, LEVELS, levelOf } = await load("exercise/exercise.ts");
const { parseSettings } = await load("profile/settings.svelte.ts");
const { eachLine, frameAt } = await load("video/analysis.ts");
const { PracticeLog } = await load("practice/practice_log.ts");
const { retryDelay_ms } = await load("practice/reconnecting_connection.ts");
const { stepsOf, sourceNames } = await load("exercise/teaching.ts");
const { columnsOf } = await load("summary/curve_data.ts");

const turn = () => new Promise((resolve) => setImmediate(resolve));
const say = (id, urgent = false) => ({ type: "say", id, text: id, kind: "cue", urgent });

function queue() {
  const said = [];
  let now = 0;
  let done = () => undefined;
  const speaker = {
    speak: (what) => {
      said.push(what.id);
      return new Promise((resolve) => (done = resolve));
    },
    silence: () => said.push("(silence)"),
  };
  return {
    queue: new SpeechQueue(speaker, () => now),
    said,
    pass: (ms) => (now += ms),
    finish: async () => (done(), await turn()),
  };
}

test("one sentence is said after the other", async () => {
  const voice = queue();
  voice.queue.say(say("one"));
  voice.queue.say(say("two"));
  assert.deepEqual(voice.said, ["one"]);
  await voice.finish();
  assert.deepEqual(voice.said, ["one", "two"]);
});

test("what has waited over two seconds is not said", async () => {
  const voice = queue();
  voice.queue.say(say("one"));
  voice.queue.say(say("late"));
  voice.pass(1500);
  voice.queue.say(say("in time"));
  voice.pass(600);
  await voice.finish();
  assert.deepEqual(voice.said, ["one", "in time"]);
});

test("what is urgent cuts the rest short", async () => {
  const voice = queue();
  voice.queue.say(say("one"));
  voice.queue.say(say("two"));
  voice.queue.say(say("stop", true));
  assert.deepEqual(voice.said, ["one", "(silence)", "stop"]);
  await voice.finish();
  assert.deepEqual(voice.said, ["one", "(silence)", "stop"]);
});

test("a script's clock stands still while it is paused", () => {
  let now = 0;
  let waiting;
  const clock = {
    now_ms: () => now,
    after: (ms, then) => {
      waiting = { at: now + ms, then };
      return () => (waiting = undefined);
    },
  };
  const passed = (ms) => {
    now += ms;
    while (waiting && waiting.at <= now) {
      const { then } = waiting;
      waiting = undefined;
      then();
    }
  };
  const reached = [];
  let ended = false;
  const player = new ScriptPlayer(
    [{ at_s: 1 }, { at_s: 2 }],
    (item) => reached.push(item.at_s),
    () => (ended = true),
    clock,
  );
  player.play();
  passed(1500);
  assert.deepEqual(reached, [1]);
  player.pause();
  passed(60_000);
  player.play();
  passed(499);
  assert.deepEqual(reached, [1]);
  passed(1);
  assert.deepEqual(reached, [1, 2]);
  assert.ok(ended);
});

/** What a figure's knee does, as the engine would measure it. */
function measured(course) {
  const step_s = 0.005;
  const found = { peak: 0, fastest: 0, transit_s: 0, kicks: 0 };
  let before = course.at(0).left_deg;
  let rising = true;
  let crossed70;
  for (let time_s = step_s; time_s < course.duration_s / 2; time_s += step_s) {
    const { left_deg } = course.at(time_s);
    found.peak = Math.max(found.peak, left_deg);
    found.fastest = Math.max(found.fastest, (left_deg - before) / step_s);
    if (rising && left_deg < before) found.kicks++;
    if (left_deg !== before) rising = left_deg > before;
    if (before >= 70 && left_deg < 70) crossed70 = time_s;
    if (before >= 20 && left_deg < 20) found.transit_s = time_s - crossed70;
    before = left_deg;
  }
  return found;
}

for (const level of LEVELS) {
  test(`the figure of level ${level.number} keeps to the exercise file`, () => {
    const figure = measured(new KneeMotion(level));
    assert.equal(figure.kicks, level.kicks);
    assert.ok(Math.abs(figure.peak - level.knee_aim_deg) < 0.5);
    assert.ok(figure.transit_s >= level.transit_70_20_s, `${figure.transit_s}`);
    const thrown = FAULTS.find((fault) => fault.id === "thrown_kick");
    assert.ok(figure.fastest < thrown.on);
  });
}

test("a fault's figure shows the fault", () => {
  const level = levelOf(1);
  const as = (id) =>
    measured(
      new KneeMotion(
        level,
        faultFigure(
          FAULTS.find((fault) => fault.id === id),
          level,
        ).motion,
      ),
    );
  const on = (id) => FAULTS.find((fault) => fault.id === id).on;
  assert.ok(as("dropped_foot").transit_s < on("dropped_foot"));
  assert.ok(as("fast_lowering").transit_s < on("fast_lowering"));
  assert.ok(as("fast_lowering").transit_s > on("dropped_foot"));
  assert.ok(as("thrown_kick").fastest > on("thrown_kick"));
  assert.equal(as("missing_second_kick").kicks, 1);
  assert.equal(as("extra_kick").kicks, level.kicks + 1);
  assert.ok(as("shallow_kick").peak < level.knee_min_deg - on("shallow_kick"));
});

test("every fault of a level looks different from the movement done well", () => {
  for (const level of LEVELS) {
    for (const fault of FAULTS.filter((each) => each.levels.includes(level.number))) {
      const well = correctFigure(level, 6);
      assert.notDeepEqual(
        { ...well, ...faultFigure(fault, level), mark: well.mark },
        well,
        `${fault.id} at level ${level.number}`,
      );
    }
  }
});

test("every step that is taught has a source that is named", () => {
  for (const level of LEVELS) {
    const steps = stepsOf(level.number);
    assert.ok(steps.length >= 4);
    for (const name of sourceNames(steps.map((step) => step.source))) assert.match(name, / /);
  }
});

test("settings that make no sense are not taken over", () => {
  const fresh = parseSettings(null);
  for (const text of [
    "",
    "{",
    "3",
    "null",
    "[]",
    '{"voice":1,"breath":"sideways","text_size":9,"unknown":true}',
  ]) {
    assert.deepEqual(parseSettings(text), fresh, text);
  }
  assert.deepEqual(parseSettings('{"breath":"off","beat":true}'), {
    ...fresh,
    breath: "off",
    beat: true,
  });
});

test("lines are whole however they are cut on the way", async () => {
  const bytes = new TextEncoder().encode('{"a":"é"}\n{"b":2}\n\n{"c":3}');
  const lines = [];
  const stream = new ReadableStream({
    start(control) {
      for (const byte of bytes) control.enqueue(Uint8Array.of(byte));
      control.close();
    },
  });
  await eachLine(stream, (line) => lines.push(line));
  assert.deepEqual(lines, ['{"a":"é"}', '{"b":2}', '{"c":3}']);
});

test("the frame shown is the last one that has begun", () => {
  const frames = [0, 0.1, 0.2].map((time_s) => ({ time_s, points: [] }));
  assert.equal(frameAt(frames, -1), undefined);
  assert.equal(frameAt(frames, 0.15).time_s, 0.1);
  assert.equal(frameAt(frames, 9).time_s, 0.2);
});

test("what was counted before the connection was lost stays in the summary", () => {
  const history = new PracticeLog();
  const repetition = (index) => ({ index, side: "left" });
  const frame = (time_s) => history.frame(time_s, { dropped: false, knee_flexion: [time_s, null] });
  const curve = { times_s: [10], left: [1], right: [2] };
  const summary = {
    praise: ["Well done."],
    repetitions: [repetition(1)],
    curve,
    ended_by: "person",
  };
  assert.equal(history.mergedSummary(summary), summary);
  frame(1);
  history.repetition(repetition(1));
  history.repetition(repetition(2));
  history.connectionLost();
  frame(10);
  const whole = history.mergedSummary(summary);
  assert.deepEqual(
    whole.repetitions.map(({ index }) => index),
    [1, 2, 3],
  );
  assert.deepEqual(whole.curve, { times_s: [1, 10], left: [1, 1], right: [null, 2] });
  assert.deepEqual(whole.praise, ["Well done."]);
  assert.notDeepEqual(history.mergedSummary({ ...summary, repetitions: [] }).praise, summary.praise);
});

test("a lost connection is tried again soon, then every three seconds", () => {
  assert.deepEqual([0, 1, 2, 3, 30].map(retryDelay_ms), [500, 1000, 2000, 3000, 3000]);
});

test("a question about a pause that is over is not asked again", async () => {
  const { StalePrompts } = await load("practice/stale_prompts.ts");
  const before = new StalePrompts();
  const told = (...stages) => stages.forEach((stage) => before.stageChanged(stage));
  told("settling");
  assert.equal(before.stale, false, "nobody has gone on");
  before.resumed();
  told("practising");
  assert.equal(before.stale, true, "that was on its way when the person stopped");
  told("stopped");
  assert.equal(before.stale, true);
  told("practising");
  assert.equal(before.stale, false, "the server has heard of it, and may ask anew");
  told("stopped");
  before.resumed();
  told("settling");
  assert.equal(before.stale, false);
  // Stopped and gone on twice, before the server has heard of either.
  before.resumed();
  before.resumed();
  told("stopped", "settling", "stopped");
  assert.equal(before.stale, true);
  told("settling");
  assert.equal(before.stale, false);
  before.resumed();
  before.reset();
  assert.equal(before.stale, false);
});

test("a picture is sent when the one before is answered, and packed meanwhile", async () => {
  const { FrameSender } = await load("practice/frame_sender.ts");
  const sent = [];
  const given = [];
  let wanted = true;
  const sender = new FrameSender({ sendFrame: (index, time_s) => sent.push([index, time_s]) }, () => wanted);
  sender.camera = {
    next: () =>
      new Promise((resolve) =>
        given.push((taken_ms) => resolve({ taken_ms, jpeg: new ArrayBuffer(0) })),
      ),
  };
  const give = async (taken_ms) => (given.shift()(taken_ms), await turn());
  sender.start();
  await give(1000);
  assert.deepEqual(sent, [[0, 0]]);
  await give(1040);
  assert.equal(sent.length, 1, "the first is not answered");
  assert.equal(given.length, 0, "one is packed, no other is taken");
  assert.equal(sender.acknowledged(), 0);
  assert.deepEqual(sent.at(-1), [1, 0.04]);

  await give(1080);
  wanted = false;
  assert.equal(sender.acknowledged(), 0.04);
  assert.equal(sent.length, 2, "nothing is sent while none is wanted");
  wanted = true;
  sender.start();
  await give(9000);
  assert.deepEqual(sent.at(-1), [2, 8], "what was packed before is old");

  sender.reset();
  sender.start();
  await give(9040);
  assert.equal(sent.length, 3, "of the camera that was");
  await give(9080);
  assert.deepEqual(sent.at(-1), [3, 8.08]);
});

test("kicks are marked on the curve where they happened", () => {
  const curve = { times_s: [5, 6, 7, 8], left: [0, 90, 50, null], right: [1, 2, null, 3] };
  const [times, , , kicks] = columnsOf(curve, [
    { kick_times_s: [6.2, 99] },
    { kick_times_s: [7.9] },
  ]);
  assert.deepEqual(times, [0, 1, 2, 3]);
  assert.deepEqual(kicks, [null, 90, null, 3]);
});
