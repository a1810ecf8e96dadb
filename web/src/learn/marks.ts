// The marks that point at a fault: where, and which way it differs from the correct movement. All places are in the
// picture's units.
import { INSET, inset, type Point, project } from "./camera";
import type { MarkKind } from "./fault_figure";
import type { KneeMotion, MotionState } from "./knee_motion";
import type { Skeleton } from "./skeleton";
import { add, type Vec } from "./vectors";

export type Mark =
  | { shape: "ring"; at: Point; radius: number }
  | { shape: "arrow"; from: Point; to: Point; bow: number; wanted: boolean }
  | { shape: "line"; from: Point; to: Point; wanted: boolean }
  | { shape: "chip"; at: Point; text: string; state: "done" | "missing" | "wrong" };

export interface Moment {
  skeleton: Skeleton;
  /** The correct movement at the same share of its time. */
  correct: Skeleton;
  now: MotionState;
  motion: KneeMotion;
  time_s: number;
  /** How many kicks the level has. */
  kicks: number;
  still: boolean;
}

const CHIP_GAP = 40;
const MAT: Vec = [0, 0, 0];

const spot = (skeleton: Skeleton, bone: string, from: Vec = MAT) =>
  project(add(skeleton.joint(bone), from));
const ring = (at: Point, radius: number): Mark => ({ shape: "ring", at, radius });
/** The way the body went wrong; `wanted`, the way it should have gone. */
const arrow = (from: Point, to: Point, bow = 0, wanted = false): Mark => ({
  shape: "arrow",
  from,
  to,
  bow,
  wanted,
});
const farther = (from: Point, to: Point, least: number): Point => {
  const size = Math.hypot(to.x - from.x, to.y - from.y);
  if (size >= least || size < 1) return to;
  return {
    x: from.x + ((to.x - from.x) * least) / size,
    y: from.y + ((to.y - from.y) * least) / size,
  };
};

/** How clearly a fault shows at a moment, 0 to 1; its marks fade in and out with it. */
export function strengthOf(kind: MarkKind, { now, still }: Moment): number {
  const clear = (share: number) => Math.min(1, Math.max(0, share));
  if (still) return 1;
  switch (kind) {
    case "elbow":
    case "kicks":
    case "sides":
    case "rocking":
      return 1;
    case "rising":
      return now.phase === "bend" ? clear(4 * now.effort) * clear(12 * (1 - now.effort)) : 0;
    case "falling":
      return now.phase === "lower" ? clear(4 * now.effort) * clear(12 * (1 - now.effort)) : 0;
    case "gap":
      return now.phase === "switch" ? 1 : 0;
    case "both_legs":
      return clear((Math.min(now.left_deg, now.right_deg) - 4) / 10);
    default:
      return clear(2 * now.effort - 0.4);
  }
}

/** The marks of a fault at a moment. Chips also belong beside the correct movement. */
export function marksOf(kind: MarkKind, moment: Moment, faulty: boolean): Mark[] {
  if (kind === "kicks") return kickChips(moment, faulty);
  if (kind === "sides") return sideChips(moment, faulty);
  if (kind === "rocking") return hipLine(moment.skeleton, faulty);
  if (!faulty) return [];
  const { skeleton, correct, now } = moment;
  const tip = now.side === "left" ? ".L" : ".R";
  const knee = spot(skeleton, `shank${tip}`);
  const ankle = spot(skeleton, `foot${tip}`);
  switch (kind) {
    case "hips": {
      const hip = spot(skeleton, "thigh.L");
      const above = { x: hip.x + 8, y: hip.y - 42 };
      return [ring(hip, 32), arrow(above, { x: above.x, y: above.y - 44 })];
    }
    case "knee": {
      const mat = project([skeleton.joint(`shank${tip}`)[0], 0, 0.07]);
      return [ring(knee, 26), arrow({ x: mat.x + 44, y: mat.y }, { x: mat.x + 44, y: mat.y - 44 })];
    }
    case "knee_down": {
      const from = { x: knee.x + 42, y: knee.y + 8 };
      return [ring(knee, 24), arrow(from, { x: from.x, y: from.y - 40 }, 0, true)];
    }
    case "chest": {
      const from = spot(correct, "upperarm.L");
      const to = spot(skeleton, "upperarm.L");
      const x = from.x + 6;
      return [ring(to, 30), arrow({ x, y: from.y - 62 }, { x, y: from.y - 18 })];
    }
    case "head": {
      const centre: Vec = [-0.05, 0, 0];
      const from = spot(correct, "head", centre);
      const to = spot(skeleton, "head", centre);
      const x = Math.min(from.x, to.x) - 44;
      const [high, low] = [Math.min(from.y, to.y) - 18, Math.max(from.y, to.y) + 10];
      const down = to.y > from.y;
      return [
        ring(to, 34),
        down ? arrow({ x, y: high }, { x, y: low }, 12) : arrow({ x, y: low }, { x, y: high }, -12),
      ];
    }
    case "elbow": {
      const [x] = skeleton.joint("upperarm.L");
      const shoulder = spot(skeleton, "upperarm.L");
      const under = { x: shoulder.x, y: project([x, 0, 0.2]).y };
      const elbow = spot(skeleton, "lowerarm.L");
      const y = under.y + 10;
      return [
        { shape: "line", from: shoulder, to: under, wanted: true },
        ring(elbow, 22),
        arrow({ x: shoulder.x, y }, { x: elbow.x + 6, y }),
      ];
    }
    case "height": {
      const wanted = spot(correct, `foot${tip}`);
      return [ring(ankle, 24), arrow(ankle, farther(ankle, wanted, 30), -14, true)];
    }
    case "gap": {
      const [x, y, z] = skeleton.joint(`toes${tip}`);
      const mat = project([x + 0.06, 0, z]);
      const from = project([x + 0.06, y - 0.03, z]);
      return [
        ring(ankle, 26),
        arrow(from, { x: from.x, y: Math.max(mat.y, from.y + 24) }, 0, true),
      ];
    }
    case "rising": {
      const from = { x: ankle.x + 62, y: ankle.y + 40 };
      return [ring(ankle, 24), arrow(from, { x: ankle.x + 30, y: ankle.y - 34 }, 10)];
    }
    case "falling": {
      const toe = spot(skeleton, `toes${tip}`);
      const from = { x: toe.x + 4, y: toe.y - 88 };
      return [ring(ankle, 24), arrow(from, { x: toe.x + 24, y: toe.y - 22 }, -10)];
    }
    case "both_legs": {
      const [rising, falling] = now.side === "left" ? [".L", ".R"] : [".R", ".L"];
      const up = spot(skeleton, `foot${rising}`);
      const down = spot(skeleton, `foot${falling}`);
      return [
        ring(up, 24),
        ring(down, 24),
        arrow({ x: up.x - 36, y: up.y + 22 }, { x: up.x - 36, y: up.y - 26 }),
        arrow({ x: down.x + 44, y: down.y - 26 }, { x: down.x + 44, y: down.y + 22 }),
      ];
    }
  }
}

/** In the picture from the feet: the line of the hips, and the level. */
function hipLine(skeleton: Skeleton, faulty: boolean): Mark[] {
  const [left, right] = [inset(skeleton.joint("thigh.L")), inset(skeleton.joint("thigh.R"))];
  const middle = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
  const end = (share: number): Point => ({
    x: middle.x + share * (left.x - middle.x),
    y: middle.y + share * (left.y - middle.y),
  });
  const level: Mark = {
    shape: "line",
    from: { x: INSET.at.x - 0.8 * INSET.radius, y: middle.y },
    to: { x: INSET.at.x + 0.8 * INSET.radius, y: middle.y },
    wanted: true,
  };
  const up = left.y < right.y ? 1 : -1;
  return faulty ? [level, arrow(end(-1.8 * up), end(1.8 * up))] : [level];
}

function chips(
  texts: readonly { text: string; state: "done" | "missing" | "wrong" }[],
  width: number,
): Mark[] {
  const at = project([0.45, 0.7, 0]);
  return texts.map((each, k) => ({
    shape: "chip",
    at: { x: at.x + k * width, y: at.y },
    ...each,
  }));
}

function kickChips({ motion, time_s, kicks, still, now }: Moment, faulty: boolean): Mark[] {
  const own_s = time_s % (motion.duration_s / 2);
  const done = motion.kicks_s.filter((at_s) => still || at_s <= own_s + 0.05).length;
  const over = still || now.phase === "lower" || now.phase === "switch";
  const count = Math.max(kicks, motion.kicks_s.length);
  const all = Array.from({ length: count }, (_, k) => {
    const state = k >= kicks ? "wrong" : k < done ? "done" : "missing";
    return { text: `${k + 1}`, state, shown: k < done || k < kicks, late: k >= done } as const;
  });
  return chips(
    all
      .filter(({ shown }) => shown)
      .map(({ text, state, late }) => ({
        text: late && over && faulty ? "×" : text,
        state: late && over && faulty ? "wrong" : state,
      })),
    CHIP_GAP,
  );
}

function sideChips({ motion, time_s, still }: Moment, faulty: boolean): Mark[] {
  const second = still || time_s % motion.duration_s >= motion.duration_s / 2;
  const next = faulty ? "Left" : "Right";
  return chips(
    [
      { text: "Left", state: "done" },
      ...(second ? [{ text: next, state: faulty ? ("wrong" as const) : ("done" as const) }] : []),
    ],
    92,
  );
}
