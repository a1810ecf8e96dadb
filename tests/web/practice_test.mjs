// node --test tests/web/practice_test.mjs
// A practice in front of the camera, from its start to its summary, against a server that the test plays.
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import {
  FakeSocket,
  FakeSounds,
  installSocket,
  repetition,
  settings,
  settle,
  summary,
} from "./fakes.mjs";
import { load, unload } from "./load.mjs";

after(unload);
const { Practice } = await load("practice/practice.svelte.ts");
const { PracticeLog } = await load("practice/practice_log.ts");
const { Camera, cameraAdvice } = await load("practice/camera.ts");
const { isStopKey } = await load("practice/stop_key.ts");
const { keepScreenOn } = await load("practice/wake_lock.ts");
const { BEAT_LEVELS } = await load("exercise/teaching.ts");

/** One video track, which the test can unplug. */
class FakeTrack extends EventTarget {
  stopped = false;
  stop() {
    this.stopped = true;
  }
  unplug() {
    this.dispatchEvent(new Event("ended"));
  }
}

let tracks;
let cameraError;

/** A browser with a camera, a canvas and a screen that can be kept on. */
function installBrowser() {
  tracks = [];
  cameraError = undefined;
  const getUserMedia = async () => {
    if (cameraError) throw cameraError;
    const track = new FakeTrack();
    tracks.push(track);
    return { getVideoTracks: () => [track], getTracks: () => [track] };
  };
  Object.defineProperty(globalThis, "navigator", {
    value: { mediaDevices: { getUserMedia } },
    configurable: true,
  });
  globalThis.document = {
    createElement: () => ({
      getContext: () => ({ drawImage: () => undefined }),
      toBlob: (take) => take(new Blob(["jpeg"])),
    }),
  };
}

/** A video element that shows a frame every time one is awaited. */
function fakeVideo() {
  let now_ms = 1000;
  return {
    videoWidth: 1280,
    videoHeight: 720,
    srcObject: null,
    play: async () => undefined,
    requestVideoFrameCallback: (shown) => {
      now_ms += 40;
      setImmediate(() => shown(now_ms, {}));
    },
  };
}

beforeEach(() => {
  installSocket();
  installBrowser();
});

const READY = { type: "ready", level: 1, level_name: "Forearms", repetitions: 5, practice: 12 };
const stage = (name) => ({ type: "stage", stage: name });
const counts = (left, right) => ({ type: "counts", left, right, unsure: 0, kicks: 4, clean: 1 });
const frameDone = (index, changes = {}) => ({
  type: "frame_done",
  index,
  dropped: false,
  person: true,
  points: [],
  knee_flexion: [10, 20],
  ...changes,
});

/** A practice that the server has let begin. */
async function begun({ plan = { level: 1, repetitions: 5 }, target, values = {} } = {}) {
  const sounds = new FakeSounds();
  const practice = new Practice(sounds, () => settings(values));
  await practice.start(plan, fakeVideo(), target);
  const socket = FakeSocket.last;
  socket.open();
  socket.receive(READY);
  await settle();
  return { practice, sounds, socket };
}

const typesOf = (socket) => socket.messages.map(({ type }) => type);

test("a practice says hello with the plan, the settings and where it is recorded", async () => {
  const target = { person: 3, comfort_before: 1, unlocked: "secret" };
  const { practice, socket } = await begun({ target, values: { guided: false, breath: "off" } });
  assert.deepEqual(socket.messages[0], {
    type: "hello",
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
    const { sounds, socket } = await begun({ plan: { level, repetitions: 4 } });
    socket.receive(stage("practising"));
    assert.equal(sounds.log.includes("beat"), BEAT_LEVELS.includes(level), `level ${level}`);
    socket.receive(stage("resting"));
    assert.equal(sounds.log.at(-1), "no beat");
  }
});

test("what the server says is spoken and shown; without guidance cues are only shown", async () => {
  const guided = await begun();
  guided.socket.receive({ type: "say", id: "left", text: "Left.", kind: "prompt", urgent: false });
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
    assert.equal(tracks.at(-1).stopped, true, "the camera is closed");
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

test("a lost connection keeps the counts and tells the new connection", async (t) => {
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
  assert.deepEqual(hello.carried, { left: 1, right: 0, unsure: 0, kicks: 4, clean: 1 });
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
  assert.deepEqual(typesOf(FakeSocket.last), ["hello", "pause"]);
  assert.equal(practice.phase, "paused");
});

test("a server that never answers ends the practice with advice", async () => {
  const sounds = new FakeSounds();
  const practice = new Practice(sounds, () => settings());
  await practice.start({ level: 0, repetitions: 4 }, fakeVideo());
  assert.equal(practice.phase, "starting");
  FakeSocket.last.lose();
  assert.equal(practice.phase, "finished");
  assert.match(practice.error, /does not answer/);
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
  cameraError = new DOMException("", "NotAllowedError");
  const practice = new Practice(new FakeSounds(), () => settings());
  await practice.start({ level: 0, repetitions: 4 }, fakeVideo());
  assert.equal(practice.phase, "finished");
  assert.match(practice.error, /may not use the camera/);
  assert.equal(FakeSocket.all.length, 0, "the server is not asked");
});

test("a camera that is lost can be reopened, and the practice continues", async () => {
  const { practice, sounds, socket } = await begun();
  practice.cameraReturned();
  assert.equal(sounds.log.includes("say camera_back"), false);
  tracks[0].unplug();
  assert.equal(practice.cameraLost, true);
  assert.equal(practice.phase, "practising");
  assert.ok(sounds.log.includes("say camera_gone"));
  practice.cameraReturned();
  assert.ok(sounds.log.includes("say camera_back"));
  cameraError = new DOMException("", "NotFoundError");
  await practice.reopenCamera();
  assert.match(practice.error, /No camera found/);
  assert.equal(practice.cameraLost, true);
  cameraError = undefined;
  const before = socket.frames.length;
  await practice.reopenCamera();
  assert.equal(practice.cameraLost, false);
  assert.equal(practice.error, "");
  for (let turn = 0; turn < 8; turn++) await settle();
  assert.ok(socket.frames.length > before, "frames are sent again");
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
  const practice = new Practice(new FakeSounds(), () => settings());
  const starting = practice.start({ level: 0, repetitions: 4 }, fakeVideo());
  practice.stop();
  await starting;
  assert.equal(practice.phase, "finished");
  assert.equal(FakeSocket.all.length, 0);
  assert.equal(tracks[0].stopped, true, "the camera that opened late is closed");
});

test("a second practice starts afresh", async () => {
  const { practice, socket } = await begun();
  socket.receive(counts(3, 3));
  practice.stop();
  practice.finish();
  socket.receive(summary());
  await practice.start({ level: 0, repetitions: 4 }, fakeVideo());
  assert.deepEqual([practice.left, practice.right, practice.recordId], [0, 0, null]);
  assert.equal(practice.summary, undefined);
  assert.equal(practice.stage, "placing");
});

test("every reason why a camera can't be opened has advice", () => {
  const advice = (name) => cameraAdvice(new DOMException("", name));
  const all = ["NotAllowedError", "NotFoundError", "SecurityError", "NotReadableError"].map(advice);
  assert.equal(new Set(all).size, 4);
  assert.equal(advice("OverconstrainedError"), advice("NotFoundError"));
  assert.equal(cameraAdvice("odd"), advice("NotReadableError"));
});

test("a page that is not secure has no camera", async () => {
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  const failure = await Camera.open(fakeVideo(), "").catch((error) => error);
  assert.equal(failure.name, "SecurityError");
});

test("a frame is scaled down to 640 pixels and keeps its shape", async () => {
  const sizes = [];
  globalThis.document.createElement = () => {
    const canvas = {
      getContext: () => ({
        drawImage: (_video, _x, _y, width, height) => sizes.push([width, height]),
      }),
      toBlob: (take) => take(new Blob(["jpeg"])),
    };
    return canvas;
  };
  const video = fakeVideo();
  const camera = await Camera.open(video, "front");
  const frame = await camera.next();
  assert.deepEqual(sizes, [[640, 360]]);
  assert.equal(frame.taken_ms, 1040);
  Object.assign(video, { videoWidth: 320, videoHeight: 240 });
  await camera.next();
  assert.deepEqual(sizes.at(-1), [320, 240], "a small one stays as it is");
  camera.close();
  assert.equal(await camera.next(), undefined);
  assert.equal(video.srcObject, null);
});

test("every key stops, except those for volume and brightness", () => {
  for (const key of [
    " ",
    "a",
    "Enter",
    "Escape",
    "Tab",
    "F5",
    "PageDown",
    "ArrowLeft",
    ".",
    "Shift",
  ]) {
    assert.equal(isStopKey({ key }), true, key);
  }
  for (const key of ["AudioVolumeUp", "AudioVolumeMute", "BrightnessDown", "VolumeDown"]) {
    assert.equal(isStopKey({ key }), false, key);
  }
});

test("the screen is kept on, where the browser can, and released at the end", async () => {
  keepScreenOn().end();
  let released = false;
  const request = async () => ({ release: async () => (released = true) });
  Object.defineProperty(globalThis, "navigator", {
    value: { wakeLock: { request } },
    configurable: true,
  });
  keepScreenOn().end();
  await settle();
  assert.equal(released, true);
  navigator.wakeLock.request = () => Promise.reject(new DOMException("", "NotAllowedError"));
  keepScreenOn().end();
  await settle();
});

test("a summary has the repetitions of lost connections, too", () => {
  const log = new PracticeLog();
  const frame = (time_s) => log.frame(time_s, frameDone(0, { knee_flexion: [time_s, null] }));
  const end = summary({
    praise: ["Well done."],
    repetitions: [repetition()],
    curve: { times_s: [10], left: [1], right: [2] },
  });
  assert.equal(log.mergedSummary(end), end);
  frame(1);
  log.repetition(repetition());
  log.repetition(repetition());
  log.connectionLost();
  frame(10);
  const whole = log.mergedSummary(end);
  assert.deepEqual(
    whole.repetitions.map(({ index }) => index),
    [1, 2, 3],
  );
  assert.deepEqual(whole.curve, { times_s: [1, 10], left: [1, 1], right: [null, 2] });
  assert.deepEqual(whole.praise, ["Well done."]);
  const nothingNew = log.mergedSummary({ ...end, repetitions: [] });
  assert.notDeepEqual(nothingNew.praise, end.praise);
});

test("the page's own curve covers the last ten minutes", () => {
  const log = new PracticeLog();
  for (let second = 0; second <= 700; second += 10) log.frame(second, frameDone(0));
  log.frame(710, frameDone(0, { dropped: true }));
  const { curve, frames } = log.localSummary("person");
  assert.equal(curve.times_s.at(-1), 700);
  assert.ok(curve.times_s[0] >= 100, `${curve.times_s[0]}`);
  assert.equal(curve.left.length, curve.times_s.length);
  assert.equal(frames, 71);
});
