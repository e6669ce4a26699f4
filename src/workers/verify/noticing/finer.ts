import {
  MOST_PIECES,
  type NoticedHunk,
  type NoticedPiece,
} from "../../../domain/evidence/noticed.ts";
import type { Hunk } from "../../proof/noticed/hunks.ts";
import { type Piece, piecesOf, type Unsplit } from "../../proof/noticed/pieces/pieces.ts";
import { type Finer, type TriedHunk, tryTogether } from "./together.ts";
import type { Trial } from "./trial.ts";

/**
 * A failed build says nothing about the tests. So hunks without which nothing builds are tried again: those that share
 * one statement together, then each piece by piece. All within the same minutes.
 */
export async function tryFiner(
  finer: Finer,
  tried: readonly TriedHunk[],
): Promise<readonly NoticedHunk[]> {
  const joined = await tryTogether(finer, tried);
  return await tryPieces(finer, joined);
}

function isUnbuilt({ told }: TriedHunk): boolean {
  return told.noticed === "by-compiler";
}

interface Waiting {
  readonly hunk: Hunk;
  readonly piece: Piece;
}

async function tryPieces(
  { trial, files, syntax }: Finer,
  tried: readonly TriedHunk[],
): Promise<readonly NoticedHunk[]> {
  const without = new Map<Hunk, Unsplit>();
  const waiting: Waiting[] = [];
  for (const { hunk } of tried.filter(isUnbuilt)) {
    const file = files.get(hunk.path);
    const found = file === undefined ? "no-statement" : await piecesOf(file, hunk, syntax);
    if (typeof found === "string") without.set(hunk, found);
    else waiting.push(...found.map((piece) => ({ hunk, piece })));
  }
  const seen = await tryEach(trial, waiting.toSorted(largestFirst));
  return tried.map((one): NoticedHunk => {
    const { hunk, told } = one;
    if (!isUnbuilt(one)) return told;
    const because = without.get(hunk);
    if (because !== undefined) return { ...told, pieces: { tried: [], left: 0, because } };
    const pieces = seen.pieces.get(hunk) ?? [];
    const left = seen.left.filter((waits) => waits.hunk === hunk).length;
    const why = left === 0 ? {} : { because: seen.because };
    return { ...told, pieces: { tried: [...pieces], left, ...why } };
  });
}

function largestFirst(one: Waiting, other: Waiting): number {
  const height = ({ piece }: Waiting) => piece.to - piece.from;
  return height(other) - height(one);
}

/** Content of a piece that tests notice counts as noticed with it. */
async function tryEach(
  trial: Trial,
  waiting: readonly Waiting[],
): Promise<{
  readonly pieces: ReadonlyMap<Hunk, readonly NoticedPiece[]>;
  readonly left: readonly Waiting[];
  readonly because: "time" | "count";
}> {
  const pieces = new Map<Hunk, NoticedPiece[]>();
  let count = 0;
  for (const [index, one] of waiting.entries()) {
    const { hunk, piece } = one;
    if (isInside(one, pieces)) continue;
    const left = () => waiting.slice(index).filter((other) => !isInside(other, pieces));
    if (count >= MOST_PIECES) return { pieces, left: left(), because: "count" };
    const verdict = await trial.ask(hunk.path, piece.without());
    if (verdict === undefined) return { pieces, left: left(), because: "time" };
    count += 1;
    const { as, from, to, lines } = piece;
    const told: NoticedPiece = { as, from, to, lines, ...verdict };
    pieces.set(hunk, [...(pieces.get(hunk) ?? []), told]);
  }
  return { pieces, left: [], because: "count" };
}

function isInside(
  { hunk, piece }: Waiting,
  pieces: ReadonlyMap<Hunk, readonly NoticedPiece[]>,
): boolean {
  return (pieces.get(hunk) ?? []).some(
    ({ noticed, from, to }) => noticed === "by-tests" && from <= piece.from && piece.to <= to,
  );
}
