import type { Quote } from "../../domain/verdict.ts";
import type { Repository } from "../../ports/repository.ts";

/** Files that are looked up for quotes; more than that are not found. */
const FILES = 50;

/**
 * Which quotes stand in the tree: at the path, from the line on, the same text but for blanks at the ends of its lines.
 * A quote without a letter or a digit shows nothing.
 */
export async function findQuotes(
  tree: string,
  quotes: readonly Quote[],
  repository: Repository,
): Promise<(quote: Quote) => boolean> {
  const paths = [...new Set(quotes.map(({ path }) => path))].slice(0, FILES);
  const files = new Map<string, readonly string[]>();
  for (const path of paths) {
    const bytes = await repository.read(tree, path);
    if (bytes !== undefined) files.set(path, new TextDecoder().decode(bytes).split("\n"));
  }
  return ({ path, line, text }) => {
    const wanted = text.replace(/\n+$/, "").split("\n");
    const found = files.get(path)?.slice(line - 1, line - 1 + wanted.length);
    if (found === undefined || found.length < wanted.length || !/[\p{L}\p{N}]/u.test(text))
      return false;
    return wanted.every((one, index) => one.trim() === found[index]?.trim());
  };
}
