import { lengthOf } from "../domain/evidence/summed.ts";
import type { TestComparison } from "../domain/evidence.ts";
import { nameTests } from "./checks/test-names.ts";
import { safeText } from "./safe-text.ts";

/** What comparing the tests of base and change proved, as one line; undefined is that nobody compared them. */
export function sayComparison(comparison: TestComparison | undefined): string {
  if (comparison === undefined) return "were not compared with the base";
  if (comparison.source === "exit-code") return "compared by exit code only: no report was found";
  const { new: fresh = [], altered = [], newFailing = [], gone = [] } = comparison;
  const { removed = [], unstable = [], flaky = [] } = comparison;
  return [
    `${lengthOf(comparison, "failToPass")} fail on the base and pass now`,
    `${lengthOf(comparison, "passToPass")} pass on both`,
    `${lengthOf(comparison, "passToFail")} broken`,
    `${lengthOf(comparison, "failToFail")} failing on both`,
    ...(fresh.length === 0 ? [] : [`${lengthOf(comparison, "new")} new and never seen failing`]),
    ...(newFailing.length === 0 ? [] : [`${lengthOf(comparison, "newFailing")} new and failing`]),
    ...(gone.length === 0 ? [] : [`gone: ${safeText(nameTests(gone))}`]),
    ...(removed.length === 0 ? [] : [`taken out by the change: ${safeText(nameTests(removed))}`]),
    ...(unstable.length === 0
      ? []
      : [`named differently in each run: ${safeText(nameTests(unstable))}`]),
    ...(flaky.length === 0
      ? []
      : [`flaky, failed once and passed once on the same bytes: ${safeText(nameTests(flaky))}`]),
    ...(altered.length === 0
      ? []
      : [`asserted before, no longer: ${safeText(nameTests(altered))}`]),
    ...(comparison.summed === undefined ? [] : ["lists too long to keep are summed up"]),
  ].join(", ");
}
