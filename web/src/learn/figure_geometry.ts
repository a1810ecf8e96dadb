// A body seen from its left side, head at the picture's left: where its joints are. Lengths in thigh lengths, from
// the mat up and toward the feet.

export interface Place {
  x: number;
  y: number;
}

export interface Posture {
  trunk_deg: number;
  /** Lying flat, forehead on the hands. */
  flat: boolean;
  /** Of the elbows ahead of the shoulders, in upper-arm lengths. */
  elbow_forward: number;
  /** Against the line that is wanted; positive: chin up. */
  neck_deg: number;
  hip_rise: number;
}

export interface Leg {
  knee_deg: number;
  thigh_lift_deg: number;
  /** How much longer the leg is made. */
  reach: number;
}

export interface Upper {
  hip: Place;
  shoulder: Place;
  elbow: Place;
  hand: Place;
  head: Place;
  /** The way the face looks, as a unit vector. */
  face: Place;
}

export interface Lower {
  knee: Place;
  ankle: Place;
  toe: Place;
}

// Segments after Drillis and Contini, over the thigh's length.
const TRUNK = 1.18;
const UPPER_ARM = 0.76;
const FOREARM = 0.6;
const NECK = 0.46;
const SHANK = 1.0;
const FOOT = 0.34;
const HIP_HEIGHT = 0.2;
const ELBOW_HEIGHT = 0.07;
const LEG_SLOPE_DEG = -3;

function along(from: Place, degrees: number, length: number): Place {
  const radians = (degrees * Math.PI) / 180;
  return { x: from.x + length * Math.cos(radians), y: from.y + length * Math.sin(radians) };
}

export function upperBody(posture: Posture): Upper {
  const hip = { x: 0, y: HIP_HEIGHT + posture.hip_rise };
  const shoulder = along(hip, 180 - posture.trunk_deg, TRUNK);
  const neck_deg = 180 - (posture.flat ? 2 : posture.trunk_deg + 12) - posture.neck_deg;
  const head = along(shoulder, neck_deg, NECK);
  // Down and a little ahead, turning with the neck.
  const face = along({ x: 0, y: 0 }, neck_deg + (posture.flat ? 88 : 62), 1);
  if (posture.flat) {
    const elbow = { x: shoulder.x - 0.5, y: ELBOW_HEIGHT };
    return { hip, shoulder, elbow, hand: { x: head.x + 0.05, y: ELBOW_HEIGHT }, head, face };
  }
  const elbow = { x: shoulder.x - posture.elbow_forward * UPPER_ARM, y: ELBOW_HEIGHT };
  return { hip, shoulder, elbow, hand: { x: elbow.x - FOREARM, y: ELBOW_HEIGHT }, head, face };
}

export function lowerBody(hip: Place, leg: Leg): Lower {
  const slope_deg = LEG_SLOPE_DEG - (Math.asin(Math.max(0, hip.y - HIP_HEIGHT)) * 180) / Math.PI;
  const thigh_deg = slope_deg + leg.thigh_lift_deg;
  const knee = along(hip, thigh_deg, 1 + leg.reach / 2);
  const shank_deg = (leg.thigh_lift_deg > 0 ? thigh_deg : LEG_SLOPE_DEG) + leg.knee_deg;
  const ankle = along(knee, shank_deg, SHANK + leg.reach / 2);
  return { knee, ankle, toe: along(ankle, shank_deg - 25, FOOT) };
}
