// node tests/live/led_practice_test.mjs MATSIDE [--site DIR] FOLDER
// Practises three exercises in one practice, with their clips in FOLDER one after the other as the camera. Expects of
// each the repetitions that `matside analyze` finds, a voice that leads from one to the next, one summary, and three
// practices in the records that the plan takes as one.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import {
  answerBefore,
  api,
  axeViolations,
  cameraFile,
  enterAsNewPerson,
  eventually,
  openBrowser,
  text,
  withCleanup,
} from "./support.mjs";
import { observeHome, openHome, testArguments } from "./homes.mjs";

/** In their order, at the easiest level; `until_s`: the set is done in the clip. `repetitions`: of a new person. */
const EXERCISES = [
  { id: "prone-leg-lift", clip: "prone_leg_lift_1", until_s: 34.9, repetitions: 8 },
  { id: "swan-preparation", clip: "swan_preparation_1", until_s: 19.3, repetitions: 3 },
  { id: "double-leg-kick", clip: "double_leg_kick_1", until_s: 21.4, repetitions: 4 },
];
/** The person lies still while being told what comes, and after the set. */
const BEFORE_S = 14;
const AFTER_S = 13;
const LONGEST_MS = 300_000;

const { home, program, rest } = testArguments();
const [folder] = rest;

/** The clips one after the other. */
function clipsInARow(place) {
  const file = join(place.folder, "clips.mp4");
  const still = `tpad=start_mode=clone:start_duration=${BEFORE_S}:stop_mode=clone:stop_duration=${AFTER_S}`;
  const parts = EXERCISES.map(
    ({ until_s }, at) =>
      `[${at}]trim=0:${until_s},setpts=PTS-STARTPTS,fps=30,scale=640:360,setsar=1,${still}[p${at}]`,
  );
  const all = EXERCISES.map((_, at) => `[p${at}]`).join("");
  execFileSync("ffmpeg", [
    ...["-v", "error", "-y"],
    ...EXERCISES.flatMap(({ clip }) => ["-i", join(folder, `${clip}.mp4`)]),
    ...["-filter_complex", `${parts.join(";")};${all}concat=n=${EXERCISES.length}[o]`],
    ...["-map", "[o]", "-c:v", "libx264", "-crf", "14", file],
  ]);
  return file;
}

/** What `matside analyze` finds in the part of the clip that is practised. */
function analysed({ id, clip, until_s }) {
  const result = execFileSync(
    program,
    [
      ...["analyze", join(folder, `${clip}.mp4`), "--exercise", id, "--level", "0"],
      ...["--to", String(until_s), "--quiet", "--json", "-"],
    ],
    { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(result).repetitions;
}

/** On a busy machine too few pictures show a leg that drops within a quarter of a second. */
const TOO_QUICK = ["dropped_leg"];
const sidesAndFaults = (repetitions) =>
  repetitions.map(({ side, faults }) => {
    const ids = faults.map((each) => each.id ?? each).filter((id) => !TOO_QUICK.includes(id));
    return [side, ...ids].join(" ");
  });

/** Of one leg, where both have them. */
const peaksOf = ({ peaks }) =>
  peaks.filter(({ leg }) => (leg ?? null) === (peaks[0].leg ?? null)).length;

await withCleanup(async (place) => {
  const served = await openHome(place, home);
  const browser = await openBrowser(place, { camera: cameraFile(place, clipsInARow(place)) });
  const page = await browser.newPage();
  const observed = await observeHome(page, served);
  await enterAsNewPerson(page, served.url, 0);
  await page.goto(`${served.url}#/today`);
  await page.getByTestId("exercise").selectOption(EXERCISES[0].id);
  await page.getByRole("heading", { name: "Prone leg lift", level: 1 }).waitFor();
  for (const name of ["Swan preparation", "Double-leg kick"])
    await page.getByRole("checkbox", { name: new RegExp(name) }).check();
  assert.match(await text(page, "then"), /Swan preparation, Double-leg kick/);
  assert.deepEqual(await axeViolations(page), []);
  await page.getByTestId("start").click();
  await answerBefore(page);
  await page.getByTestId("exercise-now").waitFor();

  const heard = (type) => observed.messages.filter((message) => message.type === type);
  const since = Date.now();
  while (heard("summary").length === 0 && Date.now() - since < LONGEST_MS)
    await new Promise((resolve) => setTimeout(resolve, 200));
  await page.getByRole("heading", { name: "Your set" }).waitFor();

  assert.deepEqual(
    heard("exercise").map(({ id }) => id),
    EXERCISES.map(({ id }) => id),
  );
  const summaries = [...heard("exercise_done").map(({ summary }) => summary), ...heard("summary")];
  EXERCISES.forEach((exercise, at) => {
    const live = summaries[at].repetitions;
    assert.equal(live.length, exercise.repetitions, exercise.id);
    const recorded = analysed(exercise).slice(0, exercise.repetitions);
    assert.deepEqual(sidesAndFaults(live), sidesAndFaults(recorded), exercise.id);
    // A lift that isn't held well may have a peak more or less in other pictures of it.
    const isClean = (_, at) => recorded[at].status === "clean";
    assert.deepEqual(
      live.filter(isClean).map(({ kicks }) => kicks),
      recorded.filter(isClean).map(peaksOf),
      `peaks of ${exercise.id}`,
    );
  });

  // The page shows every exercise of the practice.
  const earlier = await page
    .getByTestId("earlier")
    .evaluateAll((all) => all.map((each) => each.dataset.exercise));
  assert.deepEqual(
    earlier,
    EXERCISES.slice(0, -1).map(({ id }) => id),
  );
  assert.deepEqual(await axeViolations(page), []);

  // The voice leads: each exercise after the first by its name, how to come to it, and how to lie.
  const spoken = await page.evaluate(() => globalThis.matsideSpoken);
  const begun = spoken.filter(({ start_ms }) => start_ms !== undefined).map(({ say }) => say.id);
  for (const { id } of EXERCISES.slice(1)) {
    const own = (what) => `${id.replaceAll("-", "_")}_${what}`;
    const places = ["name", "transition", "settle_0"].map((what) => begun.indexOf(own(what)));
    assert.ok(places[0] >= 0, `${own("name")} was not said: ${begun}`);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
      `${id}: ${begun}`,
    );
  }
  assert.equal(begun.filter((id) => id === "rest_before_next").length, EXERCISES.length - 1);
  assert.ok(
    begun.some((id) => id.startsWith("set_done")),
    "the end was said",
  );
  const dropped = observed.messages.filter(
    ({ type, kind, reason }) =>
      type === "unsaid" && ["safety", "instruction"].includes(kind) && reason !== "repeated",
  );
  assert.deepEqual(
    dropped.map(({ id, reason }) => `${id}: ${reason}`),
    [],
    "instructions that were not said",
  );

  // The records have a practice for each exercise, and the plan counts them as one.
  const person = await page.evaluate(() => Number(localStorage.getItem("matside.person")));
  await eventually(
    async () => (await api(page, `progress?person=${person}`)).practices?.length === 3,
    "three practices are saved",
  );
  const { practices } = await api(page, `progress?person=${person}`);
  assert.deepEqual(
    practices.map(({ exercise }) => exercise).sort(),
    EXERCISES.map(({ id }) => id).sort(),
  );
  assert.deepEqual(observed.schemaViolations, []);
  assert.deepEqual(observed.foreignRequests, [], "the page asked other hosts");
  assert.deepEqual(observed.errors, [], "the page had errors");
});
