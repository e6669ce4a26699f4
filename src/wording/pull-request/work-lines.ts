import { canonicalJson } from "../../domain/digest.ts";
import { SealedPullWork } from "../../domain/ledger/pull-work.ts";
import { inAscii } from "../issue/machine-lines.ts";

const FOLD = "<details><summary>What this cost, for machines (signed)</summary>";
const FOLD_END = "</details>";
const FENCE = "```json";
const FENCE_END = "```";

/** The visible fold at the end of a comment that holds what was spent on a pull request. */
export function renderWorkFold(lines: readonly SealedPullWork[]): readonly string[] {
  if (lines.length === 0) return [];
  return [FOLD, "", FENCE, ...lines.map(machineLine), FENCE_END, "", FOLD_END, ""];
}

/** A comment without that fold, as people read it. */
export function beforeWorkFold(body: string): string {
  const all = body.replaceAll("\r\n", "\n").split("\n");
  const fold = all.lastIndexOf(FOLD);
  return (fold < 0 ? all : all.slice(0, fold)).join("\n").trimEnd();
}

function machineLine(line: SealedPullWork): string {
  return inAscii(canonicalJson(line));
}

/**
 * The lines in the fold of a comment; none where it has no fold. Strict: a line must be exactly what this file writes for it.
 * Whether to believe them is not said here.
 */
export function parseWorkFold(
  body: string,
): { readonly lines: readonly SealedPullWork[] } | { readonly fault: string } {
  const all = body.replaceAll("\r\n", "\n").trimEnd().split("\n");
  const fold = all.lastIndexOf(FOLD);
  if (fold < 0) return { lines: [] };
  const [before, fence, ...rest] = all.slice(fold + 1);
  const tail = rest.splice(-3);
  if (before !== "" || fence !== FENCE || tail.join("\n") !== `${FENCE_END}\n\n${FOLD_END}`) {
    return { fault: "the fold with what it cost was changed" };
  }
  const lines = rest.map(readLine);
  const fault = lines.indexOf(undefined);
  return fault < 0
    ? { lines: lines.filter((line) => line !== undefined) }
    : { fault: `line ${fault + 1} of what it cost was changed` };
}

function readLine(line: string): SealedPullWork | undefined {
  const parsed = SealedPullWork.safeParse(jsonOf(line));
  return parsed.success && machineLine(parsed.data) === line ? parsed.data : undefined;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
