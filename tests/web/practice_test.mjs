// node --test tests/web/practice_test.mjs
// A practice in front of the camera, from its start to its summary, against a server that the test plays.
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import {
  begunPractice,
  camera,
  counts,
  FakeSocket,
  FakeSounds,
  fakeVideo,
  frameDone,
  installBrowser,
  installSocket,
  READY,
  repetition,
  settings,
  settle,
  summary,
} from "./fakes.mjs";
import { load, unload } from "./load.mjs";

after(unload);
const { Practice } = await load("practice/practice.svelte.ts");
const { ServerService } = await load("service/server_service.ts");
const { BEAT_LEVELS } = await load("exercise/teaching.ts");

beforeEach(() => {
  installSocket();
  installBrowser();
});

const stage = (name) => ({ type: "stage", stage: name });
const begun = (asked) => begunPractice(Practice, ServerService, asked);

const typesOf = (socket) => socket.messages.map(({ type }) => type);

test("a practice says hello with the plan, the settings and where it is recorded", async () => {
  const target = { person: 3, comfort_before: 1, unlocked: "secret" };
  const { practice, socket } = await begun({ target, values: { guided: false, breath: "off" } });
  assert.deepEqual(socket.messages[0], {
    type: "hello",
    exercise: "single-leg-kick",
    level: 1,
    repetitions: 5,
    guided: false,
    camera: true,
    breath: "off",
    person: 3,
    comfort_before: 1,
    unlocked: "secret",
  });
  assert.equal(practice.phase, "practising");
  assert.equal(practice.connection, "connected");
  assert.equal(practice.recordId, 12);
  assert.equal(practice.running, true);
});

test("frames follow each other as the server answers them", async () => {
  const { practice, socket } = await begun();
  for (let i = 0; i < 5; i++) {
    for (let turn = 0; turn < 4; turn++) await settle();
    socket.receive(frameDone(i, { points: [i, i, 1] }));
  }
  assert.ok(socket.frames.length >= 5, `${socket.frames.length}`);
  assert.deepEqual([...practice.points], [4, 4, 1]);
  assert.equal(practice.seen, true);
  socket.receive(frameDone(5, { dropped: true, person: false, points: [] }));
  assert.equal(practice.seen, true, "a dropped frame says nothing");
});

test("the times of a resumed practice continue", async () => {
  const practice = new Practice(new ServerService(), new FakeSounds(), () => settings());
  await practice.start({ exercise: "single-leg-kick", level: 1, repetitions: 5 }, fakeVideo(), {
    person: 3,
    resume: 12,
  });
  const socket = FakeSocket.last;
  socket.open();
  socket.receive({ ...READY, begin_s: 61.5 });
  for (let turn = 0; turn < 4; turn++) await settle();
  assert.equal(new DataView(socket.frames[0].buffer).getFloat64(4, true), 61.5);
});

test("counts, movement, kicks and repetitions are shown and heard", async () => {
  const { practice, sounds, socket } = await begun();
  socket.receive(stage("practising"));
  socket.receive({ type: "movement", phase: "bending", side: "left", time_s: 1 });
  socket.receive({ type: "kick", number: 1, side: "left", time_s: 2 });
  assert.deepEqual(
    [practice.movement, practice.side, practice.currentKicks],
    ["bending", "left", 1],
  );
  socket.receive(repetition());
  socket.receive(counts(1, 0));
  socket.receive({ type: "movement", phase: "bending", side: "right", time_s: 7 });
  assert.equal(practice.currentKicks, 0);
  assert.deepEqual([practice.left, practice.right, practice.kicks], [1, 0, 4]);
  const heard = sounds.log.filter((each) => each.startsWith("play"));
  assert.deepEqual(heard, ["play kick", "play repetition", "play side_change"]);
});

test("a side that is not known is no change of sides", async () => {
  const { sounds, socket } = await begun();
  for (const side of ["left", "unsure", "left"]) {
    socket.receive({ type: "movement", phase: "bending", side, time_s: 1 });
  }
  assert.equal(sounds.log.includes("play side_change"), false);
});

test("the beat starts with the practising stage, at the levels that have one", async () => {
  for (const level of [0, 1, 2, 3]) {
    const { sounds, socket } = await begun({
      plan: { exercise: "single-leg-kick", level, repetitions: 4 },
    });
    socket.receive(stage("practising"));
    assert.equal(sounds.log.includes("beat"), BEAT_LEVELS.includes(level), `level ${level}`);
    socket.receive(stage("resting"));
    assert.equal(sounds.log.at(-1), "no beat");
  }
});

test("what the server says is spoken and shown; without guidance cues are only shown", async () => {
  const guided = await begun();
  guided.socket.receive({
    type: "say",
    id: "left",
    text: "Left.",
    kind: "side",
    form: "long",
    due_s: 0,
    start_s: 0,
    wait_s: null,
    interrupts: false,
  });
  assert.equal(guided.practice.cue, "Left.");
  assert.ok(guided.sounds.log.includes("say left"));
  guided.socket.receive({ type: "set_fault", id: "rocking", cue: "Keep your hips level." });
  assert.equal(guided.practice.cue, "Left.");

  const counted = await begun({ values: { guided: false } });
  counted.socket.receive({ type: "set_fault", id: "rocking", cue: "Keep your hips level." });
  assert.equal(counted.practice.cue, "Keep your hips level.");
  counted.socket.receive(repetition({ cue: "Lower slowly." }));
  assert.equal(counted.practice.cue, "Lower slowly.");
  counted.socket.receive({ type: "warning", id: "dark", message: "It is dark." });
  assert.equal(counted.practice.warning, "It is dark.");
});

test("stopping pauses, silences and asks; continuing resumes", async () => {
  const { practice, sounds, socket } = await begun();
  practice.stop();
  assert.equal(practice.phase, "paused");
  assert.equal(practice.running, false);
  assert.equal(sounds.log.at(-1), "silence");
  practice.stop();
  practice.resume();
  assert.equal(practice.phase, "practising");
  practice.resume();
  assert.deepEqual(typesOf(socket), ["hello", "pause", "comfort", "resume"]);
  assert.equal(socket.messages[2].answer, "comfortable");
});

test("the server may ask about comfort, but not about a pause that is over", async () => {
  const { practice, socket } = await begun();
  socket.receive({ type: "comfort_asked", must_answer: false });
  assert.equal(practice.phase, "practising", "silence means well");
  socket.receive({ type: "comfort_asked", must_answer: true });
  assert.equal(practice.phase, "paused");
  practice.resume();
  socket.receive({ type: "comfort_asked", must_answer: true });
  assert.equal(practice.phase, "practising", "that question is answered");
});

test("finishing and discomfort end the practice with the server's summary", async () => {
  for (const [end, sent] of [
    ["finish", ["comfort", "stop"]],
    ["discomfort", ["comfort"]],
  ]) {
    const { practice, socket } = await begun();
    practice[end]();
    assert.equal(practice.phase, "practising", "only a paused practice can be ended");
    practice.stop();
    practice[end]();
    assert.equal(practice.phase, "finishing");
    assert.deepEqual(typesOf(socket).slice(2), sent);
    socket.receive(summary({ ended_by: "person" }));
    assert.equal(practice.phase, "finished");
    assert.equal(practice.summary.ended_by, "person");
    assert.equal(practice.connection, "closed");
    assert.equal(camera.tracks.at(-1).stopped, true, "the camera is closed");
  }
});

test("a server that gives no summary is not waited for", async (t) => {
  const { practice, socket } = await begun();
  socket.receive(repetition());
  socket.receive(counts(1, 0));
  practice.stop();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  practice.finish();
  t.mock.timers.tick(9999);
  assert.equal(practice.phase, "finishing");
  t.mock.timers.tick(1);
  assert.equal(practice.phase, "finished");
  assert.equal(practice.summary.repetitions.length, 1);
  assert.equal(practice.summary.practice, 12);
});

test("when the set is done, stopping ends it without a question", async () => {
  const { practice, socket } = await begun();
  socket.receive(stage("easing_out"));
  practice.stop();
  assert.equal(practice.phase, "finishing");
  assert.equal(typesOf(socket).at(-1), "stop");
});

test("after a lost connection, the new one gets the counts", async (t) => {
  const { practice, sounds, socket } = await begun({ target: { person: 3 } });
  socket.receive(repetition());
  socket.receive(counts(1, 0));
  t.mock.timers.enable({ apis: ["setTimeout"] });
  socket.lose();
  assert.equal(practice.connection, "lost");
  assert.ok(sounds.log.includes("say connection_lost"));
  t.mock.timers.tick(500);
  FakeSocket.last.open();
  const [hello] = FakeSocket.last.messages;
  assert.deepEqual(hello.carried, {
    left: 1,
    right: 0,
    unsure: 0,
    both: 0,
    kicks: 4,
    clean: 1,
  });
  assert.equal(hello.resume, 12);
  FakeSocket.last.receive(READY);
  assert.equal(practice.connection, "connected");
  assert.ok(sounds.log.includes("say connection_back"));
  assert.equal(practice.left, 1);
});

test("without a connection the practice can still be stopped and ended", async (t) => {
  const { practice, sounds, socket } = await begun();
  socket.receive(repetition());
  socket.receive(counts(1, 0));
  t.mock.timers.enable({ apis: ["setTimeout"] });
  socket.lose();
  practice.stop();
  assert.ok(sounds.log.includes("say stopped_here"));
  practice.discomfort();
  assert.equal(practice.phase, "finished");
  assert.equal(practice.summary.ended_by, "discomfort");
  assert.equal(practice.summary.repetitions.length, 1);
});

test("a paused practice stays paused on the new connection", async (t) => {
  const { practice, socket } = await begun();
  practice.stop();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  socket.lose();
  t.mock.timers.tick(500);
  FakeSocket.last.open();
  FakeSocket.last.receive(READY);
  assert.deepEqual(typesOf(FakeSocket.last), ["hello", "page_says", "pause"]);
  assert.equal(practice.phase, "paused");
});

test("a server that never answers ends the practice with advice", async () => {
  const sounds = new FakeSounds();
  const practice = new Practice(new ServerService(), sounds, () => settings());
  await practice.start({ exercise: "single-leg-kick", level: 0, repetitions: 4 }, fakeVideo());
  assert.equal(practice.phase, "starting");
  FakeSocket.last.lose();
  assert.equal(practice.phase, "finished");
  assert.match(practice.error, /is not responding/);
  assert.equal(practice.summary, undefined);
});

test("a failure ends the practice; counts go into a summary", async () => {
  const failure = { type: "failure", id: "broken", message: "The network is broken." };
  const empty = await begun();
  empty.socket.receive(failure);
  assert.equal(empty.practice.error, "The network is broken.");
  assert.equal(empty.practice.summary, undefined);
  const counted = await begun();
  counted.socket.receive(counts(2, 2));
  counted.socket.receive(failure);
  assert.equal(counted.practice.error, "The network is broken.");
  assert.equal(counted.practice.summary.ended_by, "person");
});

test("a camera that can't be opened is explained", async () => {
  camera.error = new DOMException("", "NotAllowedError");
  const practice = new Practice(new ServerService(), new FakeSounds(), () => settings());
  await practice.start({ exercise: "single-leg-kick", level: 0, repetitions: 4 }, fakeVideo());
  assert.equal(practice.phase, "finished");
  assert.match(practice.error, /isn't allowed to use the camera/);
  assert.equal(FakeSocket.all.length, 0, "the server is not asked");
});

test("a camera that is lost is reopened when it is back, and the practice continues", async () => {
  const { practice, sounds, socket } = await begun();
  await practice.cameraReturned(["usb"]);
  assert.equal(sounds.log.includes("say camera_back"), false);
  camera.tracks[0].unplug();
  assert.equal(practice.cameraLost, true);
  assert.equal(practice.phase, "practising");
  assert.ok(sounds.log.includes("say camera_gone"));
  camera.error = new DOMException("", "NotFoundError");
  await practice.cameraReturned(["usb"]);
  assert.equal(practice.cameraLost, true);
  assert.equal(practice.error, "", "it is tried again, without a word");
  await practice.reopenCamera();
  assert.match(practice.error, /No camera found/);
  camera.error = undefined;
  const before = socket.frames.length;
  await practice.cameraReturned(["usb"]);
  assert.equal(practice.cameraLost, false);
  assert.equal(practice.error, "");
  assert.ok(sounds.log.includes("say camera_back"));
  const [explained, says] = typesOf(socket).slice(-2);
  assert.equal(explained, "camera_back", "the gap is explained to the server");
  assert.equal(says, "page_says", "its sentences wait for the page's own");
  for (let turn = 0; turn < 8; turn++) await settle();
  assert.ok(socket.frames.length > before, "frames are sent again");
});

test("only the camera that was lost is taken again, without hands", async () => {
  const { practice, sounds } = await begun();
  camera.tracks[0].unplug();
  await practice.cameraReturned(["built in"]);
  assert.equal(practice.cameraLost, true, "the other camera looks elsewhere");
  assert.equal(camera.tracks.length, 1);
  await practice.cameraReturned(["built in", "usb"]);
  assert.equal(practice.cameraLost, false);
  assert.deepEqual(camera.asked.at(-1), { exact: "usb" });
  assert.equal(sounds.log.filter((each) => each === "say camera_back").length, 1);
});

test("a camera that comes back while the person is asked is not opened until they continue", async () => {
  const { practice, sounds } = await begun();
  camera.tracks[0].unplug();
  practice.stop();
  await practice.cameraReturned(["usb"]);
  assert.equal(practice.cameraLost, true);
  camera.error = new DOMException("", "OverconstrainedError");
  practice.resume();
  await settle();
  assert.equal(practice.cameraLost, true);
  const gone = sounds.log.filter((each) => each === "say camera_gone");
  assert.equal(gone.length, 2, "the person is told that it is still away");
  camera.error = undefined;
  practice.stop();
  practice.resume();
  await settle();
  assert.equal(practice.cameraLost, false);
  assert.deepEqual(camera.asked.at(-1), { exact: "usb" });
  assert.equal(sounds.log.includes("say camera_back"), false, "they continued by hand");
});

test("leaving the page ends the practice, with a summary if there is something to show", async () => {
  const { practice, socket } = await begun();
  practice.leave();
  assert.equal(practice.phase, "finished");
  assert.equal(practice.summary, undefined);
  assert.equal(typesOf(socket).at(-1), "stop");
  const counted = await begun();
  counted.socket.receive(counts(1, 1));
  counted.practice.leave();
  assert.equal(counted.practice.summary.ended_by, "person");
  counted.practice.leave();
});

test("stopping while the practice starts cancels it", async () => {
  const practice = new Practice(new ServerService(), new FakeSounds(), () => settings());
  const starting = practice.start(
    { exercise: "single-leg-kick", level: 0, repetitions: 4 },
    fakeVideo(),
  );
  practice.stop();
  await starting;
  assert.equal(practice.phase, "finished");
  assert.equal(FakeSocket.all.length, 0);
  assert.equal(camera.tracks[0].stopped, true, "the camera that opened late is closed");
});

test("a second practice starts afresh", async () => {
  const { practice, socket } = await begun();
  socket.receive(counts(3, 3));
  practice.stop();
  practice.finish();
  socket.receive(summary());
  await practice.start({ exercise: "single-leg-kick", level: 0, repetitions: 4 }, fakeVideo());
  assert.deepEqual([practice.left, practice.right, practice.recordId], [0, 0, null]);
  assert.equal(practice.summary, undefined);
  assert.equal(practice.stage, "placing");
});

test("the page shows how much of the networks is there, until the practice begins", async () => {
  let listener;
  const service = new ServerService();
  service.practise = (_hello, heard) => {
    listener = heard;
    return { send: () => undefined, sendFrame: () => undefined, close: () => undefined };
  };
  const practice = new Practice(service, new FakeSounds(), () => settings());
  await practice.start({ exercise: "single-leg-kick", level: 1, repetitions: 5 }, fakeVideo());
  assert.equal(practice.downloaded, undefined);
  listener.loading(0.25);
  assert.deepEqual([practice.downloaded, practice.phase], [0.25, "starting"]);
  listener.message(READY);
  assert.deepEqual([practice.downloaded, practice.phase], [undefined, "practising"]);
});

test("a phone's cameras can be changed, one open at a time, and the choice is kept", async () => {
  const values = settings({ camera: "front" });
  const practice = new Practice(new ServerService(), new FakeSounds(), () => values);
  await practice.start({ exercise: "single-leg-kick", level: 1, repetitions: 5 }, fakeVideo());
  FakeSocket.last.open();
  FakeSocket.last.receive(READY);
  assert.equal(practice.facing, "front");
  await practice.turnCamera();
  assert.deepEqual(camera.asked, [{ ideal: "user" }, { ideal: "environment" }]);
  assert.deepEqual([practice.facing, values.camera, practice.cameraLost], ["back", "back", false]);
  assert.equal(camera.tracks[0].stopped, true);
  camera.error = new DOMException("", "NotReadableError");
  await practice.turnCamera();
  assert.equal(practice.cameraLost, true);
  assert.match(practice.error, /can't be opened/);
});
