import { expect, test } from "vitest";
import { renderGate } from "../../../src/wording/checks/gate-checklist.ts";
import { judgementOf, proofOf } from "../../domain/proofs.ts";

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };
const PROVEN = {
  contract: { acceptance: [{ id: "AC1", statement: "It greets", kind: "changes" as const }] },
  evidence: [proofOf(SUBJECT, "AC1")],
  verdict: { criteria: [judgementOf("AC1")] },
};
const TABLE = [
  "",
  "Criteria: every criterion tied to evidence.",
  "",
  "| Criterion | Shown by |",
  "|---|---|",
  "| ✅ **AC1** It greets | 1 test: failed → passed |",
  "",
  "<details><summary>How each criterion is shown</summary>",
  "",
  "- **AC1** (changes): greets by name · failed → passed · reviewer: yes, at `test/greet.test.ts:1`",
  "",
  "</details>",
];
const folded = (line: string) => [
  "",
  "<details><summary>The conditions that are met</summary>",
  "",
  line,
  "",
  "</details>",
  "",
];

test("the gate names what is missing first", () => {
  expect(
    renderGate(
      [
        { name: "evidence", ok: true, sentence: "Checks passed on these bytes." },
        { name: "trust", ok: false, sentence: "src/a.ts is at open-pr: @someone merges." },
      ],
      PROVEN,
    ),
  ).toBe(
    [
      "**1 of 2 conditions is not met.**",
      "",
      "- [ ] **trust** `src/a.ts` is at open-pr: `@someone` merges.",
      ...TABLE,
      ...folded("- [x] **evidence** Checks passed on these bytes."),
    ].join("\n"),
  );
});

test("the gate says that all is well", () => {
  expect(renderGate([{ name: "a", ok: true, sentence: "Fine." }], PROVEN)).toMatch(
    /^\*\*The one condition is met\.\*\*/,
  );
});

test("asks about what is no condition, before what is fine", () => {
  const fine = { name: "base", ok: true, sentence: "Made on it." };
  const asked = {
    name: "old tests",
    ok: false,
    asks: true,
    sentence: "Asserted before: 1 test (a).",
  };
  expect(renderGate([fine, asked], PROVEN).split("\n")).toEqual([
    "**The one condition is met. 1 thing is for the person who merges to decide.**",
    "",
    "- [ ] **old tests** Asserted before: 1 test (a).",
    ...TABLE,
    ...folded("- [x] **base** Made on it."),
  ]);
  const missing = { name: "size", ok: false, sentence: "Too large." };
  expect(renderGate([fine, asked, asked, missing], PROVEN)).toMatch(
    /^\*\*1 of 2 conditions is not met\. 2 things are for the person who merges to decide\.\*\*$/m,
  );
});
