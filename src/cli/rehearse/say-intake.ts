import { counted, sayUsd } from "../../wording/figures.ts";
import type { Progress } from "../shared/progress.ts";
import type { IntakeFacts } from "./intake-facts.ts";

const MOST_FILES = 8;

const MISSING: Readonly<Record<IntakeFacts["missing"][number], string>> = {
  text: "the issue has a title alone: say what happens, what should happen, and how one could tell",
  files: "the issue names no file of this repository, so its risk is not known yet",
};

/** Open issues of the same text, or why nobody looked for them. */
type Duplicates =
  | { readonly of: number; readonly isCut: boolean; readonly same: readonly number[] }
  | { readonly unknown: string };

const REHEARSED = {
  duplicates: { unknown: "a clone holds no issues" },
  next: "set ANTHROPIC_API_KEY, or play a model with --script FILE (docs/script-format.md)",
} as const;

/** What is known of an issue without a model, and what one would add. */
export function sayIntake(
  progress: Progress,
  intake: IntakeFacts,
  about: { readonly duplicates: Duplicates; readonly next: string } = REHEARSED,
): void {
  const { files, risk, missing, limits } = intake;
  progress.heading("What is known without a model");
  if (files.length > 0) {
    const more = files.length > MOST_FILES ? ` and ${files.length - MOST_FILES} more` : "";
    progress.fact("files", `${files.slice(0, MOST_FILES).join(", ")}${more}`);
  }
  if (risk !== null)
    progress.fact("risk", `${risk.risk} by these files: ${risk.reasons.join("; ")}`);
  for (const fact of missing) progress.fact("missing", MISSING[fact]);
  progress.fact("duplicates", sayDuplicates(about.duplicates));
  progress.fact(
    "cost",
    `at most ${sayUsd(limits.usdPerIssue)} and ${counted(limits.attempts, "attempt")}, each job at most ${limits.minutesPerRun} min (limits of the config; a clone has no record of merged issues)`,
  );
  progress.fact(
    "with a key",
    `the issue becomes a contract or questions, a change is built, tested and reviewed: ${about.next}`,
  );
}

function sayDuplicates(found: Duplicates): string {
  if ("unknown" in found) {
    return `not looked for: ${found.unknown}; on GitHub the same text is found`;
  }
  const all = `${counted(found.of, "open issue")}${found.isCut ? ", which may not be all" : ""}`;
  if (found.same.length === 0) return `none of ${all} has the same text`;
  const numbers = found.same.map((number) => `#${number}`).join(", ");
  return `${numbers} of ${all} ${found.same.length === 1 ? "has" : "have"} the same text: the factory builds it once`;
}
