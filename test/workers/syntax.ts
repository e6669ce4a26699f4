import { readPackaged } from "../../src/adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../src/adapters/syntax/syntax.ts";

/** For all files of tests in a process: loading a grammar takes longer than parsing most of what is tested. It keeps nothing else. */
export const syntax = createSyntax(readPackaged(import.meta.url));
