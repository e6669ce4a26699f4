import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import type { Grammar } from "../../ports/syntax.ts";

/** The parser's module, and WebAssembly: the parser's and each grammar's. */
export interface ParserFiles {
  /** Loaded by its address and never bundled, because bundlers break its own imports. */
  readonly library: URL;
  readonly readWasm: (name: Grammar | "parser") => Promise<Uint8Array>;
}

/** Where the packages have them. `scripts/build.mjs` compresses the same files into the bundle. */
export function packagedPath(name: Grammar | "parser"): string {
  if (name === "parser") return "web-tree-sitter/web-tree-sitter.wasm";
  if (name === "c") return "tree-sitter-c/tree-sitter-c.wasm";
  if (name === "kotlin") return "@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm";
  return `@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`;
}

/** The module is beside its WebAssembly. */
export function libraryBeside(wasm: string): string {
  return join(dirname(wasm), "web-tree-sitter.js");
}

/** From the installed packages, for programs that run from a checkout. */
export function readPackaged(from: string): ParserFiles {
  const { resolve } = createRequire(from);
  return {
    library: pathToFileURL(libraryBeside(resolve(packagedPath("parser")))),
    readWasm: async (name) => await readFile(resolve(packagedPath(name))),
  };
}

/**
 * From beside a bundle, where they are compressed. Its address is that of the program which runs: a bundler writes other
 * addresses where a module asks for its own.
 */
export function readBundled(program = process.argv[1] ?? ""): ParserFiles {
  const folder = join(dirname(program), "grammars");
  return {
    library: pathToFileURL(join(folder, "parser.js")),
    readWasm: async (name) =>
      await promisify(brotliDecompress)(await readFile(join(folder, `${name}.wasm.br`))),
  };
}
