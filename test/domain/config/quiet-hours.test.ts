import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hoursAnsweredFor, isQuiet, QuietHours } from "../../../src/domain/config/quiet-hours.ts";
import { readConfig } from "../../../src/domain/config/read-config.ts";

const NIGHT = QuietHours.parse({ from: "18:00", to: "08:00" });
const BERLIN = QuietHours.parse({ from: "12:30", to: "14:00", timeZone: "Europe/Berlin" });
const FREE = QuietHours.parse({ from: "22:00", to: "07:00", weekends: true });
const BUSY = QuietHours.parse({ from: "08:00", to: "07:00", weekends: true });

describe("quiet hours", () => {
  test.each([
    [undefined, "2026-11-20T03:00:00Z", false],
    [NIGHT, "2026-11-20T17:59:59Z", false],
    [NIGHT, "2026-11-20T18:00:00Z", true],
    [NIGHT, "2026-11-20T23:59:00Z", true],
    [NIGHT, "2026-11-20T00:00:00Z", true],
    [NIGHT, "2026-11-20T07:59:00Z", true],
    [NIGHT, "2026-11-20T08:00:00Z", false],
    // Berlin is one hour ahead in winter, two in summer.
    [BERLIN, "2026-11-20T11:30:00Z", true],
    [BERLIN, "2026-11-20T13:00:00Z", false],
    [BERLIN, "2026-07-20T10:29:00Z", false],
    [BERLIN, "2026-07-20T10:30:00Z", true],
    // A Saturday, the Sunday, and the Monday after.
    [FREE, "2026-11-21T12:00:00Z", true],
    [FREE, "2026-11-22T12:00:00Z", true],
    [FREE, "2026-11-23T12:00:00Z", false],
  ])("%j at %s: %s", (hours, at, expected) => {
    expect(isQuiet(hours, at)).toBe(expected);
  });

  test.each([
    [undefined, "2026-11-20T03:00:00Z", 1],
    [NIGHT, "2026-11-20T03:00:00Z", 0],
    // The first beats after the night answer for its fourteen hours and their own.
    [NIGHT, "2026-11-20T08:10:00Z", 15],
    [NIGHT, "2026-11-20T10:10:00Z", 17],
    [NIGHT, "2026-11-20T11:10:00Z", 1],
    [FREE, "2026-11-23T07:10:00Z", 58],
    // Hours that are hardly ever over are looked back on for four days: on a Thursday as far as the Sunday.
    [BUSY, "2026-11-26T07:10:00Z", 97],
  ])("%j: a beat at %s answers for %i hours", (hours, at, expected) => {
    expect(hoursAnsweredFor(hours, at, 3)).toBe(expected);
  });

  const zone = fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York");
  /** At least four hours of a day are not quiet. */
  const some = fc
    .record({
      start: fc.integer({ min: 0, max: 23 }),
      length: fc.integer({ min: 1, max: 20 }),
      timeZone: zone,
      weekends: fc.boolean(),
    })
    .map(({ start, length, ...rest }) => {
      const clock = (hour: number) => `${hour % 24}`.padStart(2, "0").concat(":30");
      return QuietHours.parse({ from: clock(start), to: clock(start + length), ...rest });
    });
  const timeOf = (hour: number) =>
    `${new Date(Date.UTC(2026, 10, 16, hour, 17)).toISOString().slice(0, 19)}Z`;
  const TWO_WEEKS = Array.from({ length: 14 * 24 }, (_, hour) => hour);

  test("each is answered for by a later beat that is not quiet, though two of three beats are missed", () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 3 }), (hours, every) => {
        const beats = TWO_WEEKS.filter((hour) => hour % every === 0);
        const answered = new Set(
          beats.flatMap((hour) =>
            Array.from(
              { length: hoursAnsweredFor(hours, timeOf(hour), 3) },
              (_, back) => hour - back,
            ),
          ),
        );
        const quiet = TWO_WEEKS.slice(0, 7 * 24).filter((hour) => isQuiet(hours, timeOf(hour)));
        expect(quiet.filter((hour) => !answered.has(hour))).toEqual([]);
      }),
    );
  });
});

test.each([
  [{ from: "8:00", to: "18:00" }, /expected a time of the day/],
  [{ from: "08:00", to: "24:00" }, /expected a time of the day/],
  [{ from: "08:00", to: "08:00" }, /two different times/],
  [{ from: "08:00", to: "09:00", timeZone: "Berlin" }, /expected a time zone/],
  [{ from: "08:00", to: "09:00", weekend: true }, /did you mean "weekends"/],
])("a config with the quiet hours %j is refused", (quietHours, why) => {
  const read = readConfig({ version: 1, quietHours });
  expect("faults" in read ? read.faults[0]?.message : "").toMatch(why);
});
