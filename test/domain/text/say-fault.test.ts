import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readConfig } from "../../../src/domain/config/read-config.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { readLoop } from "../../../src/domain/loop/read-loop.ts";
import { IN_WORDS, sayFault } from "../../../src/domain/text/say-fault.ts";
import { cases } from "../../cases.ts";

/** How the schema's library speaks of a fault where nobody gave it words. */
const ZOD =
  /\b(?:Invalid|Too (?:small|big)|Unrecognized|received|ZodError|undefined|NaN)\b|[<>]=?\d|\|/;

describe("a fault says what is expected and what stood there", () => {
  test.each<readonly [z.ZodType, unknown, string]>([
    [z.string(), 3, "expected text, found 3"],
    [z.string(), undefined, "it is missing: expected text"],
    [z.int(), "many", 'expected a number, found "many"'],
    [z.int(), 1.5, "expected a whole number, found 1.5"],
    [z.boolean(), null, "expected true or false, found nothing"],
    [z.strictObject({}), [1], "expected keys with values, found a list"],
    [z.array(z.string()), { a: 1 }, "expected a list, found keys with values"],
    [z.int().min(1), 0, "expected at least 1, found 0"],
    [z.number().positive(), 0, "expected more than 0, found 0"],
    [z.int().max(9), 10, "expected at most 9, found 10"],
    [z.string().min(1), "", "expected text that is not empty"],
    [z.string().max(2), "abc", "expected at most 2 characters, found 3"],
    [z.array(z.string()).min(1), [], "expected at least 1 entry, found 0"],
    [z.enum(["tap", "junit"]), "tep", 'expected one of tap, junit, found "tep"'],
    [z.literal(1), 2, "expected 1, found 2"],
    [z.string().regex(/^a$/), "b", 'expected text of the form /^a$/, found "b"'],
    [z.url(), "b", 'expected an address like https://example.org, found "b"'],
    [z.string().regex(/^a$/, "say a"), "b", "say a"],
    [z.string(), ["x".repeat(80)], "expected text, found a list"],
    [z.int(), "x".repeat(80), `expected a number, found "${"x".repeat(59)}…`],
  ])("%#: %o", (schema, value, says) => {
    const [issue] = schema.safeParse(value, IN_WORDS).error?.issues ?? [];
    expect(issue?.message).toBe(says);
  });
});

describe("one fault in a line", () => {
  const schema = z.object({
    checks: z.object({ test: z.string() }),
    days: z.array(z.int().min(1)),
  });
  const whole = { checks: { test: "npm test" }, days: [1] };
  const faultOf = (value: unknown) => schema.safeParse(value).error?.issues[0];

  test.each<readonly [string, unknown, string]>([
    ["a key below another", { ...whole, checks: { test: 3 } }, "checks.test: expected text"],
    ["an entry of a list", { ...whole, days: ["x"] }, "days.0: expected a number"],
    ["the whole", [], "the file: expected keys with values"],
    [
      "another fault than its kind",
      { ...whole, days: [0] },
      "days.0: Too small: expected number to be >=1",
    ],
  ])("names where it stands: %s", (_, value, says) => {
    expect(sayFault(faultOf(value), "the file")).toBe(says);
  });

  test("keeps what a schema says itself of a value of another kind", () => {
    const own = z.object({ days: z.int("say how many days") }).safeParse({ days: "x" });
    expect(sayFault(own.error?.issues[0])).toBe("days: say how many days");
  });

  test("says that it is the whole where no fault is named, or no place", () => {
    expect(sayFault(undefined)).toBe("the whole");
    expect(sayFault(undefined, "the file")).toBe("the file");
    expect(sayFault(faultOf(1))).toBe("the whole: expected keys with values");
  });
});

test("whatever stands in a config or a loop, nobody reads the words of the schema's library", () => {
  const keys = Object.keys(Config.shape);
  const value = fc.jsonValue({ maxDepth: 4 });
  const loopKeys = ["gather", "on", "until", "guards", "effects", "roles", "budget"];
  fc.assert(
    fc.property(fc.constantFrom(...keys, ...loopKeys), value, (key, given) => {
      for (const read of [readConfig({ [key]: given }), readLoop({ [key]: given })]) {
        for (const { message } of "faults" in read ? read.faults : []) {
          const own = message.replaceAll(
            /"[^"]*"…?|found "(?:[^"\\]|\\.)*…?"?|unknown key .*/g,
            "",
          );
          expect(own).not.toMatch(ZOD);
        }
      }
    }),
    cases(500),
  );
});
