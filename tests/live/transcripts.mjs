// node tests/live/transcripts.mjs MATSIDE [FILE.md] [NAME...]
// Practises the six practices of PRACTICES in Chromium, or those that are named, and checks what was said when. With
// FILE.md, writes the transcripts there: ./dev transcripts.
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serve, withCleanup } from "./support.mjs";
import { SHARE_MAX, speechShare, violations } from "./transcript_rules.mjs";

const [program, file, ...chosen] = process.argv.slice(2);
const path = (relative) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const clip = (name) => path(`tests/data/clips/${name}.mp4`);

/** Somebody who sits on the heels for a while before the clip begins. */
function sitsFirst(place, name, sits_s) {
  const out = join(place.folder, "sits_first.mp4");
  const graph =
    `color=c=0xa8a090:s=640x360:r=30:d=${sits_s}[room];[room][1]overlay=(W-w)/2:H-h-30,setsar=1[sits];` +
    `[0]fps=30,scale=640:360,setsar=1[lies];[sits][lies]concat=n=2[o]`;
  execFileSync("ffmpeg", [
    ...["-v", "error", "-y", "-i", clip(name), "-i", path("tests/data/people/on_the_heels.png")],
    ...["-filter_complex", graph, "-map", "[o]", "-c:v", "libx264", "-crf", "14", out],
  ]);
  return out;
}

const PRACTICES = {
  "already lying": { file: () => clip("base_right"), level: 1, repetitions: 4 },
  "slow to get in position": {
    file: (place) => sitsFirst(place, "base_right", 25),
    level: 1,
    repetitions: 4,
  },
  "brisk tempo": { file: () => clip("brisk"), level: 1, repetitions: 5 },
  "lying flat at a level on the forearms": {
    file: () => clip("modified_level0"),
    level: 1,
    repetitions: 6,
    // Twice: the camera shows the clip over and over.
    more: ["--seconds", "50"],
  },
  "faults in each repetition": { file: () => clip("faults_left"), level: 1, repetitions: 6 },
  "connection and camera lost": {
    file: () => clip("full_session"),
    level: 1,
    repetitions: 6,
    more: ["--connection-lost", "20", "--camera-lost", "42"],
  },
};

async function practise(place, served, { file, level, repetitions, more = [] }) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    path("tests/live/practise_clip.mjs"),
    ...["--page", served.address, "--clip", file(place), "--level", String(level)],
    ...["--repetitions", String(repetitions), ...more],
  ]);
  return JSON.parse(stdout);
}

const cell = (value) => (typeof value === "number" ? value.toFixed(2) : (value ?? ""));
const row = (cells) => `| ${cells.map(cell).join(" | ")} |`;

function documented(name, practice) {
  const { counts, said, pictures_per_s } = practice;
  const share = Math.round(100 * speechShare(practice));
  const broken = violations(practice);
  return [
    `## ${name[0].toUpperCase()}${name.slice(1)}`,
    "",
    `Counted: left ${counts.left}, right ${counts.right}, side not visible ${counts.unsure}, kicks`,
    `${counts.kicks}; ${pictures_per_s} pictures a second. Speech for ${share} % of the practising time.`,
    broken.length === 0 ? "Every rule holds." : `Rules that do not hold: ${broken.join("; ")}.`,
    "",
    row(["due (s)", "start (s)", "end (s)", "kind", "form", "sentence", "dropped"]),
    row(Array.from({ length: 7 }, () => "---")),
    ...said.map((each) =>
      row([
        ...[each.due_s, each.start_s, each.end_s, each.kind, each.form, each.text],
        each.dropped ?? (each.interrupted ? "interrupted" : ""),
      ]),
    ),
  ].join("\n");
}

const INTRODUCTION = `# Transcripts

This file is written by \`./dev transcripts\`; do not edit it. Six practices in Chromium, with
rendered clips as its camera and the recorded voice. Each table has every sentence of the practice:
when it was due, when it was heard, and in which form, or why it was dropped.

The rules: no instruction is dropped, unless it has just been said or is said later; the side is
named before the bend begins; "lower slowly" begins before a third of the lowering; a count begins
within 0.4 s of the foot's return; safety begins within 0.3 s; at most ${100 * SHARE_MAX} % of the
practising time has speech, besides safety.`;

await withCleanup(async (place) => {
  const names = chosen.length > 0 ? chosen : Object.keys(PRACTICES);
  const parts = [];
  const broken = [];
  for (const name of names) {
    const served = await serve(place, program, { records: false });
    const practice = await practise(place, served, PRACTICES[name]);
    await served.end("SIGTERM");
    parts.push(documented(name, practice));
    console.log(parts.at(-1));
    assert.ok(practice.repetitions.length > 0, `${name}: nothing was counted`);
    broken.push(...violations(practice).map((what) => `${name}: ${what}`));
  }
  if (file) writeFileSync(file, `${[INTRODUCTION, ...parts].join("\n\n")}\n`);
  assert.deepEqual(broken, []);
});
