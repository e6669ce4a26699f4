import type { RunPageData } from "./data.ts";
import { fold, html, type Section } from "./html.ts";
import { ownMarkdown } from "./markdown.ts";

/** What a staged run would have written, job by job, as it would stand on GitHub. */
export function stagedOf({ wouldWrite = [] }: RunPageData): readonly Section[] {
  if (wouldWrite.length === 0) return [];
  const jobs = wouldWrite.map(({ job, summary }) =>
    fold(html`<b>${job}</b>`, ownMarkdown(summary)),
  );
  const body = html`<p>Nothing was written. In a live run, these jobs would write to GitHub, in this order:</p>${jobs}`;
  return [{ id: "staged", label: "Would be written", title: "What would have been written", body }];
}
