// The recorded voice as it was built: MATSIDE_VOICE is the folder of the clips.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { loudness, speechSpan } from "../../web/voice/audio.mjs";
import { LOUDNESS_LUFS } from "../../web/voice/clips.mjs";
import { pronunciations } from "../../web/voice/festival.mjs";
import { phrases, wordsOf } from "../../web/voice/phrases.mjs";
import { decoded, loudnessByFfmpeg } from "./clip_measures.mjs";

const DICTIONARY = "/usr/share/festival/dicts/cmu/cmudict-0.4.out";
const HEARD_DB = 48;

const folder = process.env.MATSIDE_VOICE;
assert.ok(folder, "MATSIDE_VOICE names no folder of clips");
const work = mkdtempSync(join(tmpdir(), "matside-voice-test-"));
after(() => rmSync(work, { recursive: true }));

const ids = phrases().map(([id]) => id);
const clips = decoded(
  ids.map((id) => join(folder, `${id}.ogg`)),
  work,
);

function noneOf(wrong) {
  assert.deepEqual(
    ids.map((id, at) => [id, wrong(clips[at], at)]).filter(([, found]) => found !== undefined),
    [],
  );
}

test("every phrase has a clip, and there are no others", () => {
  assert.ok(ids.length > 80, "phrases are missing");
  assert.deepEqual(
    readdirSync(folder).sort(),
    [...ids.map((id) => `${id}.ogg`), "voice.json"].sort(),
  );
});

test("the manifest gives the length of every clip", () => {
  const manifest = JSON.parse(readFileSync(join(folder, "voice.json"), "utf8"));
  assert.deepEqual(
    Object.keys(manifest),
    ids.filter((id) => !id.endsWith(".short")),
  );
  noneOf(({ rate, samples }, at) => {
    const seconds = samples.length / rate;
    const [id, form = "long"] = ids[at].split(".");
    const said = manifest[id][form];
    return Math.abs(seconds - said) > 0.002 ? [seconds, said] : undefined;
  });
});

test("every clip is equally loud and none is clipped", () => {
  const measured = loudnessByFfmpeg(clips, work);
  noneOf((_, at) => {
    const { lufs, true_peak_db } = measured[at];
    return Math.abs(lufs - LOUDNESS_LUFS) > 1 || true_peak_db > -1 ? measured[at] : undefined;
  });
  noneOf((clip, at) => {
    const lufs = loudness(clip);
    return Math.abs(lufs - measured[at].lufs) > 0.2 ? [lufs, measured[at].lufs] : undefined;
  });
});

test("every clip begins within 30 ms and ends with at most 100 ms of silence", () => {
  noneOf((clip) => {
    const { begin_s, end_s } = speechSpan(clip, HEARD_DB);
    const silent_s = clip.samples.length / clip.rate - end_s;
    return begin_s > 0.03 || silent_s > 0.1 ? [begin_s, silent_s] : undefined;
  });
});

test("the clips together have less than 2 MB", () => {
  const bytes = ids.reduce((sum, id) => sum + readFileSync(join(folder, `${id}.ogg`)).length, 0);
  assert.ok(bytes < 2_000_000, `${bytes} bytes`);
});

test("no word's pronunciation is guessed", () => {
  const dictionary = readFileSync(DICTIONARY, "utf8");
  const given = pronunciations();
  const known = (word) => word in given || dictionary.includes(`("${word}" `);
  const words = phrases().flatMap(([, text]) => wordsOf(text));
  const guessed = words.filter((word) => !known(word) && !known(word.replace(/'(s|ll|t)$/, "")));
  assert.deepEqual([...new Set(guessed)], []);
});

test("the same packages make the same clips again", () => {
  const make = fileURLToPath(new URL("../../web/make_voice.mjs", import.meta.url));
  const again = join(work, "again");
  execFileSync("node", [make, again]);
  const bytes = (from, id) => readFileSync(join(from, `${id}.ogg`));
  assert.deepEqual(
    ids.filter((id) => !bytes(folder, id).equals(bytes(again, id))),
    [],
  );
});
