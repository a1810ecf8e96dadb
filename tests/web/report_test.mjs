// node --test tests/web/report_test.mjs
// The report's curve, labels and numbers, without a browser.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { load, unload } from "./load.mjs";

const { around, moved, rowsOf, zoomed } = await load("report/view.ts");
const { pathOf, scaleOf, ticksOf, valuesAt } = await load("report/plot.ts");
const { letteredFaults } = await load("report/fault_letters.ts");
const labels = await load("report/labels.ts");
const { measured, shown } = labels;
after(unload);

const WHOLE = { from_s: 2, to_s: 102 };
const near = (view, from_s, to_s) => {
  assert.ok(
    Math.abs(view.from_s - from_s) < 1e-9 && Math.abs(view.to_s - to_s) < 1e-9,
    JSON.stringify(view),
  );
};

test("zooming keeps the pointed time in place, within the whole and down to a second", () => {
  near(zoomed(WHOLE, WHOLE, 0.5, 42), 22, 72);
  near(zoomed(WHOLE, WHOLE, 0.5), 27, 77);
  near(zoomed({ from_s: 92, to_s: 102 }, WHOLE, 2, 102), 82, 102);
});

test("no view leaves the whole", () => {
  near(zoomed({ from_s: 10, to_s: 20 }, WHOLE, 1000), 2, 102);
  near(zoomed({ from_s: 10, to_s: 20 }, WHOLE, 1e-6, 15), 14.5, 15.5);
  near(moved({ from_s: 10, to_s: 20 }, WHOLE, -1e9), 2, 12);
  near(moved({ from_s: 10, to_s: 20 }, WHOLE, 1e9), 92, 102);
  near(around(2.5, 6, WHOLE), 2, 7.5);
  const instant = { from_s: 1, to_s: 1.2 };
  near(zoomed(instant, instant, 0.5), 1, 1.2);
});

test("rows on paper are equally long, at most a minute, and cover everything", () => {
  const rows = rowsOf({ from_s: 0, to_s: 97 }, 60);
  assert.deepEqual(rows, [
    { from_s: 0, to_s: 48.5 },
    { from_s: 48.5, to_s: 97 },
  ]);
  assert.equal(rowsOf({ from_s: 0, to_s: 60 }, 60).length, 1);
  assert.equal(rowsOf({ from_s: 0, to_s: 600.1 }, 60).length, 11);
  assert.equal(rowsOf({ from_s: 3, to_s: 3 }, 60).length, 1);
});

const BOX = { left: 0, top: 0, width: 100, height: 100 };
const path = (times, values, view = { from_s: 0, to_s: 10 }) =>
  pathOf(times, values, view, scaleOf(view, 0, 100, BOX));

test("a long gap breaks the line, a short one does not", () => {
  assert.equal(path([0, 1 / 4, 1 / 2], [0, 50, 100]), "M0.0 100.0L2.5 50.0L5.0 0.0");
  assert.equal(path([0, 1 / 4, 1 / 2], [0, null, 100]), "M0.0 100.0L5.0 0.0");
  assert.equal(path([0, 1, 2, 2.25], [0, null, 100, 50]), "M0.0 100.0M20.0 0.0L22.5 50.0");
  assert.equal(path([0, 1], [null, null]), "");
  assert.equal(path([], []), "");
});

test("of many samples on one pixel the lowest and the highest are drawn", () => {
  const times = Array.from({ length: 100 }, (_, i) => i / 1000);
  const values = times.map((_, i) => (i === 40 ? 90 : i === 60 ? 10 : 50));
  const drawn = path(times, values, { from_s: 0, to_s: 100 });
  assert.ok(drawn.includes(" 10.0") && drawn.includes(" 90.0"));
  assert.ok(drawn.length < 60, drawn);
});

test("only what is in view is drawn", () => {
  const times = Array.from({ length: 10_000 }, (_, i) => i / 30);
  const drawn = path(
    times,
    times.map(() => 50),
    { from_s: 100, to_s: 101 },
  );
  assert.ok(drawn.split("L").length < 36);
});

test("ticks are at round times with room between them", () => {
  assert.deepEqual(ticksOf({ from_s: 3, to_s: 63 }, 640), [10, 20, 30, 40, 50, 60]);
  assert.deepEqual(ticksOf({ from_s: 0, to_s: 1 }, 640), [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1]);
  assert.ok(ticksOf({ from_s: 0, to_s: 36_000 }, 640).length <= 11);
});

test("a time is read from the nearest sample, and from none far away", () => {
  const curve = {
    times_s: [1, 2, 5],
    left_deg: [10, 20, 30],
    right_deg: [1, null, 3],
  };
  assert.deepEqual(valuesAt(curve, 1.9), { time_s: 2, left: 20, right: null });
  assert.deepEqual(valuesAt(curve, 99), undefined);
  assert.deepEqual(valuesAt(curve, 3.5), undefined);
});

test("faults have letters in the order in which they were seen", () => {
  const repetitions = [
    { faults: [{ id: "b_fault" }] },
    { faults: [{ id: "a_fault" }, { id: "b_fault" }] },
  ];
  const found = letteredFaults({
    repetitions,
    set_faults: [{ id: "rocking" }],
    faults: [{ id: "rocking", name: "Hips rocking", cue: "" }],
  });
  assert.deepEqual(
    found.map(({ letter, name }) => `${letter} ${name}`),
    ["a b_fault", "b a_fault", "c Hips rocking"],
  );
});

test("values carry their sign, unit and deviation, and what was not measured is a dash", () => {
  assert.equal(
    measured({ value: -1.754, sd: 0.45 }, { digits: 2, unit: "" }),
    "\u22121.75 ±\u00a00.45",
  );
  assert.equal(shown(-0.001, { digits: 1, unit: " s" }), "0.0\u00a0s");
  assert.equal(measured(null, { digits: 0, unit: "°" }), "–");
});

const MEASURES = Object.fromEntries(labels.MEASURES.map(({ key }) => [key, null]));
const difference = (value, distinguishable = true) => ({
  value,
  sd: 1,
  distinguishable,
});
const report = (set = {}) => ({
  set: {
    mean: { ...MEASURES, lowering_s: { value: 2.1, sd: 0.2 } },
    left: MEASURES,
    right: MEASURES,
    greatest_bend_best_deg: { value: 104, sd: 5 },
    greatest_bend_median_deg: { value: 98, sd: 5 },
    rhythm_variation: { value: 0.08, sd: 0.01 },
    rhythm_variation_left: null,
    rhythm_variation_right: null,
    beat_variation: null,
    bend_symmetry: null,
    transit_symmetry: null,
    bend_change_deg: null,
    transit_change_s: null,
    chest_change_deg: null,
    ...set,
  },
});

test("the measures of the set have a row each, with a dash for what was not measured", () => {
  const rows = labels.setRows(report());
  assert.equal(rows.length, labels.MEASURES.length + 3);
  const row = (name) => rows.find((each) => each.name === name);
  assert.equal(row("Lowering").all, "2.10\u00a0s ±\u00a00.20\u00a0s");
  assert.equal(row("Lowering").left, "–");
  assert.equal(row("Greatest bend, median").what, "the best: 104° ±\u00a05°");
  assert.equal(row("Rhythm").all, "8.0% ±\u00a01.0%");
});

test("a difference within measurement error is not interpreted", () => {
  const set = {
    bend_symmetry: { left_less_right: difference(4) },
    transit_symmetry: { left_less_right: difference(-0.3, false) },
    bend_change_deg: difference(-6),
    transit_change_s: difference(0.4),
    chest_change_deg: difference(-2),
  };
  assert.deepEqual(
    labels.comparisons(report(set)).map(({ words }) => words),
    [
      "more on the left",
      "within measurement error",
      "less in the second half",
      "slower in the second half",
      "lower in the second half",
    ],
  );
  assert.deepEqual(labels.comparisons(report()), []);
});

test("every fault's value is set against its threshold", () => {
  const words = (id, value, threshold) => labels.faultValue({ id, value, threshold });
  assert.equal(words("hips_lift", 0.131, 0.1), "the hip rose 0.13 thigh lengths; limit 0.10");
  assert.equal(
    words("dropped_foot", 0.4, 0.8),
    "from 70° to 20° in 0.40 s; at least 0.80 s needed",
  );
  assert.equal(words("chest_sink", -7, -5), "the chest sank 7°; limit 5°");
  assert.equal(words("missing_second_kick", 1, 2), "1 of 2 kicks");
  assert.equal(words("extra_kick", 1, 1), "1 more than the level asks for");
});

test("a threshold is named by its rule, or by its fault", () => {
  const nameOf = (fault) => ({ rocking: "Hips rocking" })[fault];
  const label = (key, fault = null) => labels.thresholdLabel({ key, fault }, nameOf);
  assert.equal(label("counted_bend"), "Smallest bend that counts");
  assert.equal(label("on", "rocking"), "Hips rocking: starts at");
  assert.equal(label("unknown"), "unknown");
  assert.equal(label("unknown", "rocking"), "Hips rocking: unknown");
});

test("units are written as they are spoken", () => {
  assert.equal(labels.withUnit(40, "deg"), "40°");
  assert.equal(labels.withUnit(-0.12345, "thigh_length"), "\u22120.123 thigh lengths");
  assert.equal(labels.withUnit(2, "count"), "2");
  assert.equal(labels.withUnit(2, "furlongs"), "2 furlongs");
});

test("a picture is named by what it shows", () => {
  assert.equal(labels.instantLabel({ shows: "kick", kick: 2 }), "Kick 2");
  assert.equal(labels.instantLabel({ shows: "kick", kick: null }), "Kick");
  assert.equal(labels.instantLabel({ shows: "set_up", kick: null }), "Set-up");
  assert.equal(labels.instantLabel({ shows: "lowering", kick: null }), "Lowering");
});

test("the camera's aspects have words for good and for less", () => {
  const { side_on, level, size } = labels.ASPECTS;
  assert.equal(side_on.value(-12.4), "12° from square, toward the right");
  assert.equal(side_on.value(3), "3° from square, toward the left");
  assert.equal(side_on.value(0.2), "0° from square");
  assert.equal(level.value(14.6), "looks down 15°");
  assert.equal(size.value(0.72), "72% of the width");
  for (const aspect of Object.values(labels.ASPECTS)) {
    assert.ok(aspect.good.length > 0 && aspect.off.length > 0);
    assert.notEqual(aspect.good, aspect.off);
  }
});

test("what a described exercise measures is named and has its unit", () => {
  assert.equal(labels.readingName("thigh_lift_deg"), "Thigh lift");
  assert.equal(labels.readingName("hold_s"), "Hold");
  assert.equal(labels.inUnit(24.6, "deg"), "25°");
  assert.equal(labels.inUnit(1.25, "s"), "1.3\u00a0s");
  assert.equal(labels.inUnit(0.125, "thigh_length"), "0.13\u00a0thigh lengths");
  const peak = (value, leg) => ({
    time_s: 1,
    value,
    unit: "deg",
    ...(leg ? { leg } : {}),
  });
  assert.equal(labels.peaksText({ peaks: [peak(11.4)] }), "11°");
  assert.equal(
    labels.peaksText({
      peaks: [peak(98, "left"), peak(105, "right"), peak(106, "left")],
    }),
    "left 98° · 106°; right 105°",
  );
  // The same id may be a fault of a kick, with other words.
  const fault = { id: "thigh_lift", value: 8.25, threshold: 7, unit: "deg" };
  assert.equal(labels.faultValue(fault, false), "8°; limit 7°");
  assert.equal(labels.faultValue(fault), "the thigh rose 8°; limit 7°");
  assert.equal(
    labels.faultValue({ id: "short_hold", value: 1.2, threshold: 1.7, unit: "s" }, false),
    "1.2\u00a0s; limit 1.7\u00a0s",
  );
});
