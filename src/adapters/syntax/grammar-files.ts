import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import type { Grammar } from "../../ports/syntax.ts";

/** The bytes of a grammar or of the parser itself, as WebAssembly. */
export type ReadWasm = (name: Grammar | "parser") => Promise<Uint8Array>;

/** Where the packages hold them. `scripts/build.mjs` compresses the same files into the bundle. */
export function packagedPath(name: Grammar | "parser"): string {
  if (name === "parser") return "web-tree-sitter/web-tree-sitter.wasm";
  if (name === "kotlin") return "@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm";
  return `@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`;
}

/** From the installed packages: for the command line and the tests of a checkout. */
export function readPackaged(from: string): ReadWasm {
  const { resolve } = createRequire(from);
  return async (name) => await readFile(resolve(packagedPath(name)));
}

/** From the folder of a bundle, where they are compressed. */
export function readCompressed(folder: URL): ReadWasm {
  return async (name) =>
    await promisify(brotliDecompress)(await readFile(new URL(`${name}.wasm.br`, folder)));
}
