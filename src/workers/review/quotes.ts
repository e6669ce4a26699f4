import { isQuotedFrom } from "../../domain/text/quoted.ts";
import type { Quote } from "../../domain/verdict.ts";
import type { Repository } from "../../ports/repository.ts";

/** The most files that are searched for quotes. Quotes from further files are not found. */
const FILES = 50;

/** Quotes that the tree has at their paths and lines. */
export async function findQuotes(
  tree: string,
  quotes: readonly Quote[],
  repository: Repository,
): Promise<(quote: Quote) => boolean> {
  const paths = [...new Set(quotes.map(({ path }) => path))].slice(0, FILES);
  const files = new Map<string, string>();
  for (const path of paths) {
    const bytes = await repository.read(tree, path);
    if (bytes !== undefined) files.set(path, new TextDecoder().decode(bytes));
  }
  return (quote) => {
    const text = files.get(quote.path);
    return text !== undefined && isQuotedFrom(text, quote);
  };
}
