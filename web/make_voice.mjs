// node web/make_voice.mjs FOLDER
// Speaks every phrase of a practice and writes each as FOLDER/ID.ogg (Opus, mono, equally loud, without silence at the
// ends). FOLDER/voice.json gives the lengths of each clip and of its short form (voice_manifest.mjs).
// Removes the clips of phrases that no longer exist. docs/adr/0028 says why this voice.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MANIFEST, writeManifest } from "./voice_manifest.mjs";

import { clipOf, encode } from "./voice/clips.mjs";
import { speak } from "./voice/festival.mjs";
import { phrases } from "./voice/phrases.mjs";

const [folder] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "matside-voice-"));
try {
  const said = phrases();
  speak(said, work);
  const clips = said.map(([id]) => clipOf(id, work));
  encode(clips, work);
  const ids = clips.map(({ id }) => id);
  writeManifest(work, ids);

  const names = [...ids.map((id) => `${id}.ogg`), MANIFEST];
  mkdirSync(folder, { recursive: true });
  const ready = mkdtempSync(join(folder, ".new-"));
  for (const name of names) copyFileSync(join(work, name), join(ready, name));
  for (const name of names) renameSync(join(ready, name), join(folder, name));
  rmSync(ready, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!names.includes(name)) rmSync(join(folder, name), { recursive: true });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
