import type { Grammar } from "../../../../ports/syntax.ts";
import { LANGUAGES } from "../../ratchet/languages/languages.ts";

/** Node types of statements and functions in one grammar's trees, and replacements in its language. */
export interface Grain {
  /** Nodes whose children are statements. One of them can be left out, and the rest is still valid. */
  readonly lists: ReadonlySet<string>;
  /** Nodes that hold the declarations of a file or a class. */
  readonly tops: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  /** Nodes that are no statements. */
  readonly nothing: string;
  /** A statement that fails when it is reached, whatever its function returns. */
  readonly failing: string;
}

type GrainName = Exclude<Grammar, "tsx" | "typescript">;

function grain(
  [nothing, failing]: readonly [string, string],
  [lists, tops, functions]: readonly [string, string, string],
): Grain {
  const names = (text: string) => new Set(text.split(" "));
  return {
    lists: names(lists),
    tops: names(tops),
    functions: names(functions),
    nothing,
    failing,
  };
}

const GRAINS: Readonly<Record<GrainName, Grain>> = {
  c: grain(
    ["", "__builtin_trap();"],
    ["compound_statement", "translation_unit", "function_definition"],
  ),
  "c-sharp": grain(
    ["", "throw new System.NotSupportedException();"],
    [
      "block",
      "compilation_unit declaration_list",
      "method_declaration constructor_declaration local_function_statement accessor_declaration",
    ],
  ),
  go: grain(
    ["", `panic("taken back")`],
    ["statement_list", "source_file", "function_declaration method_declaration func_literal"],
  ),
  java: grain(
    ["", "throw new UnsupportedOperationException();"],
    ["block constructor_body", "program class_body", "method_declaration constructor_declaration"],
  ),
  javascript: grain(
    ["", `throw new Error("taken back");`],
    [
      "statement_block",
      "program class_body",
      "function_declaration generator_function_declaration method_definition function_expression arrow_function",
    ],
  ),
  kotlin: grain(
    ["", "throw UnsupportedOperationException()"],
    ["block", "source_file class_body", "function_declaration"],
  ),
  php: grain(
    ["", "throw new \\LogicException();"],
    ["compound_statement", "program declaration_list", "function_definition method_declaration"],
  ),
  python: grain(["pass", "raise NotImplementedError"], ["block", "module", "function_definition"]),
  ruby: grain(
    ["", "raise NotImplementedError"],
    ["body_statement block_body then", "program", "method singleton_method"],
  ),
  rust: grain(["", "unimplemented!()"], ["block", "source_file declaration_list", "function_item"]),
};

export interface GrainedFile extends Grain {
  readonly grammar: Grammar;
}

/** The grain of a file, by its extension; undefined without a grammar. */
export function grainOf(path: string): GrainedFile | undefined {
  const grammar = grammarOf(path);
  if (grammar === undefined) return undefined;
  const name = grammar === "tsx" || grammar === "typescript" ? "javascript" : grammar;
  return { ...GRAINS[name], grammar };
}

function grammarOf(path: string): Grammar | undefined {
  // Tests in C are not read, so it is no language of the ratchet.
  if (/\.[ch]$/.test(path)) return "c";
  return LANGUAGES.find(({ files }) => files.test(path))?.grammar(path);
}
