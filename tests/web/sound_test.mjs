// node --test tests/web/sound_test.mjs
// The voice, the recorded clips, the signal sounds and the beat.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { settle, withServer } from "./fakes.mjs";
import { load, unload } from "./load.mjs";

after(unload);
const { SpeechQueue } = await load("sound/speech_queue.ts");
const { Sounds } = await load("sound/sounds.ts");
const { Clips } = await load("sound/clips.ts");
const { playEarcon } = await load("sound/earcons.ts");
const { localVoice, speakWith } = await load("sound/browser_voice.ts");
const { phrase } = await load("sound/phrases.ts");
const { default: PHRASES } = await load("sound/phrases.en.json");
const { TEMPO } = await load("exercise/teaching.ts");

const say = (id, interrupts = false, wait_s = 2, form = "long") => ({
  type: "say",
  id,
  text: id,
  kind: "correction",
  form,
  due_s: 0,
  start_s: 0,
  wait_s,
  interrupts,
});

/** A queue whose speaker ends a sentence when the test says so. */
function queue() {
  const log = [];
  let now_ms = 0;
  let end = () => undefined;
  const speaker = {
    speak: ({ id }, begun) => {
      log.push(id);
      begun();
      return new Promise((resolve) => (end = resolve));
    },
    silence: () => log.push("(silence)"),
  };
  return {
    queue: new SpeechQueue(speaker, () => now_ms),
    log,
    pass: (ms) => (now_ms += ms),
    finish: async () => {
      end();
      await settle();
    },
  };
}

test("sentences are said one after the other", async () => {
  const voice = queue();
  voice.queue.say(say("one"));
  voice.queue.say(say("two"));
  assert.deepEqual(voice.log, ["one"]);
  await voice.finish();
  assert.deepEqual(voice.log, ["one", "two"]);
});

test("a sentence that has waited longer than it may is dropped", async () => {
  const voice = queue();
  voice.queue.say(say("one"));
  voice.queue.say(say("late"));
  voice.pass(1500);
  voice.queue.say(say("in time"));
  voice.pass(600);
  await voice.finish();
  assert.deepEqual(voice.log, ["one", "in time"]);
});

test("an instruction waits however long", async () => {
  const voice = queue();
  voice.queue.say(say("one"));
  voice.queue.say(say("instruction", false, null));
  voice.pass(60_000);
  await voice.finish();
  assert.deepEqual(voice.log, ["one", "instruction"]);
});

test("what was said and dropped is kept, with its times", async () => {
  const voice = queue();
  voice.queue.say(say("one"));
  voice.pass(500);
  voice.queue.say(say("late", false, 0.1));
  voice.pass(500);
  await voice.finish();
  voice.queue.say(say("cut"));
  voice.pass(200);
  voice.queue.say(say("stop", true));
  const rows = voice.queue.spoken.map(({ say: { id }, ...times }) => ({ id, ...times }));
  assert.deepEqual(rows, [
    { id: "one", asked_ms: 0, start_ms: 0, end_ms: 1000 },
    { id: "late", asked_ms: 500, dropped: "late" },
    { id: "cut", asked_ms: 1000, start_ms: 1000, end_ms: 1200, interrupted: true },
    { id: "stop", asked_ms: 1200, start_ms: 1200 },
  ]);
});

test("a sentence that interrupts is said at once, and drops the others", async () => {
  const voice = queue();
  voice.queue.say(say("one"));
  voice.queue.say(say("two"));
  voice.queue.say(say("stop", true));
  assert.deepEqual(voice.log, ["one", "(silence)", "stop"]);
  await voice.finish();
  assert.deepEqual(voice.log, ["one", "(silence)", "stop"]);
});

test("a sentence that interrupts comes before those that can wait", async () => {
  const voice = queue();
  voice.queue.say(say("one"));
  voice.queue.say({ ...say("rest"), wait_s: null });
  voice.queue.say(say("stop", true));
  assert.deepEqual(voice.log, ["one", "(silence)", "stop"]);
  await voice.finish();
  assert.deepEqual(voice.log, ["one", "(silence)", "stop", "rest"]);
});

test("an empty sentence is not said, and after a silence the queue speaks again", async () => {
  const voice = queue();
  voice.queue.say(say(""));
  assert.deepEqual(voice.log, []);
  voice.queue.say(say("one"));
  voice.queue.silence();
  voice.queue.say(say("two"));
  assert.deepEqual(voice.log, ["one", "(silence)", "two"]);
});

/** An audio output that records what is played on it. */
function fakeContext(state = "running") {
  const played = [];
  const gains = [];
  const node = (extra) => ({ connect: (to) => to, ...extra });
  return {
    state,
    played,
    gains,
    currentTime: 10,
    destination: {},
    resume: async () => undefined,
    createOscillator: () => {
      const tone = { hz: 0 };
      return node({
        frequency: {
          set value(hz) {
            tone.hz = hz;
          },
        },
        start: (at_s) => played.push({ ...tone, from_s: at_s }),
        stop: (at_s) => Object.assign(played.at(-1), { to_s: at_s }),
      });
    },
    createGain: () =>
      node({
        gain: {
          setValueAtTime: (value) => gains.push(value),
          exponentialRampToValueAtTime: (value) => gains.push(value),
        },
      }),
    createBufferSource: () => {
      const source = node({
        start: () => {
          played.push(source.buffer);
          setImmediate(() => source.onended());
        },
        stop: () => played.push("(stopped)"),
      });
      return source;
    },
    decodeAudioData: async (bytes) => new TextDecoder().decode(bytes),
  };
}

test("a kick is one high tone, a repetition rises, a change of sides falls", () => {
  const tones = (earcon) => {
    const context = fakeContext();
    playEarcon(context, earcon);
    return context.played.map(({ hz }) => hz);
  };
  assert.deepEqual(tones("kick"), [880]);
  const [low, high] = tones("repetition");
  assert.ok(low < high);
  const [first, second] = tones("side_change");
  assert.ok(first > second);
  assert.equal(tones("beat").length, 1);
});

test("a tone starts at once, ends soon, and is never too loud", () => {
  for (const earcon of ["kick", "repetition", "side_change", "beat"]) {
    const context = fakeContext();
    playEarcon(context, earcon);
    assert.equal(context.played[0].from_s, 10, earcon);
    for (const { from_s, to_s } of context.played) assert.ok(to_s - from_s < 0.3, earcon);
    assert.ok(Math.max(...context.gains) <= 0.3, earcon);
  }
});

test("an output that is not running stays silent", () => {
  const context = fakeContext("suspended");
  playEarcon(context, "kick");
  assert.deepEqual(context.played, []);
});

test("a clip is loaded once and played to its end", async () => {
  const context = fakeContext();
  const clips = new Clips(context);
  const { requests } = await withServer(
    () => new Response("sound"),
    async () => {
      await clips.play({ id: "left", form: "long" });
      await clips.play({ id: "left", form: "long" });
    },
  );
  assert.deepEqual(
    requests.map(({ address }) => address),
    ["voice/left.ogg"],
  );
  assert.deepEqual(context.played, ["sound", "sound"]);
  clips.silence();
  assert.equal(context.played.at(-1), "(stopped)");
});

test("a missing clip is silence", async () => {
  const context = fakeContext();
  const clips = new Clips(context);
  for (const answer of [
    () => new Response("", { status: 404 }),
    () => Promise.reject(new TypeError()),
  ]) {
    const id = `gone ${Math.random()}`;
    await withServer(answer, () => clips.play({ id, form: "long" }));
  }
  assert.deepEqual(context.played, []);
});

/** A browser with these voices. */
function installVoices(voices) {
  const spoken = [];
  globalThis.window = globalThis;
  globalThis.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  globalThis.speechSynthesis = {
    getVoices: () => voices,
    speak: (utterance) => spoken.push(utterance),
    cancel: () => spoken.push("(cancelled)"),
  };
  return spoken;
}

test("only an English voice on this computer speaks", () => {
  installVoices([
    { localService: false, lang: "en-US" },
    { localService: true, lang: "de-DE" },
  ]);
  assert.equal(localVoice(), undefined, "others would send the text away, or misread it");
  const voice = { localService: true, lang: "en-GB" };
  installVoices([{ localService: true, lang: "fr-FR" }, voice]);
  assert.equal(localVoice(), voice);
});

test("speaking ends when the browser says so, fails, or takes too long", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const spoken = installVoices([]);
  const voice = { lang: "en-GB" };
  for (const end of [
    () => spoken.at(-1).onend(),
    () => spoken.at(-1).onerror(),
    () => t.mock.timers.tick(60_000),
  ]) {
    const done = speakWith(voice, say("Lower slowly."), () => undefined);
    assert.equal(spoken.at(-1).text, "Lower slowly.");
    end();
    await done;
  }
});

const SETTINGS = { voice: true, sounds: true, beat: true, haptics: false };

function sounds(changes = {}) {
  const context = fakeContext();
  globalThis.AudioContext = function AudioContext() {
    return context;
  };
  return { sounds: new Sounds(() => ({ ...SETTINGS, ...changes })), context };
}

test("nothing is played before a click unlocks the output", () => {
  installVoices([]);
  const { sounds: output, context } = sounds();
  output.play("kick");
  assert.deepEqual(context.played, []);
  output.unlock();
  output.play("kick");
  assert.equal(context.played.length, 1);
});

test("voice and sounds are off where the person turned them off", async () => {
  const spoken = installVoices([{ localService: true, lang: "en" }]);
  const { sounds: quiet, context } = sounds({ voice: false, sounds: false });
  quiet.unlock();
  quiet.say(say("left"));
  quiet.play("kick");
  assert.deepEqual([spoken, context.played], [[], []]);
  const { sounds: loud } = sounds();
  loud.unlock();
  loud.say(say("left"));
  assert.equal(spoken.at(-1).text, "left");
  loud.silence();
  assert.equal(spoken.at(-1), "(cancelled)");
});

test("without a voice the recorded clip is played", async () => {
  installVoices([]);
  const { sounds: output, context } = sounds();
  output.unlock();
  await withServer(
    () => new Response("clip"),
    async () => {
      output.say(say("left"));
      for (let turn = 0; turn < 4; turn++) await settle();
    },
  );
  assert.deepEqual(context.played, ["clip"]);
});

const LENGTHS = { left: { long: 0.4, short: 0.4 }, lie_down: { long: 3.6, short: 1.3 } };
const voiceServer = (address) =>
  address.endsWith("voice.json")
    ? new Response(JSON.stringify(LENGTHS))
    : new Response(address.replace(/.*\//, ""));

test("all clips are fetched before a practice, and speak when the server is gone", async () => {
  installVoices([]);
  const { sounds: output, context } = sounds();
  output.unlock();
  const { requests } = await withServer(voiceServer, () => output.prepare());
  assert.deepEqual(
    requests.map(({ address }) => address),
    ["voice/voice.json", "voice/left.ogg", "voice/lie_down.ogg", "voice/lie_down.short.ogg"],
  );
  const gone = await withServer(
    () => Promise.reject(new TypeError()),
    async () => {
      output.say(say("lie_down", false, null, "short"));
      output.say(say("left", false, null, "short"));
      for (let turn = 0; turn < 12; turn++) await settle();
    },
  );
  assert.deepEqual(context.played, ["lie_down.short.ogg", "left.ogg"]);
  assert.ok(gone.requests.every(({ address }) => address === "voice/left.short.ogg"));
});

test("a practice does not wait for a voice that does not come", async (t) => {
  installVoices([]);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { sounds: output } = sounds();
  output.unlock();
  await withServer(
    () => new Promise(() => undefined),
    async () => {
      const prepared = output.prepare();
      t.mock.timers.tick(10_000);
      await prepared;
    },
  );
  await withServer(
    () => new Response("", { status: 404 }),
    () => output.prepare(),
  );
  const { sounds: silent } = sounds({ voice: false });
  silent.unlock();
  const { requests } = await withServer(voiceServer, () => silent.prepare());
  assert.deepEqual(requests, []);
});

test("the beat keeps the exercise's tempo, once, until it is stopped", (t) => {
  installVoices([]);
  t.mock.timers.enable({ apis: ["setInterval"] });
  const { sounds: output, context } = sounds({ sounds: false });
  output.unlock();
  output.startBeat();
  output.startBeat();
  t.mock.timers.tick(1000 * TEMPO.beat_s * 3);
  assert.equal(context.played.length, 3);
  output.stopBeat();
  t.mock.timers.tick(10_000);
  assert.equal(context.played.length, 3);
  const { sounds: without, context: silent } = sounds({ beat: false });
  without.unlock();
  without.startBeat();
  t.mock.timers.tick(10_000);
  assert.deepEqual(silent.played, []);
});

test("the page's own phrases are short and speak to the person", () => {
  for (const [id, text] of Object.entries(PHRASES)) {
    for (const sentence of text.split(/[.?!:] ?/)) {
      assert.ok(sentence.split(" ").length <= 8, `${id}: ${sentence}`);
    }
    const said = phrase(id);
    assert.deepEqual([said.id, said.text, said.form], [id, text, "long"]);
    assert.equal(said.kind, id.startsWith("learn") ? "breath" : "safety");
    assert.deepEqual([said.interrupts, said.wait_s], [true, null]);
  }
  assert.equal(phrase("camera_back", false).interrupts, false);
});

test("the device vibrates at each kick and repetition, where the person wants it", () => {
  const felt = [];
  const install = (value) =>
    Object.defineProperty(globalThis, "navigator", { value, configurable: true });
  install({ vibrate: (pattern) => felt.push(pattern) });
  sounds().sounds.play("kick");
  assert.deepEqual(felt, []);
  const { sounds: wanted } = sounds({ haptics: true, sounds: false });
  for (const earcon of ["kick", "repetition", "side_change", "beat"]) wanted.play(earcon);
  assert.equal(felt.length, 2);
  assert.notDeepEqual(felt[0], felt[1]);
  install({});
  wanted.play("kick");
  assert.equal(felt.length, 2);
});
