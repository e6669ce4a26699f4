import { expect, test } from "vitest";
import type { Contract } from "../../src/domain/contract.ts";
import type { NamedTest } from "../../src/domain/evidence/proof.ts";
import { listCriteria, renderCriteria, sayProven } from "../../src/wording/criteria/table.ts";
import { noticedOf } from "../domain/noticed.ts";
import { judgementOf, proofOf } from "../domain/proofs.ts";

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };
const acceptance: Contract["acceptance"] = [
  { id: "AC1", statement: "It greets", kind: "changes" },
  { id: "AC2", statement: "It parts as before", kind: "keeps" },
  { id: "AC3", statement: "It reads well", kind: "judgement" },
];
const PROVEN = [
  proofOf(SUBJECT, "AC1"),
  proofOf(SUBJECT, "AC2", { as: "keeps" }),
  proofOf(SUBJECT, "AC3", { status: "for-review" }),
];
const YES = { criteria: ["AC1", "AC2", "AC3"].map((id) => judgementOf(id)) };
const two = { acceptance: acceptance.slice(0, 2) };
const three = { acceptance };

test.each([
  [
    "all are proven",
    { contract: two, evidence: PROVEN, verdict: YES },
    "every criterion tied to evidence",
  ],
  [
    "one is of judgement, to which the reviewer says yes",
    { contract: three, evidence: PROVEN, verdict: YES },
    "2 of 3 criteria proven; AC3: a matter of judgement, to which the reviewer says yes",
  ],
  [
    "nothing names one",
    {
      contract: two,
      evidence: [
        PROVEN[0],
        proofOf(SUBJECT, "AC2", {
          tests: [],
          status: "unproven",
          reasons: [{ code: "no-test-named" }],
        }),
      ].filter((piece) => piece !== undefined),
      verdict: YES,
    },
    "1 of 2 criteria proven; AC2: no test names it",
  ],
  [
    "the reviewer says less than yes",
    {
      contract: two,
      evidence: PROVEN,
      verdict: { criteria: [judgementOf("AC1", { answer: "partly" })] },
    },
    "0 of 2 criteria proven; AC1: the reviewer says partly; AC2: the reviewer says nothing of it",
  ],
  [
    "no line shows it",
    {
      contract: two,
      evidence: PROVEN,
      verdict: { criteria: [judgementOf("AC1", { quotes: [] }), judgementOf("AC2")] },
    },
    "1 of 2 criteria proven; AC1: the reviewer shows no line that asserts it",
  ],
  [
    "nobody reviewed it yet",
    { contract: two, evidence: PROVEN },
    "nothing speaks against 2 of 2 criteria, and the review comes next",
  ],
  [
    "nobody reviewed it yet, and a machine says no already",
    {
      contract: two,
      evidence: [
        proofOf(SUBJECT, "AC1"),
        proofOf(SUBJECT, "AC2", { status: "unproven", reasons: [{ code: "no-test-named" }] }),
      ],
    },
    "nothing speaks against 1 of 2 criteria, and the review comes next; AC2: no test names it",
  ],
  [
    "nobody looked",
    { contract: two, evidence: [], verdict: YES },
    "0 of 2 criteria proven; AC1: nobody looked; AC2: nobody looked",
  ],
  ["there is none", { evidence: [] }, "no criterion was judged"],
])("says what is so where %s", (_what, text, said) => {
  expect(sayProven(text)).toBe(said);
});

test("of two proofs of one criterion the worse one counts", () => {
  const worse = proofOf(SUBJECT, "AC1", {
    status: "unproven",
    reasons: [{ code: "flaky", about: "a" }],
  });
  const text = { contract: two, evidence: [...PROVEN, worse], verdict: YES };
  expect(sayProven(text)).toBe(
    "1 of 2 criteria proven; AC1: a is flaky: it failed once and passed once on the same bytes",
  );
});

test("shows what was named, what it did, and whom it is named for, too", () => {
  const tests: NamedTest[] = [
    { name: "a", base: "not-built", change: "passed", because: "undefined: Flag" },
    { name: "b", base: "failed", change: "passed", alsoFor: ["AC2"] },
  ];
  const evidence = [proofOf(SUBJECT, "AC1", { tests })];
  const text = { contract: { acceptance: acceptance.slice(0, 1) }, evidence, verdict: YES };
  expect(renderCriteria(text).at(-1)).toBe(
    "| ✅ **AC1** It greets | 2 tests: does not build → passed; failed → passed |",
  );
  expect(listCriteria(text)).toEqual([
    "- **AC1** (changes): a; b (also for AC2) · does not build there: undefined: Flag → passed; failed → passed · reviewer: yes, at `test/greet.test.ts:1`",
  ]);
});

test("says once what is the same of all tests, and counts what is too much", () => {
  const names = ["a", "b", "c", "d", "e"];
  const tests = names.map((name) => ({ name, base: "passed", change: "passed" }) as const);
  const evidence = [proofOf(SUBJECT, "AC2", { as: "keeps", tests })];
  const text = { contract: { acceptance: acceptance.slice(1, 2) }, evidence, verdict: YES };
  expect(renderCriteria(text).at(-1)).toContain("| 5 tests: passed → passed |");
  expect(listCriteria(text).at(-1)).toContain(": a; b; c; and 2 more · passed → passed · ");
  const many = Array.from({ length: 9 }, (_, index) => ({
    id: `AC${index + 1}`,
    statement: "x",
    kind: "keeps" as const,
  }));
  const table = renderCriteria({ contract: { acceptance: many }, evidence, verdict: YES });
  expect(table.at(-1)).toMatch(/^\| 2 more, 1 of them open \|/);
  expect(table).toHaveLength(2 + 7 + 1);
});

test("a row that waits for the review says so by its mark, a refused one by the reviewer's words", () => {
  const rows = renderCriteria({ contract: three, evidence: PROVEN }).slice(2);
  expect(rows).toEqual([
    "| ⏳ **AC1** It greets | 1 test: failed → passed |",
    "| ⏳ **AC2** It parts as before | 1 test: failed → passed |",
    "| ⏳ **AC3** It reads well | waits for the review |",
  ]);
  const verdict = { criteria: [judgementOf("AC1", { answer: "no", evidence: "It does not" })] };
  const contract = { acceptance: acceptance.slice(0, 1) };
  expect(renderCriteria({ contract, evidence: PROVEN, verdict }).at(-1)).toBe(
    "| ❌ **AC1** It greets | 1 test: failed → passed · not proven: the reviewer says no · reviewer: no: It does not |",
  );
});

test("no criterion, no table", () => {
  expect(renderCriteria({ evidence: [] })).toEqual([]);
});

test("shows what the tests of each criterion notice, a few of many", () => {
  const part = { noticed: "by-tests" as const, criteria: ["AC1"] };
  const evidence = [...PROVEN.slice(0, 2), noticedOf(SUBJECT, [part, part, part, part])];
  const rows = listCriteria({ contract: two, evidence, verdict: YES });
  const notices = (row: string) => row.split(" · ").find((part) => part.startsWith("notices"));
  expect(rows.slice(-2).map(notices)).toEqual([
    "notices `src/greet.ts:1-3`; `src/greet.ts:11-13`; `src/greet.ts:21-23`; and 1 more",
    "notices nothing",
  ]);
});
