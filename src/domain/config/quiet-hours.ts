import { z } from "zod";
import { earlierBy } from "../text/time.ts";

const Clock = z
  .string()
  .regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'expected a time of the day, like "18:30"');

/** Hours in which nobody is called. They pass midnight if `from` is later than `to`. */
export const QuietHours = z
  .strictObject({
    from: Clock,
    to: Clock,
    /** The time zone by its name in the time zone database. */
    timeZone: z
      .string()
      .max(60)
      .refine(isTimeZone, 'expected a time zone, like "Europe/Berlin"')
      .default("UTC"),
    /** Saturdays and Sundays are quiet from midnight to midnight, too. */
    weekends: z.boolean().default(false),
  })
  .refine(({ from, to }) => from !== to, "expected two different times");

export type QuietHours = z.infer<typeof QuietHours>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const HOUR_MS = 3_600_000;
/** Longer than a weekend between two nights, in hours. */
const LONGEST_HOURS = 96;

type Hours = QuietHours | undefined;

/** Whether nobody may be called at this time (ISO 8601). Uses local clock time, also around a clock change. */
export function isQuiet(hours: Hours, at: string): boolean {
  if (hours === undefined) return false;
  const { minutes, day } = clockOf(hours.timeZone, at);
  if (hours.weekends && (day === "Sat" || day === "Sun")) return true;
  const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)];
  // Stryker disable next-line EqualityOperator: two equal times are refused above
  return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}

/**
 * How many whole hours one beat of an hourly schedule covers: its own; none in quiet hours; and after quiet hours those
 * as well, for as many beats as may be missed.
 */
export function hoursAnsweredFor(hours: Hours, now: string, missed: number): number {
  if (isQuiet(hours, now)) return 0;
  const quietFrom = (first: number) =>
    Array.from({ length: missed }, (_, index) => first + index).find((back) =>
      isQuiet(hours, earlierBy(back * HOUR_MS, now)),
    );
  // A short pause of an hour or two between quiet hours may have had no beat, so the first quiet hours were not covered yet.
  let last = 0;
  for (let back = quietFrom(1); back !== undefined && last < LONGEST_HOURS; ) {
    last = back;
    back = quietFrom(back + 1);
  }
  return last + 1;
}

/** Formatters are slow to create, and a beat checks many times in one zone. */
const FORMATTERS = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string, at: string): { readonly minutes: number; readonly day: string } {
  const format =
    FORMATTERS.get(timeZone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  // Stryker disable next-line CallExpression: it saves time alone
  FORMATTERS.set(timeZone, format);
  // biome-ignore lint/style/noRestrictedGlobals: a given time is told otherwise, no clock is read
  const parts = format.formatToParts(new Date(at));
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((one) => one.type === type)?.value ?? "";
  return { minutes: 60 * Number(part("hour")) + Number(part("minute")), day: part("weekday") };
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return 60 * hours + minutes;
}
