import { describe, expect, test } from "vitest";
import { fallenTrustOf, touchedLately } from "../../../src/domain/trust/fallen-trust.ts";
import type { TrustLevel } from "../../../src/domain/trust/trust-level.ts";

const TRUST = {
  default: "scoped-autonomy" as TrustLevel,
  scopes: [
    { paths: ["docs/**"], level: "full-factory" as TrustLevel },
    { paths: ["docs/api/**"], level: "auto-merge-low-risk" as TrustLevel },
    { paths: ["legacy/**"], level: "read-only" as TrustLevel },
    { paths: ["careful/**"], level: "open-pr" as TrustLevel },
  ],
};

function reverted(...paths: string[]) {
  return { pullRequest: paths.length, mergedAt: "2026-11-20T09:00:00Z", paths };
}

describe("the trust that is left", () => {
  test.each([
    ["docs/a.md", [], "full-factory"],
    ["docs/a.md", [reverted("docs/b.md")], "scoped-autonomy"],
    ["docs/a.md", [reverted("docs/b.md"), reverted("docs/a.md")], "auto-merge-low-risk"],
    ["docs/a.md", [reverted("docs/b.md", "docs/a.md")], "scoped-autonomy"],
    // Nothing falls below what a person merges.
    ["docs/a.md", Array.from({ length: 9 }, () => reverted("docs/b.md")), "open-pr"],
    // The last scope that names a path is its scope, there and here.
    ["docs/a.md", [reverted("docs/api/b.md")], "full-factory"],
    ["docs/api/a.md", [reverted("docs/b.md")], "auto-merge-low-risk"],
    ["docs/api/a.md", [reverted("docs/api/b.md")], "open-pr"],
    // What no scope names is one scope.
    ["src/a.ts", [reverted("other/b.ts")], "auto-merge-low-risk"],
    ["src/a.ts", [reverted("docs/b.md")], "scoped-autonomy"],
    ["legacy/a.ts", [reverted("legacy/b.ts")], "read-only"],
    ["careful/a.ts", [reverted("careful/b.ts")], "open-pr"],
  ] as const)("in %s after %j is %s", (path, lately, level) => {
    expect(fallenTrustOf(path, TRUST, lately)).toBe(level);
  });

  test("names the merges of the scopes that a change touches", () => {
    const lately = [reverted("docs/a.md"), reverted("src/a.ts", "src/b.ts")];
    expect(touchedLately(["docs/c.md"], TRUST, lately)).toEqual([lately[0]]);
    expect(touchedLately(["docs/c.md", "x.ts"], TRUST, lately)).toEqual(lately);
    expect(touchedLately([], TRUST, lately)).toEqual([]);
  });
});
