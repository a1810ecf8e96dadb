// node --test tests/web/learn_test.mjs
// The figures that show the movement: they keep to the exercise file, and each fault can be seen.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { load, unload } from "./load.mjs";

after(unload);
const { KneeMotion, loweringTime_s, minimumJerk, shareWhere } = await load("learn/knee_motion.ts");
const { correctFigure, faultFigure } = await load("learn/fault_figure.ts");
const exercise = await load("exercise/exercise.ts");
const teaching = await load("exercise/teaching.ts");
const { EMERGENCY, ASK_FIRST, EASIER, NOT_TODAY, AFTER, PAGE } = await load("exercise/safety.ts");
const { resultOf } = await load("exercise/repetition.ts");

const { FAULTS, faultName, faultOf, LEVELS, levelOf } = exercise;

/** What a figure's left knee does, as the engine would measure it. */
function measured(motion) {
  const step_s = 0.005;
  const found = { peak: 0, fastest: 0, transit_s: 0, kicks: 0 };
  let before = motion.at(0).left_deg;
  let rising = true;
  let crossed70;
  for (let time_s = step_s; time_s < motion.duration_s / 2; time_s += step_s) {
    const { left_deg } = motion.at(time_s);
    found.peak = Math.max(found.peak, left_deg);
    found.fastest = Math.max(found.fastest, (left_deg - before) / step_s);
    if (rising && left_deg < before) found.kicks++;
    if (left_deg !== before) rising = left_deg > before;
    if (before >= 70 && left_deg < 70) crossed70 = time_s;
    if (before >= 20 && left_deg < 20) found.transit_s = time_s - crossed70;
    before = left_deg;
  }
  return found;
}

for (const level of LEVELS) {
  test(`the figure of level ${level.number} keeps to the exercise file`, () => {
    const figure = measured(new KneeMotion(level));
    assert.equal(figure.kicks, level.kicks);
    assert.ok(Math.abs(figure.peak - level.knee_aim_deg) < 0.5);
    assert.ok(figure.transit_s >= level.transit_70_20_s, `${figure.transit_s}`);
    assert.ok(figure.fastest < faultOf("thrown_kick").on);
  });

  test(`level ${level.number} is taught step by step, each with its source`, () => {
    const steps = teaching.stepsOf(level.number);
    assert.deepEqual([steps[0].when, steps.at(-1).when], ["set_up", "switch"]);
    for (const { text, source } of steps) {
      assert.notEqual(teaching.sourceNames([source])[0], source, text);
    }
    assert.ok(teaching.bendTime_s(level.number) > 0);
  });

  test(`the thigh is lifted at level ${level.number} only if its lift is judged`, () => {
    const lifted = correctFigure(level).thigh_lift_deg > 0;
    assert.equal(lifted, faultOf("no_thigh_lift").levels.includes(level.number));
  });
}

test("a fault's figure shows the fault", () => {
  const level = levelOf(1);
  const as = (id) => measured(new KneeMotion(level, faultFigure(faultOf(id), level).motion));
  const on = (id) => faultOf(id).on;
  assert.ok(as("dropped_foot").transit_s < on("dropped_foot"));
  assert.ok(as("fast_lowering").transit_s < on("fast_lowering"));
  assert.equal(as("missing_second_kick").kicks, on("missing_second_kick") - 1);
  assert.ok(as("shallow_kick").peak < level.knee_min_deg - on("shallow_kick"));
  assert.ok(as("thrown_kick").fastest > on("thrown_kick"));
  assert.ok(as("extra_kick").kicks > level.kicks);
  const stop = new KneeMotion(level, faultFigure(faultOf("incomplete_lower"), level).motion);
  assert.ok(stop.at(stop.duration_s / 2 - 0.01).left_deg > on("incomplete_lower"));
});

test("every fault at every level looks different from the correct movement", () => {
  for (const fault of FAULTS) {
    for (const number of fault.levels) {
      const level = levelOf(number);
      const correct = correctFigure(level);
      assert.notDeepEqual({ ...correct, ...faultFigure(fault, level) }, correct, fault.id);
    }
  }
});

test("pedalling starts one leg before the other has landed, and sides may repeat", () => {
  const level = levelOf(1);
  const moving = (motion) => {
    let both = false;
    for (let time_s = 0; time_s < motion.duration_s; time_s += 0.01) {
      const { left_deg, right_deg } = motion.at(time_s);
      both ||= left_deg > 0.5 && right_deg > 0.5;
    }
    return both;
  };
  assert.equal(moving(new KneeMotion(level)), false);
  assert.equal(
    moving(new KneeMotion(level, faultFigure(faultOf("pedalling"), level).motion)),
    true,
  );
  const same = new KneeMotion(level, faultFigure(faultOf("same_side_twice"), level).motion);
  for (let time_s = 0; time_s < same.duration_s; time_s += 0.1) {
    assert.equal(same.at(time_s).right_deg, 0);
  }
});

test("the movement repeats, left then right, and its time may be any number", () => {
  const motion = new KneeMotion(levelOf(1));
  assert.equal(motion.at(0.1).side, "left");
  assert.equal(motion.at(motion.duration_s * 0.6).side, "right");
  for (const time_s of [1.3, 4.2]) {
    const later = motion.at(time_s + motion.duration_s).left_deg;
    assert.ok(Math.abs(motion.at(time_s).left_deg - later) < 1e-9);
    assert.ok(Math.abs(motion.at(time_s - 3 * motion.duration_s).left_deg - later) < 1e-6);
  }
});

test("a still shows its phase", () => {
  const motion = new KneeMotion(levelOf(1));
  assert.equal(motion.timeOf("set_up"), 0);
  for (const phase of ["bend", "kick", "lower"]) {
    const shown = motion.at(motion.timeOf(phase) - 0.001);
    assert.equal(shown.phase, phase);
  }
  assert.ok(motion.at(motion.timeOf("bend")).left_deg > 80);
});

test("a movement from stop to stop is smooth and can be inverted", () => {
  assert.deepEqual([minimumJerk(-1), minimumJerk(0), minimumJerk(1), minimumJerk(2)], [0, 0, 1, 1]);
  assert.ok(Math.abs(minimumJerk(0.5) - 0.5) < 1e-12);
  for (const done of [0.01, 0.3, 0.77, 0.99]) {
    assert.ok(Math.abs(minimumJerk(shareWhere(done)) - done) < 1e-9);
  }
  assert.ok(loweringTime_s(100, 1) > 1, "all of a lowering is longer than a part of it");
});

test("levels 2 and 3 reach the foot long, level 0 lies flat", () => {
  assert.deepEqual(teaching.postureOf(0), { flat: true, reach: 0 });
  assert.equal(teaching.postureOf(1).flat, false);
  assert.ok(teaching.postureOf(2).reach > 0);
});

test("a leg that stopped too early comes down smoothly", () => {
  const stop = faultFigure(faultOf("incomplete_lower"), levelOf(1)).motion;
  const motion = new KneeMotion(levelOf(1), stop);
  let before = motion.at(0.01).left_deg;
  for (let time_s = 0.02; time_s < motion.duration_s; time_s += 0.01) {
    const { left_deg } = motion.at(time_s);
    assert.ok(Math.abs(left_deg - before) < 6, `${time_s}`);
    before = left_deg;
  }
});

test("an unknown level or fault is no failure", () => {
  assert.equal(levelOf(99).number, 0);
  assert.equal(faultOf("unknown"), undefined);
  assert.equal(faultName("unknown"), "unknown");
  assert.deepEqual(teaching.stepsOf(99), []);
  assert.deepEqual(faultFigure({ ...FAULTS[0], signal: "unknown" }, levelOf(0)), {});
  assert.deepEqual(teaching.sourceNames(["sacdt", "unknown", "sacdt"]).length, 2);
});

test("every fault has a name, a cue of at most eight words, and advice", () => {
  for (const { id, name, cue, advice } of FAULTS) {
    assert.notEqual(name, id);
    assert.ok(advice.length > 10, id);
    assert.ok(cue.split(" ").length <= 8, cue);
  }
});

test("what is read before practising names its sources, in sentences of 25 words", () => {
  for (const list of [EMERGENCY, ASK_FIRST, EASIER]) {
    assert.ok(list.items.length > 3);
    for (const { source, text } of list.items) {
      assert.notEqual(teaching.sourceNames([source])[0], source, text);
    }
  }
  const texts = [...Object.values(PAGE), ...Object.values(NOT_TODAY), ...Object.values(AFTER)];
  for (const text of texts) {
    for (const sentence of text.split(/[.?!:] /)) {
      assert.ok(sentence.split(" ").length <= 25, sentence);
    }
  }
});

test("a repetition's result is its faults, or why it was only counted", () => {
  assert.equal(resultOf("clean", []), "Clean");
  assert.equal(resultOf("faulty", ["rocking", "head_up"]), "Hips rocking, Chin lifting");
  assert.match(resultOf("unjudged", []), /but not judged/);
  assert.match(resultOf("partial", []), /small or cut short/);
});
