import { canonicalJson } from "../../domain/digest.ts";
import { SealedEntry } from "../../domain/ledger.ts";
import { STRAIGHT_WAY, type Stage } from "../../domain/stage.ts";
import { BODY_CHARACTERS } from "../safe-text.ts";
import { renderLedgerTable } from "./ledger-table.ts";
import { drawLine } from "./line-picture.ts";
import { inAscii } from "./machine-lines.ts";

/** First line of the ledger comment: visible, like all that the factory writes. */
export const LEDGER_MARKER = "### Millwright · ledger";

const FOLD = "<details><summary>Machine-readable log (signed)</summary>";
const FOLD_END = "</details>";
const FENCE = "```json";
const FENCE_END = "```";

export interface LedgerComment {
  readonly entries: readonly SealedEntry[];
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
    }),
    "",
    FOLD,
    "",
    FENCE,
    ...comment.entries.map(machineLine),
    FENCE_END,
    "",
    FOLD_END,
    "",
  ].join("\n");
}

/** Where the issue stands: in words, which a mail shows as well, and as a picture. */
function placeOfStage({ entries, stage }: LedgerComment): readonly string[] {
  const from = entries.findLast((entry) => STRAIGHT_WAY.includes(entry.stage))?.stage;
  return [`Stands at **${stage}**.`, "", ...drawLine({ stage, from })];
}

/** How many characters these entries take in the comment, whatever else stands in it. */
export function writtenLength(entries: readonly SealedEntry[]): number {
  return entries.reduce((sum, entry) => sum + machineLine(entry).length + 1, 0);
}

/** How many characters a text takes in a line for machines, in which a letter beyond ASCII takes six. */
export function writtenTextLength(text: string): number {
  return inAscii(JSON.stringify(text)).length - 2;
}

/** Lines of entries, which nobody changes once they are sealed: a job measures and writes its ledger many times. */
const WRITTEN = new WeakMap<SealedEntry, string>();

/** One entry as one line of ASCII JSON in which nothing can end the fence, hide or be mentioned. */
function machineLine(entry: SealedEntry): string {
  const line = WRITTEN.get(entry) ?? inAscii(canonicalJson(entry));
  WRITTEN.set(entry, line);
  return line;
}

/**
 * The entries that stand in a comment. Strict: a line must be exactly what this file writes for its entry, which rules out
 * duplicate keys, unknown keys and look-alikes (threats OUT-11). Whether to believe them is `refuseLedger`'s to say.
 */
export function parseLedgerComment(
  body: string,
): { readonly entries: readonly SealedEntry[] } | { readonly fault: string } {
  const lines = body.replaceAll("\r\n", "\n").trimEnd().split("\n");
  if (lines[0] !== LEDGER_MARKER) return { fault: `the first line is not "${LEDGER_MARKER}"` };
  const fold = lines.lastIndexOf(FOLD);
  if (fold < 0) return { fault: "the fold with the lines for machines is missing" };
  const [before, fence, ...rest] = lines.slice(fold + 1);
  const tail = rest.splice(-3);
  if (before !== "" || fence !== FENCE || tail.join("\n") !== `${FENCE_END}\n\n${FOLD_END}`) {
    return { fault: "the fold with the lines for machines was changed" };
  }
  const entries: SealedEntry[] = [];
  for (const [index, line] of rest.entries()) {
    const entry = readLine(line);
    if (entry === undefined) return { fault: `line ${index + 1} for machines was changed` };
    entries.push(entry);
  }
  return { entries };
}

function readLine(line: string): SealedEntry | undefined {
  try {
    const parsed = SealedEntry.safeParse(JSON.parse(line));
    return parsed.success && machineLine(parsed.data) === line ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
