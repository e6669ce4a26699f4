import type { QualityReport } from "../../domain/quality.ts";
import { boundBody, safePlain, safeText } from "../safe-text.ts";

/** The texts of an issue that the factory files; by its marker it is found again. */
export interface FiledIssue {
  readonly marker: string;
  readonly title: string;
  readonly body: string;
}

/** What a gap is, in the words of an issue: plain text, not bounded. */
export function sayGap(gap: {
  readonly area: string;
  readonly grade: string;
  readonly bar: string;
  readonly because: string;
  /** What the figure that decided was counted from, and how. */
  readonly source: string | undefined;
  readonly counted: string | undefined;
  /** Where to look first. */
  readonly where: readonly string[];
  readonly files: readonly string[];
}): { readonly title: string; readonly detail: string } {
  const { area, grade, bar, because, source, counted, where, files } = gap;
  const detail = [
    `${area} has grade ${grade}, its bar is ${bar}: ${because}.`,
    ...(source === undefined ? [] : [`Counted from: ${source}${counted ? ` (${counted})` : ""}.`]),
    ...(where.length === 0 ? [] : [`Look first at: ${where.join(", ")}.`]),
    `Files: ${files.slice(0, 8).join(", ")}${files.length > 8 ? " and others" : ""}.`,
  ];
  return { title: `Raise ${area} from ${grade} to ${bar}: ${because}`, detail: detail.join(" ") };
}

/** The issue of an area that is below its bar, found again by the gap's fingerprint. */
export function renderGap(gap: QualityReport["gaps"][number]): FiledIssue {
  const fingerprint = gap.fingerprint.replace(/[^A-Za-z0-9._:/-]/g, "-");
  const marker = `Fingerprint: \`millwright:quality:${fingerprint}\``;
  const lines = [
    safeText(gap.detail),
    "",
    `Found by the nightly audit in the area ${safeText(gap.area)}. Put the queued label on this issue to have it worked on.`,
    "",
    marker,
  ];
  return { marker, title: safePlain(gap.title).slice(0, 200), body: boundBody(lines.join("\n")) };
}
