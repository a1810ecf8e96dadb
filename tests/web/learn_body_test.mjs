// node --test tests/web/learn_body_test.mjs
// The body of the Learn figures: its file, its poses and what is marked on it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { load, unload } from "./load.mjs";

after(unload);
const { decodeBody, PARTS } = await load("learn/body.ts");
const { AT_REST, BodyPoser } = await load("learn/body_poser.ts");
const { dualQuaternions, lowest, skinned, verticesOf } = await load("learn/skeleton.ts");
const { HEIGHT, project, UNITS_PER_METRE, WIDTH } = await load("learn/camera.ts");
const { correctFigure, faultFigure, tellingTime_s } = await load("learn/fault_figure.ts");
const { FigureFrames } = await load("learn/figure_frame.ts");
const { marksOf, strengthOf } = await load("learn/marks.ts");
const { FAULTS, LEVELS, levelOf } = await load("exercise/exercise.ts");

const file = readFileSync(new URL("../../web/public/body.bin", import.meta.url));
const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.length);
const body = decodeBody(bytes);
const poser = new BodyPoser(body);

const straight = { knee_deg: 0, thigh_lift_deg: 0, reach: 0 };
const kick = (knee_deg, rest = {}) => ({
  left: { ...straight, knee_deg, ...rest },
  right: straight,
});
const degrees = (radians) => (radians * 180) / Math.PI;
/** Where a line points in the picture. */
const heading = (from, to) => degrees(Math.atan2(from.y - to.y, to.x - from.x));
const seen = (skeleton, bone) => project(skeleton.joint(bone));
const thighOf = (skeleton) => heading(seen(skeleton, "thigh.L"), seen(skeleton, "shank.L"));
const kneeOf = (skeleton) =>
  heading(seen(skeleton, "shank.L"), seen(skeleton, "foot.L")) - thighOf(skeleton);
const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const feet = verticesOf(body, ["foot.L", "toes.L"]);
const rest = poser.pose(AT_REST);

test("the body's file is whole and light", () => {
  const vertices = body.parts.length;
  assert.ok(gzipSync(file).length < 80_000);
  assert.ok(vertices > 3000);
  assert.ok(body.triangles.every((vertex) => vertex < vertices));
  assert.ok(body.boneNumbers.every((bone) => bone < body.bones.length));
  assert.deepEqual(new Set(body.parts), new Set(PARTS.keys()));
  for (let vertex = 0; vertex < vertices; vertex++) {
    const sum = body.weights.slice(4 * vertex, 4 * vertex + 4).reduce((a, b) => a + b);
    assert.equal(sum, 255);
  }
  assert.throws(() => decodeBody(new ArrayBuffer(16)), /isn't a body/);
});

test("standing, the skin is where the file has it", () => {
  const still = body.bones.map(() => ({ turn: [0, 0, 0, 1], move: [0, 0, 0] }));
  const bones = dualQuaternions({ placements: still });
  for (const vertex of [0, 1000, 3000]) {
    const { place } = skinned(body, bones, vertex);
    assert.ok(distance(place, body.places.slice(3 * vertex, 3 * vertex + 3)) < 1e-6);
  }
});

test("the knee in the picture bends as asked, within 2 degrees", () => {
  for (const flat of [false, true]) {
    const still = kneeOf(poser.pose({ ...AT_REST, flat }));
    for (let asked = 0; asked <= 125; asked += 5) {
      for (const thigh_lift_deg of [0, 6.5, 20]) {
        const posed = poser.pose({ ...AT_REST, flat, legs: kick(asked, { thigh_lift_deg }) });
        assert.ok(Math.abs(kneeOf(posed) - still - asked) < 2, `${asked}: ${kneeOf(posed)}`);
        const lifted = thighOf(posed) - thighOf(poser.pose({ ...AT_REST, flat }));
        assert.ok(Math.abs(lifted - thigh_lift_deg) < 2, `${thigh_lift_deg}: ${lifted}`);
      }
    }
  }
});

for (const level of LEVELS) {
  test(`at level ${level.number} the foot lands on the mat and never goes under it`, () => {
    const frames = new FigureFrames(level, correctFigure(level), false);
    for (let time_s = 0; time_s < frames.motion.duration_s / 2; time_s += 0.08) {
      const { angles, now } = frames.at(time_s);
      const low = lowest(body, poser.pose(angles), feet);
      assert.ok(low > -0.015, `${time_s}: ${low}`);
      if (now.left_deg < 0.1) assert.ok(low < 0.015, `${time_s}: ${low}`);
    }
  });

  test(`at level ${level.number} the trunk's incline is that of the exercise`, () => {
    const { angles } = new FigureFrames(level, correctFigure(level), false).at(0);
    const posed = poser.pose(angles);
    const incline = -heading(seen(posed, "upperarm.L"), seen(posed, "thigh.L"));
    assert.ok(incline >= level.trunk_min_deg && incline <= level.trunk_max_deg, `${incline}`);
  });
}

test("the elbows are under the shoulders, or as far ahead as asked", () => {
  for (const elbow_forward of [0, 0.33, -0.45]) {
    const posed = poser.pose({ ...AT_REST, elbow_forward });
    const [shoulder, elbow] = [posed.joint("upperarm.L"), posed.joint("lowerarm.L")];
    const ahead = (shoulder[0] - elbow[0]) / poser.upper_arm_m;
    assert.ok(Math.abs(ahead - elbow_forward) < 0.05, `${elbow_forward}: ${ahead}`);
    assert.ok(elbow[1] > 0.02 && elbow[1] < 0.07);
  }
});

test("lying flat the forehead is on the hands and the chest on the mat", () => {
  const posed = poser.pose({ ...AT_REST, flat: true });
  const head = lowest(body, posed, verticesOf(body, ["head"]));
  assert.ok(head > 0.03 && head < 0.07, `${head}`);
  for (const side of [".L", ".R"]) assert.ok(posed.joint(`hand${side}`)[1] < 0.06);
  assert.ok(posed.joint("head")[1] < rest.joint("head")[1] - 0.2);
});

test("limbs keep their lengths, however they bend", () => {
  const far = { ...AT_REST, hip_rise: 0.3, chest_deg: -12, neck_deg: 30, legs: kick(110) };
  const posed = poser.pose(far);
  for (const [a, b] of [
    ["thigh.L", "shank.L"],
    ["shank.R", "foot.R"],
    ["upperarm.L", "lowerarm.L"],
    ["neck", "head"],
  ]) {
    const [now, before] = [posed, rest].map((each) => distance(each.joint(a), each.joint(b)));
    assert.ok(Math.abs(now - before) < 1e-6, `${a} ${b}`);
  }
});

test("hips that rise leave the shoulders and the knees where they are", () => {
  const posed = poser.pose({ ...AT_REST, hip_rise: 0.3 });
  const [shoulder, before] = [posed, rest].map((each) => each.joint("upperarm.L"));
  assert.ok(posed.joint("thigh.L")[1] - rest.joint("thigh.L")[1] > 0.28 * poser.thigh_m);
  assert.ok(distance(shoulder, before) < 0.02);
  assert.ok(Math.abs(posed.joint("shank.L")[1] - rest.joint("shank.L")[1]) < 0.02);
});

test("the hips rock to the side that kicks, and the other one stays down", () => {
  const posed = poser.pose({ ...AT_REST, sway: 0.2 });
  const [left, right] = [posed.joint("thigh.L")[1], posed.joint("thigh.R")[1]];
  assert.ok(Math.abs(left - right - 0.2 * poser.thigh_m) < 0.01);
  assert.ok(Math.abs(right - rest.joint("thigh.R")[1]) < 0.01);
});

/** What a picture of a fault shows. */
function pictureOf(fault, level) {
  const correct = correctFigure(level);
  const figure = { ...correct, ...faultFigure(fault, level) };
  const frames = new FigureFrames(level, figure, false);
  const time_s = tellingTime_s(frames.motion, figure.mark);
  const { angles, now } = frames.at(time_s);
  const moment = {
    skeleton: poser.pose(angles),
    correct: poser.pose(frames.corrected(angles, now, correct, level)),
    now,
    motion: frames.motion,
    time_s,
    kicks: level.kicks,
    still: true,
  };
  return { kind: figure.mark, moment };
}

test("every fault is marked, inside the picture, where it is", () => {
  for (const fault of FAULTS) {
    for (const number of fault.levels) {
      const { kind, moment } = pictureOf(fault, levelOf(number));
      const marks = marksOf(kind, moment, true);
      assert.ok(marks.length > 0, fault.id);
      assert.equal(strengthOf(kind, moment), 1);
      for (const { at, from, to } of marks) {
        for (const point of [at, from, to]) {
          if (!point) continue;
          const inside = point.x > 0 && point.x < WIDTH && point.y > 0 && point.y < HEIGHT;
          assert.ok(inside, `${fault.id} ${JSON.stringify(point)}`);
        }
      }
    }
  }
});

test("a fault of the body's shape is large enough to see at 390 pixels", () => {
  const LEAST_PIXELS = 8;
  const scale = (340 / WIDTH) * UNITS_PER_METRE;
  const joint = {
    hips: "thigh.L",
    knee: "shank.L",
    knee_down: "shank.L",
    chest: "upperarm.L",
    head: "head",
    elbow: "lowerarm.L",
    height: "foot.L",
  };
  for (const fault of FAULTS) {
    const { kind, moment } = pictureOf(fault, levelOf(fault.levels[0]));
    const bone = joint[kind];
    if (!bone) continue;
    // A head turns about its joint; its crown shows by how much.
    const of = (skeleton) =>
      kind === "head" ? skeleton.apply("head", [0, 0.78, 0.05]) : skeleton.joint(bone);
    const moved = distance(of(moment.skeleton), of(moment.correct)) * scale;
    assert.ok(moved >= (kind === "knee_down" ? 6 : LEAST_PIXELS), `${fault.id}: ${moved}`);
  }
});

test("kicks and sides are counted beside both figures", () => {
  const level = levelOf(1);
  const texts = (id, faulty) => {
    const fault = FAULTS.find((each) => each.id === id);
    const { kind, moment } = pictureOf(fault, level);
    return marksOf(kind, moment, faulty).map(({ text, state }) => `${text} ${state}`);
  };
  assert.deepEqual(texts("missing_second_kick", true), ["1 done", "× wrong"]);
  assert.deepEqual(texts("extra_kick", true), ["1 done", "2 done", "3 wrong"]);
  assert.deepEqual(texts("same_side_twice", true), ["Left done", "Left wrong"]);
  assert.deepEqual(texts("same_side_twice", false), ["Left done", "Right done"]);
});
