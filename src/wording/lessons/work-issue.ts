import type { Lesson } from "../../domain/lesson/lesson.ts";
import type { FiledIssue } from "../issue/quality-gap.ts";
import { boundBody, ownLink, safePlain, safeText } from "../safe-text.ts";
import { sayMeasured, sayMistake, sayRemedy } from "./words.ts";

/** What an issue asks for where code has no words for the remedy: whoever builds it reads the issues that it names. */
export function renderLessonWork(lesson: Lesson, repository: string): FiledIssue {
  const { id, baseline, remedy, per, windowDays, branch } = lesson;
  const marker = `Fingerprint: \`millwright:lesson:${id}\``;
  const mistake = sayMistake(lesson);
  const lines = [
    `Make ${sayRemedy(remedy)} that keeps this from happening again: ${safeText(mistake)}.`,
    "",
    `It happened ${sayMeasured(baseline, per)} of ${windowDays} days. Read what went wrong there first:`,
    ...baseline.issues.map((one) => `- ${ownLink(`${one}`, `${repository}/issues/${one}`)}`),
    "",
    "Done means: put back into the state before one of these changes, the new rule or test fails; on the default branch it passes.",
    "",
    `How it is judged stands on the branch ${safeText(branch)}. Put the queued label on this issue to have it worked on, or close it.`,
    "",
    marker,
  ];
  const title = safePlain(`Learn: ${sayRemedy(remedy)} against: ${mistake}`).slice(0, 200);
  return { marker, title, body: boundBody(lines.join("\n")) };
}
