import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../src/domain/change-set.ts";
import { assessRisk, higherRisk } from "../../src/domain/risk.ts";
import { highestRiskMerged, TRUST_LEVELS, trustOfPaths } from "../../src/domain/trust-level.ts";

const scopes = [
  { paths: ["src/**"], level: "scoped-autonomy" as const },
  { paths: ["src/auth/**"], level: "read-only" as const },
];

describe("trustOfPaths", () => {
  test.each([
    [["src/a.ts"], true, "scoped-autonomy"],
    [["src/a.ts", "docs/x.md"], true, "open-pr"],
    [["src/a.ts", "src/auth/login.ts"], true, "read-only"],
    [["SRC/AUTH/x.ts"], true, "read-only"],
    [["src/a.ts"], false, "open-pr"],
    [["src/auth/x.ts"], false, "read-only"],
    [[], true, "open-pr"],
  ])("%j, sealed %s: %s", (paths, sealed, expected) => {
    expect(trustOfPaths(paths, { default: "open-pr", scopes, sealed })).toBe(expected);
  });

  test("what a level merges by itself rises with the level", () => {
    expect(TRUST_LEVELS.map(highestRiskMerged)).toEqual([
      undefined,
      undefined,
      "low",
      "medium",
      "high",
    ]);
  });
});

describe("assessRisk", () => {
  const file = (path: string): ChangedFile => ({
    path,
    mode: "100644",
    encoding: "utf-8",
    content: "",
  });
  const assess = (
    paths: readonly string[],
    changedLines = 10,
    protectedPaths: readonly string[] = [],
  ) =>
    assessRisk({ base: "a".repeat(40), files: paths.map(file) }, { changedLines, protectedPaths });

  test.each([
    [["README.md", "docs/a.md", "test/a.test.ts"], 10, "low"],
    [["src/a.ts"], 10, "medium"],
    [["src/a.ts"], 401, "high"],
    [["src/auth/login.ts"], 10, "high"],
    [["db/migrations/1.sql"], 10, "high"],
    [["package.json"], 1, "high"],
    [[".github/workflows/x.yml"], 1, "high"],
  ])("%j with %i lines is %s", (paths, lines, risk) => {
    expect(assess(paths, lines).risk).toBe(risk);
  });

  test("says what it was computed from", () => {
    expect(assess(["src/auth/a.ts"], 500).reasons).toEqual([
      "source files among 1 changed",
      "touches authentication, payment, migration or secrets",
      "500 changed lines",
    ]);
  });

  test("the config's protected paths raise it", () => {
    expect(assess(["docs/law.md"], 1, ["docs/law.md"]).risk).toBe("high");
  });

  test("an executable bit is never low, whatever the path", () => {
    const script = { ...file("docs/build.md"), mode: "100755" as const };
    const { risk, reasons } = assessRisk(
      { base: "a".repeat(40), files: [script] },
      { changedLines: 1, protectedPaths: [] },
    );
    expect(risk).toBe("medium");
    expect(reasons.join()).toContain("executable bit");
  });

  test("a model may only raise it", () => {
    expect(higherRisk("medium", "low")).toBe("medium");
    expect(higherRisk("medium", "high")).toBe("high");
  });
});
