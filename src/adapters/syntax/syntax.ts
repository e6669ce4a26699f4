import { Language, Parser } from "web-tree-sitter";
import type { Grammar, Syntax } from "../../ports/syntax.ts";
import type { ReadWasm } from "./grammar-files.ts";
import { plainTree } from "./plain-tree.ts";

/** A test file of a person is smaller by far; what is generated is not for reading. */
const TEXT_LENGTH = 400_000;

/**
 * How often the parser may report progress before it is stopped. It reports after a number of steps and not of seconds, so
 * that the same text ends the same way on every machine.
 */
const PROGRESS_REPORTS = 20_000;

/** Trees by tree-sitter's grammars. The parser and each grammar are loaded once, when they are first needed. */
export function createSyntax(readWasm: ReadWasm): Syntax {
  let ready: Promise<void> | undefined;
  const grammars = new Map<Grammar, Promise<Language>>();
  const load = async (grammar: Grammar) => {
    ready ??= start(readWasm);
    await ready;
    const language =
      grammars.get(grammar) ?? readWasm(grammar).then((bytes) => Language.load(bytes));
    grammars.set(grammar, language);
    return await language;
  };
  return {
    async parse(grammar, text) {
      if (text.length > TEXT_LENGTH) return { problem: "too-large" };
      return parse(await load(grammar), text);
    },
  };
}

async function start(readWasm: ReadWasm): Promise<void> {
  const wasmBinary = await readWasm("parser");
  await Parser.init({ wasmBinary });
}

function parse(language: Language, text: string): ReturnType<typeof plainTree> {
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
