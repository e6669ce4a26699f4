import type { Language } from "web-tree-sitter";
import type { Grammar, Syntax } from "../../ports/syntax.ts";
import { type ParserFiles, readBundled } from "./grammar-files.ts";
import { plainTree } from "./plain-tree.ts";

/** A person's test file is far smaller; generated ones are not read. */
const TEXT_LENGTH = 400_000;

/**
 * How often the parser may report progress before it is stopped. It reports after a number of steps, not seconds, so
 * that the same text ends the same way on every machine.
 */
const PROGRESS_REPORTS = 20_000;

/** Trees by tree-sitter's grammars. The parser and each grammar are loaded once, on first use. */
export function createSyntax(files: ParserFiles = readBundled()): Syntax {
  let library: Promise<Library> | undefined;
  const grammars = new Map<Grammar, Promise<Language>>();
  return {
    async parse(grammar, text) {
      if (text.length > TEXT_LENGTH) return { problem: "too-large" };
      library ??= start(files);
      const loaded = await library;
      const language =
        grammars.get(grammar) ??
        files.readWasm(grammar).then((bytes) => loaded.Language.load(bytes));
      grammars.set(grammar, language);
      return parse(loaded, await language, text);
    },
  };
}

type Library = typeof import("web-tree-sitter");

/** Only when a text has to be parsed, which most processes never need. */
async function start({ library, readWasm }: ParserFiles): Promise<Library> {
  const loaded: Library = await import(/* webpackIgnore: true */ /* @vite-ignore */ library.href);
  const wasmBinary = await readWasm("parser");
  await loaded.Parser.init({ wasmBinary });
  return loaded;
}

function parse(
  { Parser }: Library,
  language: Language,
  text: string,
): ReturnType<typeof plainTree> {
  const parser = new Parser();
  try {
    parser.setLanguage(language);
    let reports = 0;
    const progressCallback = () => {
      reports += 1;
      return reports > PROGRESS_REPORTS;
    };
    const tree = parser.parse(text, null, { progressCallback });
    if (tree === null) return { problem: "took-too-long" };
    try {
      return plainTree(tree, text);
    } finally {
      tree.delete();
    }
  } finally {
    parser.delete();
  }
}
