import { type FailureWeight, weighFailure } from "../../domain/evidence/known-failure.ts";
import type { Problem } from "../../domain/evidence/problem.ts";
import { lengthOf } from "../../domain/evidence/summed.ts";
import type { CheckRun, Evidence } from "../../domain/evidence.ts";
import { counted, sayDuration } from "../figures.ts";
import { fold } from "../fold.ts";
import { boundBody, ownLink, safeBlock, safePlain, safeText } from "../safe-text.ts";
import { sayFailureWeight } from "./failure-weight.ts";
import { sayScope } from "./scope.ts";

/** A check of the config on the change, as its check run shows it. */
export interface ShownCheck {
  /** Known failures, and flaky ones, are neither green nor red. */
  readonly conclusion: "success" | "failure" | "neutral";
  readonly title: string;
  readonly summary: string;
}

/** GitHub's bound on the summary of a check run: one less than on a body. */
const SUMMARY_CHARACTERS = 65_535;

export function renderCheckRun(
  run: CheckRun,
  { evidence, runUrl }: { readonly evidence: readonly Evidence[]; readonly runUrl: string },
): ShownCheck {
  const weight = run.status === "passed" ? undefined : weighFailure(run, evidence);
  const lines = [
    `\`${safePlain(run.name)}\`${safeText(sayScope(run))} ${sayEnd(run)} ${sayDuration(run.durationMs)}.`,
    ...(run.note === undefined ? [] : ["", `${safeText(run.note)}.`]),
    ...(weight === undefined ? [] : ["", `${safeText(sayFailureWeight(weight))}.`]),
    ...sayFurther(run),
    ...sayProblems(run),
    "",
    `Whole outputs and reports: the artifact \`evidence-…\` of ${ownLink("the run", runUrl)}.`,
    "",
    safeBlock(run.command),
    "",
    ...sayOutput(run),
  ];
  return {
    conclusion: conclusionOf(weight),
    title: titleOf(run, weight),
    summary: boundBody(lines.join("\n"), { characters: SUMMARY_CHARACTERS }),
  };
}

/** The output of what passed is folded: nobody has to read it. */
function sayOutput({ tail, status }: CheckRun): readonly string[] {
  if (tail.trim() === "") return [];
  const output = safeBlock(tail);
  return status === "passed" ? fold(OUTPUT, [output]) : [`**${OUTPUT}**`, "", output];
}

const OUTPUT = "End of its output";

/** What an annotation says: GitHub renders no Markdown there. */
export function sayProblem({ message }: Problem): string {
  return safePlain(message).trim() || "no words";
}

function conclusionOf(weight: FailureWeight | undefined): ShownCheck["conclusion"] {
  if (weight === undefined) return "success";
  return weight.known ? "neutral" : "failure";
}

function titleOf(run: CheckRun, weight: FailureWeight | undefined): string {
  const tests = run.tests === undefined ? [] : [counted(lengthOf(run, "tests"), "test")];
  const places = run.problems === undefined ? [] : [counted(allProblems(run), "place")];
  return [sayTitle(run, weight), ...tests, ...places].join(", ");
}

function sayTitle(run: CheckRun, weight: FailureWeight | undefined): string {
  const took = sayDuration(run.durationMs);
  if (weight === undefined) return `Passed in ${took}`;
  if (run.status === "timed-out") return `Timed out after ${took}`;
  if (!weight.known) return `Failed after ${took}`;
  return weight.flaky === undefined
    ? `Fails as on the base, after ${took}`
    : `Flaky: failed after ${took}, and passed when it ran again`;
}

function sayEnd({ status, exitCode }: CheckRun): string {
  if (status === "passed") return "passed in";
  if (status === "timed-out") return "timed out after";
  return `ended with ${exitCode === null ? "a signal" : `exit code ${exitCode}`} after`;
}

function sayFurther({ again = [] }: CheckRun): readonly string[] {
  if (again.length === 0) return [];
  const runs = again.map(({ status, whole, durationMs }) => {
    const what = whole ? "whole" : "some tests alone";
    return `${status.replaceAll("-", " ")} (${what}, ${sayDuration(durationMs)})`;
  });
  return ["", `Ran again on the same bytes: ${runs.join("; ")}.`];
}

function allProblems({ problems = [], moreProblems = 0 }: CheckRun): number {
  return problems.length + moreProblems;
}

function sayProblems(run: CheckRun): readonly string[] {
  const { problems = [], moreProblems = 0 } = run;
  if (problems.length === 0) return [];
  const more = moreProblems === 0 ? "" : `, the first ${problems.length} of them as annotations`;
  return ["", `Its output names ${counted(allProblems(run), "place")}${more}.`];
}
