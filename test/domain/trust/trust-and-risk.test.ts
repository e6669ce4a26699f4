import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import { assessRisk, mayMigrate } from "../../../src/domain/trust/assess-risk.ts";
import { higherRisk } from "../../../src/domain/trust/risk.ts";
import {
  highestRiskMerged,
  TRUST_LEVELS,
  trustOfPaths,
} from "../../../src/domain/trust/trust-level.ts";

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

  test.each([
    [["src/a.ts"], "read-only", "read-only"],
    [["docs/a.md"], "read-only", "read-only"],
    [[], "full-factory", "open-pr"],
    [[], "read-only", "read-only"],
  ] as const)("%j without a seal under the default %s: %s", (paths, level, expected) => {
    const trust = { default: level, scopes: [], sealed: false };
    expect(trustOfPaths(paths, trust)).toBe(expected);
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
    tests?: readonly string[],
  ) =>
    assessRisk(
      { base: "a".repeat(40), files: paths.map(file) },
      { changedLines, protectedPaths, tests },
    );

  test.each([
    [["test/a.test.ts"], ["test/a.test.ts > adds"], "low"],
    [["test/a.test.ts", "README.md", "docs/a.png"], ["test/a.test.ts > adds"], "low"],
    // What no runner collects is some program with the name of a test.
    [["test/a.test.ts"], ["test/b.test.ts > adds"], "medium"],
    [["test/a.test.ts"], [], "medium"],
    [["README.md"], [], "low"],
  ])("%j, of which the runner reported %j: %s", (paths, tests, risk) => {
    expect(assess(paths, 1, [], tests).risk).toBe(risk);
  });

  test.each([
    [["README.md", "docs/a.md", "test/a.test.ts"], 10, "low"],
    [["src/a.ts"], 10, "medium"],
    [["README.md", "src/a.ts"], 10, "medium"],
    [["src/a.ts"], 400, "medium"],
    [["src/a.ts"], 401, "high"],
    [["src/a.ts", "src/auth/login.ts"], 10, "high"],
    [["src/a.ts", "package.json"], 1, "high"],
    [["src/auth/login.ts"], 10, "high"],
    [["db/migrations/1.sql"], 10, "high"],
    [["package.json"], 1, "high"],
    [[".github/workflows/x.yml"], 1, "high"],
  ])("%j with %i lines is %s", (paths, lines, risk) => {
    expect(assess(paths, lines).risk).toBe(risk);
  });

  test("says what it was computed from", () => {
    expect(assess(["src/auth/a.ts"], 500).reasons).toEqual([
      "1 of 1 files are neither documentation, a picture nor a reported test",
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
    expect(reasons.join()).toContain("run by a shell: 1 of");
  });

  test.each([
    [
      "documents",
      ["docs/a.md", "README.md"],
      [],
      ["documentation, pictures and reported tests only"],
    ],
    [
      "programs",
      [],
      ["docs/a.sh", "docs/b.sh"],
      [
        "2 of 2 files are neither documentation, a picture nor a reported test",
        "run by a shell: 2 of 2 files",
        "touches a protected path",
      ],
    ],
    [
      "a protected path",
      ["package.json"],
      [],
      [
        "1 of 1 files are neither documentation, a picture nor a reported test",
        "touches a protected path",
      ],
    ],
  ])("%s: the reasons", (_, plain, programs, reasons) => {
    const files = [
      ...plain.map(file),
      ...programs.map((path) => ({ ...file(path), mode: "100755" as const })),
    ];
    const measures = { changedLines: 1, protectedPaths: [] };
    expect(assessRisk({ base: "a".repeat(40), files }, measures).reasons).toEqual(reasons);
  });

  describe("a file that is deleted", () => {
    const names = (count: number) => Array.from({ length: count }, (_, n) => `src/file-${n}.ts`);
    const reasonsOf = (files: ChangedFile[]) =>
      assessRisk({ base: "a".repeat(40), files }, { changedLines: 1, protectedPaths: [] });

    test.each([
      ["among 20 files", 19, 1, "medium"],
      ["among 21 files", 20, 1, "high"],
      ["of 21 deleted", 0, 21, "high"],
      ["none, of 21 files", 21, 0, "medium"],
    ])("%s", (_, kept, deleted, risk) => {
      const files = names(kept + deleted).map((path, index) =>
        index < kept ? file(path) : { path, deleted: true as const },
      );
      const assessed = reasonsOf(files);
      expect(assessed.risk).toBe(risk);
      expect(assessed.reasons.slice(1)).toEqual(
        risk === "high" ? ["deletes files in a large change"] : [],
      );
    });
  });

  test.each([
    ["src/auth/a.ts", true],
    ["auth.ts", true],
    ["src/secret-store.ts", true],
    ["src/secrets", true],
    ["src/migration_1.sql", true],
    ["src/migrations/1.sql", true],
    ["lib/payment/a.ts", true],
    ["lib/billing/a.ts", true],
    ["lib/crypto/a.ts", true],
    ["lib/security/a.ts", true],
    ["src/author.ts", false],
    ["src/oauth.ts", true],
    ["src/authentication.ts", true],
    ["src/payments.js", true],
    ["db/migrate/1_a.rb", true],
    ["src/userPasswords.ts", true],
    ["src/OAuth2Client.ts", true],
    ["src/authoring.ts", false],
    ["src/authors.ts", false],
    ["src/lexer/token.ts", false],
    ["src/secretary.ts", false],
  ])("%s is sensitive: %j", (path, sensitive) => {
    expect(assess([path], 1).risk).toBe(sensitive ? "high" : "medium");
  });

  test.each([
    ["a.md", "low"],
    ["docs/a.txt", "medium"],
    ["a.rst", "low"],
    ["doc/a.ts", "medium"],
    ["docs/a.ts", "medium"],
    ["test/a.ts", "medium"],
    ["src/tests/a.ts", "medium"],
    ["src/__tests__/a.ts", "medium"],
    ["spec/a.ts", "medium"],
    ["src/docs/server.js", "medium"],
    ["src/a.spec.ts", "low"],
    ["src/a.test.tsx", "low"],
    ["a.md.ts", "medium"],
    ["src/amd", "medium"],
    ["mydocs/a.ts", "medium"],
    ["src/a.test.ts.ts", "medium"],
    ["src/a.test.", "medium"],
    ["src/atest.ts", "medium"],
    ["src/docs", "medium"],
    ["docs", "high"],
    ["a.txt", "high"],
  ])("%s alone is %s", (path, risk) => {
    expect(assess([path], 1).risk).toBe(risk);
  });

  test("a model may only raise it", () => {
    expect(higherRisk("medium", "low")).toBe("medium");
    expect(higherRisk("medium", "high")).toBe("high");
  });
});

test.each([
  ["db/migrate/001_users.rb", true],
  ["prisma/migrations/1/migration.sql", true],
  ["src/queries/users.SQL", true],
  ["src/userMigration.ts", true],
  ["alembic/env.py", true],
  ["src/immigrants.ts", false],
  ["docs/sql.md", false],
])("%s may change stored data: %s", (path, may) => {
  expect(mayMigrate(path)).toBe(may);
});
