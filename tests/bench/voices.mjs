// node tests/bench/voices.mjs OUT.md
// Compares the voices of Debian's packages on every phrase of a practice and writes OUT.md. See ./dev voices.
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loudness, readWav, speechSpan } from "../../web/voice/audio.mjs";
import { clipOf, encode, secondsOf } from "../../web/voice/clips.mjs";
import { speak as speakWithFestival } from "../../web/voice/festival.mjs";
import { phrases, wordsOf } from "../../web/voice/phrases.mjs";
import { decoded, loudnessByFfmpeg } from "../web/clip_measures.mjs";
import { bandwidth_hz, pitchRange_semitones } from "./voice_measures.mjs";

const MODEL = "/usr/share/pocketsphinx/model/en-us";
const PEOPLE = "/usr/share/pocketsphinx/test/data/librivox";
const RECOGNISER_HZ = 16000;
const NOISE_SNR_DB = 5;
const SPEECH_BELOW_DB = 45;

// The recogniser's dictionary lacks these words.
const MISSING_WORDS = {
  breastbone: "B R EH S T B OW N",
  "mat's": "M AE T S",
  metres: "M IY T ER Z",
};

function eachPhrase(program, options) {
  return (said, folder) => {
    for (const [id, text] of said) execFileSync(program, options(join(folder, `${id}.wav`), text));
  };
}
const espeak = (voice) =>
  eachPhrase("espeak-ng", (file, text) => ["-v", voice, "-s", "150", "-w", file, text]);
const flite = (voice) =>
  eachPhrase("flite", (file, text) => ["-voice", voice, "-t", text, "-o", file]);
const festival = (voice) => (said, folder) => speakWithFestival(said, folder, voice);

const VOICES = [
  ["festival slt (HTS)", "`festvox-us-slt-hts`", festival("cmu_us_slt_arctic_hts")],
  ["festival kal", "`festvox-kallpc16k`", festival("kal_diphone")],
  ["flite slt", "`flite`", flite("slt")],
  ["flite rms", "`flite`", flite("rms")],
  ["espeak-ng en-gb", "`espeak-ng`", espeak("en-gb")],
  ["espeak-ng en-us", "`espeak-ng`", espeak("en-us")],
];

/** Processor time of the children so far, in seconds. */
function childrenSeconds() {
  const fields = readFileSync("/proc/self/stat", "latin1").split(") ")[1].split(" ");
  const ticks = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  return (Number(fields[13]) + Number(fields[14])) / ticks;
}

const mean = (list) => list.reduce((sum, x) => sum + x, 0) / list.length;
const deviation = (list) => Math.sqrt(mean(list.map((x) => (x - mean(list)) ** 2)));

/** Words added, left out or changed. */
function wordErrors(said, heard) {
  let row = heard.map((_, at) => at + 1);
  row.unshift(0);
  said.forEach((word, i) => {
    const next = [i + 1];
    heard.forEach((other, j) =>
      next.push(Math.min(row[j] + (word === other ? 0 : 1), row[j + 1] + 1, next[j] + 1)),
    );
    row = next;
  });
  return row[heard.length];
}

/** What pocketsphinx hears in folder/ID.raw, for each id. */
function heard(ids, folder, grammar) {
  const [control, found] = [join(folder, "ids"), join(folder, "heard")];
  const words = join(folder, "words.dict");
  const vocabulary = new Set(phrases().flatMap(([, text]) => wordsOf(text)));
  const known = readFileSync(join(MODEL, "cmudict-en-us.dict"), "utf8")
    .split("\n")
    .filter((line) => vocabulary.has(line.split(/[ (]/)[0]));
  const missing = Object.entries(MISSING_WORDS)
    .filter(([word]) => !known.some((line) => line.startsWith(`${word} `)))
    .map(([word, phones]) => `${word} ${phones}`);
  writeFileSync(words, [...known, ...missing, ""].join("\n"));
  writeFileSync(control, `${ids.join("\n")}\n`);
  writeFileSync(join(folder, "grammar.jsgf"), `#JSGF V1.0;\ngrammar said;\n${grammar}\n`);
  const { status, stderr } = spawnSync(
    "pocketsphinx_batch",
    [
      ...["-adcin", "yes", "-cepdir", folder, "-cepext", ".raw", "-ctl", control, "-hyp", found],
      ...["-hmm", join(MODEL, "en-us"), "-dict", words, "-jsgf", join(folder, "grammar.jsgf")],
    ],
    { encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  if (status !== 0 || !existsSync(found)) throw new Error(`pocketsphinx_batch failed: ${stderr}`);
  const lines = readFileSync(found, "utf8").trimEnd().split("\n");
  return lines.map((line) => wordsOf(line.replace(/\([^()]*\)$/, "")));
}

/** Pink noise of about one, the same for the same seed. @source P. Kellet's filter of white noise */
function pinkNoise(length, seed) {
  let state = seed;
  let [slow, middle, fast] = [0, 0, 0];
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const white = state / 2 ** 31 - 1;
    slow = 0.99765 * slow + white * 0.099046;
    middle = 0.963 * middle + white * 0.2965164;
    fast = 0.57 * fast + white * 1.0526913;
    return slow + middle + fast + white * 0.1848;
  });
}

const power = (samples) => samples.reduce((sum, x) => sum + x ** 2, 0) / samples.length;

/** 16-bit samples with half a second before and after the clip, as the recogniser wants them. */
function forRecogniser(ids, recordings, folder, noisy) {
  ids.forEach((id, at) => {
    const { rate, samples } = recordings[at];
    const padded = new Float32Array(samples.length + rate);
    padded.set(samples, rate / 2);
    const noise = pinkNoise(padded.length, at + 1);
    const wanted = power(samples) / 10 ** (NOISE_SNR_DB / 10);
    const gain = noisy ? Math.sqrt(wanted / power(noise)) : 0;
    const mixed = Int16Array.from(padded, (x, i) => 16384 * (x + gain * noise[i]));
    writeFileSync(join(folder, `${id}.raw`), mixed);
  });
}

function errorRates(said, recordings, work, noisy) {
  const folder = mkdtempSync(join(work, "recognise-"));
  const ids = said.map(([id]) => id);
  forRecogniser(ids, recordings, folder, noisy);
  const vocabulary = [...new Set(said.flatMap(([, text]) => wordsOf(text)))];
  const anyWords = heard(ids, folder, `public <words> = ( ${vocabulary.join(" | ")} )+;`);
  const wrong = said.reduce(
    (sum, [, text], at) => sum + wordErrors(wordsOf(text), anyWords[at]),
    0,
  );
  const words = said.reduce((sum, [, text]) => sum + wordsOf(text).length, 0);
  const texts = said.map(([, text]) => wordsOf(text).join(" "));
  const phrase = heard(ids, folder, `public <phrase> = ${texts.join(" | ")};`);
  const found = phrase.filter((list, at) => list.join(" ") === texts[at]).length;
  return { words: wrong / words, phrases: 1 - found / said.length };
}

function compare([name, source, speak], work) {
  const said = phrases();
  const ids = said.map(([id]) => id);
  const folder = mkdtempSync(join(work, "voice-"));
  const [began, busy] = [performance.now(), childrenSeconds()];
  speak(said, folder);
  const seconds = (performance.now() - began) / 1000;
  const processor_s = childrenSeconds() - busy;

  const spoken = ids.map((id) => readWav(join(folder, `${id}.wav`)));
  const spans = spoken.map((wav) => speechSpan(wav, SPEECH_BELOW_DB));
  const clips = ids.map((id) => clipOf(id, folder));
  encode(clips, folder);
  const files = ids.map((id) => join(folder, `${id}.ogg`));
  const recordings = decoded(files, folder);
  const measured = loudnessByFfmpeg(recordings, folder);
  const words = said.reduce((sum, [, text]) => sum + wordsOf(text).length, 0);
  const speech_s = spans.reduce((sum, { begin_s, end_s }) => sum + end_s - begin_s, 0);
  const silent = spans.map(({ begin_s }) => begin_s);
  const ending = spans.map(({ end_s }, at) => spoken[at].samples.length / spoken[at].rate - end_s);
  const clipped = (wav) => wav.samples.some((x) => Math.abs(x) >= 32767 / 32768);
  const narrow = decoded(files, folder, RECOGNISER_HZ);
  const quiet = errorRates(said, narrow, work, false);
  const noisy = errorRates(said, narrow, work, true);
  return {
    name,
    source,
    rate: (60 * words) / speech_s,
    loudness_sd: deviation(spoken.map(loudness)),
    clipped: spoken.filter(clipped).length,
    begin_s: mean(silent),
    end_s: mean(ending),
    lufs: mean(measured.map(({ lufs }) => lufs)),
    worst_lufs: measured.map(({ lufs }) => lufs).sort((a, b) => a - b)[0],
    true_peak_db: Math.max(...measured.map(({ true_peak_db }) => true_peak_db)),
    bandwidth_hz: bandwidth_hz(spoken),
    pitch: pitchRange_semitones(recordings),
    quiet,
    noisy,
    kB: files.reduce((sum, file) => sum + statSync(file).size, 0) / 1000,
    clips_s: clips.reduce((sum, clip) => sum + secondsOf(clip), 0),
    seconds,
    processor_s,
  };
}

/** The same figures of people who read aloud, as far as they have them. */
function people() {
  const names = readdirSync(PEOPLE).filter((name) => name.endsWith(".wav"));
  const recordings = names.map((name) => readWav(join(PEOPLE, name)));
  if (recordings.length === 0) throw new Error(`no recordings in ${PEOPLE}`);
  return { bandwidth_hz: bandwidth_hz(recordings), pitch: pitchRange_semitones(recordings) };
}

const percent = (part) => `${(100 * part).toFixed(1)} %`;
function table(head, rows) {
  const lines = [head, head.map((_, at) => (at === 0 ? "---" : "---:")), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function document(voices, reader) {
  const [chosen] = voices;
  return `# The recorded voice

Measured by \`./dev voices\` on ${phrases().length} phrases; do not edit this file. Browsers without a voice of
their own play these recordings. [ADR 28](adr/0028-recorded-voice-by-festival.md) says why
${chosen.name} was chosen.

## As the program speaks

${table(
  [
    "voice",
    "package",
    "words a minute",
    "silence before",
    "after",
    "loudness varies by",
    "clipped",
    "time",
    "processor time",
  ],
  voices.map((v) => [
    v.name,
    v.source,
    v.rate.toFixed(0),
    `${(1000 * v.begin_s).toFixed(0)} ms`,
    `${(1000 * v.end_s).toFixed(0)} ms`,
    `${v.loudness_sd.toFixed(1)} LU`,
    v.clipped,
    `${v.seconds.toFixed(1)} s`,
    `${v.processor_s.toFixed(1)} s`,
  ]),
)}

Rates include the pauses inside a phrase. Loudness varies by its standard deviation over the
phrases.

## How it sounds

${table(
  [
    "voice",
    "bandwidth",
    "range of pitch",
    "words wrong",
    "phrases wrong",
    "words wrong in noise",
    "phrases wrong in noise",
  ],
  [
    ...voices.map((v) => [
      v.name,
      `${(v.bandwidth_hz / 1000).toFixed(1)} kHz`,
      v.pitch.toFixed(1),
      percent(v.quiet.words),
      percent(v.quiet.phrases),
      percent(v.noisy.words),
      percent(v.noisy.phrases),
    ]),
    [
      "people reading",
      `${(reader.bandwidth_hz / 1000).toFixed(1)} kHz`,
      reader.pitch.toFixed(1),
      "",
      "",
      "",
      "",
    ],
  ],
)}

- Bandwidth: below it are 99.9 % of the energy of the speech with 6 dB an octave of emphasis.
- Range of pitch: standard deviation in semitones. A flat voice has less than a lively one.
- Words wrong: by pocketsphinx with Debian's English model, when it may hear any sequence of the
  words that occur. Phrases wrong: when it chooses among the phrases. Noise is pink, about
  ${NOISE_SNR_DB} dB below the speech. The model is of American speakers, which favours American voices.
- People reading: five sentences of LibriVox in \`pocketsphinx-testdata\`, at 16 kHz from MP3.

## As clips

${table(
  ["voice", "loudness", "quietest", "true peak", "length of all", "size"],
  voices.map((v) => [
    v.name,
    `${v.lufs.toFixed(1)} LUFS`,
    `${v.worst_lufs.toFixed(1)} LUFS`,
    `${v.true_peak_db.toFixed(1)} dB`,
    `${v.clips_s.toFixed(0)} s`,
    `${v.kB.toFixed(0)} kB`,
  ]),
)}

Measured by FFmpeg's \`ebur128\` in the decoded clips, each repeated to at least 3 s.
`;
}

const [out, ...only] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "matside-voices-"));
try {
  const voices = VOICES.filter(([name]) => only.length === 0 || only.includes(name)).map(
    (voice) => {
      console.error(`measuring ${voice[0]} ...`);
      return compare(voice, work);
    },
  );
  console.error(JSON.stringify(voices));
  writeFileSync(out, document(voices, people()));
} finally {
  rmSync(work, { recursive: true, force: true });
}
