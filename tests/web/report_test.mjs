// What a report's curve does, without a browser.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { load, unload } from "./load.mjs";

const { moved, round, rowsOf, zoomed } = await load("report/view.ts");
const { clock, pathOf, scaleOf, ticksOf, valuesAt } = await load("report/plot.ts");
const { letteredFaults } = await load("report/fault_letters.ts");
const { measured, shown } = await load("report/labels.ts");
after(unload);

const WHOLE = { from_s: 2, to_s: 102 };
const near = (view, from_s, to_s) => {
  assert.ok(
    Math.abs(view.from_s - from_s) < 1e-9 && Math.abs(view.to_s - to_s) < 1e-9,
    JSON.stringify(view),
  );
};

test("zooming keeps what is pointed at in its place, within the whole and no nearer than a second", () => {
  near(zoomed(WHOLE, WHOLE, 0.5, 42), 22, 72);
  near(zoomed(WHOLE, WHOLE, 0.5), 27, 77);
  near(zoomed({ from_s: 92, to_s: 102 }, WHOLE, 2, 102), 82, 102);
});

test("nothing leads out of the whole", () => {
  near(zoomed({ from_s: 10, to_s: 20 }, WHOLE, 1000), 2, 102);
  near(zoomed({ from_s: 10, to_s: 20 }, WHOLE, 1e-6, 15), 14.5, 15.5);
  near(moved({ from_s: 10, to_s: 20 }, WHOLE, -1e9), 2, 12);
  near(moved({ from_s: 10, to_s: 20 }, WHOLE, 1e9), 92, 102);
  near(round(2.5, 6, WHOLE), 2, 7.5);
  const instant = { from_s: 1, to_s: 1.2 };
  near(zoomed(instant, instant, 0.5), 1, 1.2);
});

test("rows on paper are equally long, at most a minute, and leave nothing out", () => {
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

test("a line is broken where a leg was not seen for long, and goes on over a moment", () => {
  assert.equal(path([0, 1 / 4, 1 / 2], [0, 50, 100]), "M0.0 100.0L2.5 50.0L5.0 0.0");
  assert.equal(path([0, 1 / 4, 1 / 2], [0, null, 100]), "M0.0 100.0L5.0 0.0");
  assert.equal(path([0, 1, 2, 2.25], [0, null, 100, 50]), "M0.0 100.0M20.0 0.0L22.5 50.0");
  assert.equal(path([0, 1], [null, null]), "");
  assert.equal(path([], []), "");
});

test("of many samples on one pixel the least and the most are drawn", () => {
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

test("ticks stand at round times with room between them", () => {
  assert.deepEqual(ticksOf({ from_s: 3, to_s: 63 }, 640), [10, 20, 30, 40, 50, 60]);
  assert.deepEqual(ticksOf({ from_s: 0, to_s: 1 }, 640), [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1]);
  assert.ok(ticksOf({ from_s: 0, to_s: 36_000 }, 640).length <= 11);
  assert.deepEqual([clock(65.4), clock(59.97, true), clock(3605)], ["1:05", "1:00.0", "60:05"]);
});

test("a time is read from the nearest sample, and from none far away", () => {
  const curve = { times_s: [1, 2, 5], left_deg: [10, 20, 30], right_deg: [1, null, 3] };
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
