import { describe, expect, test } from "vitest";
import { CHECKS } from "../../../src/domain/platform/checks.ts";
import {
  Conformance,
  compare,
  parseFindings,
  writeFindings,
} from "../../../src/domain/platform/conformance.ts";

const RUN = { repository: "OWNER/app", run: 7, attempt: 1, at: "2026-11-29T12:00:00Z" };

describe("findings", () => {
  test("are written and read line by line", () => {
    const findings = { "6.5": "2", "6.1": "422 Reference already exists" } as const;
    expect(parseFindings(`\n  ${writeFindings(findings)}\n`)).toEqual(findings);
  });

  test("hold no line break of what was found", () => {
    expect(writeFindings({ "6.1": "422\n6.5=0" })).toBe("6.1=422 6.5=0");
  });

  test("keep what was found first, and no more than a line of it", () => {
    expect(parseFindings("6.5=1\n6.5=2")).toEqual({ "6.5": "1" });
    expect(parseFindings(`6.5=${"x".repeat(300)}`)["6.5"]).toHaveLength(200);
  });

  test.each(["6.5", "6.5: 2", "99.1=x", "toString=x", "1.1=x"])(
    "%j is refused with what was expected",
    (line) => {
      expect(() => parseFindings(line)).toThrow(/expected NUMBER=FOUND/);
    },
  );
});

describe("what was found stands to what is believed", () => {
  const standing = (number: keyof typeof CHECKS, found: string) =>
    compare({ [number]: found }, RUN).facts[number]?.standing;

  test.each([
    ["2.5", "skipped", "agrees"],
    ["2.5", "ran", "differs"],
    ["1.2", "waiting", "agrees"],
    ["6.5", "5", "agrees"],
    ["6.5", "6", "differs"],
    ["6.5", "two", "differs"],
    ["6.5", "", "not met"],
    ["3.2", "every 2", "agrees"],
    ["3.2", "not met", "not met"],
  ] as const)("%s found %j: %s", (number, found, expected) => {
    expect(standing(number, found)).toBe(expected);
  });

  test("each checked fact has its standing, and the file reads back", () => {
    const conformance = compare({ "2.5": "skipped" }, RUN);
    expect(Object.keys(conformance.facts)).toEqual(Object.keys(CHECKS));
    const standings = Object.values(conformance.facts).map((fact) => fact.standing);
    expect(standings.filter((one) => one !== "not met")).toEqual(["agrees"]);
    expect(Conformance.parse(JSON.parse(JSON.stringify(conformance)))).toEqual(conformance);
  });
});
