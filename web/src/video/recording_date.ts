// When a recording was made, which the person may correct.

export interface Recorded {
  /** Milliseconds since 1970. */
  at_ms: number;
  /** Whether the video says so. Otherwise its file was changed then. */
  byVideo: boolean;
}

/**
 * When a video was recorded. A date in the future is of a camera whose clock is wrong.
 * @param said in ISO 8601, as the video says; null where it says nothing
 * @param changed_ms when its file was last changed
 */
export function recordedAt(said: string | null, changed_ms: number, now_ms: number): Recorded {
  const said_ms = said === null ? NaN : Date.parse(said);
  if (said_ms <= now_ms) return { at_ms: said_ms, byVideo: true };
  return { at_ms: Math.min(changed_ms, now_ms), byVideo: false };
}

/** As an input of type datetime-local wants it: the browser's local time without seconds. */
export function inputOf(time_ms: number): string {
  const local_ms = time_ms - new Date(time_ms).getTimezoneOffset() * 60_000;
  return new Date(local_ms).toISOString().slice(0, 16);
}

/** The moment that the input shows; undefined without a complete date. */
export function startOf(
  value: string,
): { start_unix_s: number; utc_offset_min: number } | undefined {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return undefined;
  return {
    start_unix_s: Math.floor(date.getTime() / 1000),
    // Not -0, which JSON does not have.
    utc_offset_min: 0 - date.getTimezoneOffset(),
  };
}
