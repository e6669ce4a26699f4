import { languageOf } from "../../../../../src/workers/proof/ratchet/languages/languages.ts";
import {
  readTestFile,
  type TestFile,
} from "../../../../../src/workers/proof/ratchet/reading/test-file.ts";
import { syntax } from "../../../syntax.ts";
import { withText } from "../languages/uses.ts";
import { USES } from "../languages/uses-of-languages.ts";

/** A test file of a language: with a line in its test, a `^` mark above it, or `=` the whole file. */
export async function readText(language: string, text: string): Promise<TestFile> {
  const uses = USES[language];
  const known = uses && languageOf(uses.path);
  if (uses === undefined || known === undefined) throw new Error(`no such language: ${language}`);
  const tree = await syntax.parse(known.grammar(uses.path), withText(uses, "skip", text));
  if ("problem" in tree) throw new Error(tree.problem);
  return readTestFile(uses.path, tree, known);
}
