// node --test tests/web/hearing_test.mjs
// Calls and claps are told from the sounds of a room, and what a call does in a practice.
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import {
  FakeSocket,
  FakeSounds,
  fakeVideo,
  installBrowser,
  installSocket,
  settings,
  settle,
} from "./fakes.mjs";
import { load, unload } from "./load.mjs";

after(unload);
const { CallDetector } = await load("hearing/call_detector.ts");
const { LevelHistory } = await load("hearing/level_history.ts");
const { Voicing } = await load("hearing/voicing.ts");
const { Hearing } = await load("hearing/hearing.svelte.ts");
const { microphoneAdvice } = await load("hearing/microphone.ts");
const { AnswerByEar } = await load("practice/answer_by_ear.ts");
const { Practice } = await load("practice/practice.svelte.ts");
const { ServerService } = await load("service/server_service.ts");
const { parseSettings } = await load("profile/settings.svelte.ts");

const RATE_HZ = 16_000;
const BLOCK = 128;
const ROOM = 0.001;
const LEARNT_S = 5;

/** Noise that is the same in every run (a linear congruential generator). */
function noise(seconds, amplitude, rate_hz = RATE_HZ) {
  let state = 12345;
  return Float32Array.from({ length: Math.round(seconds * rate_hz) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return amplitude * (state / 2 ** 31 - 1);
  });
}

/** Adds a vowel: the harmonics of a pitch, as loud as `amplitude`. */
function addVowel(track, { at_s, for_s, amplitude, hz = 180, rise_s = 0.03, rate_hz = RATE_HZ }) {
  for (let at = 0; at < for_s * rate_hz; at++) {
    const time_s = at / rate_hz;
    const shape = Math.min(1, time_s / rise_s, (for_s - time_s) / 0.03);
    let sample = 0;
    for (let k = 1; k * hz < 3000; k++)
      sample += Math.sin(2 * Math.PI * k * hz * time_s) / k ** 0.7;
    track[Math.round(at_s * rate_hz) + at] += 0.3 * amplitude * shape * sample;
  }
  return track;
}

function addClap(track, at_s, amplitude, decay_s = 0.008) {
  const burst = noise(0.1, amplitude);
  burst.forEach((sample, at) => {
    track[Math.round(at_s * RATE_HZ) + at] += sample * Math.exp(-at / RATE_HZ / decay_s);
  });
  return track;
}

/** The calls in a track, with the time at which each is reported. */
function callsIn(track, { output, thresholds, rate_hz = RATE_HZ, detector } = {}) {
  const ear = detector ?? new CallDetector(rate_hz, thresholds);
  const calls = [];
  for (let at = 0; at < track.length; at += BLOCK) {
    const call = ear.push(track.subarray(at, at + BLOCK), output?.subarray(at, at + BLOCK));
    if (call) calls.push({ ...call, at_s: (at + BLOCK) / rate_hz });
  }
  return calls;
}

test("a call is heard within 0.7 s at every usual sample rate", () => {
  for (const rate_hz of [16_000, 44_100, 48_000]) {
    const track = addVowel(noise(8, ROOM, rate_hz), {
      at_s: 6,
      for_s: 0.5,
      amplitude: 0.01,
      rate_hz,
    });
    const calls = callsIn(track, { rate_hz });
    assert.equal(calls.length, 1, `${rate_hz} Hz`);
    assert.equal(calls[0].kind, "voice");
    assert.ok(Math.abs(calls[0].onset_s - 6) < 0.1, `onset ${calls[0].onset_s}`);
    assert.ok(calls[0].at_s - 6 < 0.7, `heard after ${calls[0].at_s - 6} s`);
  }
});

test("a clap is heard, a foot that falls on the mat is not", () => {
  const clap = callsIn(addClap(noise(8, ROOM), 6, 0.2));
  assert.deepEqual(
    clap.map(({ kind }) => kind),
    ["clap"],
  );
  const thud = noise(8, ROOM);
  for (let at = 0; at < 0.2 * RATE_HZ; at++)
    thud[6 * RATE_HZ + at] +=
      0.3 * Math.exp(-at / RATE_HZ / 0.03) * Math.sin((2 * Math.PI * 70 * at) / RATE_HZ);
  assert.deepEqual(callsIn(thud), []);
});

test("steady and slowly changing sound is no call", () => {
  const swelling = noise(30, 1).map((sample, at) => {
    const swell_db = 20 * Math.max(0, 1 - Math.abs(at / RATE_HZ - 15) / 3);
    return sample * ROOM * 10 ** (swell_db / 20);
  });
  assert.deepEqual(callsIn(swelling), [], "a car that passes");
  const hum = addVowel(noise(30, ROOM), {
    at_s: 10,
    for_s: 15,
    amplitude: 0.02,
    hz: 120,
    rise_s: 3,
  });
  assert.deepEqual(callsIn(hum), [], "a motor that starts");
  const rush = noise(30, 1).map((sample, at) => sample * (at > 10 * RATE_HZ ? 0.02 : ROOM));
  assert.deepEqual(callsIn(rush), [], "water that runs");
});

test("speech that goes on belongs to the room, and a louder call is still heard", () => {
  const track = noise(40, ROOM);
  for (let at_s = 1; at_s < 38; at_s += 0.45)
    addVowel(track, { at_s, for_s: 0.25, amplitude: 0.01, hz: 110 + 20 * Math.sin(at_s) });
  assert.deepEqual(callsIn(track), []);
  const [call] = callsIn(addVowel(track, { at_s: 30, for_s: 0.5, amplitude: 0.05 }));
  assert.ok(call.at_s > 30 && call.at_s < 30.7, `heard at ${call.at_s}`);
});

test("a call is reported once, another one again, and a long noise becomes the room's", () => {
  const twice = noise(12, ROOM);
  addVowel(twice, { at_s: 6, for_s: 1.2, amplitude: 0.01 });
  addVowel(twice, { at_s: 9, for_s: 0.4, amplitude: 0.01 });
  assert.equal(callsIn(twice).length, 2);
  const long = addVowel(noise(30, ROOM), { at_s: 6, for_s: 20, amplitude: 0.01 });
  assert.equal(callsIn(long).length, 1, "a radio that is switched on");
});

/** Speech that the page plays, and its echo in a room, 20 dB less. */
function ownSpeech(seconds) {
  const output = new Float32Array(seconds * RATE_HZ);
  for (let at_s = 2; at_s < seconds - 1; at_s += 0.4)
    addVowel(output, { at_s, for_s: 0.3, amplitude: 0.3, hz: 150 });
  const microphone = noise(seconds, ROOM);
  const late = Math.round(0.12 * RATE_HZ);
  for (let at = late; at < microphone.length; at++) microphone[at] += 0.05 * output[at - late];
  return { microphone, output };
}

test("the page's own voice is no call, and a call over it is heard", () => {
  const { microphone, output } = ownSpeech(20);
  assert.deepEqual(callsIn(microphone, { output }), []);
  addVowel(microphone, { at_s: 15, for_s: 0.6, amplitude: 0.2, hz: 250 });
  assert.equal(callsIn(microphone, { output }).length, 1);
});

test("a call is heard between the page's sentences before there was much silence", () => {
  const microphone = noise(8, ROOM);
  const output = new Float32Array(microphone.length);
  for (let at_s = 0; at_s < 6; at_s += 2.2)
    addVowel(output, { at_s, for_s: 1.2, amplitude: 0.3, hz: 150 });
  assert.deepEqual(callsIn(microphone, { output }), []);
  // The last sentence ended at 5.6 s, and its echo may last until 6.1 s.
  addVowel(microphone, { at_s: 6.2, for_s: 0.4, amplitude: 0.05 });
  assert.equal(callsIn(microphone, { output }).length, 1);
});

test("the browser's own voice, which has no samples, is no call either", () => {
  const { microphone } = ownSpeech(20);
  const detector = new CallDetector(RATE_HZ);
  const quiet = microphone.subarray(0, 2 * RATE_HZ);
  assert.deepEqual(callsIn(quiet, { detector }), []);
  detector.browserSpeaks = true;
  assert.deepEqual(callsIn(microphone.subarray(2 * RATE_HZ), { detector }), []);
});

test("nothing is a call before the room is known", () => {
  const track = addVowel(noise(8, ROOM), { at_s: 1, for_s: 0.5, amplitude: 0.01 });
  assert.deepEqual(callsIn(track), []);
  const later = addVowel(track, { at_s: LEARNT_S, for_s: 0.5, amplitude: 0.01 });
  assert.equal(callsIn(later).length, 1);
});

test("the same sound gives the same calls, in blocks of any size", () => {
  const track = addVowel(noise(8, ROOM), { at_s: 6, for_s: 0.5, amplitude: 0.01 });
  const whole = new CallDetector(RATE_HZ).push(track);
  const [inBlocks] = callsIn(track);
  assert.equal(whole.onset_s, inBlocks.onset_s);
});

test("a history forgets, and knows its quantiles", () => {
  const history = new LevelHistory(10);
  assert.equal(history.quantile(0.9), -Infinity);
  for (let at = 0; at < 50; at++) history.add(-20.5);
  assert.ok(Math.abs(history.quantile(0.5) - -20.5) < 0.6);
  for (let at = 0; at < 40; at++) history.add(-60.5);
  assert.ok(history.quantile(0.9) < -59, "the louder time is forgotten");
  for (let at = 0; at < 1000; at++) history.add(-40.5);
  assert.ok(Math.abs(history.quantile(0.9) - -40.5) < 0.6);
});

test("a vowel is periodic, noise is not", () => {
  const periodicityOf = (sound) => {
    const voicing = new Voicing(RATE_HZ);
    for (const sample of sound) voicing.push(sample);
    return voicing.periodicity();
  };
  for (const hz of [90, 180, 350, 600]) {
    const vowel = addVowel(noise(0.3, ROOM), { at_s: 0, for_s: 0.3, amplitude: 0.1, hz });
    assert.ok(periodicityOf(vowel.subarray(0, 0.2 * RATE_HZ)) > 0.9, `${hz} Hz`);
  }
  assert.ok(periodicityOf(noise(0.3, 0.1)) < 0.5);
  assert.equal(periodicityOf(new Float32Array(4800)), 0);
});

test("the setting is off until it is allowed", () => {
  assert.equal(parseSettings(null).stop_on_call, false);
  assert.equal(parseSettings(null).stop_on_call_asked, false);
  assert.equal(parseSettings('{"stop_on_call": true}').stop_on_call, true);
});

test("each failure of the microphone says what to do", () => {
  for (const [name, words] of [
    ["NotAllowedError", /Allow it/],
    ["NotFoundError", /Connect one/],
    ["SecurityError", /Open the address/],
    ["AbortError", /close that program/],
  ])
    assert.match(microphoneAdvice(new DOMException("", name)), words);
});

test("after a call, another one is discomfort and silence is comfort", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const log = [];
  let now_ms = 0;
  const pass = (ms) => {
    now_ms += ms;
    t.mock.timers.tick(ms);
  };
  const answers = {
    comfortable: () => log.push("comfortable"),
    discomfort: () => log.push("discomfort"),
  };
  const question = new AnswerByEar(answers, () => now_ms);
  question.called();
  question.ask();
  pass(1000);
  question.called();
  assert.deepEqual(log, [], "it belongs to the first call");
  pass(4000);
  question.called();
  pass(20_000);
  question.ask();
  pass(10_000);
  question.ask();
  pass(5000);
  question.cancel();
  pass(20_000);
  assert.deepEqual(log, ["discomfort", "comfortable"]);
});

/** Audio that only records how it is connected. */
function fakeAudio() {
  const nodes = [];
  const node = (name) => {
    const made = {
      name,
      to: [],
      connect: (to) => made.to.push(to),
      disconnect: () => (made.to = []),
    };
    nodes.push(made);
    return made;
  };
  const track = new EventTarget();
  Object.assign(track, { stopped: false, stop: () => (track.stopped = true) });
  const stream = { getTracks: () => [track], getAudioTracks: () => [track] };
  globalThis.AudioWorkletNode = function AudioWorkletNode() {
    return {
      ...node("worklet"),
      port: { sent: [], postMessage: (sent) => nodes.at(-1).sent?.push(sent) },
    };
  };
  const context = {
    destination: {},
    audioWorklet: { addModule: async (url) => (context.module = url) },
    createMediaStreamSource: () => node("microphone"),
  };
  return { output: { context, mixer: node("mixer") }, nodes, track, stream };
}

test("the microphone is opened without changing its levels, and closed again", async () => {
  installBrowser();
  const { output, stream, track } = fakeAudio();
  let asked;
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    asked = wanted;
    return stream;
  };
  const hearing = new Hearing();
  let lost = 0;
  await hearing.start(output, { called: () => undefined, lost: () => lost++ });
  assert.equal(hearing.listening, true);
  assert.equal(hearing.failure, "");
  assert.deepEqual(asked, {
    audio: {
      echoCancellation: true,
      noiseSuppression: false,
      autoGainControl: false,
      channelCount: 1,
    },
    video: false,
  });
  track.dispatchEvent(new Event("ended"));
  assert.equal(lost, 1);
  assert.equal(hearing.listening, false);
  assert.match(hearing.failure, /disconnected/);
  assert.equal(track.stopped, true);
});

test("without a microphone the page says why, and goes on", async () => {
  installBrowser();
  const { output } = fakeAudio();
  navigator.mediaDevices.getUserMedia = async () => {
    throw new DOMException("", "NotAllowedError");
  };
  const hearing = new Hearing();
  await hearing.start(output, { called: () => undefined, lost: () => undefined });
  assert.equal(hearing.listening, false);
  assert.match(hearing.failure, /isn't allowed/);
});

beforeEach(() => {
  installSocket();
  installBrowser();
});

/** A practice that listens; `call` is what the microphone reports. */
async function listening(values = { stop_on_call: true }) {
  const sounds = Object.assign(new FakeSounds(), { output: {} });
  const heard = { starts: 0, stops: 0, call: () => assert.fail("it does not listen") };
  const hearing = {
    start: async (_, { called, lost }) => {
      heard.starts++;
      Object.assign(heard, { call: called, lost });
    },
    stop: () => heard.stops++,
  };
  const practice = new Practice(new ServerService(), sounds, () => settings(values), hearing);
  await practice.start({ level: 1, repetitions: 5 }, fakeVideo());
  const socket = FakeSocket.last;
  socket.open();
  socket.receive({ type: "ready", level: 1, level_name: "Forearms", repetitions: 5, practice: 12 });
  await settle();
  return { practice, sounds, socket, heard };
}

test("a call stops and asks by ear; silence continues, and a second call is discomfort", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { practice, sounds, socket, heard } = await listening();
  const now = t.mock.method(performance, "now", () => 0);
  heard.call();
  assert.equal(practice.phase, "paused");
  assert.equal(practice.askedByEar, true);
  assert.equal(sounds.log.at(-1), "say hurt_call_again");
  socket.receive({ type: "say", id: "stopped", text: "Stopped.", kind: "prompt", urgent: true });
  assert.equal(sounds.log.at(-1), "say hurt_call_again", "it is asked once");
  t.mock.timers.tick(10_000);
  assert.equal(practice.phase, "practising");
  assert.equal(practice.askedByEar, false);
  heard.call();
  now.mock.mockImplementation(() => 4000);
  heard.call();
  assert.equal(practice.phase, "finishing");
  assert.deepEqual(
    socket.messages.filter(({ type }) => type === "comfort").map(({ answer }) => answer),
    ["comfortable", "discomfort"],
  );
  practice.leave();
  assert.equal(heard.stops, 1);
});

test("hands on the keys end the answer by ear, and a stop by key is never answered by silence", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { practice, heard } = await listening();
  heard.call();
  practice.awaitHands();
  t.mock.timers.tick(60_000);
  assert.equal(practice.phase, "paused");
  practice.resume();
  practice.stop();
  heard.call();
  t.mock.timers.tick(60_000);
  assert.equal(practice.phase, "paused");
});

test("silence is no answer where the microphone was lost, or the voice is off", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { practice, heard } = await listening();
  heard.call();
  heard.lost();
  t.mock.timers.tick(60_000);
  assert.equal(practice.phase, "paused");
  assert.equal(practice.askedByEar, false);
  const quiet = await listening({ stop_on_call: true, voice: false });
  quiet.heard.call();
  t.mock.timers.tick(60_000);
  assert.equal(quiet.practice.phase, "paused");
});

test("without the setting no microphone is opened", async () => {
  const { heard } = await listening({ stop_on_call: false });
  assert.equal(heard.starts, 0);
});
