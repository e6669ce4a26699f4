import { describe, expect, test } from "vitest";
import type { Evidence } from "../../../src/domain/evidence.ts";
import type { NightlyOrder } from "../../../src/domain/order.ts";
import { ruleOf } from "../../../src/domain/quality/measures.ts";
import type { Grade, Measure } from "../../../src/domain/quality.ts";
import { gradedMeasures } from "../../../src/wording/pages/grade-formula.ts";
import { areaOf, audited, check, FILES, MUTATION, mutation, type Night } from "./night.ts";

/** A function that is documented, tested, short and handles its errors, called by its number. */
const sound = (name: string) =>
  `/** What ${name} costs. */\nexport function ${name}(weight: number) {\n  return weight > 2 ? ${name.length} : 1;\n}\n`;
const BEFORE = Array.from({ length: 25 }, (_, index) => sound(`quote${index}`)).join("\n");
/** Eleven conditions in one function. */
const tangled = `/** Says. */\nexport function tangled(a: number) {\n${Array.from({ length: 11 }, (_, index) => `  if (a > ${index}) return ${index};`).join("\n")}\n  return a;\n}\n`;
const copied = `${Array.from({ length: 14 }, (_, index) => `const rate${index} = [${index}, 2, 3, 4];`).join("\n")}\n`;
const GOOD: Record<string, string> = { ...FILES, "src/quote.ts": BEFORE };

const commit = (letter: string, parts: object = {}) => ({
  ...{ id: letter.repeat(40), paths: ["src/quote.ts"], reverts: [], mends: [] },
  ...parts,
});

type Change = (evidence: readonly Evidence[]) => readonly Evidence[];
/** The evidence of a good night, changed. */
const evidenceWith =
  (change: Change): NonNullable<Night["evidence"]> =>
  (subject) =>
    change([
      check(subject, {}),
      check(subject, { name: "types", command: "tsc" }),
      check(subject, {
        name: "test",
        command: "npm test",
        tests: Array.from({ length: 12 }, (_, index) => ({
          name: `test/quote.test.ts > ${index}`,
          status: "passed" as const,
        })),
      }),
      {
        ...{ kind: "coverage", subject, source: "lcov.info" },
        files: [{ path: "src/quote.ts", covered: 90, total: 100 }],
      },
    ]);
const runs =
  (name: string, parts: object): Change =>
  (evidence) =>
    evidence.map((piece) =>
      piece.kind === "check" && piece.name === name ? { ...piece, ...parts } : piece,
    );
const covered =
  (lines: number): Change =>
  (evidence) =>
    evidence.map((piece) =>
      piece.kind === "coverage"
        ? { ...piece, files: [{ path: "src/quote.ts", covered: lines, total: 100 }] }
        : piece,
    );
const uncovered: Change = (evidence) => evidence.filter(({ kind }) => kind !== "coverage");
const withTests =
  (count: number): Change =>
  (evidence) =>
    uncovered(evidence).map((piece) =>
      piece.kind === "check" && piece.tests !== undefined
        ? { ...piece, tests: piece.tests.slice(0, count) }
        : piece,
    );
const failing = (output: string) => ({
  ...{ status: "failed", exitCode: 1, tail: output },
  outputBytes: Buffer.byteLength(output),
});
const defects = (count: number): NonNullable<Night["audit"]> => ({
  openDefects: Array.from({ length: count }, (_, index) => ({
    ...{ number: index + 1, title: "wrong", labels: ["pricing"] },
  })),
});
type Work = Extract<NonNullable<NightlyOrder["audit"]["record"]>, { readonly known: unknown }>;
/** What the ledgers say of the factory's work: a good change and two attempts, and what is put to it. */
const work = (more: Partial<Work["known"]>): Night => ({
  recent: [commit("a"), commit("b")],
  audit: {
    record: {
      known: {
        changes: [{ issue: 7, commit: "a".repeat(40), noticed: lines(9, 1) }],
        attempts: [1, 2].map((attempt) => ({ issue: 7, attempt })),
        escaped: [],
        ...more,
      },
    },
  },
});
const lines = (byTests: number, unnoticed: number, untried = 0) => ({
  ...{ changed: byTests + unnoticed + untried, byTests, byCompiler: 0, unnoticed, untried },
});
const change = (letter: string, noticed?: ReturnType<typeof lines>) => ({
  ...{ issue: 8, commit: letter.repeat(40) },
  ...(noticed && { noticed }),
});
const escaped = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...{ issue: 8, commit: "b".repeat(40), fingerprint: `${index}`.repeat(64) },
  }));
const source = (text: string): Night => ({
  files: { ...GOOD, "src/quote.ts": `${BEFORE}${text}` },
});

/** What is put into a repository in which all is well, and what comes of its grade. */
const SEEDED: readonly (readonly [string, Night, Grade, Measure["name"]])[] = [
  ["a defect that is reported", { audit: defects(1) }, "B", "open-defects"],
  ["four of them", { audit: defects(4) }, "D", "open-defects"],
  [
    "a defect that a test sees",
    {
      evidence: evidenceWith(
        runs("test", { tests: [{ name: "test/quote.test.ts > 1", status: "failed" }] }),
      ),
    },
    "D",
    "test-failures",
  ],
  ["tests that are deleted, by coverage", { evidence: evidenceWith(covered(69)) }, "C", "coverage"],
  ["more of them", { evidence: evidenceWith(covered(20)) }, "D", "coverage"],
  [
    "tests that are deleted, by their number",
    { evidence: evidenceWith(withTests(0)) },
    "D",
    "tests",
  ],
  ["a report of coverage that is gone", { evidence: evidenceWith(uncovered) }, "B", "coverage"],
  [
    "tests that assert less",
    { files: { ...GOOD, [MUTATION]: mutation({ "src/quote.ts": [5, 5] }) } },
    "C",
    "mutation",
  ],
  ["a file that is changed each week", { churn: { "src/quote.ts": 13 } }, "C", "churn"],
  ["and each day", { churn: { "src/quote.ts": 90 } }, "D", "churn"],
  [
    "a change that is taken back",
    { recent: [commit("a", { reverts: ["b".repeat(40)] }), commit("b")] },
    "D",
    "reverts",
  ],
  [
    "a change that is mended",
    { recent: [commit("a", { mends: ["bbbbbbbb"] }), commit("b"), commit("c"), commit("d")] },
    "C",
    "rework",
  ],
  [
    "an error of a type",
    { evidence: evidenceWith(runs("types", failing("src/quote.ts(1,2): error TS1: x"))) },
    "D",
    "type-findings",
  ],
  [
    "what a linter finds",
    { evidence: evidenceWith(runs("lint", failing("src/quote.ts:1:2 x"))) },
    "D",
    "lint-findings",
  ],
  [
    "a change whose lines no test misses",
    work({ changes: [change("a", lines(1, 1)), change("b", lines(1, 9))] }),
    "D",
    "noticed",
  ],
  [
    "a change of whose lines some are missed",
    work({ changes: [change("a", lines(7, 3))] }),
    "B",
    "noticed",
  ],
  ["a change of which nobody tried the lines", work({ changes: [change("a")] }), "B", "noticed"],
  [
    "a change of which most lines were not tried",
    work({ changes: [change("a", lines(4, 0, 5))] }),
    "B",
    "noticed",
  ],
  [
    "a ledger that is not to be believed",
    { audit: { record: { unknown: "the ledger of issue 7: line 3 was changed" } } },
    "B",
    "noticed",
  ],
  [
    "a test that is flaky in one attempt of two",
    work({
      attempts: [
        { issue: 7, attempt: 1, flaky: { all: 1, tests: ["test/quote.test.ts > waits"] } },
        { issue: 7, attempt: 2 },
      ],
    }),
    "D",
    "flaky",
  ],
  ["a defect that escaped a change", work({ escaped: escaped(1) }), "B", "escaped"],
  ["four of them", work({ escaped: escaped(4) }), "D", "escaped"],
  ["a tangled function", source(tangled), "B", "complexity"],
  ["lines that stand twice", source(`${copied}\n${copied}`), "D", "duplication"],
  ["an error that is dropped", source("try { quote1(1); } catch {}\n"), "D", "dropped-errors"],
  [
    "declarations that nobody explains",
    source(Array.from({ length: 30 }, (_, index) => `export const a${index} = 1;\n`).join("")),
    "B",
    "documentation",
  ],
  ["an owner who is gone", { files: { ...GOOD, CODEOWNERS: "docs/ @team/docs\n" } }, "B", "owned"],
];

const AREA = { name: "pricing", paths: ["src/quote.ts"], bar: "A" };
const well: Night = {
  files: GOOD,
  config: { quality: { areas: [AREA] } },
  evidence: evidenceWith((evidence) => evidence),
};

async function gradeAfter(parts: Night) {
  const { proposal } = await audited({ ...well, ...parts });
  return { area: areaOf(proposal, "pricing"), gaps: proposal.report.gaps, page: proposal.markdown };
}

describe("a grade", () => {
  test("is an A where all is well", async () => {
    const { area, gaps } = await gradeAfter({});
    expect([area.grade, area.because, gaps]).toEqual(["A", "every figure earns an A", []]);
  });

  test.each(SEEDED)(
    "falls by %s, says why, and rises when it is mended",
    async (_what, seeded, grade, by) => {
      const before = await gradeAfter({});
      const fallen = await gradeAfter({ ...seeded, versions: [before.page] });
      expect([fallen.area.grade, fallen.area.decidedBy]).toEqual([grade, by]);
      expect(fallen.area.trend).toEqual(["A", grade]);
      const mended = await gradeAfter({ versions: [fallen.page, before.page] });
      expect(mended.area.trend).toEqual(["A", grade, "A"]);
    },
  );

  test("is an A where the factory's changes are noticed, and nothing was flaky or escaped", async () => {
    const { area } = await gradeAfter(work({}));
    const figures = ["noticed", "flaky", "escaped"].map((name) => {
      const found = area.measures.find((measure) => measure.name === name);
      return [found?.value, found?.source];
    });
    expect(area.grade).toBe("A");
    expect(figures).toEqual([
      [90, "ledgers of issue 7"],
      [0, "ledgers: no attempt saw one"],
      [0, "ledgers: no alert came back"],
    ]);
  });

  test("each measure on which a grade depends is seeded here", () => {
    const graded = new Set(SEEDED.map(([, , , by]) => by));
    const ofAreas = gradedMeasures().filter((name) => ruleOf(name).whole !== true);
    expect([...graded].sort()).toEqual([...ofAreas].sort());
  });

  test.each(SEEDED)(
    "below its bar by %s files one issue, but none for what nobody measured",
    async (_what, seeded, _grade, by) => {
      const { area, gaps } = await gradeAfter(seeded);
      const isMissing = area.measures.find(({ name }) => name === by)?.value === null;
      expect(gaps.map(({ fingerprint }) => fingerprint)).toEqual(
        isMissing ? [] : [`pricing/${by}`],
      );
    },
  );
});
