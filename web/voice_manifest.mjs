// The lengths of the recorded clips: {id: {long: seconds, short: seconds}}. What is said when is planned by them.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const MANIFEST = "voice.json";

const OPUS_HZ = 48_000;
const PRE_SKIP_AT = 10;
const GRANULE_AT = 6;

/** The length in seconds of an Opus file. */
export function opusSeconds(bytes) {
  const head = bytes.indexOf("OpusHead");
  const lastPage = bytes.lastIndexOf("OggS");
  if (head < 0 || lastPage < 0) throw new Error("not an Opus file");
  const samples = Number(bytes.readBigInt64LE(lastPage + GRANULE_AT));
  return (samples - bytes.readUInt16LE(head + PRE_SKIP_AT)) / OPUS_HZ;
}

/** Writes the manifest of the clips `ID.ogg` and `ID.short.ogg` in the folder. */
export function writeManifest(folder, names) {
  const seconds = (name) =>
    Number(opusSeconds(readFileSync(join(folder, `${name}.ogg`))).toFixed(3));
  const lengths = {};
  for (const id of names.filter((name) => !name.endsWith(".short"))) {
    const short = names.includes(`${id}.short`) ? `${id}.short` : id;
    lengths[id] = { long: seconds(id), short: seconds(short) };
  }
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify(lengths, null, 2)}\n`);
}
