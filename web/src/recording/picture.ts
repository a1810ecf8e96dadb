// A picture of a recorded video.
import type { Pixels } from "../picture/pixels";

export interface Picture extends Pixels {
  /** As the file has it. */
  timestamp_s: number;
  /** How long it is shown; 0 where the file doesn't say. */
  duration_s: number;
}

/** Times are sums of fractions of a second. */
export const ROUNDING_S = 1e-6;
