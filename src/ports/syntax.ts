/** One node of a syntax tree: named in the grammar, or an unnamed token in a field or a macro. */
export interface SyntaxNode {
  /** The grammar's type of it. */
  readonly kind: string;
  /** The parent's field for it. */
  readonly field: string | undefined;
  /** Its place in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
  readonly parent: SyntaxNode | undefined;
  readonly children: readonly SyntaxNode[];
}

export interface SyntaxTree {
  readonly text: string;
  readonly root: SyntaxNode;
  /** Line of the first place that the grammar could not read; absent if it read all. */
  readonly unreadAt: number | undefined;
}

export const GRAMMARS = [
  "c",
  "c-sharp",
  "go",
  "java",
  "javascript",
  "kotlin",
  "php",
  "python",
  "ruby",
  "rust",
  "tsx",
  "typescript",
] as const;
export type Grammar = (typeof GRAMMARS)[number];

/** Why a text has no tree. */
export type SyntaxProblem = "too-large" | "too-deep" | "took-too-long";

/** Makes syntax trees. A grammar is loaded when the first text needs it. */
export interface Syntax {
  readonly parse: (
    grammar: Grammar,
    text: string,
  ) => Promise<SyntaxTree | { readonly problem: SyntaxProblem }>;
}
