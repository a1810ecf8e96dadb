// Speech becomes clips: trimmed, equally loud, as Opus.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { cut, loudness, readWav, speechSpan } from "./audio.mjs";

// As loud as stereo of -16 LUFS once both loudspeakers play it. Louder, and the limiter would weaken "kick".
export const LOUDNESS_LUFS = -19;
const EDGE_DB = 45;
const LEAD_S = 0.01;
const TAIL_S = 0.04;
const FADE_S = 0.005;
// Below the true peak of -1 dB that clips keep to, because Opus changes the peaks a little.
const LIMIT_DB = -2;
const PER_CALL = 16;

/** The speech in folder/id.wav as a clip that is not encoded yet. */
export function clipOf(id, folder) {
  const spoken = readWav(join(folder, `${id}.wav`));
  const { begin_s, end_s } = speechSpan(spoken, EDGE_DB);
  const trimmed = cut(spoken, begin_s - LEAD_S, end_s + TAIL_S, FADE_S);
  return { id, ...trimmed, gain_db: LOUDNESS_LUFS - loudness(trimmed) };
}

/** The length of a clip. */
export function secondsOf({ rate, samples }) {
  return Math.round((1000 * samples.length) / rate) / 1000;
}

function encodeSome(clips, folder) {
  for (const { id, samples } of clips) writeFileSync(join(folder, `${id}.f32`), samples);
  const inputs = clips.flatMap(({ id, rate }) => [
    ...["-f", "f32le", "-ar", String(rate), "-ac", "1", "-i", join(folder, `${id}.f32`)],
  ]);
  // Peaks between the samples are limited too, since it is done at twice the rate.
  const filters = (gain_db) =>
    [
      `volume=${gain_db.toFixed(2)}dB`,
      "aresample=96000",
      `alimiter=limit=${LIMIT_DB}dB:attack=2:release=40:level=disabled`,
      "aresample=48000",
    ].join(",");
  const outputs = clips.flatMap(({ id, gain_db }, at) => [
    ...["-map", String(at), "-filter:a", filters(gain_db), "-c:a", "libopus", "-b:a", "32k"],
    ...["-application", "voip", "-map_metadata", "-1", "-fflags", "+bitexact"],
    ...["-flags:a", "+bitexact", join(folder, `${id}.ogg`)],
  ]);
  execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", ...inputs, ...outputs]);
}

/** Writes each clip as folder/id.ogg. */
export function encode(clips, folder) {
  for (let at = 0; at < clips.length; at += PER_CALL)
    encodeSome(clips.slice(at, at + PER_CALL), folder);
}
