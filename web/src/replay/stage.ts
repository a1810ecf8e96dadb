// The part of the picture in which a repetition took place.
import { DRAWN_JOINTS, NUMBERS_A_POINT } from "../practice/skeleton";
import type { PosesAt, RepetitionPoses } from "../protocol/records";

/** Width by height. A lying body is wide; a phone has room for little height. */
const NARROWEST = 1.5;
const WIDEST = 2.4;
/** Room around the body, as a share of its larger side. */
const MARGIN = 0.08;
const SEEN = 0.5;

export interface Stage {
  /** Width by height. */
  aspect: number;
  /** With x and y as shares of the stage. */
  frames: PosesAt[];
}

/** The stage fits the body in all frames, so that it stays still while the body moves. */
export function stageOf(poses: RepetitionPoses): Stage {
  const { width_px, height_px } = poses;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { points } of poses.frames) {
    if (points.length === 0) continue;
    for (const joint of DRAWN_JOINTS) {
      const [x = 0, y = 0, score = 0] = points.slice(
        NUMBERS_A_POINT * joint,
        NUMBERS_A_POINT * (joint + 1),
      );
      if (score < SEEN) continue;
      left = Math.min(left, x * width_px);
      right = Math.max(right, x * width_px);
      top = Math.min(top, y * height_px);
      bottom = Math.max(bottom, y * height_px);
    }
  }
  if (left > right) [left, top, right, bottom] = [0, 0, width_px, height_px];
  const margin = MARGIN * Math.max(right - left, bottom - top, 1);
  let width = right - left + 2 * margin;
  let height = bottom - top + 2 * margin;
  const aspect = Math.min(WIDEST, Math.max(NARROWEST, width / height));
  width = Math.max(width, height * aspect);
  height = Math.max(height, width / aspect);
  const x0 = (left + right - width) / 2;
  const y0 = (top + bottom - height) / 2;
  const placed = (value: number, at: number) => {
    if (at % NUMBERS_A_POINT === 0) return (value * width_px - x0) / width;
    if (at % NUMBERS_A_POINT === 1) return (value * height_px - y0) / height;
    return value;
  };
  return {
    aspect,
    frames: poses.frames.map(({ time_s, points }) => ({ time_s, points: points.map(placed) })),
  };
}
