import { type Gate, type GateRule, subjectOf } from "./rule.ts";

/** The reviewer can only veto. A model's approval opens nothing that other rules block. */
export const REVIEW_RULES: readonly GateRule[] = [
  {
    name: "reviewed bytes",
    check: (gate) => {
      const { subject } = gate.review.verdict;
      const wanted = subjectOf(gate);
      return subject.base === wanted.base && subject.tree === wanted.tree
        ? undefined
        : {
            code: "tree-mismatch",
            subject: "the verdict",
            found: `tree ${subject.tree} on ${subject.base}`,
            accepted: `tree ${wanted.tree} on ${wanted.base}`,
          };
    },
  },
  {
    name: "no person wanted",
    check: ({ review: { verdict } }) =>
      verdict.decision === "escalate"
        ? { code: "review-escalated", subject: verdict.summary.slice(0, 300) }
        : undefined,
  },
  {
    name: "no rework wanted",
    check: ({ review: { verdict } }) =>
      verdict.decision === "rework"
        ? { code: "review-rework", subject: verdict.summary.slice(0, 300) }
        : undefined,
  },
  {
    name: "no blocker",
    check: ({ review: { verdict } }) => {
      const blocker = verdict.findings.find(({ severity }) => severity === "blocker");
      return blocker === undefined
        ? undefined
        : {
            code: "review-rework",
            subject: `${blocker.path}:${blocker.line}`.slice(0, 300),
            found: `${blocker.claim} ${blocker.howItFails}`.slice(0, 2_000),
          };
    },
  },
  {
    name: "criteria met",
    check: (gate) => {
      const unmet = gate.order.contract.acceptance.find(({ id }) => !isMet(gate, id));
      return unmet === undefined
        ? undefined
        : { code: "review-rework", subject: unmet.id, found: evidenceOf(gate, unmet.id) };
    },
  },
];

function judgementsOf({ review }: Gate, id: string) {
  return review.verdict.criteria.filter((judged) => judged.id === id);
}

function isMet(gate: Gate, id: string): boolean {
  const judgements = judgementsOf(gate, id);
  return judgements.length > 0 && judgements.every(({ answer }) => answer === "yes");
}

function evidenceOf(gate: Gate, id: string): string {
  const judgements = judgementsOf(gate, id);
  const unmet = judgements.find(({ answer }) => answer !== "yes");
  return unmet?.evidence ?? "the verdict does not mention it";
}
