import { readPackaged } from "../../src/adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../src/adapters/syntax/syntax.ts";

/** For all files of tests in a process: each would load the same grammars anew. It keeps nothing else. */
export const syntax = createSyntax(readPackaged(import.meta.url));
