// docs/calls.md: the figures of measure.mjs as a page.
import { OVER_ROOM_DB } from "./people.mjs";
import { WITHIN_S } from "./measure.mjs";

const NAMES = {
  quiet: "a quiet room, 38 dB(A)",
  music: "music, 60 dB(A)",
  television: "television, 60 dB(A)",
  traffic: "traffic, up to 66 dB(A)",
  vacuum: "a vacuum cleaner, 70 dB(A)",
  ownVoice: "the page's own voice, 65 dB(A) before echo cancellation",
};
const MEANINGS = {
  voice_db: "two bands exceed the room's usual maximum by, dB",
  over_own_db: "the same while the page plays, dB",
  rise_db: "rise within 200 ms, dB",
  voice_s: "loud for, s",
  voiced_s: "periodic for, s",
  periodicity: "periodic share of the energy",
  clap_db: "a clap exceeds the room by, dB",
  clap_fall_db: "and falls again by, dB",
};

const stoppedOf = (heard) => heard.filter(({ after_s }) => after_s !== null);
const share = (heard) => `${stoppedOf(heard).length} of ${heard.length}`;
const row = (cells) => `| ${cells.join(" | ")} |`;
const table = (heads, rows) =>
  [row(heads), `|${"---|".repeat(heads.length)}`, ...rows.map(row)].join("\n");
const sum = (values) => values.reduce((total, value) => total + value, 0);

function delays(heard) {
  const sorted = stoppedOf(heard)
    .map(({ after_s }) => after_s)
    .sort((a, b) => a - b);
  if (sorted.length === 0) return "";
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  return `${at(0.5).toFixed(2)}, at most ${at(1).toFixed(2)}`;
}

const voices = ({ voices: rooms }) =>
  table(
    [
      "room",
      ...OVER_ROOM_DB.map((over_db) => `+${over_db} dB`),
      "stopped",
      "after, s",
      "false stops",
    ],
    Object.entries(rooms).map(([room, { heard, falseStops }]) => [
      NAMES[room],
      ...OVER_ROOM_DB.map((over_db) => share(heard.filter((each) => each.over_db === over_db))),
      share(heard),
      delays(heard),
      falseStops,
    ]),
  );

const falseStops = (seeds) =>
  table(
    ["8 minutes of", ...seeds.map(({ seed }) => `seed ${seed}`)],
    [
      ...Object.keys(seeds[0].falseStops).map((room) => [
        NAMES[room],
        ...seeds.map((each) => each.falseStops[room].length),
      ]),
      [
        "together, 40 minutes",
        ...seeds.map((each) => sum(Object.values(each.falseStops).map((found) => found.length))),
      ],
    ],
  );

const missed = ({ seed, voices: rooms }) => {
  const quiet = rooms.quiet.heard.filter(({ after_s }) => after_s === null);
  const names = quiet.map(({ name, over_db }) => `"${name}" at +${over_db} dB`);
  return `Seed ${seed}: ${names.length === 0 ? "none" : names.join(", ")}.`;
};

const claps = ({ seed, claps: { heard, falseStops: wrong } }) =>
  `Seed ${seed}: ${share(heard)} claps at +20 to +40 dB stop, after ${delays(heard)} s; ${wrong} false stops.`;

const flatness = (rows) =>
  table(
    ["threshold", "value", "calls, quiet (60)", "claps (20)", "false stops, 4 minutes"],
    rows.map((each) => [
      MEANINGS[each.name],
      each.chosen ? `**${each.value}**` : each.value,
      ...[each.quiet, each.claps, each.falseStops],
    ]),
  );

/** How the calls and rooms fared in Chromium. */
function inChromium({ quiet: { heard, falseStops: wrong }, falseStops: rooms }) {
  const found = Object.values(rooms).flat();
  const each = Object.entries(rooms).map(([room, { length }]) => `${NAMES[room]} ${length}`);
  return `${share(heard)} calls in the quiet room stop within ${WITHIN_S} s, after ${delays(heard)} s, with ${wrong} false
stops; the 40 minutes of room sound stop falsely ${found.length} times: ${each.join(", ")}.`;
}

/**
 * The page. `development` and `unseen` are what measureSeed returns, `thresholds` what measureThresholds does, and
 * `chromium` what measureChromium does.
 */
export function documentOf({ development, unseen, thresholds, chromium }) {
  return `# Calls

This file is written by \`./dev calls\`; do not edit it. \`tests/bench/calls.mjs\` makes the sound and
measures what \`web/src/hearing/call_detector.ts\` hears.

With the microphone allowed, a loud call or a clap stops a practice. The goals: of 60 calls, at
least 58 stop within ${WITHIN_S} s of their onset, and 40 minutes of room sound stop falsely once at
most.

Everything here is synthetic: voices of espeak-ng, rooms made of noise, tones and echoes by ffmpeg.
**No real room, microphone or voice was measured.** The thresholds were chosen while looking at seed
${development.seed}. Seed ${unseen.seed} makes other calls and rooms and was only measured.

## Calls that stop

Twelve voices call "stop", "hey", "ah", "help", "ow", "wait", "oh" or "no", each at five levels over
the room. Levels are A-weighted: the room's is its mean, a call's is its mean without pauses.

Seed ${development.seed}:

${voices(development)}

Seed ${unseen.seed}, unseen:

${voices(unseen)}

The goal is that of the quiet room. The others show what a louder room costs. Calls missed in the
quiet room:

- ${missed(development)}
- ${missed(unseen)}

Claps in the quiet room:

- ${claps(development)}
- ${claps(unseen)}

## What stops falsely

${falseStops([development, unseen])}

## In Chromium

The sounds of seed ${unseen.seed} as Chromium's microphone, in real time: through its capture, its echo
canceller and its audio thread. Times include up to 0.1 s by which the capture begins early.

${inChromium(chromium)}

## How a call is told from the room

Levels are taken every 10 ms in five bands: four octaves from 300 Hz, which hold nearly all energy
of a voice, and 4.8 to 8 kHz. For each band, the room's usual maximum is the 90 % quantile of the
loudest 30 ms of each quarter of a second, over about 15 s. A sound that returns once in a while,
such as a drum or a syllable on television, belongs to the room in this way. While the page plays,
the quantile of the difference between microphone and output takes its place, as in double-talk
detectors of echo cancellers.

| number | where it comes from |
|---|---|
| two bands exceed by 5 dB | raised and loud speech differ by 6 dB: ISO 9921, table A.1 (66 and 72 dB(A) at 1 m) |
| 8 dB while the page plays | what an echo canceller leaves varies more than a room: Duttweiler 1978 declares double talk 6 dB above the largest output |
| a rise of 6 dB in 200 ms | a vehicle at 50 km/h that passes 10 m away rises by at most 1.2 dB in that time |
| 0.14 s loud | a stressed vowel lasts 130 to 200 ms: Klatt 1976 |
| 0.05 s of it periodic | three periods of 60 Hz, the lowest pitch |
| periodic share 0.5 | as much harmonic as noisy energy, 0 dB: Boersma 1993; Praat's default is 0.45 |
| a clap: 15 dB, falling by 10 dB in 200 ms | a hand clap has its energy at 0.7 to 3 kHz and lasts some milliseconds: Repp 1987; a furnished room's echo falls by 10 dB in about 80 ms |

One threshold changed at a time, with seed ${development.seed}; the chosen value is bold. False stops
are those in two minutes each of television and the page's own voice.

${flatness(thresholds)}

## Limits

- A synthetic evaluation says how the detector works, not how well it will work in a home. Real
  shouts are longer and have more energy above 1 kHz than espeak-ng's; real television has laughter,
  music and shouts, which may stop a practice.
- A whisper, or a call softer than about 8 dB over the room, doesn't stop. Neither does one in the
  first three seconds, or over the page's own sound before that has been heard for three seconds.
- A cough, a bark, a horn, a phone that rings, or a radio that is switched on beside the mat are
  loud and sudden, and may stop. The question by ear makes such a stop cheap: silence continues.
- After a loud noise ends, such as a vacuum cleaner, the room counts as loud for about half a
  minute.
- The echo canceller of a browser is simulated as a gain that varies. A real one also lowers the
  caller's voice while the page speaks, so calls over the page's voice may have to be louder.
- The voice of a browser itself isn't cancelled everywhere. While it listens the page prefers its
  recorded clips.
`;
}
