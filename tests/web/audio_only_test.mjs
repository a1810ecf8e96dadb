// node --test tests/web/audio_only_test.mjs
// A practice without a camera: its script, its pauses and the counts that the person reports.
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { FakeSocket, FakeSounds, installSocket, settings, summary } from "./fakes.mjs";
import { load, unload } from "./load.mjs";

after(unload);
const { ScriptPlayer } = await load("audio_only/script_player.ts");
const { AudioPractice } = await load("audio_only/audio_practice.svelte.ts");
const { ServerService } = await load("service/server_service.ts");
const { FALLBACK_PRAISE } = await load("exercise/exercise.ts");

beforeEach(() => {
  installSocket();
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
});

/** A clock that the test moves on. */
function fakeClock() {
  let now_ms = 0;
  let waiting;
  return {
    now_ms: () => now_ms,
    after: (ms, then) => {
      const mine = { at_ms: now_ms + ms, then };
      waiting = mine;
      return () => {
        if (waiting === mine) waiting = undefined;
      };
    },
    pass: (ms) => {
      now_ms += ms;
      while (waiting && waiting.at_ms <= now_ms) {
        const { then } = waiting;
        waiting = undefined;
        then();
      }
    },
  };
}

function player(times) {
  const clock = fakeClock();
  const log = [];
  const items = times.map((at_s) => ({ at_s }));
  const script = new ScriptPlayer(
    items,
    ({ at_s }) => log.push(at_s),
    () => log.push("end"),
    clock,
  );
  return { script, clock, log };
}

test("a script's clock stops while it is paused", () => {
  const { script, clock, log } = player([1, 2]);
  script.play();
  clock.pass(1500);
  assert.deepEqual(log, [1]);
  script.pause();
  clock.pass(60_000);
  script.play();
  clock.pass(499);
  assert.deepEqual(log, [1]);
  clock.pass(1);
  assert.deepEqual(log, [1, 2, "end"]);
});

test("items that are due at the same time are all played, in order", () => {
  const { script, clock, log } = player([0, 1, 1, 1]);
  script.play();
  clock.pass(0);
  assert.deepEqual(log, [0]);
  clock.pass(1000);
  assert.deepEqual(log, [0, 1, 1, 1, "end"]);
});

test("playing twice or pausing twice changes nothing", () => {
  const { script, clock, log } = player([1]);
  script.play();
  script.play();
  clock.pass(500);
  script.pause();
  script.pause();
  clock.pass(5000);
  script.play();
  clock.pass(500);
  assert.deepEqual(log, [1, "end"]);
});

test("an item may pause the script that plays it", () => {
  const clock = fakeClock();
  const log = [];
  const script = new ScriptPlayer(
    [{ at_s: 1 }, { at_s: 2 }],
    ({ at_s }) => {
      log.push(at_s);
      if (at_s === 1) script.pause();
    },
    () => log.push("end"),
    clock,
  );
  script.play();
  clock.pass(9000);
  assert.deepEqual(log, [1]);
});

const READY = {
  type: "ready",
  level: 1,
  level_name: "Forearms",
  repetitions: 5,
  practice: 12,
  begin_s: 0,
};
const item = (at_s, changes = {}) => ({
  at_s,
  say: {
    type: "say",
    id: "left",
    text: "Left.",
    kind: "side",
    form: "long",
    due_s: 0,
    start_s: 0,
    wait_s: null,
    interrupts: false,
  },
  sound: "none",
  left: 0,
  right: 0,
  ...changes,
});
const SCRIPT = {
  type: "script",
  items: [item(0), item(2, { sound: "repetition", left: 1, say: { ...item(0).say, text: "" } })],
};

/** A practice whose script plays on a clock of the test's. */
function begun(t, { level = 1, target } = {}) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let now_ms = 0;
  t.mock.method(performance, "now", () => now_ms);
  const sounds = new FakeSounds();
  const practice = new AudioPractice(new ServerService(), sounds, () => settings());
  practice.start({ exercise: "single-leg-kick", level, repetitions: 5 }, target);
  const socket = FakeSocket.last;
  socket.open();
  socket.receive(READY);
  socket.receive(SCRIPT);
  const pass = (ms) => {
    now_ms += ms;
    t.mock.timers.tick(ms);
  };
  return { practice, sounds, socket, pass };
}

test("the server's script is said, shown and heard", (t) => {
  const { practice, sounds, socket, pass } = begun(t, { target: { person: 3 } });
  const [hello] = socket.messages;
  assert.deepEqual([hello.camera, hello.guided, hello.person], [false, true, 3]);
  assert.equal(practice.phase, "playing");
  assert.equal(practice.recordId, 12);
  pass(0);
  assert.equal(practice.cue, "Left.");
  pass(2000);
  assert.equal(practice.left, 1);
  assert.deepEqual(sounds.log, ["prepare", "beat", "say left", "play repetition", "no beat"]);
  assert.equal(practice.phase, "reporting", "the counts are asked at the end");
});

test("a level without a beat has none", (t) => {
  const { sounds } = begun(t, { level: 0 });
  assert.equal(sounds.log.includes("beat"), false);
});

test("stopping pauses the script, continuing plays on", (t) => {
  const { practice, sounds, pass } = begun(t);
  pass(1000);
  practice.stop();
  assert.equal(practice.phase, "paused");
  assert.equal(sounds.log.at(-1), "say stopped_here");
  pass(60_000);
  assert.equal(practice.left, 0);
  practice.resume();
  pass(1000);
  assert.equal(practice.left, 1);
});

test("the reported counts are sent, and the server's summary is shown", (t) => {
  const { practice, socket, pass } = begun(t);
  pass(2000);
  practice.report(5, 4);
  assert.deepEqual(socket.messages.at(-1), { type: "self_reported", left: 5, right: 4 });
  assert.equal(practice.phase, "finishing");
  socket.receive(summary({ self_reported: true, practice: null }));
  assert.equal(practice.phase, "finished");
  assert.deepEqual([practice.left, practice.right], [5, 4]);
  assert.equal(practice.summary.practice, 12);
});

test("discomfort is reported at once and stays in the summary", (t) => {
  const { practice, socket } = begun(t);
  practice.stop();
  practice.discomfort();
  assert.deepEqual(socket.messages.at(-1), { type: "comfort", answer: "discomfort" });
  assert.equal(practice.phase, "reporting");
  practice.report(1, 1);
  socket.receive(summary({ ended_by: "person" }));
  assert.equal(practice.summary.ended_by, "discomfort");
});

test("without an answer or a connection the page makes its own summary", (t) => {
  const waiting = begun(t);
  waiting.practice.stop();
  waiting.practice.finish();
  waiting.practice.report(2, 2);
  waiting.pass(10_000);
  assert.equal(waiting.practice.phase, "finished");
  assert.deepEqual(waiting.practice.summary.praise, [FALLBACK_PRAISE]);
  assert.equal(waiting.practice.summary.self_reported, true);
});

test("a script that plays outlasts its connection", (t) => {
  const { practice, socket, pass } = begun(t);
  socket.lose();
  pass(2000);
  assert.equal(practice.left, 1);
  FakeSocket.last.open();
  FakeSocket.last.receive(READY);
  FakeSocket.last.receive(SCRIPT);
  assert.equal(practice.phase, "reporting", "a second script does not start over");
  FakeSocket.last.lose();
  practice.report(3, 3);
  assert.equal(practice.phase, "finished");
});

test("a practice that can't start says why", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const silent = new AudioPractice(new ServerService(), new FakeSounds(), () => settings());
  silent.start({ exercise: "single-leg-kick", level: 0, repetitions: 4 });
  FakeSocket.last.lose();
  assert.match(silent.error, /is not responding/);
  assert.equal(silent.phase, "finished");
  const busy = new AudioPractice(new ServerService(), new FakeSounds(), () => settings());
  busy.start({ exercise: "single-leg-kick", level: 0, repetitions: 4 });
  FakeSocket.last.open();
  FakeSocket.last.receive({ type: "failure", id: "busy", message: "Another window practises." });
  assert.equal(busy.error, "Another window practises.");
});

test("leaving or stopping early ends it without a summary", (t) => {
  const { practice } = begun(t);
  practice.leave();
  assert.equal(practice.phase, "finished");
  assert.equal(practice.summary, undefined);
  assert.equal(practice.connection, "closed");
  const starting = new AudioPractice(new ServerService(), new FakeSounds(), () => settings());
  starting.start({ exercise: "single-leg-kick", level: 0, repetitions: 4 });
  assert.equal(starting.playing, true);
  starting.stop();
  assert.equal(starting.phase, "finished");
});
