// Recorded speech as samples between -1 and 1: where it begins and ends, and how loud it is.
import { readFileSync } from "node:fs";

const FRAME_S = 0.005;
const BLOCK_S = 0.4;
const STEP_S = 0.1;
const SHORTEST_S = 3;

/** A mono WAV file of 16-bit samples. */
export function readWav(path) {
  const bytes = readFileSync(path);
  if (bytes.toString("latin1", 0, 4) !== "RIFF") throw new Error(`${path} is not a WAV file`);
  let rate = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.toString("latin1", at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (name === "fmt ") {
      if (bytes.readUInt16LE(at + 8) !== 1 || bytes.readUInt16LE(at + 10) !== 1)
        throw new Error(`${path} is not mono PCM`);
      if (bytes.readUInt16LE(at + 22) !== 16) throw new Error(`${path} has no 16-bit samples`);
      rate = bytes.readUInt32LE(at + 12);
    }
    if (name === "data") {
      const count = Math.floor(Math.min(size, bytes.length - at - 8) / 2);
      const samples = new Float32Array(count);
      for (let i = 0; i < count; i++) samples[i] = bytes.readInt16LE(at + 8 + 2 * i) / 32768;
      return { rate, samples };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error(`${path} has no samples`);
}

/** Root mean square of each 5 ms. */
function frameLevels(samples, rate) {
  const size = Math.round(FRAME_S * rate);
  const levels = [];
  for (let from = 0; from + size <= samples.length; from += size) {
    let sum = 0;
    for (let i = from; i < from + size; i++) sum += samples[i] ** 2;
    levels.push(Math.sqrt(sum / size));
  }
  return levels;
}

/** When speech begins and ends: the first and last 5 ms within `below_db` of the loudest ones. */
export function speechSpan({ rate, samples }, below_db) {
  const levels = frameLevels(samples, rate);
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0);
  if (loudest === 0) throw new Error("there is only silence");
  const heard = (level) => level >= loudest * 10 ** (-below_db / 20);
  return {
    begin_s: levels.findIndex(heard) * FRAME_S,
    end_s: (levels.findLastIndex(heard) + 1) * FRAME_S,
  };
}

/** The part from `from_s` to `to_s` with soft edges. */
export function cut({ rate, samples }, from_s, to_s, fade_s) {
  const part = samples.slice(Math.max(0, Math.round(from_s * rate)), Math.round(to_s * rate));
  const fade = Math.round(fade_s * rate);
  for (let i = 0; i < Math.min(fade, part.length); i++) {
    part[i] *= i / fade;
    part[part.length - 1 - i] *= i / fade;
  }
  return { rate, samples: part };
}

/** Both filters of the K weighting. @source ITU-R BS.1770-4, annex 1; for any rate as in libebur128 */
function kWeighting(rate) {
  const shelf = Math.tan((Math.PI * 1681.974450955533) / rate);
  const high = 10 ** (3.999843853973347 / 20);
  const middle = high ** 0.4996667741545416;
  const q = 0.7071752369554196;
  const a0 = 1 + shelf / q + shelf ** 2;
  const pass = Math.tan((Math.PI * 38.13547087602444) / rate);
  const pass_q = 0.5003270373238773;
  const pass_a0 = 1 + pass / pass_q + pass ** 2;
  return [
    {
      b: [
        (high + (middle * shelf) / q + shelf ** 2) / a0,
        (2 * (shelf ** 2 - high)) / a0,
        (high - (middle * shelf) / q + shelf ** 2) / a0,
      ],
      a: [(2 * (shelf ** 2 - 1)) / a0, (1 - shelf / q + shelf ** 2) / a0],
    },
    {
      b: [1, -2, 1],
      a: [(2 * (pass ** 2 - 1)) / pass_a0, (1 - pass / pass_q + pass ** 2) / pass_a0],
    },
  ];
}

function filtered(samples, { b, a }) {
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return samples.map((x) => {
    const y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  });
}

/** A short clip has too few blocks to measure, so it is repeated. */
export function repetitions(seconds) {
  return Math.ceil(SHORTEST_S / seconds);
}

/** Integrated loudness in LUFS of the clip, repeated without gaps. @source EBU R 128, ITU-R BS.1770-4 */
export function loudness({ rate, samples }) {
  const times = repetitions(samples.length / rate);
  let weighted = new Float64Array(samples.length * times);
  for (let i = 0; i < times; i++) weighted.set(samples, i * samples.length);
  for (const filter of kWeighting(rate)) weighted = filtered(weighted, filter);
  const powers = [];
  for (let from_s = 0; (from_s + BLOCK_S) * rate <= weighted.length; from_s += STEP_S) {
    const block = weighted.subarray(
      Math.round(from_s * rate),
      Math.round((from_s + BLOCK_S) * rate),
    );
    powers.push(block.reduce((sum, x) => sum + x ** 2, 0) / block.length);
  }
  const lufs = (power) => -0.691 + 10 * Math.log10(power);
  const mean = (list) => list.reduce((sum, power) => sum + power, 0) / list.length;
  const heard = powers.filter((power) => lufs(power) > -70);
  const relative = lufs(mean(heard)) - 10;
  return lufs(mean(heard.filter((power) => lufs(power) > relative)));
}
