// Joint positions of a figure seen from its left side, with the head at the left. Units are thigh lengths;
// x points to the feet and y up from the mat.

export interface Point {
  x: number;
  y: number;
}

export interface Posture {
  trunk_deg: number;
  /** Lying flat with the forehead on the hands. */
  flat: boolean;
  /** How far the elbows are ahead of the shoulders, in upper-arm lengths. */
  elbow_forward: number;
  /** Deviation from the correct line; positive: chin up. */
  neck_deg: number;
  hip_rise: number;
}

export interface LegPose {
  knee_deg: number;
  thigh_lift_deg: number;
  /** Extra leg length. */
  reach: number;
}

export interface UpperBody {
  hip: Point;
  shoulder: Point;
  elbow: Point;
  hand: Point;
  head: Point;
  /** Direction of the face, a unit vector. */
  face: Point;
}

export interface Leg {
  knee: Point;
  ankle: Point;
  toe: Point;
}

// Segment lengths by Drillis and Contini, divided by the thigh's.
const TRUNK = 1.18;
const UPPER_ARM = 0.76;
const FOREARM = 0.6;
const NECK = 0.46;
const SHANK = 1.0;
const FOOT = 0.34;
const HIP_HEIGHT = 0.2;
const ELBOW_HEIGHT = 0.07;
const LEG_SLOPE_DEG = -3;

function along(from: Point, degrees: number, length: number): Point {
  const radians = (degrees * Math.PI) / 180;
  return { x: from.x + length * Math.cos(radians), y: from.y + length * Math.sin(radians) };
}

export function upperBody(posture: Posture): UpperBody {
  const hip = { x: 0, y: HIP_HEIGHT + posture.hip_rise };
  const shoulder = along(hip, 180 - posture.trunk_deg, TRUNK);
  const neck_deg = 180 - (posture.flat ? 2 : posture.trunk_deg + 12) - posture.neck_deg;
  const head = along(shoulder, neck_deg, NECK);
  // Down and slightly ahead, turning with the neck.
  const face = along({ x: 0, y: 0 }, neck_deg + (posture.flat ? 88 : 62), 1);
  if (posture.flat) {
    const elbow = { x: shoulder.x - 0.5, y: ELBOW_HEIGHT };
    return { hip, shoulder, elbow, hand: { x: head.x + 0.05, y: ELBOW_HEIGHT }, head, face };
  }
  const elbow = { x: shoulder.x - posture.elbow_forward * UPPER_ARM, y: ELBOW_HEIGHT };
  return { hip, shoulder, elbow, hand: { x: elbow.x - FOREARM, y: ELBOW_HEIGHT }, head, face };
}

export function legOf(hip: Point, leg: LegPose): Leg {
  const slope_deg = LEG_SLOPE_DEG - (Math.asin(Math.max(0, hip.y - HIP_HEIGHT)) * 180) / Math.PI;
  const thigh_deg = slope_deg + leg.thigh_lift_deg;
  const knee = along(hip, thigh_deg, 1 + leg.reach / 2);
  const shank_deg = (leg.thigh_lift_deg > 0 ? thigh_deg : LEG_SLOPE_DEG) + leg.knee_deg;
  const ankle = along(knee, shank_deg, SHANK + leg.reach / 2);
  return { knee, ankle, toe: along(ankle, shank_deg - 25, FOOT) };
}
