import type { CriterionProof, Subject } from "../../src/domain/evidence.ts";
import type { Judgement } from "../../src/domain/verdict.ts";

/** A criterion that one named test proves, and what a test changes of that. */
export function proofOf(
  subject: Subject,
  criterion: string,
  changes: Partial<CriterionProof> & { readonly test?: string } = {},
): CriterionProof {
  const { test = "greets by name", ...rest } = changes;
  const named = { name: test, base: "failed", change: "passed" } as const;
  const tests = rest.status === "for-review" || rest.as === "command" ? [] : [named];
  return {
    kind: "criterion",
    subject,
    criterion,
    as: rest.status === "for-review" ? "judgement" : "changes",
    status: "proven",
    tests,
    reasons: [],
    ...rest,
  };
}

/** A reviewer's yes with a line that shows it, and what a test changes of that. */
export function judgementOf(id: string, changes: Partial<Judgement> = {}): Judgement {
  const quotes = [{ path: "test/greet.test.ts", line: 1, text: "test();" }];
  return { id, answer: "yes", evidence: "seen", quotes, misquoted: 0, ...changes };
}
