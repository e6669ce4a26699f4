import type { Figure } from "../../../measures/figure.ts";
import type { Review } from "../../../measures/review/review.ts";
import { sayMinute } from "../../figures.ts";
import type { FiledIssue } from "../../issue/quality-gap.ts";
import { boundBody, ownLink, safeCell, safeText } from "../../safe-text.ts";
import { sayReasonOfCause } from "./learning-section.ts";
import {
  FIGURE_WORDS,
  type FigureName,
  sayAttention,
  sayNumber,
  sayReason,
  sayUntold,
  sayValue,
} from "./words.ts";

/** By this last line the rolling issue is found again, and by its author. */
export const REVIEW_MARKER = "Fingerprint: `millwright:operational-review`";

const MOST_LINKS = 12;

/** The one issue of the operational review, rewritten each week: three things to look at, figures, charts. */
export function renderReviewIssue(
  review: Review,
  notes: readonly string[],
  lessons: readonly string[] = [],
): FiledIssue {
  const { window } = review;
  const lines = [
    "### Millwright · operational review",
    "",
    `${sayMinute(window.from)} to ${sayMinute(window.until)}. Counted by code from the ledgers; what nobody can know is unknown, with the reason.`,
    "",
    ...renderReviewFigures(review),
    ...lessons,
    ...sayNotes(notes),
    "A schedule writes this text anew; what anybody else writes into it is lost. `millwright report` makes the whole page.",
    "",
    REVIEW_MARKER,
  ];
  return {
    marker: REVIEW_MARKER,
    title: "Millwright: the operational review",
    body: boundBody(lines.join("\n")),
  };
}

/** The same for the summary of the job: no line of it is known to anybody as a marker. */
export function renderReviewFigures(review: Review): readonly string[] {
  const { delivery, efficiency, vigilance, learning } = review;
  const { mistakes, unknownCause, repeated } = learning;
  const { stopped, escaped } = vigilance;
  return [
    "#### Look at",
    "",
    ...sayLookAt(review),
    "",
    "#### Figures",
    "",
    ...sayFigures(
      { ...delivery, ...efficiency, stopped, escaped, mistakes, unknownCause, repeated },
      review.url,
    ),
    "",
    ...drawPace(review),
    ...drawFunnel(review),
    ...sayReasons(review),
  ];
}

function sayLookAt({ attention, url }: Review): readonly string[] {
  if (attention.length === 0) return ["Nothing of what this review looks for."];
  return attention.map(
    (one, index) => `${index + 1}. ${sayAttention(one)} ${linksTo(one.from, url)}`,
  );
}

/** Each figure with what it was counted from; those that nobody knows in a line for each reason. */
function sayFigures(
  figures: Readonly<Partial<Record<FigureName, Figure>>>,
  url: string | undefined,
): readonly string[] {
  const pairs = Object.entries(figures) as readonly (readonly [FigureName, Figure])[];
  const rows = pairs.flatMap(([name, figure]) =>
    "value" in figure
      ? [`| ${FIGURE_WORDS[name][0]} | **${sayValue(figure)}** | ${sayFrom(figure, url)} |`]
      : [],
  );
  const missing = pairs.flatMap(([name, figure]) =>
    "unknown" in figure ? [{ name: FIGURE_WORDS[name][0], because: figure.unknown }] : [],
  );
  const reasons = [...Map.groupBy(missing, ({ because }) => because)].map(
    ([because, own]) =>
      `Unknown because ${sayUntold(because)}: ${own.map(({ name }) => name).join(", ")}.`,
  );
  const table = rows.length === 0 ? [] : ["| | | counted from |", "|---|---|---|", ...rows, ""];
  return [...table, ...reasons];
}

function sayFrom(figure: Extract<Figure, { value: number }>, url: string | undefined): string {
  const { from, among } = figure;
  const of = among === undefined ? "" : `${from.length} of ${among.length}`;
  const parts = [of, linksTo(from, url)].filter((part) => part !== "");
  return parts.join(": ") || "nothing";
}

function linksTo(ids: readonly string[], url: string | undefined): string {
  const shown = ids.slice(0, MOST_LINKS).map((id) => linkTo(id, url));
  const more = ids.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(" ");
}

function linkTo(id: string, url: string | undefined): string {
  const number = /^#([1-9][0-9]*)(?: attempt [0-9]+)?$/.exec(id)?.[1];
  if (url === undefined) return safeCell(id);
  if (number !== undefined) return ownLink(id.slice(1), `${url}/issues/${number}`);
  return /^[0-9a-f]{40}$/.test(id) ? ownLink(id.slice(0, 7), `${url}/commit/${id}`) : safeCell(id);
}

/** GitHub draws Mermaid itself, light and dark as its reader wishes. */
function drawPace({ pace }: Review): readonly string[] {
  const { rows, days } = pace;
  const merged = rows.map((row) => row.byAgents + row.byPeople + row.unsaid);
  if (merged.every((count) => count === 0)) return [];
  return chart({
    title: days === 1 ? "Merged each day" : `Merged each ${days} days`,
    across: rows.map(({ at }) => at.slice(5, 10)),
    up: merged,
  });
}

function drawFunnel({ funnel }: Review): readonly string[] {
  const reached = funnel.rows.map((row) => ("value" in row.reached ? row.reached.value : 0));
  if (reached.every((count) => count === 0)) return [];
  return chart({
    title: "Issues that came to each stage",
    across: funnel.rows.map(({ stage }) => stage),
    up: reached,
  });
}

/** A phone shows it at nine tenths of this width, and then its letters of 14 pixels are still to be read. */
const CHART_SIZE = '%%{init: {"xyChart": {"width": 390, "height": 260}}}%%';

function chart(drawn: {
  readonly title: string;
  readonly across: readonly string[];
  readonly up: readonly number[];
}): readonly string[] {
  const names = drawn.across.map((name) => `"${name}"`).join(", ");
  return [
    "```mermaid",
    CHART_SIZE,
    "xychart-beta",
    `  title "${drawn.title}"`,
    `  x-axis [${names}]`,
    `  y-axis 0 --> ${Math.max(1, ...drawn.up)}`,
    `  bar [${drawn.up.join(", ")}]`,
    "```",
    "",
  ];
}

function sayReasons({ funnel, vigilance, learning, url }: Review): readonly string[] {
  const back = funnel.sendBackReasons.map(
    ({ reason, times, from }) =>
      `| sent back: ${safeCell(sayReason(reason))} | ${times} | ${linksTo(from, url)} |`,
  );
  const refused = funnel.refusals.map(
    ({ reason, times, from }) =>
      `| refused: ${safeCell(reason)} | ${times} | ${linksTo(from, url)} |`,
  );
  const causes = learning.causes.map(
    ({ reason, times, from }) =>
      `| cause: ${safeCell(sayReasonOfCause(reason))} | ${times} | ${linksTo(from, url)} |`,
  );
  const stops = "known" in vigilance.stops ? vigilance.stops.known : [];
  const stood = stops.map(
    ({ issue, ms }) => `| andon | ${sayNumber("ms", ms)} | ${linkTo(`#${issue}`, url)} |`,
  );
  const rows = [...back, ...refused, ...causes, ...stood];
  if (rows.length === 0) return [];
  return ["#### Sent back, refused, stopped", "", "| | | where |", "|---|---|---|", ...rows, ""];
}

function sayNotes(notes: readonly string[]): readonly string[] {
  return notes.length === 0 ? [] : [...notes.map((note) => `- Not counted: ${safeText(note)}`), ""];
}
