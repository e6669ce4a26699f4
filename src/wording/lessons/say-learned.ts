import type { Draft } from "../../domain/lesson/draft.ts";
import type { Check } from "../../measures/learning/checks.ts";
import type { Left } from "../../measures/learning/proposals.ts";
import { safeText } from "../safe-text.ts";
import { sayMeasured, sayMistake, sayRemedy, sayUntaught, sayVerdict } from "./words.ts";

/** What was learned, as lists of plain lines. */
export interface SaidLearned {
  readonly proposals: readonly string[];
  readonly checks: readonly string[];
  readonly left: readonly string[];
}

export function sayLearned(found: {
  readonly drafts: readonly Draft[];
  readonly checks: readonly Check[];
  readonly left: readonly Left[];
}): SaidLearned {
  return {
    proposals: found.drafts.filter(({ kind }) => kind === "propose").map(sayDraft),
    checks: found.checks.map(sayCheck),
    left: found.left.map(
      ({ cluster, because }) =>
        `${sayMistake(cluster)}: ${cluster.made.length} times on ${cluster.issues.map((one) => `#${one}`).join(" ")}; ${sayUntaught(because)}`,
    ),
  };
}

function sayDraft({ lesson, replaces }: Draft): string {
  const { baseline, per, remedy, line, check, threshold } = lesson;
  const what = line === undefined ? sayRemedy(remedy) : `${sayRemedy(remedy)}: ${line}`;
  const instead = replaces === undefined ? "" : ` In place of: ${replaces.line}`;
  return `${sayMistake(lesson)}, ${sayMeasured(baseline, per)}. Proposed: ${what}${instead} To be at most ${(threshold * 100).toFixed(1)} % from ${check} on.`;
}

function sayCheck({ lesson, verdict, measured }: Check): string {
  const now = measured === undefined ? "" : `, now ${sayMeasured(measured, lesson.per)}`;
  return `${sayMistake(lesson)}: was ${sayMeasured(lesson.baseline, lesson.per)}${now}: ${sayVerdict(verdict)}`;
}

/** The same as a section of Markdown; nothing where there is nothing to say. */
export function renderLearned(said: SaidLearned): readonly string[] {
  const lists = [
    ["Worth a lesson", said.proposals],
    ["Judged", said.checks],
    ["No lesson", said.left],
  ] as const;
  const shown = lists.flatMap(([title, lines]) =>
    lines.map((line) => `| ${title} | ${safeText(line).replaceAll("|", "\\|")} |`),
  );
  if (shown.length === 0) return [];
  return ["#### Lessons", "", "| | |", "|---|---|", ...shown, ""];
}
