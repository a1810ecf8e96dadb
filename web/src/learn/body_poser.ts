// The body in the movement's poses: lying prone with the head at the left, on a mat at height 0. World axes: x to the
// feet, y up, z to the viewer; so the body's left side is near. Lengths are in metres.
import type { Body } from "./body";
import { lowest, Skeleton, verticesOf } from "./skeleton";
import {
  about,
  add,
  after,
  between,
  degrees,
  length,
  minus,
  mixed,
  radians,
  type Turn,
  turned,
  unit,
  type Vec,
  zeroOf,
} from "./vectors";

export type Side = "left" | "right";

export interface LegAngles {
  /** From this body's rest. */
  knee_deg: number;
  thigh_lift_deg: number;
  /** How much longer the leg reaches, in thigh lengths. */
  reach: number;
}

export interface BodyAngles {
  /** Lying flat with the forehead on the hands; otherwise on the forearms. */
  flat: boolean;
  /** How far the elbows are ahead of the shoulders, in upper-arm lengths. */
  elbow_forward: number;
  /** Change of the trunk's incline from the set-up. */
  chest_deg: number;
  /** Positive: chin up. */
  neck_deg: number;
  /** In thigh lengths. */
  hip_rise: number;
  /** How much higher the left hip is than the right, in thigh lengths. */
  sway: number;
  legs: Record<Side, LegAngles>;
}

/** Lying with the head at the left and the left side near: body x is world z, body y is -x, body z is -y. */
const PRONE: Turn = [0.5, -0.5, 0.5, 0.5];
const LEFT: Vec = [1, 0, 0];
const UP: Vec = [0, 1, 0];
const ACROSS: Vec = [0, 0, 1];
const ALONG: Vec = [1, 0, 0];
const SPINE: Readonly<Record<string, number>> = {
  spine05: 0.3,
  spine04: 0.25,
  spine03: 0.2,
  spine02: 0.15,
  spine01: 0.1,
};
const ELBOW_RADIUS = 0.045;
const ELBOW_OUT = 0.03;
const KNEE_OUT = 0.068;
const ANKLE_OUT = 0.058;
/** How far the face looks ahead of straight down: to the front edge of the mat. */
const GAZE_DEG = 48;
const POINTED_DEG = 50;
const SOFT_DEG = 24;
const NOD_DEG = 14;
/** Of each half of the forearm. */
const PALM_DOWN_DEG = 42;
/** How much higher the shoulders are than the hips when the chest is on the mat. */
const FLAT_SHOULDERS = 0.035;
/** The height of two hands, one on the other. */
const HANDS = 0.05;

const end = (side: Side) => (side === "left" ? ".L" : ".R");
const sign = (side: Side) => (side === "left" ? 1 : -1);
const SIDES = ["left", "right"] as const;

/** A direction in the plane of the picture, by its angle from the feet's direction, and its part to the viewer. */
const direction = (pitch_deg: number, aside: number): Vec => {
  const level = Math.sqrt(Math.max(0, 1 - aside * aside));
  return [level * Math.cos(radians(pitch_deg)), level * Math.sin(radians(pitch_deg)), aside];
};

/** What lying still on the mat means for this body. */
interface Rest {
  hip_height: number;
  thigh_deg: number;
  shank_deg: number;
}

/** The set-up of the upper body, with nothing raised. */
interface SetUp {
  extension_deg: number;
  face_deg: number;
  shoulder_height: number;
  shoulder_x: number;
  elbows: Record<Side, Vec>;
}

interface Trial {
  rest: Rest;
  extension_deg: number;
  face_deg: number;
  angles: BodyAngles;
  arms?: SetUp;
  /** Of the hips to the feet. */
  shift?: number;
}

const STRAIGHT: LegAngles = { knee_deg: 0, thigh_lift_deg: 0, reach: 0 };

export const AT_REST: BodyAngles = {
  flat: false,
  elbow_forward: 0,
  chest_deg: 0,
  neck_deg: 0,
  hip_rise: 0,
  sway: 0,
  legs: { left: STRAIGHT, right: STRAIGHT },
};

export class BodyPoser {
  readonly body: Body;
  readonly thigh_m: number;
  readonly upper_arm_m: number;
  readonly #shank_m: number;
  readonly #hip_out: number;
  readonly #heads: ReadonlyMap<string, Vec>;
  readonly #rest: Rest;
  readonly #setUps = new Map<string, SetUp>();

  constructor(body: Body) {
    this.body = body;
    this.#heads = new Map(body.bones.map(({ name, head }) => [name, head]));
    const distance = (a: string, b: string) => length(minus(this.#standing(a), this.#standing(b)));
    this.thigh_m = distance("thigh.L", "shank.L");
    this.#shank_m = distance("shank.L", "foot.L");
    this.upper_arm_m = distance("upperarm.L", "lowerarm.L");
    this.#hip_out = this.#standing("thigh.L")[0];
    this.#rest = this.#lieDown();
  }

  pose(angles: BodyAngles): Skeleton {
    const arms = this.#setUp(angles);
    const trial = { rest: this.#rest, face_deg: arms.face_deg, angles, arms };
    const moved = angles.hip_rise !== 0 || angles.chest_deg !== 0 || angles.sway !== 0;
    const extension_deg = !moved
      ? arms.extension_deg
      : this.#extension(trial, arms.shoulder_height + this.#sunk(angles, arms));
    if (angles.hip_rise === 0) return this.#skeleton({ ...trial, extension_deg });
    // Risen hips are nearer to the feet, so that the shoulders stay above the elbows.
    const [x] = this.#skeleton({ ...trial, extension_deg }).joint("upperarm.L");
    return this.#skeleton({ ...trial, extension_deg, shift: arms.shoulder_x - x });
  }

  /** How much lower the shoulders are when the trunk's incline is less than that of the set-up. */
  #sunk({ chest_deg }: BodyAngles, arms: SetUp): number {
    const trunk_m = 0.48;
    const incline = Math.asin((arms.shoulder_height - this.#rest.hip_height) / trunk_m);
    return trunk_m * (Math.sin(incline + radians(chest_deg)) - Math.sin(incline));
  }

  #lieDown(): Rest {
    const rest: Rest = { hip_height: 0.1, thigh_deg: -4, shank_deg: 0 };
    const trial = () => this.#skeleton({ rest, extension_deg: 35, face_deg: 0, angles: AT_REST });
    const low = (vertices: readonly number[]) => lowest(this.body, trial(), vertices);
    const knee = this.#kneeVertices();
    const foot = verticesOf(this.body, ["foot.L", "toes.L"]);
    rest.hip_height -= low(verticesOf(this.body, ["pelvis"]));
    rest.thigh_deg = zeroOf(
      (angle) => {
        rest.thigh_deg = angle;
        return low(knee);
      },
      -12,
      6,
    );
    rest.shank_deg = zeroOf(
      (angle) => {
        rest.shank_deg = angle;
        return low(foot);
      },
      -15,
      25,
    );
    return rest;
  }

  /** The skin around the left knee. */
  #kneeVertices(): number[] {
    const height = this.#standing("shank.L")[1];
    return verticesOf(this.body, ["thigh.L", "shank.L"]).filter(
      (vertex) => Math.abs((this.body.places[3 * vertex + 1] ?? 0) - height) < 0.06,
    );
  }

  #setUp({ flat, elbow_forward }: BodyAngles): SetUp {
    const key = `${flat} ${elbow_forward.toFixed(3)}`;
    let found = this.#setUps.get(key);
    if (!found)
      this.#setUps.set(key, (found = flat ? this.#lieFlat() : this.#propUp(elbow_forward)));
    return found;
  }

  #propUp(elbow_forward: number): SetUp {
    const ahead = Math.min(0.8, Math.abs(elbow_forward)) * this.upper_arm_m;
    const shoulder_height =
      ELBOW_RADIUS + Math.sqrt(this.upper_arm_m ** 2 - ahead ** 2 - ELBOW_OUT ** 2);
    const trial = { rest: this.#rest, face_deg: GAZE_DEG, angles: AT_REST };
    const extension_deg = this.#extension(trial, shoulder_height);
    const skeleton = this.#skeleton({ ...trial, extension_deg });
    const elbow = (side: Side): Vec => {
      const [x, , z] = skeleton.joint(`upperarm${end(side)}`);
      return [x - Math.sign(elbow_forward) * ahead, ELBOW_RADIUS, z + sign(side) * ELBOW_OUT];
    };
    const elbows = { left: elbow("left"), right: elbow("right") };
    const [shoulder_x] = skeleton.joint("upperarm.L");
    return { extension_deg, face_deg: GAZE_DEG, shoulder_height, shoulder_x, elbows };
  }

  /** The chest rests on the mat and the forehead on the hands. */
  #lieFlat(): SetUp {
    const angles = { ...AT_REST, flat: true };
    const shoulder_height = this.#rest.hip_height + FLAT_SHOULDERS;
    const extension_deg = this.#extension(
      { rest: this.#rest, face_deg: 0, angles },
      shoulder_height,
    );
    const head = verticesOf(this.body, ["head"]);
    const trial = { rest: this.#rest, extension_deg, angles };
    const face_deg = zeroOf(
      (face) => lowest(this.body, this.#skeleton({ ...trial, face_deg: face }), head) - HANDS,
      -30,
      50,
    );
    const skeleton = this.#skeleton({ ...trial, face_deg });
    const elbow = (side: Side): Vec => skeleton.joint(`lowerarm${end(side)}`);
    return {
      extension_deg,
      face_deg,
      shoulder_height,
      shoulder_x: skeleton.joint("upperarm.L")[0],
      elbows: { left: elbow("left"), right: elbow("right") },
    };
  }

  /** The extension of the spine that brings the shoulders to a height. */
  #extension(trial: Omit<Trial, "extension_deg">, height: number): number {
    return zeroOf(
      (extension_deg) => {
        const skeleton = this.#skeleton({ ...trial, extension_deg });
        const [left, right] = SIDES.map((side) => skeleton.joint(`upperarm${end(side)}`)[1]);
        return ((left ?? 0) + (right ?? 0)) / 2 - height;
      },
      -20,
      80,
    );
  }

  #skeleton(trial: Trial): Skeleton {
    const { rest, angles } = trial;
    const roll_deg = degrees(
      Math.asin(Math.min(0.9, (Math.abs(angles.sway) * this.thigh_m) / (2 * this.#hip_out))),
    );
    const roll = Math.sign(angles.sway) * roll_deg;
    // Hips that rise fold: the pelvis tips towards the head.
    const tip_deg = 45 * angles.hip_rise;
    const turn = after(about(ACROSS, tip_deg), after(about(ALONG, -roll), PRONE));
    const between_hips: Vec = mixed(this.#standing("thigh.L"), this.#standing("thigh.R"), 0.5);
    const height = rest.hip_height + (angles.hip_rise + Math.abs(angles.sway) / 2) * this.thigh_m;
    const root = { turn, move: minus([trial.shift ?? 0, height, 0], turned(turn, between_hips)) };
    return new Skeleton(this.body, root, (name, before, skeleton) => {
      const share = SPINE[name];
      if (share !== undefined) {
        const bent = about(LEFT, -share * trial.extension_deg);
        return after(after(before, bent), about(UP, -share * roll));
      }
      const [bone = "", side] = name.split(".");
      if (side) {
        const place = skeleton.joint(name);
        return this.#limb(trial, bone, side === "L" ? "left" : "right", before, place, skeleton);
      }
      return after(before, about(LEFT, -this.#bend(trial, name)));
    });
  }

  /** How far neck and head bend back. */
  #bend({ angles, extension_deg, face_deg }: Trial, name: string): number {
    const needed = face_deg - extension_deg;
    // The forehead rests, not the nose: the neck lifts the head and the head nods.
    if (angles.flat) return name === "neck" ? needed + NOD_DEG : -NOD_DEG;
    if (name === "neck") return 0.5 * needed + 0.75 * angles.neck_deg;
    return 0.5 * needed + 0.25 * angles.neck_deg;
  }

  #standing(bone: string): Vec {
    return this.#heads.get(bone) ?? [0, 0, 0];
  }

  /** Turns a bone so that its end, where another starts, lies in a direction. */
  #aim(before: Turn, from: string, to: string, way: Vec): Turn {
    const standing = minus(this.#standing(to), this.#standing(from));
    return after(between(turned(before, standing), way), before);
  }

  #limb(
    trial: Trial,
    bone: string,
    side: Side,
    before: Turn,
    place: Vec,
    skeleton: Skeleton,
  ): Turn {
    const { rest, angles } = trial;
    const leg = angles.legs[side];
    const tip = end(side);
    const bend = Math.min(1, Math.max(0, (leg.knee_deg - 12) / 50));
    switch (bone) {
      case "thigh": {
        const aside = (sign(side) * (KNEE_OUT - this.#hip_out)) / this.thigh_m;
        const resting = add(
          [trial.shift ?? 0, rest.hip_height, sign(side) * this.#hip_out],
          [...direction(rest.thigh_deg, aside)].map(
            (each) => each * this.thigh_m,
          ) as unknown as Vec,
        );
        const to = unit(minus(resting, place));
        const pitch_deg = degrees(Math.asin(to[1])) + leg.thigh_lift_deg;
        return this.#aim(before, `thigh${tip}`, `shank${tip}`, direction(pitch_deg, to[2]));
      }
      case "shank": {
        const aside = (sign(side) * (ANKLE_OUT - KNEE_OUT)) / this.#shank_m;
        const pitch_deg = rest.shank_deg + leg.thigh_lift_deg + leg.knee_deg;
        return this.#aim(before, `shank${tip}`, `foot${tip}`, direction(pitch_deg, aside));
      }
      case "foot": {
        const pointed = POINTED_DEG + 120 * leg.reach;
        return after(before, about(LEFT, pointed + bend * (SOFT_DEG - pointed)));
      }
      case "clavicle":
        // Sinking between the shoulders brings them to the ears.
        return after(before, about(ACROSS, sign(side) * Math.max(0, -1.2 * angles.chest_deg)));
      case "upperarm":
        return this.#aim(
          before,
          `upperarm${tip}`,
          `lowerarm${tip}`,
          this.#upperArm(trial, side, place),
        );
      case "lowerarm": {
        const way = angles.flat ? this.#toHands(side, place, skeleton) : this.#ahead(side);
        const turn = this.#aim(before, `lowerarm${tip}`, `hand${tip}`, way);
        return angles.flat ? turn : after(about(way, sign(side) * PALM_DOWN_DEG), turn);
      }
      case "forearm": {
        if (angles.flat) return before;
        const way = turned(
          before,
          minus(this.#standing(`hand${tip}`), this.#standing(`forearm${tip}`)),
        );
        return after(about(way, sign(side) * PALM_DOWN_DEG), before);
      }
      default:
        return before;
    }
  }

  #ahead(side: Side): Vec {
    return unit([-1, -0.03, -0.12 * sign(side)]);
  }

  #upperArm({ arms, angles }: Trial, side: Side, shoulder: Vec): Vec {
    if (angles.flat)
      return unit([-0.62, -(shoulder[1] - ELBOW_RADIUS) / this.upper_arm_m, sign(side) * 0.72]);
    const elbow = arms?.elbows[side];
    if (!elbow) return [0, -1, 0];
    // The elbow stays where it is; when the shoulder comes down, it goes out.
    const level =
      this.upper_arm_m ** 2 - (elbow[0] - shoulder[0]) ** 2 - (elbow[1] - shoulder[1]) ** 2;
    return unit([
      elbow[0] - shoulder[0],
      elbow[1] - shoulder[1],
      sign(side) * Math.sqrt(Math.max(0, level)),
    ]);
  }

  /** The hands lie one on the other under the forehead. */
  #toHands(side: Side, elbow: Vec, skeleton: Skeleton): Vec {
    const [x] = skeleton.joint("head");
    const hand: Vec = [x - 0.1, side === "left" ? 0.035 : 0.02, sign(side) * 0.05];
    return unit(minus(hand, elbow));
  }
}
