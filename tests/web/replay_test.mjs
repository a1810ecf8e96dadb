// node --test tests/web/replay_test.mjs
// A repetition that is played again: its clock, the stage its skeleton moves on, and its part of the curve. A video
// that is kept as a practice, and the report.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { KICK, practice, SWAN } from "./fakes.mjs";
import { htmlOf, load, textOf, unload } from "./load.mjs";

after(unload);
const { ReplayClock } = await load("replay/replay_clock.svelte.ts");
const { stageOf } = await load("replay/stage.ts");
const { mostOf, partName, partsOf, formatValue, valuesAt } = await load("replay/trace.ts");
const { inputOf, recordedAt, startOf } = await load("video/recording_date.ts");
const { reportName } = await load("progress/report_name.ts");

const AS_IT_WAS = { slow: false, loop: false };

test("a repetition plays once, at the speed it was done", () => {
  const clock = new ReplayClock(10, 12);
  clock.advance(1, AS_IT_WAS);
  assert.equal(clock.time_s, 10, "only after play()");
  clock.play();
  clock.advance(0.5, AS_IT_WAS);
  assert.equal(clock.time_s, 10.5);
  clock.advance(5, AS_IT_WAS);
  assert.deepEqual([clock.time_s, clock.playing], [12, false]);
  clock.play();
  assert.deepEqual([clock.time_s, clock.playing], [10, true], "again from the beginning");
});

test("half speed takes twice as long, and repeating begins again", () => {
  const clock = new ReplayClock(0, 1);
  clock.play();
  clock.advance(1, { slow: true, loop: true });
  assert.equal(clock.time_s, 0.5);
  clock.advance(1, { slow: true, loop: true });
  assert.deepEqual([clock.time_s, clock.playing], [0, true]);
});

test("a paused repetition stays where it is put", () => {
  const clock = new ReplayClock(3, 5);
  clock.play();
  clock.pause();
  clock.seek(4);
  clock.advance(1, AS_IT_WAS);
  assert.equal(clock.time_s, 4);
  clock.seek(99);
  assert.equal(clock.time_s, 5);
  clock.seek(-1);
  assert.equal(clock.time_s, 3);
});

test("a repetition without any length does not play for ever", () => {
  const clock = new ReplayClock(3, 3);
  clock.play();
  assert.equal(clock.playing, false);
});

const LANDMARKS = 33;
const ANKLE = 27;
const SHOULDER = 11;
const EYE = 2;

/** A frame with every joint in the middle of a picture of 640 x 360, but for those given. */
function frame(time_s, placed = {}) {
  const points = Array.from({ length: LANDMARKS }, () => [0.5, 0.5, 1]);
  for (const [joint, point] of Object.entries(placed)) points[joint] = point;
  return { time_s, points: points.flat() };
}
const poses = (frames) => ({ start_s: 0, end_s: 1, width_px: 640, height_px: 360, frames });
const pointOf = ({ points }, joint) => points.slice(3 * joint, 3 * joint + 3);

test("the stage holds the body in all frames, and does not move with it", () => {
  const { aspect, frames } = stageOf(
    poses([
      frame(0, { [SHOULDER]: [0.2, 0.6, 1], [ANKLE]: [0.9, 0.6, 1] }),
      frame(1, { [SHOULDER]: [0.2, 0.6, 1], [ANKLE]: [0.7, 0.2, 1] }),
    ]),
  );
  assert.ok(aspect >= 1.5 && aspect <= 2.4, `${aspect}`);
  for (const each of frames) {
    for (const joint of [SHOULDER, ANKLE]) {
      const [x, y, score] = pointOf(each, joint);
      assert.ok(x > 0 && x < 1 && y > 0 && y < 1, `${x}, ${y}`);
      assert.equal(score, 1);
    }
  }
  assert.deepEqual(pointOf(frames[0], SHOULDER), pointOf(frames[1], SHOULDER));
  assert.deepEqual(
    frames.map(({ time_s }) => time_s),
    [0, 1],
  );
});

test("the stage keeps the proportions of the body", () => {
  const { aspect, frames } = stageOf(
    poses([frame(0, { [SHOULDER]: [0.25, 0.5, 1], [ANKLE]: [0.25, 0.75, 1] })]),
  );
  const [x0, y0] = pointOf(frames[0], SHOULDER);
  const [x1] = pointOf(frames[0], SHOULDER + 1);
  const [, y2] = pointOf(frames[0], ANKLE);
  // 160 px to the right and 90 px down, in the same scale.
  assert.ok(Math.abs((x1 - x0) * aspect - ((y2 - y0) * 160) / 90) < 1e-9);
});

test("what is not drawn, or not seen, makes no room on the stage", () => {
  const plain = stageOf(poses([frame(0, { [ANKLE]: [0.7, 0.5, 1] })]));
  const strange = stageOf(
    poses([frame(0, { [ANKLE]: [0.7, 0.5, 1], [EYE]: [0, 0, 1], [SHOULDER]: [0, 0, 0.2] })]),
  );
  assert.deepEqual(pointOf(strange.frames[0], ANKLE), pointOf(plain.frames[0], ANKLE));
});

test("a repetition in which nobody is visible has an empty stage", () => {
  const { aspect, frames } = stageOf(poses([{ time_s: 0, points: [] }]));
  assert.ok(Number.isFinite(aspect));
  assert.deepEqual(frames, [{ time_s: 0, points: [] }]);
  assert.deepEqual(stageOf(poses([])).frames, []);
});

const CURVE = {
  name: "Knee bend",
  unit: "deg",
  least: -15,
  most: 120,
  step: 30,
  times_s: [0, 0.1, 0.2, 5],
  left: [0, 50, null, 140],
  right: [1, 2, 3, 4],
  body: [],
};
const LIFT = {
  name: "Chest lift",
  unit: "deg",
  least: -5,
  most: 30,
  step: 10,
  times_s: [0, 0.1, 0.2],
  left: [],
  right: [],
  body: [0, 12, 36],
};

test("the cursor reads both knees, or the body, where it stands", () => {
  const nothing = { left: null, right: null, body: null };
  assert.deepEqual(valuesAt(CURVE, 0.09), { left: 50, right: 2, body: null });
  assert.deepEqual(valuesAt(CURVE, 0.2), { left: null, right: 3, body: null });
  assert.deepEqual(valuesAt(CURVE, 2.5), nothing, "nothing near");
  assert.deepEqual(valuesAt(CURVE, 9), nothing);
  assert.deepEqual(valuesAt({ times_s: [], left: [], right: [], body: [] }, 0), nothing);
  assert.deepEqual(valuesAt(LIFT, 0.09), { left: null, right: null, body: 12 });
});

test("the curve's scale fits the repetition, not the practice", () => {
  assert.equal(mostOf(CURVE, 0, 0.3), 120);
  assert.equal(mostOf(CURVE, 0, 6), 150);
  assert.equal(mostOf(LIFT, 0, 0.15), 30);
  assert.equal(mostOf(LIFT, 0, 1), 40);
});

test("a curve of the legs names both, and one of the body only itself", () => {
  assert.deepEqual(
    partsOf(CURVE).map((part) => partName(CURVE, part)),
    ["Left knee bend", "Right knee bend"],
  );
  assert.deepEqual(
    partsOf(LIFT).map((part) => partName(LIFT, part)),
    ["Chest lift"],
  );
  assert.equal(formatValue(LIFT, 12.4), "12°");
  assert.equal(formatValue({ unit: "thigh_length" }, 0.071), "0.07 thigh lengths");
});

test("repetitions without a side have their own measures, and no side to correct", async () => {
  const peak = (leg) => ({ time_s: 2, value: 12, unit: "deg", leg });
  const html = await htmlOf("progress/RecordedRepetitions.svelte", {
    exercise: SWAN,
    repetitions: [
      {
        ...REPETITION,
        side: "both",
        status: "faulty",
        kick_times_s: [],
        peaks: [peak("left"), peak("right"), peak("left")],
        readings: [{ id: "hold_s", value: 2.1, unit: "s", text: "2.1 s" }],
        faults: [
          { id: "too_high", name: "Lift too high", cue: "", value: 1, threshold: 1, unit: "" },
        ],
      },
    ],
    practice: 1,
    change: () => undefined,
  });
  assert.match(html, />Peaks<\/th>/);
  assert.match(html, />Lift<\/th>/);
  assert.match(html, />2\.1 s<\/td>/);
  assert.match(html, />2<\/td>/, "the peaks of one leg");
  assert.match(html, /Lift too high/);
  assert.doesNotMatch(html, /<select|Side|Kicks|Lowering|If a side is wrong/);
});

test("the date of a recording goes to the server and back without a change", () => {
  for (const iso of ["2026-01-31T23:59:00Z", "2026-07-01T00:00:00Z"]) {
    const time_ms = Date.parse(iso);
    const { start_unix_s, utc_offset_min } = startOf(inputOf(time_ms + 59_999));
    assert.equal(start_unix_s * 1000, time_ms);
    assert.equal(utc_offset_min, 0 - new Date(time_ms).getTimezoneOffset());
    assert.ok(!Object.is(utc_offset_min, -0));
  }
  assert.equal(startOf(""), undefined);
});

const profile = { person: { id: 1, name: "Ada", pin: false }, records: {} };

test("a recording has its own date, unless that is in the future, else its file's", () => {
  const [own_ms, file_ms, now_ms] = [
    "2026-01-05T08:30Z",
    "2026-01-31T12:00Z",
    "2026-02-01T00:00Z",
  ].map(Date.parse);
  const own = "2026-01-05T09:30:00+01:00";
  assert.deepEqual(recordedAt(own, file_ms, now_ms), { at_ms: own_ms, byVideo: true });
  assert.deepEqual(recordedAt(null, file_ms, now_ms), { at_ms: file_ms, byVideo: false });
  assert.deepEqual(recordedAt(own, file_ms, own_ms - 1), { at_ms: own_ms - 1, byVideo: false });
  assert.deepEqual(recordedAt("no date", file_ms, now_ms), { at_ms: file_ms, byVideo: false });
});

test("a video can be kept, on the day that it or its file says", async () => {
  const html = await htmlOf("video/KeepPractice.svelte", {
    profile,
    person: profile.person,
    recording: "9f",
    recorded: { at_ms: Date.parse("2026-01-31T12:00:00Z"), byVideo: false },
  });
  assert.match(html, /The video has no date/);
  assert.match(html, /Keep this as a practice/);
  assert.ok(html.includes(`value="${inputOf(Date.parse("2026-01-31T12:00:00Z"))}"`), html);
  assert.match(html, /for Ada/);
  assert.match(html, /The video\s+itself is not saved/);
});

test("the report says what is in it before it is saved, and is named by the day", async () => {
  const text = await textOf("progress/TherapistReport.svelte", { profile, practice: practice() });
  assert.match(text, /For my therapist/);
  assert.match(
    text,
    /one file with your name, the date, counts, angles, times, your answers about discomfort and drawn skeletons, but no pictures\./,
  );
  assert.equal(reportName("2026-11-22T09:00:00+01:00"), "matside-2026-11-22.html");
});

test("each repetition can be played where its poses are saved, and only there", async () => {
  const rows = [{ ...REPETITION }, { ...REPETITION, index: 2 }];
  const table = (play) =>
    htmlOf("progress/RecordedRepetitions.svelte", {
      exercise: KICK,
      repetitions: rows,
      practice: 1,
      play,
      change: () => undefined,
    });
  const playable = await table(() => undefined);
  assert.match(playable, /aria-label="Play repetition 1"/);
  assert.match(playable, /aria-label="Play repetition 2"/);
  assert.doesNotMatch(await table(undefined), /Play repetition/);
});

const REPETITION = {
  index: 1,
  side: "left",
  corrected_side: null,
  status: "clean",
  start_s: 1,
  end_s: 5,
  kick_times_s: [2, 2.6],
  knee_flexion_deg: 98,
  lowering_s: 2,
  faults: [],
};
