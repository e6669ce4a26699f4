import { dirname, parse } from "node:path";
import type { Window } from "../../measures/history/history.ts";
import { type Review, reviewOf } from "../../measures/review/review.ts";
import { renderReportPage } from "../../wording/pages/report/report-page.ts";
import { sayReview } from "../../wording/pages/report/say-review.ts";
import { writePage } from "../shared/page-place.ts";
import type { Terminal } from "../shared/terminal.ts";
import type { ReportArguments } from "./arguments.ts";
import { type ReadHistory, readHistory } from "./read-history.ts";

/** What the last line says. */
export interface ReportResult {
  readonly review: Review;
  readonly notes: readonly string[];
  /** Where the page is; null where none was asked for. */
  readonly page: string | null;
}

interface Told {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Plays the week of the twin, where that is the source. */
  readonly playWeek: () => Promise<ReadHistory & { readonly window: Window }>;
}

/** Reads the source, counts, and says it. Writes nothing but the page that was asked for. */
export async function runReport(asked: ReportArguments, told: Told): Promise<ReportResult> {
  const { terminal, environment, playWeek } = told;
  const shows = (what: string) => terminal.transient(`  reading ${what} …`);
  const read =
    asked.source.kind === "twin"
      ? await playWeek()
      : { ...(await readHistory(asked, { environment, shows })), window: asked.window };
  const review = reviewOf(read.history, read.window);
  return tellReview(review, { terminal, notes: read.notes, html: asked.html });
}

/** Says a review, and writes its page where somebody asked for one. */
export async function tellReview(
  review: Review,
  to: {
    readonly terminal: Terminal;
    readonly notes: readonly string[];
    readonly html: string | undefined;
  },
): Promise<ReportResult> {
  const { terminal, notes, html } = to;
  for (const line of sayReview(review).split("\n")) terminal.line(line);
  for (const note of notes) terminal.line(`  note: ${note}`);
  const page = html === undefined ? null : await write(html, review);
  if (page !== null) terminal.line(`  page: ${page}`);
  return { review, notes, page };
}

function write(path: string, review: Review): Promise<string> {
  const { name, ext: extension } = parse(path);
  return writePage(
    { folder: dirname(path), name, extension, keepsOthers: false },
    renderReportPage(review),
  );
}
