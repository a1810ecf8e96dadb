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

const say = (id, urgent = false) => ({ type: "say", id, text: id, kind: "cue", urgent });

/** A queue whose speaker ends a sentence when the test says so. */
function queue() {
  const log = [];
  let now_ms = 0;
  let end = () => undefined;
  const speaker = {
    speak: ({ id }) => {
      log.push(id);
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

test("a sentence that has waited over two seconds is dropped", async () => {
  const voice = queue();
  voice.queue.say(say("one"));
  voice.queue.say(say("late"));
  voice.pass(1500);
  voice.queue.say(say("in time"));
  voice.pass(600);
  await voice.finish();
  assert.deepEqual(voice.log, ["one", "in time"]);
});

test("an urgent sentence interrupts and drops the others", async () => {
  const voice = queue();
  voice.queue.say(say("one"));
  voice.queue.say(say("two"));
  voice.queue.say(say("stop", true));
  assert.deepEqual(voice.log, ["one", "(silence)", "stop"]);
  await voice.finish();
  assert.deepEqual(voice.log, ["one", "(silence)", "stop"]);
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
      await clips.play("left");
      await clips.play("left");
    },
  );
  assert.deepEqual(
    requests.map(({ address }) => address),
    ["/voice/left.ogg"],
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
    await withServer(answer, () => clips.play(`gone ${Math.random()}`));
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
    const done = speakWith(voice, say("Lower slowly."));
    assert.equal(spoken.at(-1).text, "Lower slowly.");
    end();
    await done;
  }
});

const SETTINGS = { voice: true, sounds: true, beat: true };

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
    assert.deepEqual(phrase(id), { type: "say", id, text, kind: "guide", urgent: true });
  }
  assert.equal(phrase("camera_back", false).urgent, false);
});
