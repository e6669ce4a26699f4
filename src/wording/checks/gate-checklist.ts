import type { CriteriaText } from "../criteria/rows.ts";
import { CRITERIA_FOLD, listCriteria, renderCriteria, sayProven } from "../criteria/table.ts";
import { counted } from "../figures.ts";
import { fold } from "../fold.ts";
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
    ...fold(MET_FOLD, lines.map(renderLine)),
  ].join("\n");
  return {
    title: titleOfGate(mergedBy),
    summary: boundBody(summary, { characters: CHECK_CHARACTERS }),
  };
}

const MET_FOLD = "The conditions that are met";

/** GitHub's bound on the summary of a check run: one less than on a body. */
const CHECK_CHARACTERS = 65_535;

/** The gate: how many conditions are met, what is missing or asked, the criteria; folded is what is fine. */
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
  const body = [
    `**${head}**`,
    ...(open.length === 0 ? [] : ["", ...open.map(renderLine)]),
    "",
    `Criteria: ${safeText(sayProven(criteria))}.`,
    ...sayNoticed(criteria.evidence).flatMap((said) => ["", `Noticed lines: ${safeText(said)}.`]),
    "",
    ...renderCriteria(criteria),
    "",
    ...fold(CRITERIA_FOLD, listCriteria(criteria)),
    "",
    ...fold(MET_FOLD, lines.filter(({ ok }) => ok).map(renderLine)),
    "",
  ];
  return boundBody(body.join("\n"), { characters: CHECK_CHARACTERS });
}

function renderLine({ name, ok, sentence }: GateLine): string {
  return `- [${ok ? "x" : " "}] **${safeText(name)}** ${safeText(sentence)}`;
}
