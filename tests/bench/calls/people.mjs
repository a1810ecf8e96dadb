// Calls: voices and claps, each at a known time and level over the sound of a room.
import {
  activeLevel_dba,
  atLevel,
  between,
  filtered,
  gainOf,
  level_dba,
  mix,
  onset_s,
  pick,
  randomNumbers,
  RATE_HZ,
  ROOM,
  shuffled,
  silence,
  spoken,
} from "./audio.mjs";

/** Twelve voices of espeak-ng; the last number is the pitch, 0 to 99. */
const VOICES = [
  ["en-gb+m1", 30],
  ["en-us+m3", 45],
  ["en-gb-x-rp+m7", 60],
  ["en-gb-scotland+m4", 50],
  ["en-us+Andy", 40],
  ["en-gb+grandpa", 35],
  ["en-gb+f1", 55],
  ["en-us+f2", 65],
  ["en-gb-x-rp+f4", 75],
  ["en-gb-scotland+f5", 60],
  ["en-us+Alicia", 80],
  ["en-gb+grandma", 50],
];
const WORDS = ["Stop!", "Hey!", "Ah!", "Help!", "Ow!", "Wait!", "Oh!", "No!"];
export const OVER_ROOM_DB = [10, 15, 20, 25, 30];
const EVERY_S = 6;
const FIRST_S = 8;

/** Every voice at every level, in random order, with random words, pitch and rate. */
function voices(random) {
  const calls = VOICES.flatMap(([voice, pitch]) =>
    OVER_ROOM_DB.map((over_db) => {
      const words = pick(random, WORDS);
      const how = {
        voice,
        pitch: pitch + between(random, -10, 19),
        rate: between(random, 120, 170),
      };
      return { name: `${voice} ${words}`, over_db, sound: spoken(words, how) };
    }),
  );
  return shuffled(random, calls);
}

/** A clap of two hands: a burst that dies within some milliseconds, around 1 to 3 kHz. @source Repp 1987 */
function clap(random) {
  const sound = silence(0.15);
  const decay_s = between(random, 0.004, 0.009);
  for (let at = 0; at < sound.length; at++)
    sound[at] = (2 * random() - 1) * Math.exp(-at / RATE_HZ / decay_s);
  const hz = between(random, 900, 2500);
  return filtered(sound, `bandpass=f=${Math.round(hz)}:width_type=o:w=2`);
}

const CLAPS_OVER_ROOM_DB = [20, 25, 30, 35, 40];
const claps = (random) =>
  shuffled(
    random,
    CLAPS_OVER_ROOM_DB.flatMap((over_db) =>
      Array.from({ length: 4 }, () => ({ name: "clap", over_db, sound: clap(random) })),
    ),
  );

/**
 * A room with one call every six seconds; `seconds` says how long it has to be.
 * @returns {{ room: object, calls: { name: string, over_db: number, at_s: number }[] }}
 */
function placed(kind, calls, room, random) {
  const seconds = FIRST_S + calls.length * EVERY_S;
  const scene = room(seconds, Math.floor(random() * 2 ** 31));
  const dry = silence(seconds);
  calls.forEach((call, index) =>
    mix(dry, atLevel(call.sound, 60), FIRST_S + index * EVERY_S + between(random, 0, 1)),
  );
  const wet = filtered(dry, `highpass=f=100,lowpass=f=9000,${ROOM}`);
  const room_dba = level_dba(scene.microphone);
  const truth = calls.map(({ name, over_db }, index) => {
    const from_s = FIRST_S + index * EVERY_S;
    const part = wet.slice(from_s * RATE_HZ, (from_s + EVERY_S) * RATE_HZ);
    mix(scene.microphone, part, from_s, gainOf(room_dba + over_db - activeLevel_dba(part)));
    return { kind, name, over_db, at_s: from_s + onset_s(part) };
  });
  return { scene, calls: truth };
}

export function voicesIn(room, seed) {
  const random = randomNumbers(seed);
  return placed("voice", voices(random), room, random);
}
export function clapsIn(room, seed) {
  const random = randomNumbers(seed);
  return placed("clap", claps(random), room, random);
}
