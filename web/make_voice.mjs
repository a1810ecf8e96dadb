// node web/make_voice.mjs FOLDER
// Speaks every phrase of a practice with espeak-ng and writes each as FOLDER/ID.ogg (Opus, mono), for browsers
// without a voice. Removes the clips of phrases that no longer exist.
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
const VOICE = "en-gb";
const WORDS_A_MINUTE = "150";
const PER_CALL = 16;

function json(name) {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
}

function phrases() {
  const { faults, spoken } = json("../data/exercises/cues.en.json");
  const cues = Object.entries(faults).map(([id, { cue }]) => [id, cue]);
  const all = [
    ...cues,
    ...Object.entries(spoken),
    ...Object.entries(json("src/sound/phrases.en.json")),
  ];
  const twice = all.find(([id], at) => all.findIndex(([other]) => other === id) !== at);
  if (twice) throw new Error(`two phrases have the id ${twice[0]}`);
  return all.filter(([, text]) => !text.includes("{"));
}

function speak(ids, work) {
  const inputs = ids.flatMap((id) => ["-i", join(work, `${id}.wav`)]);
  const outputs = ids.flatMap((id, at) => [
    ...["-map", String(at), "-ac", "1", "-c:a", "libopus", "-b:a", "24k", "-application", "voip"],
    ...[
      "-map_metadata",
      "-1",
      "-fflags",
      "+bitexact",
      "-flags:a",
      "+bitexact",
      join(work, `${id}.ogg`),
    ],
  ]);
  execFileSync("ffmpeg", ["-v", "error", "-y", ...inputs, ...outputs]);
}

const work = mkdtempSync(join(tmpdir(), "matside-voice-"));
try {
  const said = phrases();
  for (const [id, text] of said) {
    if (!/^[a-z][a-z0-9_]*$/.test(id)) throw new Error(`this phrase id is not a file name: ${id}`);
    execFileSync("espeak-ng", [
      "-v",
      VOICE,
      "-s",
      WORDS_A_MINUTE,
      "-w",
      join(work, `${id}.wav`),
      text,
    ]);
  }
  const ids = said.map(([id]) => id);
  for (let at = 0; at < ids.length; at += PER_CALL) speak(ids.slice(at, at + PER_CALL), work);
  mkdirSync(folder, { recursive: true });
  const ready = mkdtempSync(join(folder, ".new-"));
  for (const id of ids) copyFileSync(join(work, `${id}.ogg`), join(ready, `${id}.ogg`));
  for (const id of ids) renameSync(join(ready, `${id}.ogg`), join(folder, `${id}.ogg`));
  rmSync(ready, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!ids.includes(name.replace(/\.ogg$/, ""))) rmSync(join(folder, name), { recursive: true });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
