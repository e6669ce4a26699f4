import type { Continues, LedgerLines } from "../../domain/ledger/pages.ts";
import type { SealedEntry } from "../../domain/ledger.ts";
import { STRAIGHT_WAY, type Stage } from "../../domain/stage.ts";
import { BODY_CHARACTERS, ownLink } from "../safe-text.ts";
import { parseFold, renderFold } from "./ledger-lines.ts";
import { renderLedgerTable, sayEvent } from "./ledger-table.ts";
import { sayWay } from "./line-way.ts";
import { WHO_IS_NEXT } from "./who-is-next.ts";

/** First line of the ledger comment: visible, like all that the factory writes. */
export const LEDGER_MARKER = "### Millwright · ledger";

export interface LedgerComment {
  /** The whole history. */
  readonly entries: readonly SealedEntry[];
  /** Where the oldest of it lies, which the fold leaves out. Absent: all of it stands in the fold. */
  readonly continues?: Continues;
  readonly issue: number;
  readonly stage: Stage;
  /** What a person is asked for: Markdown of this room's renderers, at most three lines. */
  readonly ask?: string;
  /** `repository` is its address, https://github.com/OWNER/NAME: all links are below it. */
  readonly links: { readonly repository: string };
  /** Logins of those whose ids the history names, as far as they were read. */
  readonly people?: ReadonlyMap<number, string>;
}

/**
 * The one comment that holds an issue's history: a table for people, the sealed lines for machines in a visible fold.
 * Where it grows too long for GitHub, the table loses its oldest rows, then the ask all but its first line, never the lines
 * for machines; throws a RangeError when these alone are too long.
 */
export function renderLedgerComment(comment: LedgerComment): string {
  const { ask, ...bare } = comment;
  const first = ask?.split("\n")[0];
  for (const rows of [60, 20, 5, 0]) {
    const body = renderWith(comment, rows);
    if (body.length <= BODY_CHARACTERS) return body;
  }
  for (const said of first === undefined ? [bare] : [{ ...bare, ask: first }, bare]) {
    const body = renderWith(said, 0);
    if (body.length <= BODY_CHARACTERS) return body;
  }
  throw new RangeError(
    `the ledger of issue ${comment.issue} has outgrown a comment of ${BODY_CHARACTERS} characters`,
  );
}

function renderWith(comment: LedgerComment, rows: number): string {
  const ask =
    comment.ask === undefined
      ? []
      : ["> [!IMPORTANT]", ...comment.ask.split("\n").map((line) => `> ${line}`.trimEnd()), ""];
  return [
    LEDGER_MARKER,
    "",
    ...ask,
    ...placeOfStage(comment),
    "",
    ...renderLedgerTable({
      entries: comment.entries,
      issue: comment.issue,
      repository: comment.links.repository,
      people: comment.people,
      rows,
      isOnPages: comment.continues !== undefined,
    }),
    "",
    ...linksToPages(comment),
    ...renderFold({ ...comment, entries: comment.entries.slice(comment.continues?.sequence ?? 0) }),
  ].join("\n");
}

function linksToPages({ continues, issue, links }: LedgerComment): readonly string[] {
  if (continues === undefined) return [];
  const pages = continues.pages.map((id, index) =>
    ownLink(`page ${index + 1}`, `${links.repository}/issues/${issue}#issuecomment-${id}`),
  );
  return [`Lines 1 to ${continues.sequence} of the log lie on ${pages.join(", ")}.`, ""];
}

/** Where the issue stands, who is next, and the way. */
function placeOfStage(comment: LedgerComment): readonly string[] {
  const { entries, stage } = comment;
  const from = entries.findLast((entry) => STRAIGHT_WAY.includes(entry.stage))?.stage;
  const said = `Stands at **${stage}**${outcomeOf(comment)}. ${WHO_IS_NEXT[stage]}`;
  return [said, "", sayWay({ stage, from })];
}

/** What a done issue came to: its merge, and what was seen of it. */
function outcomeOf({ entries, stage, issue, links, people }: LedgerComment): string {
  if (stage !== "done") return "";
  const merged = entries.findLast(({ event }) => event.kind === "merged")?.event;
  const smoked = entries.findLast(({ event }) => event.kind === "smoked")?.event;
  const said = [merged, smoked].flatMap((event) =>
    event === undefined ? [] : [sayEvent(event, { repository: links.repository, issue, people })],
  );
  return said.length === 0 ? "" : `: ${said.join("; ")}`;
}

/** The lines that stand in a comment of the ledger, as `parseFold` reads them. */
export function parseLedgerComment(body: string): LedgerLines | { readonly fault: string } {
  const lines = body.replaceAll("\r\n", "\n").trimEnd().split("\n");
  return lines[0] === LEDGER_MARKER
    ? parseFold(lines)
    : { fault: `the first line is not "${LEDGER_MARKER}"` };
}
