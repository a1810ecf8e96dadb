// Sound as arrays of samples: levels, mixing, and what ffmpeg and espeak-ng render.
import { execFileSync } from "node:child_process";

/** What espeak-ng speaks at. A browser's context has 44,100 or 48,000 Hz; the detector takes any rate. */
export const RATE_HZ = 22_050;
const LARGEST_BYTES = 1 << 29;
/** Full scale, as a sound pressure level: that of a laptop's microphone with its usual gain, roughly. */
const FULL_SCALE_DBA = 100;

/** Random numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
export const between = (random, from, to) => from + (to - from) * random();
export const pick = (random, values) => values[Math.floor(random() * values.length)];
export function shuffled(random, values) {
  const keys = values.map((value) => [random(), value]);
  return keys.sort(([a], [b]) => a - b).map(([, value]) => value);
}

export const silence = (seconds) => new Float32Array(Math.round(seconds * RATE_HZ));

/** Adds `sound` to `track` from `at_s` on, as far as the track reaches. */
export function mix(track, sound, at_s, gain = 1) {
  const from = Math.round(at_s * RATE_HZ);
  const count = Math.min(sound.length, track.length - from);
  for (let at = 0; at < count; at++) track[from + at] += gain * sound[at];
  return track;
}

/** A-weighting by its analogue poles (IEC 61672-1) within our bandwidth, each by the bilinear transform. */
function aWeighted(sound) {
  let out = Float32Array.from(sound);
  for (const hz of [20.6, 20.6, 107.7, 737.9]) out = highPass(out, hz);
  return out.map((sample) => sample * 1.259);
}

function highPass(sound, hz) {
  const k = Math.tan((Math.PI * hz) / RATE_HZ);
  const b = 1 / (1 + k);
  const a = (k - 1) / (k + 1);
  let before = 0;
  let out = 0;
  return sound.map((sample) => {
    out = b * (sample - before) - a * out;
    before = sample;
    return out;
  });
}

const FRAME = Math.round(0.01 * RATE_HZ);
function frameEnergies(sound) {
  const energies = new Float64Array(Math.floor(sound.length / FRAME));
  for (let frame = 0; frame < energies.length; frame++) {
    for (let at = frame * FRAME; at < (frame + 1) * FRAME; at++) energies[frame] += sound[at] ** 2;
    energies[frame] /= FRAME;
  }
  return energies;
}
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const toDba = (energy) => FULL_SCALE_DBA + 10 * Math.log10(energy + 1e-20);

/** The mean level of all of it, in dB(A). */
export const level_dba = (sound) => toDba(mean(frameEnergies(aWeighted(sound))));
/** The mean level of its frames within 15 dB of the loudest, without pauses (as ITU-T P.56 means it), in dB(A). */
export function activeLevel_dba(sound) {
  const energies = frameEnergies(aWeighted(sound));
  const loudest = Math.max(...energies);
  return toDba(mean(energies.filter((energy) => energy > loudest / 10 ** 1.5)));
}
/** When it begins: the first frame within 25 dB of the loudest, in seconds. */
export function onset_s(sound) {
  const energies = frameEnergies(aWeighted(sound));
  const loudest = Math.max(...energies);
  return (energies.findIndex((energy) => energy > loudest / 10 ** 2.5) * FRAME) / RATE_HZ;
}
export const gainOf = (change_db) => 10 ** (change_db / 20);
/** The sound at a level of `dba` without its pauses. */
export function atLevel(sound, dba) {
  const gain = gainOf(dba - activeLevel_dba(sound));
  return sound.map((sample) => sample * gain);
}

const asSamples = (bytes) =>
  new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
const RAW = ["-f", "f32le", "-ar", String(RATE_HZ), "-ac", "1"];
const ffmpeg = (args, input) =>
  execFileSync("ffmpeg", ["-v", "error", "-threads", "1", ...args], {
    input,
    maxBuffer: LARGEST_BYTES,
  });

/** A file's sound. */
export const decode = (file) => asSamples(ffmpeg(["-i", file, ...RAW, "-"]));
/** The sound through ffmpeg's audio filters. */
export const filtered = (sound, filters) =>
  asSamples(ffmpeg([...RAW, "-i", "-", "-af", filters, ...RAW, "-"], Buffer.from(sound.buffer)));
/** Noise of that colour. */
export const noise = (seconds, colour, seed, filters = "anull") =>
  asSamples(
    ffmpeg([
      ...[
        "-f",
        "lavfi",
        "-i",
        `anoisesrc=d=${seconds}:c=${colour}:r=${RATE_HZ}:seed=${seed}:a=0.5`,
      ],
      ...["-af", filters, ...RAW, "-"],
    ]),
  );

const HEADER_BYTES = 44;
/** Words in a voice of espeak-ng. `pitch` 0 to 99, `rate` in words a minute. */
export function spoken(words, { voice, pitch = 50, rate = 165 }) {
  const wav = execFileSync(
    "espeak-ng",
    [
      "-v",
      voice,
      "-p",
      String(Math.round(pitch)),
      "-s",
      String(Math.round(rate)),
      "--stdout",
      words,
    ],
    { maxBuffer: LARGEST_BYTES },
  );
  const samples = new Int16Array(
    wav.buffer.slice(wav.byteOffset + HEADER_BYTES, wav.byteOffset + wav.length),
  );
  return Float32Array.from(samples, (sample) => sample / 2 ** 15);
}

/** A furnished room two metres across: early reflections and a short tail. */
export const ROOM = "aecho=0.9:0.9:7|13|23|41|67|97|139:0.30|0.26|0.22|0.16|0.11|0.07|0.04";
