// Vectors and turns (unit quaternions) in space.

export type Vec = readonly [number, number, number];
/** x, y, z, w. */
export type Turn = readonly [number, number, number, number];

export const STILL: Turn = [0, 0, 0, 1];
export const radians = (degrees: number) => (degrees * Math.PI) / 180;
export const degrees = (radians: number) => (radians * 180) / Math.PI;

export const add = (a: Vec, b: Vec): Vec => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const minus = (a: Vec, b: Vec): Vec => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const times = (a: Vec, factor: number): Vec => [a[0] * factor, a[1] * factor, a[2] * factor];
export const dot = (a: Vec, b: Vec) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const length = (a: Vec) => Math.sqrt(dot(a, a));
export const unit = (a: Vec): Vec => times(a, 1 / Math.max(1e-9, length(a)));
export const mixed = (a: Vec, b: Vec, share: number): Vec => add(a, times(minus(b, a), share));
export const cross = (a: Vec, b: Vec): Vec => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** First `b`, then `a`. */
export const after = (a: Turn, b: Turn): Turn => [
  a[3] * b[0] + a[0] * b[3] + a[1] * b[2] - a[2] * b[1],
  a[3] * b[1] - a[0] * b[2] + a[1] * b[3] + a[2] * b[0],
  a[3] * b[2] + a[0] * b[1] - a[1] * b[0] + a[2] * b[3],
  a[3] * b[3] - a[0] * b[0] - a[1] * b[1] - a[2] * b[2],
];

export const back = (turn: Turn): Turn => [-turn[0], -turn[1], -turn[2], turn[3]];

export function turned(turn: Turn, a: Vec): Vec {
  const axis: Vec = [turn[0], turn[1], turn[2]];
  const across = times(cross(axis, a), 2);
  return add(add(a, times(across, turn[3])), cross(axis, across));
}

export function about(axis: Vec, angle_deg: number): Turn {
  const half = radians(angle_deg) / 2;
  const [x, y, z] = times(unit(axis), Math.sin(half));
  return [x, y, z, Math.cos(half)];
}

/** The shortest turn that takes one direction to another. */
export function between(from: Vec, to: Vec): Turn {
  const [a, b] = [unit(from), unit(to)];
  const [x, y, z] = cross(a, b);
  const w = 1 + dot(a, b);
  const size = Math.hypot(x, y, z, w);
  return size < 1e-6 ? [1, 0, 0, 0] : [x / size, y / size, z / size, w / size];
}

/** Where a rising function passes zero, by false position (the Illinois rule). */
export function zeroOf(rising: (x: number) => number, low: number, high: number): number {
  let [below, above] = [rising(low), rising(high)];
  let middle = low;
  let last = 0;
  for (let step = 0; step < 12 && above > below; step++) {
    middle = (low * above - high * below) / (above - below);
    const here = rising(middle);
    if (Math.abs(here) < 1e-5) break;
    if (here < 0) {
      [low, below] = [middle, here];
      if (last < 0) above /= 2;
    } else {
      [high, above] = [middle, here];
      if (last > 0) below /= 2;
    }
    last = here;
  }
  return middle;
}
