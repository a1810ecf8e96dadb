// What FFmpeg finds in clips: their samples, loudness and true peak.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { repetitions } from "../../web/voice/audio.mjs";

const RATE_HZ = 48000;
const PER_CALL = 16;

function inTurns(list, work) {
  const done = [];
  for (let at = 0; at < list.length; at += PER_CALL)
    done.push(...work(list.slice(at, at + PER_CALL), at));
  return done;
}

/** The decoded samples of each file; writes them to `work` as 0.f32, 1.f32 ... */
export function decoded(files, work, rate = RATE_HZ) {
  return inTurns(files, (some, first) => {
    const raw = some.map((_, at) => join(work, `${first + at}.f32`));
    execFileSync("ffmpeg", [
      ...["-nostdin", "-v", "error", "-y"],
      ...some.flatMap((file) => ["-i", file]),
      ...raw.flatMap((file, at) => [
        ...["-map", String(at), "-f", "f32le", "-ac", "1", "-ar", String(rate), file],
      ]),
    ]);
    return raw.map((file) => {
      const { buffer, byteOffset, byteLength } = readFileSync(file);
      return {
        rate,
        samples: new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength)),
      };
    });
  });
}

/** EBU R 128 by FFmpeg of each recording, repeated without gaps: {lufs, true_peak_db}. */
export function loudnessByFfmpeg(recordings, work) {
  return inTurns(recordings, (some) => {
    const inputs = some.flatMap(({ rate, samples }, at) => {
      const repeated = new Float32Array(samples.length * repetitions(samples.length / rate));
      for (let from = 0; from < repeated.length; from += samples.length)
        repeated.set(samples, from);
      const file = join(work, `repeated_${at}.f32`);
      writeFileSync(file, repeated);
      return ["-f", "f32le", "-ac", "1", "-ar", String(rate), "-i", file];
    });
    const graph = some
      .map((_, at) => `[${at}]ebur128=peak=true:framelog=verbose[m${at}]`)
      .join(";");
    const outputs = some.flatMap((_, at) => ["-map", `[m${at}]`, "-f", "null", "-"]);
    const { stderr } = spawnSync(
      "ffmpeg",
      ["-nostdin", "-hide_banner", "-nostats", ...inputs, "-filter_complex", graph, ...outputs],
      { encoding: "utf8", maxBuffer: 2 ** 26 },
    );
    const found = new Map(
      [
        ...stderr.matchAll(
          /Parsed_ebur128_(\d+) .*Summary:[^]*?I: +(\S+) LUFS[^]*?Peak: +(\S+) dBFS/g,
        ),
      ].map(([, at, lufs, peak]) => [
        Number(at),
        { lufs: Number(lufs), true_peak_db: Number(peak) },
      ]),
    );
    return some.map((_, at) => {
      const measured = found.get(at);
      if (!measured) throw new Error(`ffmpeg measured no loudness: ${stderr}`);
      return measured;
    });
  });
}
