// Dates in plain words, by the clock on the wall that the server tells of (ISO 8601), whatever this browser's is.

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;
const DAY_MS = 86_400_000;

export interface Wall {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** What the clock on the wall shows; nothing for what is no date. */
export function wallOf(iso: string): Wall | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?/.exec(iso);
  if (!parts) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return { year, month, day, hour, minute };
}

/** Midnight of that day as if there were no time zones: such days are 24 hours apart. */
export function dayOf(iso: string): number {
  const wall = wallOf(iso);
  return wall ? Date.UTC(wall.year, wall.month - 1, wall.day) : NaN;
}

/** As seconds since 1970, as if there were no time zones. */
export function wall_s(iso: string): number {
  const wall = wallOf(iso);
  return wall ? (dayOf(iso) + (wall.hour * 60 + wall.minute) * 60_000) / 1000 : NaN;
}

export const daysBetween = (from: string, to: string) => Math.round((dayOf(to) - dayOf(from)) / DAY_MS);

export function dayAfter(iso: string, days: number): string {
  return new Date(dayOf(iso) + days * DAY_MS).toISOString().slice(0, 10);
}

export function weekday(iso: string): string {
  return DAYS[new Date(dayOf(iso)).getUTCDay()] ?? "";
}

/** "23 November", with the year where it is not that of `now`. */
export function dayWords(iso: string, now = iso): string {
  const wall = wallOf(iso);
  if (!wall) return iso;
  const year = wall.year === wallOf(now)?.year ? "" : ` ${wall.year}`;
  return `${wall.day} ${MONTHS[wall.month - 1] ?? ""}${year}`;
}

/** The month in three letters. */
export const shortDay = (iso: string, now = iso) => dayWords(iso, now).replace(/([A-Z][a-z]{2})[a-z]*/, "$1");

export function timeWords(iso: string): string {
  const wall = wallOf(iso);
  return wall ? `${wall.hour}:${String(wall.minute).padStart(2, "0")}` : "";
}

/** "today 18:30", "tomorrow 9:00", "Thursday 9:00", and with its date where it is further away. */
export function soonWords(iso: string, now: string): string {
  const days = daysBetween(now, iso);
  const time = timeWords(iso);
  if (days === 0) return `today ${time}`;
  if (days === 1) return `tomorrow ${time}`;
  if (days === -1) return `yesterday ${time}`;
  const day = days > 1 && days < 7 ? weekday(iso) : `${weekday(iso)}, ${dayWords(iso, now)},`;
  return `${day} ${time}`;
}
