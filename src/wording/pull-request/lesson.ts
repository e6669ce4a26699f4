import type { Draft } from "../../domain/lesson/draft.ts";
import type { Lesson } from "../../domain/lesson/lesson.ts";
import { rateOf } from "../../measures/learning/rate.ts";
import { sayCause, sayMeasured, sayMistake, sayRemedy, sayVerdict } from "../lessons/words.ts";
import { boundBody, ownLink, safePlain, safeText } from "../safe-text.ts";

const TITLES = {
  propose: "Learn",
  keep: "Keep what helped",
  "take-back": "Take back what did not help",
} as const satisfies Record<Draft["kind"], string>;

export function titleOfLesson({ kind, lesson }: Draft): string {
  return safePlain(`${TITLES[kind]}: ${sayMistake(lesson)}`).slice(0, 200);
}

/** The pull request about a lesson: what happened, what it changes, by what it will be judged, and when. */
export function renderLessonPullRequest(
  draft: Draft,
  links: { readonly repository: string; readonly runUrl: string },
): { readonly title: string; readonly body: string } {
  const lines = [
    "> **Next:** a person merges this, because it changes what steers the factory, or closes it: then it is not proposed again as long as its branch stands.",
    "",
    ...SAY[draft.kind](draft, links.repository),
    "",
    `${ownLink("The run", links.runUrl)} holds what was counted.`,
  ];
  return { title: titleOfLesson(draft), body: boundBody(lines.join("\n")) };
}

const SAY = {
  propose: sayProposal,
  keep: ({ lesson }) => sayCheck(lesson),
  "take-back": ({ lesson, asksForWork }) => [
    ...sayCheck(lesson),
    "",
    lesson.line === undefined || asksForWork
      ? "What was made of it is for a person to take back; its file says that it did not help."
      : "Its line leaves AGENTS.md, unless a person has edited it; its file says that it did not help.",
  ],
} as const satisfies Record<Draft["kind"], (draft: Draft, repository: string) => readonly string[]>;

function sayProposal(draft: Draft, repository: string): readonly string[] {
  const { lesson, replaces, asksForWork } = draft;
  const { baseline, threshold, per, windowDays, check, remedy, line } = lesson;
  const issues = baseline.issues.map((one) => ownLink(`${one}`, `${repository}/issues/${one}`));
  return [
    `**What happened:** ${safeText(sayMistake(lesson))}, ${sayMeasured(baseline, per)} of the last ${windowDays} days: ${issues.join(" ")}`,
    "",
    line === undefined
      ? `**The remedy:** ${sayRemedy(remedy)}. ${asksForWork ? "An issue of its own asks for it; this file is what it will be judged by." : ""}`
      : `**The remedy:** ${sayRemedy(remedy)}: ${safeText(line)}`,
    ...(replaces?.line === undefined
      ? []
      : [
          "",
          `**In its place** goes ${safeText(replaces.line)} AGENTS.md is full, and that mistake is made no more.`,
        ]),
    "",
    `**How it is judged:** from ${check} on, over as many days, the rate may be at most ${sayRate(threshold)}; it was ${sayRate(rateOf(baseline))}. Merge it within two weeks, or move \`check\` by as much: the days before the merge would count against it.`,
  ];
}

function sayCheck({ cause, place, baseline, outcome, per, windowDays, threshold }: Lesson) {
  if (outcome === undefined) throw new RangeError("A lesson that was checked has an outcome.");
  const mistake = { cause, ...(place === undefined ? {} : { place }) };
  return [
    `**What it was to keep from happening:** ${safeText(sayMistake(mistake))}.`,
    "",
    `**Before:** ${sayMeasured(baseline, per)}. **Now:** ${sayMeasured(outcome, per)} of the last ${windowDays} days; at most ${sayRate(threshold)} was wanted. So ${sayVerdict(outcome.is)}.`,
  ];
}

function sayRate(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`;
}

export function renderLessonCommit(draft: Draft): string {
  const { lesson, kind } = draft;
  return `${titleOfLesson(draft)}\n\nLesson: ${lesson.id}, ${kind}, ${sayCause(lesson.cause)}`;
}
