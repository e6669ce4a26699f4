import { type Across, type Added, addedOf, type Sum } from "../../../measures/across/across.ts";
import type { Review } from "../../../measures/review/review.ts";
import { counted, sayMinute } from "../../figures.ts";
import { FIGURE_WORDS, sayAttention, sayUntold, sayValue } from "./words.ts";

/** Columns of the table, the widest heading short enough for a terminal. */
export const COLUMNS = [
  ["merged", "Merged"],
  ["takenBack", "Taken back"],
  ["withoutPeople", "No people"],
  ["spent", "Spent"],
  ["costPerMerged", "Per merge"],
  ["attempts", "Attempts"],
  ["sentBack", "Sent back"],
] as const satisfies readonly (readonly [Added, string])[];

const SHOWN = 4;
const BETWEEN = "  ";

/** Several repositories for a terminal: a row each, what they come to, and what is missing. Plain text. */
export function sayAcross(across: Across): string {
  const { reviews, window, unread, withoutFactory } = across;
  return [
    `Operational review of ${counted(reviews.length, "repository", "repositories")}`,
    `  ${sayMinute(window.from)} to ${sayMinute(window.until)}`,
    ...(reviews.length === 0 ? [] : group("By repository", tableOf(across))),
    ...(reviews.length === 0 ? [] : group("Together", togetherOf(across))),
    ...group("Look at", lookAt(reviews)),
    ...group("Not read", unread.map(sayUnread)),
    ...group("Without a factory", sayWithout(withoutFactory)),
    "",
  ].join("\n");
}

function group(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

function tableOf({ reviews, sums }: Across): readonly string[] {
  const head = ["", ...COLUMNS.map(([, heading]) => heading)];
  const rows = reviews.map((review) => {
    const figures = addedOf(review);
    return [review.repository, ...COLUMNS.map(([name]) => sayValue(figures[name]))];
  });
  const sum = ["together", ...COLUMNS.map(([name]) => sayValue(sums[name].figure))];
  const all = [head, ...rows, sum];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  return all.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join(BETWEEN)
      .trimEnd(),
  );
}

function togetherOf({ sums }: Across): readonly string[] {
  const names = Object.keys(sums) as readonly Added[];
  return names.map((name) => {
    const { figure } = sums[name];
    const gap = sayMissing(sums[name]);
    return `${FIGURE_WORDS[name][0].padEnd(30)} ${sayValue(figure)}${gap === "" ? "" : `  (${gap})`}`;
  });
}

/** Whom a sum lacks, by reason; nothing where it lacks nobody. */
export function sayMissing({ missing }: Sum): string {
  const reasons = Map.groupBy(missing, ({ because }) => because);
  return [...reasons]
    .map(([because, own]) => {
      const names = own.slice(0, SHOWN).map(({ repository }) => repository);
      const more = own.length > SHOWN ? ` and ${own.length - SHOWN} more` : "";
      return `without ${names.join(", ")}${more}: ${sayUntold(because)}`;
    })
    .join("; ");
}

function lookAt(reviews: readonly Review[]): readonly string[] {
  const all = reviews.flatMap(({ repository, attention }) =>
    attention.map((one) => `${repository}: ${sayAttention(one)}`),
  );
  return reviews.length > 0 && all.length === 0 ? ["nothing of what this report looks for"] : all;
}

function sayUnread({ name, because }: Across["unread"][number]): string {
  return `${name}: ${because}`;
}

function sayWithout(names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, SHOWN).join(", ");
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : "";
  return [`${counted(names.length, "repository", "repositories")}: ${shown}${more}`];
}
