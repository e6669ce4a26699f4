import type { Grammar } from "../../../../ports/syntax.ts";
import { LANGUAGES } from "../../ratchet/languages/languages.ts";

/** Where statements and functions stand in one grammar's trees, and what its language writes in their place. */
export interface Grain {
  /** Nodes whose children are statements: one of them can be left out, and the rest is still a text. */
  readonly lists: ReadonlySet<string>;
  /** Nodes in which a file or a class holds its declarations. */
  readonly tops: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  /** What stands for no statement at all. */
  readonly nothing: string;
  /** What fails as soon as it is reached, whatever its place should return. */
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

/** The grain of a file, by the ending of its name; undefined where no grammar is at hand. */
export function grainOf(path: string): GrainedFile | undefined {
  const grammar = grammarOf(path);
  if (grammar === undefined) return undefined;
  const name = grammar === "tsx" || grammar === "typescript" ? "javascript" : grammar;
  return { ...GRAINS[name], grammar };
}

function grammarOf(path: string): Grammar | undefined {
  // No test of C is read, so that it is no language of the ratchet.
  if (/\.[ch]$/.test(path)) return "c";
  return LANGUAGES.find(({ files }) => files.test(path))?.grammar(path);
}
