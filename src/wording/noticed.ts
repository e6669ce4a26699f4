import {
  type NoticedHunk,
  type NoticedPiece,
  type Pieces,
  rangeOf,
  type UntriedReason,
} from "../domain/evidence/noticed.ts";
import type { Evidence, Noticed } from "../domain/evidence.ts";
import { counted, sayDuration } from "./figures.ts";

/** Why a part was not taken back. A reason that is missing here does not compile. */
const UNTRIED = {
  "no-test": "no named test passes",
  "no-report": "no report names the tests",
  binary: "binary",
  renamed: "renamed",
  mode: "only its mode changed",
  "no-file": "no regular file on the base",
  time: "the minutes were used up",
  count: "more parts than are tried",
  "timed-out": "the tests ran out of time",
  "not-told": "the report does not tell",
} as const satisfies Record<UntriedReason, string>;

/** Why a part that does not build without was not tried by its statements, or not by all. */
const UNSPLIT = {
  time: UNTRIED.time,
  count: "more of them than are tried",
  "no-grammar": "no grammar reads the file",
  "no-statement": "it puts in no whole statement",
} as const satisfies Record<NonNullable<Pieces["because"]>, string>;

/** Parts that are named; the others are counted. */
const SHOWN = 5;

export function noticedIn(evidence: readonly Evidence[]): Noticed | undefined {
  return evidence.find((piece) => piece.kind === "noticed");
}

export function hunksThat(
  { hunks }: Noticed,
  noticed: NoticedHunk["noticed"],
): readonly NoticedHunk[] {
  return hunks.filter((hunk) => hunk.noticed === noticed);
}

/** All of it in one sentence; nothing where nobody looked. Plain text. */
export function sayNoticed(evidence: readonly Evidence[]): readonly string[] {
  const noticed = noticedIn(evidence);
  if (noticed === undefined) return [];
  return [[sayNoticedLines(noticed), ...sayOpenParts(noticed)].join("; ")];
}

/** How many changed lines of the source are missed when they are taken back, and what it cost to see that. Plain text. */
export function sayNoticedLines({ lines, runs, durationMs, silentLines }: Noticed): string {
  const { changed, byTests, byCompiler, untried } = lines;
  if (changed === 0) {
    return silentLines === 0
      ? "no source was changed"
      : `no source was changed but for ${counted(silentLines, "line")} of comments or tests`;
  }
  const parts = [
    `named tests notice ${byTests} of ${counted(changed, "changed source line")}`,
    ...(byCompiler === 0 ? [] : [`the compiler ${byCompiler}`]),
    ...(untried === 0 ? [] : [`${untried} not tried`]),
  ];
  const cost = runs === 0 ? "" : ` (${counted(runs, "run")}, ${sayDuration(durationMs)})`;
  return `${parts.join(", ")}${cost}`;
}

/** `nobody notices src/a.ts:4-5; not tried: src/b.bin (binary)`; nothing where there is neither. Plain text. */
function sayOpenParts(noticed: Noticed): readonly string[] {
  const unnoticed = hunksThat(noticed, "unnoticed").map(rangeOf);
  return [
    ...(unnoticed.length === 0 ? [] : [`nobody notices ${listed(unnoticed)}`]),
    ...sayUntried(noticed),
  ];
}

function sayUntried(noticed: Noticed): readonly string[] {
  const untried = hunksThat(noticed, "untried");
  // Where all have one reason, it is said once.
  const [first] = untried;
  if (first === undefined) return [];
  const isSame = untried.every(({ because }) => because === first.because);
  if (isSame) return [`not tried, because ${sayReason(first)}: ${listed(untried.map(rangeOf))}`];
  return [`not tried: ${listed(untried.map((hunk) => `${rangeOf(hunk)} (${sayReason(hunk)})`))}`];
}

/** What of a part was left out alone, each as a part of the same file. */
export function piecesOf({
  path,
  pieces,
}: NoticedHunk): readonly (NoticedPiece & Pick<NoticedHunk, "path">)[] {
  return (pieces?.tried ?? []).map((piece) => ({ ...piece, path }));
}

/** `not tried by its statements: no grammar reads the file`; nothing where all were tried, and where nobody had to. */
export function sayLeft({ pieces }: Pick<NoticedHunk, "pieces">): string {
  if (pieces?.because === undefined) return "";
  const { left, because, tried } = pieces;
  const what =
    tried.length === 0 ? "not tried by its statements" : `${counted(left, "statement")} not tried`;
  return `${what}: ${UNSPLIT[because]}`;
}

export function sayReason({ because }: Pick<NoticedHunk, "because">): string {
  return because === undefined ? "" : UNTRIED[because];
}

function listed(items: readonly string[]): string {
  const more = items.length > SHOWN ? [`and ${items.length - SHOWN} more`] : [];
  return [...items.slice(0, SHOWN), ...more].join(", ");
}
