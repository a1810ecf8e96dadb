// The sounds of rooms: noise, music, television, traffic, a vacuum cleaner and the page's own voice.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  atLevel,
  between,
  decode,
  filtered,
  gainOf,
  level_dba,
  mix,
  noise,
  pick,
  randomNumbers,
  RATE_HZ,
  ROOM,
  shuffled,
  silence,
  spoken,
} from "./audio.mjs";

/** A quiet living room in a town. */
const QUIET_DBA = 38;
/** What television, radio and speech are listened to at. */
const ORDINARY_DBA = 60;
const VACUUM_DBA = 70;
const SPEAKING_DBA = 65;

const scaledTo = (sound, dba) => {
  const gain = gainOf(dba - level_dba(sound));
  return sound.map((sample) => sample * gain);
};

/** A room without anything: air, a fridge, the town outside. */
export const quiet = (seconds, seed) => ({
  microphone: scaledTo(
    noise(seconds, "pink", seed, "highpass=f=40,lowpass=f=7000,tremolo=f=0.13:d=0.15"),
    QUIET_DBA,
  ),
});

const inQuiet = (sound, seed) => ({
  microphone: mix(quiet(sound.length / RATE_HZ, seed + 1).microphone, sound, 0),
});

const SUBJECTS = [
  "The minister",
  "A neighbour",
  "The whole team",
  "My sister",
  "The weather",
  "This old house",
  "The captain",
  "Nobody here",
  "The market",
  "Your doctor",
];
const VERBS = [
  "has decided",
  "never expected",
  "will announce",
  "remembers",
  "is looking for",
  "could not explain",
  "talked about",
  "almost forgot",
  "is proud of",
  "asked for",
];
const OBJECTS = [
  "the new bridge across the river",
  "what happened last Tuesday",
  "a better answer",
  "the long road to the coast",
  "twenty two percent of it",
  "rain in the north and sun in the south",
  "the second half",
  "a quiet evening at home",
  "the oldest garden in town",
  "how it all began",
];
const ENDS = [
  ".",
  ".",
  ".",
  ".",
  "?",
  ", and then it was over.",
  ", they said.",
  ", of course!",
  ". Yes.",
  ". No, not at all!",
];
const TELEVISION_VOICES = [
  "en-gb+m3",
  "en-us+f2",
  "en-gb-x-rp+m1",
  "en-gb-scotland+f4",
  "en-us+Andy",
  "en-gb+Alicia",
  "en-us+m7",
];

const sentence = (random) =>
  `${pick(random, SUBJECTS)} ${pick(random, VERBS)} ${pick(random, OBJECTS)}${pick(random, ENDS)}`;

/** Conversation and news, with pauses of up to three seconds, through a television's loudspeaker. */
export function television(seconds, seed) {
  const random = randomNumbers(seed);
  const track = silence(seconds);
  for (let at_s = 0; at_s < seconds;) {
    const voice = {
      voice: pick(random, TELEVISION_VOICES),
      pitch: between(random, 30, 70),
      rate: between(random, 145, 190),
    };
    for (let said = 1 + Math.floor(between(random, 0, 4)); said > 0; said--) {
      const words = atLevel(spoken(sentence(random), voice), ORDINARY_DBA + between(random, -4, 4));
      mix(track, words, at_s);
      at_s += words.length / RATE_HZ + between(random, 0, 0.5);
    }
    at_s += between(random, 0.1, 3) ** 1.2;
  }
  return inQuiet(filtered(track, `highpass=f=150,lowpass=f=9000,${ROOM}`), seed);
}

const SCALE = [0, 2, 4, 5, 7, 9, 11, 12, 14, 16];
const hzOf = (note) => 220 * 2 ** (note / 12);

/** A note with eight harmonics, struck or bowed. */
function note(hz, seconds, attack_s, decay_s) {
  const sound = silence(seconds);
  for (let at = 0; at < sound.length; at++) {
    const time_s = at / RATE_HZ;
    const end = Math.min(1, (seconds - time_s) / 0.05);
    const envelope = Math.min(1, time_s / attack_s) * Math.exp(-time_s / decay_s) * end;
    for (let harmonic = 1; harmonic <= 8 && harmonic * hz < 8000; harmonic++)
      sound[at] += (envelope / harmonic ** 1.3) * Math.sin(2 * Math.PI * harmonic * hz * time_s);
  }
  return sound;
}

function drum(random, hz, decay_s, noisy) {
  const sound = silence(5 * decay_s);
  for (let at = 0; at < sound.length; at++) {
    const time_s = at / RATE_HZ;
    const tone = Math.sin(2 * Math.PI * hz * time_s);
    sound[at] = Math.exp(-time_s / decay_s) * ((1 - noisy) * tone + noisy * (2 * random() - 1));
  }
  return sound;
}

/** One song: chords, a melody and drums, with a chorus that is louder than its verses. */
function song(random, seconds) {
  const track = silence(seconds);
  const beat_s = 60 / between(random, 70, 140);
  const key = Math.floor(between(random, -5, 7));
  const attack_s = pick(random, [0.004, 0.01, 0.08]);
  const drums = random() < 0.7 ? between(random, 0.3, 1) : 0;
  const kick = drum(random, 60, 0.09, 0.05);
  const snare = drum(random, 190, 0.06, 0.8);
  const notes = new Map();
  const played = (degree, octave, length_s) => {
    const id = [degree, octave, length_s].join();
    const hz = hzOf(key + SCALE[degree] + 12 * octave);
    if (!notes.has(id)) notes.set(id, note(hz, length_s, attack_s, pick(random, [0.4, 1.2])));
    return notes.get(id);
  };
  for (let beat = 0; beat * beat_s < seconds - 2; beat++) {
    const gain = gainOf(Math.floor(beat / 32) % 2 === 1 ? 5 : 0);
    const chord = [0, 3, 4, 5][Math.floor(beat / 4) % 4];
    const at_s = beat * beat_s;
    if (beat % 4 === 0)
      for (const third of [0, 2, 4])
        mix(track, played(Math.min(9, chord + third), -1, 4 * beat_s), at_s, 0.25 * gain);
    if (random() < 0.75)
      mix(
        track,
        played(Math.floor(between(random, 0, 10)), 1, beat_s * pick(random, [1, 2])),
        at_s,
        0.4 * gain,
      );
    mix(track, beat % 2 === 0 ? kick : snare, at_s, drums * gain);
  }
  return track;
}

/** Songs with two to four seconds between them, as loud as a radio. */
export function music(seconds, seed) {
  const random = randomNumbers(seed);
  const track = silence(seconds);
  for (let at_s = 0; at_s < seconds;) {
    const length_s = between(random, 60, 120);
    mix(track, atLevel(song(random, length_s), ORDINARY_DBA + between(random, -3, 3)), at_s);
    at_s += length_s + between(random, 2, 4);
  }
  return inQuiet(filtered(track, `highpass=f=80,lowpass=f=12000,${ROOM}`), seed);
}

/** Vehicles that pass every few seconds, nearer and farther, slower and faster. */
export function traffic(seconds, seed) {
  const random = randomNumbers(seed);
  const road = scaledTo(noise(seconds, "brown", seed, "highpass=f=60,lowpass=f=3000"), 48);
  const tyres = noise(40, "pink", seed + 7, "highpass=f=200,lowpass=f=5000");
  for (let at_s = 0; at_s < seconds; at_s += between(random, 3, 15)) {
    const distance_s = between(random, 0.4, 2.5);
    const passing = silence(12 * distance_s);
    const start = Math.floor(random() * (tyres.length - passing.length));
    const engine_hz = between(random, 45, 110);
    for (let at = 0; at < passing.length; at++) {
      const from_nearest_s = at / RATE_HZ - 6 * distance_s;
      const nearness = 1 / (1 + (from_nearest_s / distance_s) ** 2);
      const edge = Math.min(1, at / RATE_HZ, (passing.length - at) / RATE_HZ);
      const hz = engine_hz * (from_nearest_s < 0 ? 1.03 : 0.97);
      let engine = 0;
      for (let k = 1; k <= 12; k++) engine += Math.sin((2 * Math.PI * k * hz * at) / RATE_HZ) / k;
      passing[at] = edge * nearness * (tyres[start + at] + 0.1 * engine);
    }
    mix(road, atLevel(passing, between(random, 52, 66)), at_s);
  }
  return inQuiet(filtered(road, ROOM), seed);
}

/** A vacuum cleaner, switched on and off, pushed to and fro. */
export function vacuum(seconds, seed) {
  const random = randomNumbers(seed);
  const air = noise(seconds, "pink", seed, "highpass=f=150,lowpass=f=9000");
  const track = silence(seconds);
  let on = true;
  let speed = 1;
  let change_s = between(random, 40, 90);
  let phase = 0;
  for (let at = 0; at < track.length; at++) {
    const time_s = at / RATE_HZ;
    if (time_s > change_s) {
      on = !on;
      change_s += on ? between(random, 40, 90) : between(random, 5, 20);
    }
    speed += ((on ? 1 : 0) - speed) / ((on ? 0.35 : 0.8) * RATE_HZ);
    phase += (2 * Math.PI * 310 * speed) / RATE_HZ;
    const motor = Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.3 * Math.sin(5 * phase);
    const stroke = 1 + 0.2 * Math.sin(2 * Math.PI * 0.6 * time_s);
    track[at] = speed ** 2 * stroke * (air[at] + 0.03 * motor);
  }
  return inQuiet(atLevel(filtered(track, ROOM), VACUUM_DBA), seed);
}

const CLIPS = 40;
let clips;
/** The page's recorded phrases. */
function ownClips() {
  if (clips) return clips;
  const folder = mkdtempSync(join(tmpdir(), "matside-calls-"));
  try {
    const script = fileURLToPath(new URL("../../../web/make_voice.mjs", import.meta.url));
    execFileSync("node", [script, folder]);
    const all = readdirSync(folder).filter((name) => name.endsWith(".ogg"));
    const names = shuffled(randomNumbers(1), all.sort()).slice(0, CLIPS);
    clips = names.map((name) => decode(join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return clips;
}

/** What echo cancellation leaves, as a gain a sample: 3 dB less at first, then 10 to 30 dB less, never steady. */
function cancellation(random, samples) {
  const gains = new Float32Array(samples);
  let reduction_db = 3;
  let wanted_db = 3;
  for (let at = 0; at < samples; at++) {
    if (at % RATE_HZ === 0) wanted_db = at < RATE_HZ ? 3 : between(random, 10, 30);
    reduction_db += (wanted_db - reduction_db) / (0.3 * RATE_HZ);
    gains[at] = gainOf(-reduction_db);
  }
  return gains;
}

/**
 * The page's own phrases, one every few seconds, over its loudspeaker; the echo is 120 ms late. `cancelled`: it has
 * passed an echo canceller.
 */
export function ownVoice(seconds, seed, cancelled = true) {
  const random = randomNumbers(seed);
  const output = silence(seconds);
  for (let at_s = 3; at_s < seconds;) {
    const clip = pick(random, ownClips());
    mix(output, clip, at_s);
    at_s += clip.length / RATE_HZ + between(random, 0.3, 5);
  }
  const heard = filtered(output, `adelay=120,highpass=f=200,lowpass=f=8000,${ROOM}`).slice(
    0,
    output.length,
  );
  const echo = atLevel(heard, SPEAKING_DBA);
  const gains = cancelled
    ? cancellation(random, echo.length)
    : new Float32Array(echo.length).fill(1);
  return {
    ...inQuiet(
      echo.map((sample, at) => sample * gains[at]),
      seed,
    ),
    output,
  };
}

export const ROOMS = { quiet, music, television, traffic, vacuum, ownVoice };
