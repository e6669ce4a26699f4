import type { Subject } from "../../../domain/evidence.ts";
import { natureOf } from "../../../domain/trust/file-nature.ts";
import type { Repository } from "../../../ports/repository.ts";
import type { SymbolFound } from "./criteria.ts";

/** The most bytes of one file searched for a name, and the most files of a tree. */
const FILE_BYTES = 1_000_000;
const FILES = 5_000;

/** A name as programs write it. Anything else is no symbol, and never existed. */
const SYMBOL = /^[\p{L}\p{N}_$]+$/u;

/**
 * Finds named symbols as whole words in any file but prose: somewhere in the base, and nowhere in the change. If a tree
 * is too large to be read, the symbol counts as still there.
 */
export async function findSymbols(
  symbols: readonly string[],
  { base, tree }: Subject,
  repository: Repository,
): Promise<ReadonlyMap<string, SymbolFound>> {
  const asked = [...new Set(symbols)].filter((symbol) => SYMBOL.test(symbol));
  if (asked.length === 0) return new Map();
  const before = await wordsIn(base, asked, repository);
  const after = await wordsIn(tree, asked, repository);
  const found = (symbol: string): SymbolFound => {
    if (after === undefined || after.has(symbol)) return "still-there";
    return before?.has(symbol) ? "gone" : "never-there";
  };
  return new Map(asked.map((symbol) => [symbol, found(symbol)]));
}

async function wordsIn(
  treeish: string,
  asked: readonly string[],
  repository: Repository,
): Promise<ReadonlySet<string> | undefined> {
  const entries = (await repository.list(treeish)).filter(
    ({ type, path }) => type === "blob" && natureOf(path) !== "prose",
  );
  const isTooLarge = entries.some(({ size }) => (size ?? 0) > FILE_BYTES);
  if (entries.length > FILES || isTooLarge) return undefined;
  const wanted = new Set(asked);
  const found = new Set<string>();
  for (const { path } of entries) {
    const bytes = (await repository.read(treeish, path)) ?? new Uint8Array();
    const words = new TextDecoder().decode(bytes).match(/[\p{L}\p{N}_$]+/gu) ?? [];
    for (const word of words) if (wanted.has(word)) found.add(word);
  }
  return found;
}
