import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import { Contract } from "../../../src/domain/contract.ts";
import { checkNamesOf, lintContract } from "../../../src/workers/intake-normalize/lint.ts";
import {
  normalizeContract,
  settleContext,
} from "../../../src/workers/intake-normalize/normalize.ts";
import { ANY_CHARACTER } from "../../any-character.ts";
import { contractOf } from "../orders.ts";

const CONFIG = Config.parse({
  checks: { setup: "npm ci", lint: "npm run lint", test: { run: "npm test", report: "r.xml" } },
});
type Kind = Contract["acceptance"][number]["kind"];

describe("what a criterion repeats", () => {
  test("names the criterion that repeats another", () => {
    const acceptance = [
      { id: "AC1", statement: "An empty name is refused with 422", kind: "changes" as const },
      { id: "AC2", statement: "an empty  name is refused with 422.", kind: "changes" as const },
    ];
    const faults = lintContract(contractOf({ acceptance }), CONFIG);
    expect(faults).toEqual([
      expect.objectContaining({ where: "AC2", reason: "says the same as AC1" }),
    ]);
  });

  test("is no fault where only blanks tell two words from one", () => {
    const acceptance = [
      { id: "AC1", statement: "The key on top opens 1", kind: "changes" as const },
      { id: "AC2", statement: "The key ontop opens 1", kind: "changes" as const },
    ];
    expect(lintContract(contractOf({ acceptance }), CONFIG)).toEqual([]);
  });
});

describe("a contract can only narrow the config", () => {
  const PATHS = "boundaries.paths";
  test.each<readonly [string, Partial<Contract>, string, string]>([
    ["an unknown check", { checks: ["test", "e2e"] }, 'the config has no check "e2e"', "checks"],
    ["setup as a check", { checks: ["setup"] }, 'the config has no check "setup"', "checks"],
    [
      "no path",
      { boundaries: { ...contractOf().boundaries, paths: [] } },
      "nothing can be done",
      PATHS,
    ],
    ["the folder above", boundary("paths", "../"), "a relative segment", PATHS],
    ["an absolute path", boundary("paths", "/etc/passwd"), "an absolute path", PATHS],
    ["a path above", boundary("paths", "../other/**"), "a relative segment", PATHS],
    ["git's own files", boundary("paths", ".GIT/hooks/*"), "enters .git", PATHS],
    ["a short name of git's own files", boundary("paths", "a/git~1/x"), "NTFS short name", PATHS],
    ["a negation", boundary("paths", "!src/**"), "negates", PATHS],
    ["an extended glob", boundary("paths", "src/+(a|aa)+(a|aa)"), "extended glob", PATHS],
    [
      "a heap of wildcards",
      boundary("paths", "*a*a*a*a*a*a*a*a*a*b"),
      "more than 8 wildcards",
      PATHS,
    ],
    [
      "a network",
      boundary("network", "example.com"),
      'asks for "example.com", which the config does not grant',
      "boundaries.network",
    ],
    [
      "two secrets",
      { boundaries: { ...contractOf().boundaries, secrets: ["API_KEY", "TOKEN"] } },
      'asks for "API_KEY", "TOKEN", which',
      "boundaries.secrets",
    ],
    [
      "a server of tools",
      { tools: { ...contractOf().tools, mcp: ["search"] } },
      'asks for "search", which',
      "tools.mcp",
    ],
  ])("refuses %s", (_name, changes, reason, where) => {
    const faults = lintContract(contractOf(changes), CONFIG);
    expect(faults).toEqual([expect.objectContaining({ where })]);
    expect(faults[0]?.reason).toContain(reason);
  });

  test.each([
    "src/**",
    "test/zones.test.ts",
    "src/{a,b}/*.ts",
    "app/(group)/[id]/page.tsx",
    // Odd names that a base may have: the file can be repaired, a new one of that name is refused with the change.
    "src/aux.js",
    "docs/10:30.md",
    "docs/",
    "**/*.ts",
    "docs/wow!.md",
    "*a*a*a*a*a*a*a*a",
    "a/**/b/**/c/**/d/**/e/**",
  ])("accepts the path %j", (path) => {
    expect(lintContract(contractOf(boundary("paths", path)), CONFIG)).toEqual([]);
  });

  test("asks for a proof that the config can give", () => {
    const faults = lintContract(contractOf({ checks: [] }), Config.parse({}));
    expect(faults[0]?.reason).toContain('no test could show it as "changes"');
    expect(faults[0]?.accepted).toContain("configured: none");
    expect(lintContract(contractOf({ checks: [] }), CONFIG)).toEqual([]);
  });

  const REPORT = { test: { run: "npm test", report: "r.xml" } };
  test.each<readonly [Kind, Readonly<Record<string, unknown>>, string | undefined]>([
    ["judgement", {}, undefined],
    ["judgement", { test: "npm test" }, undefined],
    ["changes", {}, 'no test could show it as "changes"'],
    ["changes", { lint: "npm run lint" }, 'no test could show it as "changes"'],
    ["keeps", {}, 'no test could show it as "keeps"'],
    ["gone", {}, 'no test could show it as "gone"'],
    // Only a report names tests, and only what is named is looked at.
    ["changes", { test: "npm test" }, "no test could be named"],
    ["keeps", { test: "npm test" }, "no test could be named"],
    ["gone", { test: "npm test" }, "no test could be named"],
    ["changes", REPORT, undefined],
    ["keeps", REPORT, undefined],
    ["gone", REPORT, undefined],
    // What was written before the kinds is only read.
    ["test", {}, 'no test could show it as "test"'],
    ["test", { test: "npm test" }, undefined],
    ["command", {}, "no check could prove it"],
    ["command", { setup: "npm ci" }, "no check could prove it"],
    ["command", { lint: "npm run lint" }, undefined],
  ])("a criterion that %s, with the checks %j: %s", (kind, checks, reason) => {
    const statement = "An empty name is refused with 422";
    const contract = contractOf({ acceptance: [{ id: "AC1", statement, kind }], checks: [] });
    const faults = lintContract(contract, Config.parse({ checks }));
    expect(faults.map(({ where }) => where)).toEqual(reason === undefined ? [] : ["AC1"]);
    if (reason !== undefined) expect(faults[0]?.reason).toContain(reason);
  });

  test("offers the checks of the config without setup", () => {
    expect(checkNamesOf(CONFIG)).toEqual(["lint", "test"]);
  });
});

describe("normalising", () => {
  test("collapses blanks, drops what is hidden, empty or repeated", () => {
    const contract = normalizeContract({
      ...contractOf(),
      goal: "Ship\u00A0 to  Nor\u200Bway",
      nonGoals: ["no  rates", "no rates", "\u200B"],
      boundaries: { ...contractOf().boundaries, paths: ["././src/**", "docs/v1./a.md"] },
    });
    expect(contract.goal).toBe("Ship to Norway");
    expect(contract.nonGoals).toEqual(["no rates"]);
    expect(contract.boundaries.paths).toEqual(["src/**", "docs/v1./a.md"]);
  });

  test("joins a letter and its accent, also where something hidden stood between them", () => {
    const joined = (text: string) => normalizeContract({ ...contractOf(), goal: text }).goal;
    expect(joined("cafe\u0301")).toBe("caf\u00E9");
    expect(joined("cafe\u200B\u0301")).toBe("caf\u00E9");
  });

  /** Most of all characters stand for nothing, and no contract takes them: what it takes is looked for one by one. */
  const TAKEN = ANY_CHARACTER.filter((character) => isTaken(`a${character}b`));
  const NEAR = fc
    .constantFrom("e", "\u0301", "\u00A0", "\u00E9", " ")
    .filter((one) => isTaken(`a${one}`));

  function isTaken(text: string): boolean {
    return Contract.safeParse({ ...contractOf(), nonGoals: [text] }).success;
  }

  test("is idempotent and never makes a valid contract longer", () => {
    const unit = fc.oneof(TAKEN, NEAR);
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 30 }), (text) => {
        const parsed = Contract.safeParse({ ...contractOf(), nonGoals: [text] });
        fc.pre(parsed.success);
        const once = normalizeContract(parsed.data ?? contractOf());
        expect(normalizeContract(once)).toEqual(once);
        expect(Contract.safeParse(once).success).toBe(
          once.nonGoals.every((line) => line.length <= 500),
        );
      }),
    );
  });

  test("says what could not be found instead of sending a worker after it", () => {
    const contract = contractOf({
      context: {
        files: ["./src/zones.ts: the table", "src/rates.ts", "`src/quote.ts` (callers)"],
        tests: ["test/", "spec/zones.rb"],
        docs: ["docs/**", "docs/rates/*", "docs/old.md", "(docs/product.md)"],
        decisions: ["zones follow the carrier"],
        notFound: ["the carrier's price list"],
      },
    });
    const paths = new Set([
      "src/zones.ts",
      "src/quote.ts",
      "test/zones.test.ts",
      "docs/product.md",
      "docs/rates/2026/europe.md",
    ]);
    expect(settleContext(contract, paths).context).toEqual({
      files: ["./src/zones.ts: the table", "`src/quote.ts` (callers)"],
      tests: ["test/"],
      docs: ["docs/**", "docs/rates/*"],
      decisions: ["zones follow the carrier"],
      notFound: [
        "the carrier's price list",
        "src/rates.ts",
        "spec/zones.rb",
        "docs/old.md",
        "(docs/product.md)",
      ],
    });
  });

  test("names no more as not found than a contract may hold", () => {
    const names = (word: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${word}/${index}.ts`);
    const { context } = contractOf();
    const contract = contractOf({
      context: { ...context, files: names("src", 20), tests: names("test", 20) },
    });
    expect(settleContext(contract, new Set()).context.notFound).toEqual([
      ...names("src", 20),
      ...names("test", 10),
    ]);
  });
});

function boundary(key: keyof Contract["boundaries"], value: string): Partial<Contract> {
  return { boundaries: { ...contractOf().boundaries, [key]: [value] } };
}
