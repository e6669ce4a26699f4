import type { Across } from "../../measures/across/across.ts";
import type { Window } from "../../measures/history/history.ts";
import { type Review, reviewOf } from "../../measures/review/review.ts";
import { renderAcrossPage } from "../../wording/pages/report/across-page.ts";
import { renderReportPage } from "../../wording/pages/report/report-page.ts";
import { sayAcross } from "../../wording/pages/report/say-across.ts";
import { sayReview } from "../../wording/pages/report/say-review.ts";
import { writeNamedPage } from "../shared/page-place.ts";
import type { Terminal } from "../shared/terminal.ts";
import type { ReportArguments } from "./arguments.ts";
import { readAcross } from "./read-across.ts";
import { type ReadHistory, readHistory } from "./read-history.ts";

/** What `--json` prints. */
export interface ReportResult {
  readonly review: Review;
  readonly notes: readonly string[];
  /** Where the page is; null where none was asked for. */
  readonly page: string | null;
}

/** What `--json` prints of several repositories. */
export interface AcrossResult {
  readonly across: Across;
  readonly notes: readonly string[];
  readonly page: string | null;
}

interface Told {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Plays the week of the twin, where that is the source. */
  readonly playWeek: () => Promise<ReadHistory & { readonly window: Window }>;
}

/** Reads the sources, counts, and says it. Writes nothing but the page that was asked for. */
export async function runReport(
  asked: ReportArguments,
  told: Told,
): Promise<ReportResult | AcrossResult> {
  const { terminal, environment, playWeek } = told;
  const shows = (what: string) => terminal.transient(`  reading ${what} …`);
  const [source, another] = asked.sources;
  if (another !== undefined || source.kind === "org") {
    return tellAcross(await readAcross(asked.sources, asked, { environment, shows }), {
      ...{ terminal, html: asked.html },
    });
  }
  const read =
    source.kind === "twin"
      ? await playWeek()
      : { ...(await readHistory(source, asked, { environment, shows })), window: asked.window };
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
  const { results } = terminal;
  for (const line of sayReview(review).split("\n")) results.line(line);
  for (const note of notes) results.line(`  note: ${note}`);
  const page =
    html === undefined ? null : await writeNamedPage("--html", html, renderReportPage(review));
  if (page !== null) terminal.line(`  page: ${page}`);
  return { review, notes, page };
}

/** Says several repositories, and writes their page where somebody asked for one. */
export async function tellAcross(
  { across, notes }: Omit<AcrossResult, "page">,
  { terminal, html }: { readonly terminal: Terminal; readonly html: string | undefined },
): Promise<AcrossResult> {
  const { results } = terminal;
  for (const line of sayAcross(across).split("\n")) results.line(line);
  for (const note of notes) results.line(`  note: ${note}`);
  const page =
    html === undefined
      ? null
      : await writeNamedPage("--html", html, renderAcrossPage(across, notes));
  if (page !== null) terminal.line(`  page: ${page}`);
  return { across, notes, page };
}

/** Whether every source was read. */
export function wasRead(result: ReportResult | AcrossResult): boolean {
  return !("across" in result) || result.across.unread.length === 0;
}
