import { canonicalJson } from "../../domain/digest.ts";
import { Continues, type LedgerLines } from "../../domain/ledger/pages.ts";
import { SealedEntry } from "../../domain/ledger.ts";
import { inAscii } from "./machine-lines.ts";

const FOLD = "<details><summary>Machine-readable log (signed)</summary>";
const FOLD_END = "</details>";
const FENCE = "```json";
const FENCE_END = "```";

/** The visible fold that ends a comment of the ledger: where its lines go on from, then one line for each entry. */
export function renderFold(lines: LedgerLines): readonly string[] {
  return [FOLD, "", FENCE, ...machineLines(lines), FENCE_END, "", FOLD_END, ""];
}

/** The lines for machines as they are written. */
export function machineLines({ entries, continues }: LedgerLines): readonly string[] {
  const first = continues === undefined ? [] : [continuesLine(continues)];
  return [...first, ...entries.map(machineLine)];
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

function continuesLine(continues: Continues): string {
  return inAscii(canonicalJson({ continues }));
}

/**
 * The lines that stand in the fold at the end of a comment. Strict: a line must be exactly what this file writes for it,
 * which rules out duplicate keys, unknown keys and look-alikes (threats OUT-11). Whether to believe them is `refuseLedger`'s
 * to say.
 */
export function parseFold(lines: readonly string[]): LedgerLines | { readonly fault: string } {
  const fold = lines.lastIndexOf(FOLD);
  if (fold < 0) return { fault: "the fold with the lines for machines is missing" };
  const [before, fence, ...rest] = lines.slice(fold + 1);
  const tail = rest.splice(-3);
  if (before !== "" || fence !== FENCE || tail.join("\n") !== `${FENCE_END}\n\n${FOLD_END}`) {
    return { fault: "the fold with the lines for machines was changed" };
  }
  const continues = readContinues(rest[0] ?? "");
  const first = continues === undefined ? 0 : 1;
  const entries: SealedEntry[] = [];
  for (const [index, line] of rest.slice(first).entries()) {
    const entry = readLine(line);
    if (entry === undefined) return { fault: `line ${first + index + 1} for machines was changed` };
    entries.push(entry);
  }
  return { entries, ...(continues === undefined ? {} : { continues }) };
}

function readLine(line: string): SealedEntry | undefined {
  const parsed = SealedEntry.safeParse(jsonOf(line));
  return parsed.success && machineLine(parsed.data) === line ? parsed.data : undefined;
}

function readContinues(line: string): Continues | undefined {
  const parsed = Continues.safeParse(jsonOf(line, "continues"));
  return parsed.success && continuesLine(parsed.data) === line ? parsed.data : undefined;
}

/** What a line holds as JSON, or under this name of it; undefined where it is none. */
function jsonOf(line: string, name?: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return name === undefined ? value : (Object(value) as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}
