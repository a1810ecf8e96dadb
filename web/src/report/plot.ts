// The geometry of a drawn curve.
import type { Curve } from "./document";
import type { View } from "./view";

/** A longer gap in a leg's data breaks the line. */
const GAP_S = 0.5;
const STEPS_S = [0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600] as const;

/** Room for the axes, in pixels. */
export const MARGIN = { left: 38, right: 18, top: 20, bottom: 22 } as const;

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Seconds and degrees to pixels. */
export interface Scale {
  x: (time_s: number) => number;
  y: (bend_deg: number) => number;
}

export function scaleOf(view: View, least_deg: number, most_deg: number, box: Box): Scale {
  const per_s = box.width / Math.max(1e-9, view.to_s - view.from_s);
  const per_deg = box.height / (most_deg - least_deg);
  return {
    x: (time_s) => box.left + (time_s - view.from_s) * per_s,
    y: (bend_deg) => box.top + (most_deg - bend_deg) * per_deg,
  };
}

/** Index of the first of ascending `times` at or after `time`. */
export function firstFrom(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Column {
  at: number;
  first: number;
  least: number;
  most: number;
  last: number;
}

/** The leg's line as an SVG path, with at most four points per pixel column. */
export function pathOf(
  times: readonly number[],
  values: readonly (number | null)[],
  view: View,
  scale: Scale,
): string {
  const from = Math.max(0, firstFrom(times, view.from_s) - 1);
  const to = Math.min(times.length, firstFrom(times, view.to_s) + 1);
  const parts: string[] = [];
  let column: Column | undefined;
  let seen_s = -Infinity;
  const put = (x: number, y: number) =>
    parts.push(`${parts.at(-1) === "M" ? "" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`);
  const close = () => {
    if (!column) return;
    const { at, first, least, most, last } = column;
    for (const y of first === last && least === most ? [first] : [first, least, most, last])
      put(at, y);
    column = undefined;
  };
  for (let i = from; i < to; i++) {
    const [time, value] = [times[i], values[i]];
    if (time === undefined || value === undefined || value === null) continue;
    if (time - seen_s > GAP_S) {
      close();
      parts.push("M");
    }
    seen_s = time;
    const x = scale.x(time);
    const y = scale.y(value);
    if (!column || x - column.at >= 0.5) {
      close();
      column = { at: x, first: y, least: y, most: y, last: y };
    } else {
      column = {
        ...column,
        least: Math.min(column.least, y),
        most: Math.max(column.most, y),
        last: y,
      };
    }
  }
  close();
  return parts.join("");
}

/** Round times, at least `apart_px` from each other. */
export function ticksOf(view: View, width_px: number, apart_px = 64): number[] {
  const least_s = ((view.to_s - view.from_s) * apart_px) / Math.max(1, width_px);
  const step = STEPS_S.find((each) => each >= least_s) ?? Math.ceil(least_s / 600) * 600;
  const ticks: number[] = [];
  for (let n = Math.ceil(view.from_s / step - 1e-9) || 0; n * step <= view.to_s + 1e-9; n++)
    ticks.push(n * step);
  return ticks;
}

/** Both knees' angles at that time; undefined if no frame is near. */
export function valuesAt(
  curve: Curve,
  time_s: number,
): { time_s: number; left: number | null; right: number | null } | undefined {
  const after = firstFrom(curve.times_s, time_s);
  const nearest = [after - 1, after]
    .filter((at) => curve.times_s[at] !== undefined)
    .sort(
      (a, b) =>
        Math.abs((curve.times_s[a] ?? 0) - time_s) - Math.abs((curve.times_s[b] ?? 0) - time_s),
    )[0];
  const found_s = nearest === undefined ? undefined : curve.times_s[nearest];
  if (nearest === undefined || found_s === undefined || Math.abs(found_s - time_s) > GAP_S)
    return undefined;
  return {
    time_s: found_s,
    left: curve.left_deg[nearest] ?? null,
    right: curve.right_deg[nearest] ?? null,
  };
}
