// Dates in words, from ISO 8601 local times. The server's local time counts, not the browser's.

const DAYS = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
] as const;
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

export interface LocalTime {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** The parts of an ISO 8601 date or time; undefined if it isn't one. */
export function localTimeOf(iso: string): LocalTime | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?/.exec(iso);
  if (!parts) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = parts
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return { year, month, day, hour, minute };
}

/** Midnight of that day in UTC, in milliseconds, so that days are always 24 hours apart. */
export function utcMidnight_ms(iso: string): number {
  const local = localTimeOf(iso);
  return local ? Date.UTC(local.year, local.month - 1, local.day) : NaN;
}

/** The local time in seconds since 1970, read as UTC. */
export function localSeconds(iso: string): number {
  const local = localTimeOf(iso);
  return local ? (utcMidnight_ms(iso) + (local.hour * 60 + local.minute) * 60_000) / 1000 : NaN;
}

export const daysBetween = (from: string, to: string) =>
  Math.round((utcMidnight_ms(to) - utcMidnight_ms(from)) / DAY_MS);

export function addDays(iso: string, days: number): string {
  return new Date(utcMidnight_ms(iso) + days * DAY_MS).toISOString().slice(0, 10);
}

export function weekdayOf(iso: string): string {
  return DAYS[new Date(utcMidnight_ms(iso)).getUTCDay()] ?? "";
}

/** "23 November", with the year if it differs from that of `now`. */
export function formatDate(iso: string, now = iso): string {
  const local = localTimeOf(iso);
  if (!local) return iso;
  const year = local.year === localTimeOf(now)?.year ? "" : ` ${local.year}`;
  return `${local.day} ${MONTHS[local.month - 1] ?? ""}${year}`;
}

/** "23 Nov" */
export const formatShortDate = (iso: string, now = iso) =>
  formatDate(iso, now).replace(/([A-Z][a-z]{2})[a-z]*/, "$1");

export function formatTime(iso: string): string {
  const local = localTimeOf(iso);
  return local ? `${local.hour}:${String(local.minute).padStart(2, "0")}` : "";
}

/** "today at 18:30", "tomorrow at 9:00", "Thursday at 9:00"; from a week away on with the date. */
export function formatDayAndTime(iso: string, now: string): string {
  const days = daysBetween(now, iso);
  const time = formatTime(iso);
  if (days === 0) return `today at ${time}`;
  if (days === 1) return `tomorrow at ${time}`;
  if (days === -1) return `yesterday at ${time}`;
  const day = days > 1 && days < 7 ? weekdayOf(iso) : `${weekdayOf(iso)}, ${formatDate(iso, now)},`;
  return `${day} at ${time}`;
}
