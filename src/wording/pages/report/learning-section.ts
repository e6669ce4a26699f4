import { MistakeCause } from "../../../domain/lesson/mistake.ts";
import type { Review } from "../../../measures/review/review.ts";
import { sayCause } from "../../lessons/words.ts";
import { html, NOTHING, type Section } from "../run-page/html.ts";
import { cards, table } from "./parts.ts";
import { linksTo } from "./sources.ts";

/** What went wrong before it went right, by cause, and how much of it had gone wrong so before. */
export function learningSection({ learning, url }: Review): Section {
  const { causes, ...figures } = learning;
  const rows = causes.map(({ reason, times, from }) => [
    sayReasonOfCause(reason),
    `${times}`,
    linksTo(from, url),
  ]);
  const shown = rows.length === 0 ? NOTHING : table(["Cause", "Times", "Where"], rows);
  return {
    ...{ id: "learning", label: "Learning", title: "Mistakes and lessons" },
    body: html`${cards(figures, url)}${shown}`,
  };
}

export function sayReasonOfCause(reason: string): string {
  const cause = MistakeCause.safeParse(reason);
  return cause.success ? sayCause(cause.data) : reason;
}
