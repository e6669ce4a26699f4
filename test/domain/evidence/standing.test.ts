import { describe, expect, test } from "vitest";
import type { CriterionKind } from "../../../src/domain/contract.ts";
import {
  type Known,
  knownOf,
  type Standing,
  standingOf,
} from "../../../src/domain/evidence/standing.ts";
import type { Evidence } from "../../../src/domain/evidence.ts";
import type { Judgement } from "../../../src/domain/verdict.ts";
import { judgementOf, proofOf } from "../proofs.ts";

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };
const proof = (status: "proven" | "unproven" | "for-review", id = "AC1") =>
  proofOf(SUBJECT, id, { status });
const [yes, no, unquoted] = [
  judgementOf("AC1"),
  judgementOf("AC1", { answer: "no" }),
  judgementOf("AC1", { quotes: [] }),
];

describe("how a criterion stands", () => {
  test.each<readonly [CriterionKind, Known["proof"], Known["judgement"], Standing]>([
    ["changes", undefined, yes, "unproven"],
    ["changes", undefined, undefined, "unproven"],
    ["changes", proof("unproven"), yes, "unproven"],
    ["changes", proof("proven"), undefined, "unreviewed"],
    ["changes", proof("proven"), no, "denied"],
    ["changes", proof("proven"), yes, "proven"],
    ["changes", proof("proven"), unquoted, "unquoted"],
    ["keeps", proof("proven"), unquoted, "unquoted"],
    ["keeps", proof("proven"), yes, "proven"],
    ["gone", proof("proven"), unquoted, "proven"],
    ["command", proof("proven"), unquoted, "proven"],
    ["judgement", proof("for-review"), yes, "judged"],
    ["judgement", proof("proven"), yes, "judged"],
    ["judgement", proof("for-review"), no, "denied"],
    ["changes", proof("for-review"), yes, "judged"],
  ])("%s", (kind, seen, judgement, standing) => {
    expect(standingOf({ kind, proof: seen, judgement })).toBe(standing);
  });
});

describe("what is known of a criterion", () => {
  const check = {
    ...{ kind: "check", subject: SUBJECT, name: "test", on: "change", status: "passed" },
    criterion: "AC1",
  } as unknown as Evidence;
  const others: readonly Evidence[] = [check, proof("unproven", "AC2")];
  const asked = { id: "AC1", kind: "changes" } as const;

  test.each<
    readonly [string, readonly Evidence[], readonly Judgement[] | undefined, Partial<Known>]
  >([
    ["nothing, where nobody spoke", [], undefined, {}],
    ["nothing of others", others, [judgementOf("AC2")], {}],
    [
      "what each said",
      [...others, proof("proven")],
      [judgementOf("AC2", { answer: "no" }), yes],
      { proof: proof("proven"), judgement: yes },
    ],
    [
      "of several the worst, wherever it stands",
      [proof("proven"), proof("unproven"), proof("for-review")],
      [yes, no, unquoted],
      { proof: proof("unproven"), judgement: no },
    ],
    [
      "of several that are well the first",
      [proof("proven"), proof("for-review")],
      [yes, unquoted],
      { proof: proof("proven"), judgement: yes },
    ],
  ])("is %s", (_, evidence, criteria, known) => {
    const verdict = criteria === undefined ? undefined : { criteria: [...criteria] };
    expect(knownOf(asked, evidence, verdict)).toEqual({ kind: "changes", ...known });
  });
});
