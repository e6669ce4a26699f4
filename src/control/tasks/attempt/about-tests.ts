import { asksForTests } from "../../../domain/contract.ts";
import { openCriteria, sayOpen } from "../../gate/open-criteria.ts";
import type { Gate } from "../../gate/rule.ts";

/**
 * Faults in the tests of an attempt that goes back, for the tester of the next attempt, who must not learn about the change.
 * Position decides which texts are about tests, never their words. They are: why a criterion is unproven, the reviewer's answer on
 * whether tests assert it, findings in the tester's files, and the results of requested corrections.
 */
export function aboutTests(gate: Gate): readonly string[] {
  const { order, implement, review } = gate;
  const written = implement.tests;
  const asking = new Set(
    order.contract.acceptance.filter(({ kind }) => asksForTests(kind)).map(({ id }) => id),
  );
  const unproven = openCriteria(gate)
    .filter(({ id }) => asking.has(id))
    .map((open) => `unproven: ${sayOpen(open)}`);
  const judged = review.verdict.criteria
    .filter(({ id, answer }) => answer !== "yes" && asking.has(id))
    .map(({ id, answer, evidence }) => `${id}: does a test assert it? ${answer}: ${evidence}`);
  const files = new Set(written?.files);
  const found = review.verdict.findings
    .filter(({ path }) => files.has(path))
    .map(({ path, line, claim, howItFails }) => `${path}:${line} ${claim} ${howItFails}`);
  // The coder's reason is left out, because it may describe the change.
  const corrected = (written?.corrections ?? []).map(
    ({ test, decision, because }) => `${test}: ${decision} when asked: ${because}`,
  );
  return [...unproven, ...judged, ...found, ...corrected];
}
