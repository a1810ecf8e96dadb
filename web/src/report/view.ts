// The time range that the curve shows.

export interface View {
  from_s: number;
  to_s: number;
}

/** Shortest range. */
const LEAST_S = 1;

const lengthOf = (view: View) => view.to_s - view.from_s;

/** Moves and shortens a view into the whole. */
function within(view: View, whole: View): View {
  const length = Math.min(lengthOf(view), lengthOf(whole));
  const from_s = Math.min(Math.max(view.from_s, whole.from_s), whole.to_s - length);
  return { from_s, to_s: from_s + length };
}

/** `factor` times as long, with `at_s` in the same position. */
export function zoomed(
  view: View,
  whole: View,
  factor: number,
  at_s = (view.from_s + view.to_s) / 2,
): View {
  const length = Math.min(
    Math.max(lengthOf(view) * factor, Math.min(LEAST_S, lengthOf(whole))),
    lengthOf(whole),
  );
  const share = lengthOf(view) > 0 ? (at_s - view.from_s) / lengthOf(view) : 0.5;
  const from_s = at_s - share * length;
  return within({ from_s, to_s: from_s + length }, whole);
}

export function moved(view: View, whole: View, by_s: number): View {
  return within({ from_s: view.from_s + by_s, to_s: view.to_s + by_s }, whole);
}

/** From `from_s` to `to_s` with a second on each side, within the whole. */
export function around(from_s: number, to_s: number, whole: View): View {
  return within({ from_s: from_s - 1, to_s: to_s + 1 }, whole);
}

/** Rows of equal length, at most `most_s`, for paper. */
export function rowsOf(whole: View, most_s: number): View[] {
  const count = Math.max(1, Math.ceil(lengthOf(whole) / most_s - 1e-9));
  const length = lengthOf(whole) / count;
  return Array.from({ length: count }, (_, row) => ({
    from_s: whole.from_s + row * length,
    to_s: whole.from_s + (row + 1) * length,
  }));
}
