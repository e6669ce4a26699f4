import { asksForTests } from "../../../domain/contract.ts";
import { openCriteria, sayOpen } from "../../gate/open-criteria.ts";
import type { Gate } from "../../gate/rule.ts";

/**
 * What is wrong with the tests of an attempt that goes back, for whoever writes the next ones and must not learn of the change.
 * Which words are about tests is known from where they stand, never from the words: why a criterion is unproven, the reviewer's
 * answer to whether its tests assert it, what it found in a file that the tester wrote, and what came of asked corrections.
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
  // The reason of the coder is left out: it may tell of the change.
  const corrected = (written?.corrections ?? []).map(
    ({ test, decision, because }) => `${test}: ${decision} when asked: ${because}`,
  );
  return [...unproven, ...judged, ...found, ...corrected];
}
