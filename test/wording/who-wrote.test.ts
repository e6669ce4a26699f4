import { expect, test } from "vitest";
import type { TestsWritten } from "../../src/domain/evidence/tests-written.ts";
import { criterionRows } from "../../src/wording/criteria/rows.ts";
import { listCriteria } from "../../src/wording/criteria/table.ts";
import { sayCorrection, sayShare, sayWhoWrote } from "../../src/wording/criteria/who-wrote.ts";
import type { RunPageData } from "../../src/wording/pages/run-page/data.ts";
import { html } from "../../src/wording/pages/run-page/html.ts";
import { testsOf } from "../../src/wording/pages/run-page/tests.ts";
import { proofOf } from "../domain/proofs.ts";

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };
const CORRECTION = {
  test: "a > b",
  reason: "the contract says 2.5",
  decision: "corrected",
  because: "so it does",
  diff: "-2,5\n+2.5 <script>",
} as const;
const TESTS: TestsWritten = {
  criteria: [
    { criterion: "AC1", by: "tester" },
    { criterion: "AC2", by: "coder", why: "shape-open" },
    { criterion: "AC3", by: "coder", why: "left-open", because: "nobody named it" },
  ],
  files: ["test/a.test.ts"],
  summary: "asks for Norway",
  corrections: [CORRECTION],
  takenBack: ["vitest.config.ts"],
  shares: [
    {
      role: "tester",
      rounds: 2,
      turns: 5,
      tokens: 12_300,
      usd: 0.04,
      limit: { turns: 24, tokens: 300_000, usd: 1.5 },
    },
  ],
};

test("who wrote the tests is one sentence, with the reason where it was the coder", () => {
  expect(sayWhoWrote(TESTS)).toBe(
    "the tester, before the change: AC1; the coder, with the change: AC2 (the contract leaves its shape open), AC3 (the tester left it open: nobody named it)",
  );
});

test.each([
  [
    CORRECTION,
    "a > b: the coder asked, because the contract says 2.5; the tester corrected it: so it does",
  ],
  [
    { ...CORRECTION, decision: "kept", because: "" },
    "a > b: the coder asked, because the contract says 2.5; the tester kept it",
  ],
  [
    { ...CORRECTION, decision: "not-asked", because: "" },
    "a > b: the coder asked, because the contract says 2.5; it stayed: the tester had been asked twice",
  ],
] as const)("a correction says who asked, why, and what came of it %#", (correction, said) => {
  expect(sayCorrection(correction)).toBe(said);
});

test("what a role spent stands beside its bound", () => {
  expect(TESTS.shares.map(sayShare)).toEqual([
    "tester: 2 rounds, 5 of 24 turns, 12.3 k of 300.0 k tokens, $0.0400 of $1.50",
  ]);
});

test("the table says who wrote the tests of each criterion, and nothing where nobody said", () => {
  const proof = proofOf(SUBJECT, "AC1", { test: "a > b" });
  const evidence = [
    { ...proof, by: "tester" as const },
    { ...proof, criterion: "AC2", by: "coder" as const },
    { ...proof, criterion: "AC3" },
  ];
  expect(criterionRows({ evidence }).map(({ by }) => by)).toEqual([
    "by the tester, before the change",
    "by the coder, with the change",
    "",
  ]);
  const rows = listCriteria({ evidence });
  expect(rows[0]).toContain("by the tester, before the change");
  expect(rows[1]).toContain("by the coder, with the change");
  expect(rows[2]).not.toContain("by the");
});

test("the page tells the tester's files, the corrections with what changed, and what was put back", () => {
  const data = { work: { read: [], ran: [], baseline: [], tests: TESTS } };
  const [section] = testsOf(data as unknown as RunPageData);
  const { markup } = html`${section?.body ?? ""}`;
  for (const text of [
    "<b>AC1</b>",
    "the contract leaves its shape open",
    "test/a.test.ts",
    "asks for Norway",
    "vitest.config.ts",
    "the coder asked, because the contract says 2.5",
    "5 of 24 turns",
  ]) {
    expect(markup).toContain(text);
  }
  expect(markup).toContain("+2.5 &lt;script&gt;");
  expect(testsOf({ work: { read: [], ran: [], baseline: [] } } as unknown as RunPageData)).toEqual(
    [],
  );
});
