// Skeletons in the order of their times.

export interface PoseFrame {
  time_s: number;
  /** As in FrameDone. */
  points: number[];
}

/** The frame shown at `time_s`: the last one at or before that time. */
export function frameAt(frames: readonly PoseFrame[], time_s: number): PoseFrame | undefined {
  let low = 0;
  let high = frames.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((frames[middle]?.time_s ?? 0) <= time_s) low = middle + 1;
    else high = middle;
  }
  return frames[low - 1];
}
