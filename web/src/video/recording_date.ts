// When a recording was made: the date of its file, which the person may correct.

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
