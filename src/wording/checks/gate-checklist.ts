import type { CriteriaText } from "../criteria/rows.ts";
import { renderCriteria, sayProven } from "../criteria/table.ts";
import { counted } from "../figures.ts";
import { sayNoticed } from "../noticed.ts";
import { boundBody, safeText } from "../safe-text.ts";

export interface GateLine {
  readonly name: string;
  readonly ok: boolean;
  /** No condition, but something that a person decides by merging. */
  readonly asks?: boolean;
  /** Why, in one sentence. */
  readonly sentence: string;
}

/** The title of the check run, of a gate that every change in it has passed. */
export function titleOfGate(mergedBy: "factory" | "person"): string {
  return mergedBy === "factory"
    ? "Every condition is met"
    : "Every condition is met; a person merges";
}

/** A gate without criteria: title and summary, where every condition is met. */
export function renderConditions(
  lines: readonly GateLine[],
  mergedBy: "factory" | "person",
): { readonly title: string; readonly summary: string } {
  const summary = [
    `All ${counted(lines.length, "condition")} are met.`,
    "",
    ...lines.map(renderLine),
  ].join("\n");
  return {
    title: titleOfGate(mergedBy),
    summary: boundBody(summary, { characters: CHECK_CHARACTERS }),
  };
}

/** GitHub's bound on the summary of a check run: one less than on a body. */
const CHECK_CHARACTERS = 65_535;

/** The gate as a checklist: what is missing or asked first, then what is fine; below it the criteria. */
export function renderGate(lines: readonly GateLine[], criteria: CriteriaText): string {
  const open = lines.filter(({ ok }) => !ok);
  const asked = open.filter(({ asks }) => asks === true).length;
  const missing = open.length - asked;
  const conditions = lines.length - asked;
  const met =
    missing === 0
      ? `${conditions === 1 ? "The one condition is" : `All ${counted(conditions, "condition")} are`} met.`
      : `${missing} of ${counted(conditions, "condition")} ${missing === 1 ? "is" : "are"} not met.`;
  const head =
    asked === 0
      ? met
      : `${met} ${counted(asked, "thing is", "things are")} for the person who merges to decide.`;
  const items = [...open, ...lines.filter(({ ok }) => ok)].map(renderLine);
  const table = [
    "",
    `Criteria: ${safeText(sayProven(criteria))}.`,
    ...sayNoticed(criteria.evidence).flatMap((said) => ["", `Noticed lines: ${safeText(said)}.`]),
    "",
    ...renderCriteria(criteria),
  ];
  return boundBody([head, "", ...items, ...table].join("\n"), { characters: CHECK_CHARACTERS });
}

function renderLine({ name, ok, sentence }: GateLine): string {
  return `- [${ok ? "x" : " "}] **${safeText(name)}** ${safeText(sentence)}`;
}
