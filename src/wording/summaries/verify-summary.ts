import { weighFailure } from "../../domain/evidence/known-failure.ts";
import type { CheckRun, Evidence } from "../../domain/evidence.ts";
import { sayScope } from "../checks/scope.ts";
import { sayComparison } from "../comparison.ts";
import { listCriteria, renderCriteria, sayProven } from "../criteria/table.ts";
import { counted, sayDuration } from "../figures.ts";
import { fold } from "../fold.ts";
import { sayNoticed } from "../noticed.ts";
import { sayChecks } from "../pull-request/body.ts";
import { safeCell, safeText } from "../safe-text.ts";
import { table } from "./markdown-table.ts";

export const RUNS_FOLD = "Every run of a check, and how each criterion is shown";

const PLACES: Readonly<Record<CheckRun["on"], string>> = {
  base: "base",
  change: "change",
  "base-with-changed-tests": "base, changed tests",
  "change-with-base-tests": "change, tests of the base",
  head: "head of the pull request",
  "merge-base": "where both parted",
};

/** What the runs of the checks came to, in a few words. */
export function sayFailing(evidence: readonly Evidence[]): string {
  const runs = evidence.filter((piece) => piece.kind === "check");
  const failing = runs.filter((run) => isFailing(run, evidence)).length;
  if (failing > 0) return counted(failing, "check fails", "checks fail");
  return runs.some(({ on }) => on === "change")
    ? "no check fails by the change"
    : `${counted(runs.length, "check")} run`;
}

/** Only on the change does a failure count: the base, and the new tests on it, may fail, and are meant to. */
function isFailing(run: CheckRun, evidence: readonly Evidence[]): boolean {
  return run.on === "change" && run.status !== "passed" && !weighFailure(run, evidence).known;
}

/** The checks in a line, the criteria as the one table; every run is folded. Without a change all there is are the runs. */
export function sayEvidence(evidence: readonly Evidence[]): readonly string[] {
  const runs = runTable(evidence);
  const tests = evidence.find((piece) => piece.kind === "test-comparison");
  const criteria = renderCriteria({ evidence });
  const isOfChange = evidence.some((piece) => piece.kind === "check" && piece.on === "change");
  const said = [
    ...(isOfChange ? [`- **Checks** ${sayChecks(evidence)}`] : []),
    ...(tests === undefined ? [] : [`- **Tests** ${sayComparison(tests)}`]),
    ...sayNoticed(evidence).map((said) => `- **Noticed lines** ${safeText(said)}`),
    ...(criteria.length === 0 ? [] : [`- **Criteria** ${safeText(sayProven({ evidence }))}`]),
  ];
  if (said.length === 0) return runs;
  return [
    ...said,
    "",
    ...criteria,
    "",
    ...fold(RUNS_FOLD, [...runs, "", ...listCriteria({ evidence })]),
  ];
}

function runTable(evidence: readonly Evidence[]): readonly string[] {
  const runs = evidence.filter((piece) => piece.kind === "check");
  return table(
    ["Check", "On", "Result", "Took"],
    runs.map((run) => [
      safeCell(run.name + sayScope(run)),
      PLACES[run.on],
      sayRun(run, evidence),
      sayDuration(run.durationMs),
    ]),
  );
}

function sayRun(run: CheckRun, evidence: readonly Evidence[]): string {
  const said = run.status.replaceAll("-", " ");
  if (run.on !== "change") return said;
  if (run.status === "passed") return `✅ ${said}`;
  const weight = weighFailure(run, evidence);
  if (!weight.known) return `❌ ${said}`;
  return weight.flaky === undefined
    ? `✅ ${said}, as on the base`
    : `⚠️ ${said}, and not when it ran again`;
}
