import { describe, expect, test } from "vitest";
import { RATCHET_RULES } from "../../../../src/domain/evidence/ratchet.ts";
import { findRatchetFindings } from "../../../../src/workers/proof/ratchet/find-ratchet-findings.ts";
import { syntax } from "../../syntax.ts";
import { changesOf } from "./fixtures/fixture.ts";
import { FIXTURES } from "./fixtures/fixtures.ts";

describe.each(FIXTURES)("$language", (of) => {
  test.each(of.gamed)("$name", async (fixture) => {
    const findings = await findRatchetFindings(changesOf(fixture, of), syntax);
    const told = findings.map(({ rule, line }) => `${line} ${rule}`);
    const expected = (fixture.finds ?? []).map(([rule, line]) => `${line} ${rule}`);
    expect(told.sort()).toEqual(expected.sort());
    // What the rules are known to miss is held to it too, so that nobody has to guess.
    expect(expected.length > 0).toBe(fixture.wrong === undefined);
  });

  test.each(of.ordinary)("nothing to say: $name", async (fixture) => {
    expect(await findRatchetFindings(changesOf(fixture, of), syntax)).toEqual([]);
  });
});

test("a fixture for each rule", () => {
  const found = new Set(
    FIXTURES.flatMap(({ gamed }) => gamed)
      .flatMap(({ finds }) => finds ?? [])
      .map(([rule]) => rule),
  );
  expect([...found].sort()).toEqual([...RATCHET_RULES].sort());
});

test("enough fixtures to tell", () => {
  const count = (kind: "gamed" | "ordinary") =>
    FIXTURES.reduce((sum, of) => sum + of[kind].length, 0);
  expect(count("gamed")).toBeGreaterThanOrEqual(80);
  expect(count("ordinary")).toBeGreaterThanOrEqual(80);
});

test("says what stood there and what stands there now", async () => {
  const before = 'it("prices", () => {\n  expect(price(3)).toBe(12);\n});\n';
  const after = before.replace("toBe(12)", "toBeDefined()");
  expect(await findRatchetFindings([{ path: "test/a.test.ts", before, after }], syntax)).toEqual([
    {
      path: "test/a.test.ts",
      line: 2,
      rule: "assertion-weakened",
      before: "expect(price(3)).toBe(12)",
      after: "expect(price(3)).toBeDefined()",
    },
  ]);
});

const unreadable: readonly (readonly [name: string, path: string, text: string, why: string])[] = [
  ["too large", "test/a.test.ts", `// ${"x".repeat(500_000)}`, "too-large"],
  ["too many nodes", "test/a.test.ts", "f();\n".repeat(25_000), "too-large"],
  ["nested too deep", "test/a.test.ts", `${"(".repeat(3_000)}1${")".repeat(3_000)}`, "too-deep"],
  ["not the language", "tests/test_a.py", "def test_a(:\n  assert (\n", "syntax"],
  ["bytes of no text", "a_test.go", "\u0000\u0001\ufffd{{{", "syntax"],
];

test.each(unreadable)("one finding for what cannot be read: %s", async (_, path, after, why) => {
  const findings = await findRatchetFindings([{ path, after }], syntax);
  expect(findings.map(({ rule }) => rule)).toEqual(["unreadable"]);
  expect(findings[0]?.after).toBe(why);
});

test("a file of settings that cannot be read is said too", async () => {
  const change = { path: "tsconfig.json", before: '{ "compilerOptions": {} }', after: "{ strict" };
  expect(await findRatchetFindings([change], syntax)).toMatchObject([{ rule: "unreadable" }]);
});

test("a file of settings in YAML that cannot be read is said with its line", async () => {
  const before = "coverage:\n  target: 90\n";
  const change = { path: "codecov.yml", before, after: "coverage:\n  target: [90\n" };
  const found = await findRatchetFindings([change], syntax);
  expect(found).toMatchObject([{ rule: "unreadable", line: 3 }]);
});

const LOWERED: readonly (readonly [path: string, before: string, from: string, to: string])[] = [
  [
    "package.json",
    '{\n  "jest": { "coverageThreshold": { "global": { "lines": 90 } } }\n}',
    "90",
    "9",
  ],
  [".nycrc", '{\n  "lines": 90\n}', "90", "50"],
  ["codecov.yml", "coverage:\n  status: { project: { default: { target: 90% } } }\n", "90", "10"],
  [".rubocop.yml", "Style:\n  Enabled: true\n", "true", "false"],
  ["phpstan.neon", "parameters:\n  level: 8\n", "8", "1"],
  ["setup.cfg", "[coverage:report]\nfail_under = 80\n", "80", "10"],
  ["Cargo.toml", '[lints.rust]\nunsafe_code = "forbid"\n', "forbid", "allow"],
  [
    "biome.json",
    '{\n  "linter": { "rules": { "style": { "noVar": "error" } } }\n}',
    '"error"',
    '"off"',
  ],
  [
    "eslint.config.js",
    'export default [\n  { rules: { eqeqeq: "error" } },\n];\n',
    '"error"',
    '"warn"',
  ],
];

test.each(LOWERED)("a bound or a check that is lowered in %s", async (path, before, from, to) => {
  const findings = await findRatchetFindings(
    [{ path, before, after: before.replace(from, to) }],
    syntax,
  );
  expect(findings).toMatchObject([{ path, line: 2, rule: "check-lowered" }]);
  const raised = { path, before: before.replace(from, to), after: before };
  expect(await findRatchetFindings([raised], syntax)).toEqual([]);
});

test("a file that no language and no check knows is none of its business", async () => {
  expect(
    await findRatchetFindings([{ path: "notes.md", before: "a", after: "b" }], syntax),
  ).toEqual([]);
});
