// Numbers with their units, formatted the same on every page.

/** Shorter lowerings belong to repetitions that were cut short. */
const SHORTEST_LOWERING_S = 0.05;

export const formatDegrees = (angle_deg: number, digits = 0) => `${angle_deg.toFixed(digits)}°`;

export const formatSeconds = (time_s: number, digits = 1) => `${time_s.toFixed(digits)} s`;

/** @param share 0 to 1 */
export const formatPercent = (share: number, digits = 0) => `${(share * 100).toFixed(digits)}%`;

const MOST_DIGITS = 4;

/** The marks of an axis, all with as many digits as it takes to tell them apart. */
export function axisLabels(
  marks: readonly number[],
  format: (value: number, digits?: number) => string,
): string[] {
  const plain = marks.map((mark) => format(mark));
  if (new Set(plain).size === marks.length) return plain;
  for (let digits = 1; digits <= MOST_DIGITS; digits++) {
    const labels = marks.map((mark) => format(mark, digits));
    if (new Set(labels).size === marks.length) return labels;
  }
  return plain;
}

const NOT_MEASURED = "–";

/** "104°", or a dash for a repetition that was not seen well enough. */
export const formatBend = (bend_deg: number | null) =>
  bend_deg === null ? NOT_MEASURED : formatDegrees(bend_deg);

/** "1.8 s", or a dash for a repetition that was cut short or not seen well enough. */
export function formatLowering(lowering_s: number | null): string {
  const measured = lowering_s !== null && lowering_s >= SHORTEST_LOWERING_S;
  return measured ? formatSeconds(lowering_s) : NOT_MEASURED;
}

/** 1:05, or 1:05.4 with tenths. */
export function formatClock(time_s: number, tenths = false): string {
  const units = Math.round(time_s * (tenths ? 10 : 1));
  const seconds = tenths ? units / 10 : units;
  const minutes = Math.floor(seconds / 60);
  const rest = seconds - 60 * minutes;
  return `${minutes}:${tenths ? rest.toFixed(1).padStart(4, "0") : String(rest).padStart(2, "0")}`;
}

/** "1 practice", "3 practices" */
export const countOf = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;
