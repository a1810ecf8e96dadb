// The view of the figures: from the side and a little above, without perspective, so that what bends in the picture's plane
// keeps its angle to within half a degree.
import { radians, type Vec } from "./vectors";

export const PITCH_DEG = 9;
/** What the picture shows, in metres: x to the feet from the hips, y up from the mat's middle line. */
export const VIEW = { left: -0.98, right: 1.12, bottom: -0.1, top: 0.8 } as const;
export const UNITS_PER_METRE = 240;
export const WIDTH = Math.round((VIEW.right - VIEW.left) * UNITS_PER_METRE);
export const HEIGHT = Math.round((VIEW.top - VIEW.bottom) * UNITS_PER_METRE);

export interface Point {
  x: number;
  y: number;
}

const COS = Math.cos(radians(PITCH_DEG));
const SIN = Math.sin(radians(PITCH_DEG));

/** Where a place is in the picture, in its units, y down. */
export function project([x, y, z]: Vec): Point {
  return {
    x: (x - VIEW.left) * UNITS_PER_METRE,
    y: (VIEW.top - (y * COS - z * SIN)) * UNITS_PER_METRE,
  };
}

/** A round picture of the hips as seen from the feet, enlarged. */
export const INSET = { at: { x: 232, y: 62 }, radius: 56, scale: 1.25, height: 0.1 } as const;

/** Where a place is in that picture: the body's left side is at its left. */
export function inset([, y, z]: Vec): Point {
  return {
    x: INSET.at.x - z * UNITS_PER_METRE * INSET.scale,
    y: INSET.at.y - (y - INSET.height) * UNITS_PER_METRE * INSET.scale,
  };
}
