// Practices as series for the charts and as weeks for the calendar.
import type { MeasuredValue, ShortPractice, Week } from "../protocol/records";
import { addDays, localSeconds } from "../format/dates";

export interface Line {
  label: string;
  colour: "left" | "right";
  dash?: number[];
  values: (number | null)[];
  /** Standard deviations, drawn as a band. */
  sds?: (number | null)[];
}

export function measured(
  label: string,
  practices: readonly ShortPractice[],
  of: (practice: ShortPractice) => MeasuredValue,
): Line {
  const all = practices.map(of);
  return {
    label,
    colour: "left",
    values: all.map((each) => each?.value ?? null),
    sds: all.map((each) => each?.sd ?? null),
  };
}

/** With more practices than this, a chart shows moving averages to stay readable. */
const MANY = 120;
export const MEAN_OF = 9;

/** Moving average that skips gaps; a gap stays a gap. */
export function movingAverage(values: readonly (number | null)[], of = MEAN_OF): (number | null)[] {
  const half = Math.floor(of / 2);
  return values.map((value, at) => {
    if (value === null) return null;
    const near = values
      .slice(Math.max(0, at - half), at + half + 1)
      .filter((each) => each !== null);
    return near.reduce((sum, each) => sum + each, 0) / near.length;
  });
}

export const isMany = (practices: readonly ShortPractice[]) => practices.length > MANY;

export const timesOf = (practices: readonly ShortPractice[]) =>
  practices.map((practice) => localSeconds(practice.start));

/** Fewer points than this show no course. */
export const FEWEST_POINTS = 3;

/** Whether a line has enough points for a chart. */
export const hasCourse = (line: Pick<Line, "values">) =>
  line.values.filter((value) => value !== null).length >= FEWEST_POINTS;

export interface Day {
  /** YYYY-MM-DD */
  date: string;
  practices: readonly ShortPractice[];
}

export interface CalendarWeek extends Week {
  days: readonly Day[];
}

/** The weeks with their days, newest first. */
export function calendarOf(
  weeks: readonly Week[],
  practices: readonly ShortPractice[],
): CalendarWeek[] {
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
        const date = addDays(week.monday, at);
        return { date, practices: byDay.get(date) ?? [] };
      }),
    }))
    .reverse();
}
