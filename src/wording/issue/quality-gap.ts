import { type Limited, ruleOf } from "../../domain/quality/measures.ts";
import type { Measure, QualityReport } from "../../domain/quality.ts";
import { askedFor, sayState } from "../pages/quality-because.ts";
import { boundBody, safePlain, safeText } from "../safe-text.ts";

const MOST_FILES = 8;

/** The texts of an issue that the factory files; by its marker it is found again. */
export interface FiledIssue {
  readonly marker: string;
  readonly title: string;
  readonly body: string;
}

/** What a gap is, in the words of an issue: plain text, not bounded, a line for each thing that is said. */
export function sayGap(gap: {
  readonly area: string;
  readonly grade: string;
  readonly bar: Limited;
  readonly because: string;
  /** The figure that decided. */
  readonly measure: Measure & { readonly value: number };
  readonly files: readonly string[];
}): { readonly title: string; readonly detail: string } {
  const { area, grade, bar, because, measure, files } = gap;
  const { name, value, source, counted, where = [] } = measure;
  const limit = ruleOf(name).limits?.[bar];
  const wanted = limit === undefined ? "" : `, ${askedFor(name, limit)} wanted`;
  // A line that ends in a foreign name ends without a full stop, which would become part of the name's code.
  const detail = [
    `Grade ${grade}, bar ${bar}: ${because}`,
    `Counted from ${source}${counted ? ` (${counted})` : ""}`,
    ...(where.length === 0 ? [] : [`Look first at ${inCode(where)}`]),
    `Files: ${inCode(files.slice(0, MOST_FILES))}${files.length > MOST_FILES ? " and others" : ""}`,
  ];
  return { title: `${area}: ${sayState(name, value)}${wanted}`, detail: detail.join("\n") };
}

/** Each name alone in its code, the comma outside. */
function inCode(names: readonly string[]): string {
  return names.map((name) => `\`${name.replaceAll("`", "'")}\``).join(", ");
}

/** The issue of an area that is below its bar, found again by the gap's fingerprint. */
export function renderGap(gap: QualityReport["gaps"][number]): FiledIssue {
  const fingerprint = gap.fingerprint.replace(/[^A-Za-z0-9._:/-]/g, "-");
  const marker = `Fingerprint: \`millwright:quality:${fingerprint}\``;
  const lines = [
    ...gap.detail.split("\n").map((line) => `- ${safeText(line)}`),
    "",
    `Found by the nightly audit in the area ${safeText(gap.area)}. To have this issue worked on, put the queued label on it.`,
    "",
    marker,
  ];
  return { marker, title: safePlain(gap.title).slice(0, 200), body: boundBody(lines.join("\n")) };
}
