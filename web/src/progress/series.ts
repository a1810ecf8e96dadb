// Practices as the charts and the calendar draw them.
import type { MeasuredValue, ShortPractice, Week } from "../protocol/records";
import { dayAfter, wall_s } from "../format/dates";

export interface Line {
  label: string;
  colour: "left" | "right";
  dash?: number[];
  values: (number | null)[];
  /** Its standard deviations, drawn as a band. */
  sds?: (number | null)[];
}

/** Of all repetitions that were seen; nothing where nobody watched. */
export function cleanShare(practice: ShortPractice): number | null {
  const counted = practice.counted_left + practice.counted_right + practice.unsure;
  return practice.origin === "sound" || counted === 0 ? null : Math.min(1, practice.clean / counted);
}

export function measured(
  label: string,
  practices: readonly ShortPractice[],
  of: (practice: ShortPractice) => MeasuredValue,
  times = 1,
): Line {
  const all = practices.map(of);
  return {
    label,
    colour: "left",
    values: all.map((each) => each && each.value * times),
    sds: all.map((each) => each && each.sd * times),
  };
}

/** From so many practices on a chart shows means, or nothing could be read from it. */
const MANY = 120;
export const MEAN_OF = 9;

/** Each value's mean with its neighbours, gaps left out; a gap stays one. */
export function calmed(values: readonly (number | null)[], of = MEAN_OF): (number | null)[] {
  const half = Math.floor(of / 2);
  return values.map((value, at) => {
    if (value === null) return null;
    const near = values.slice(Math.max(0, at - half), at + half + 1).filter((each) => each !== null);
    return near.reduce((sum, each) => sum + each, 0) / near.length;
  });
}

export const isMany = (practices: readonly ShortPractice[]) => practices.length > MANY;

export const timesOf = (practices: readonly ShortPractice[]) => practices.map((practice) => wall_s(practice.start));
export const isEmpty = (lines: readonly Line[]) => lines.every((line) => line.values.every((value) => value === null));

export interface Day {
  /** YYYY-MM-DD */
  date: string;
  practices: readonly ShortPractice[];
}

export interface CalendarWeek extends Week {
  days: readonly Day[];
}

/** The weeks with their days, the newest first. */
export function calendarOf(weeks: readonly Week[], practices: readonly ShortPractice[]): CalendarWeek[] {
  const byDay = new Map<string, ShortPractice[]>();
  for (const practice of practices) {
    const date = practice.start.slice(0, 10);
    const others = byDay.get(date);
    if (others) others.push(practice);
    else byDay.set(date, [practice]);
  }
  return weeks
    .map((week) => ({
      ...week,
      days: Array.from({ length: 7 }, (_, at) => {
        const date = dayAfter(week.monday, at);
        return { date, practices: byDay.get(date) ?? [] };
      }),
    }))
    .reverse();
}
