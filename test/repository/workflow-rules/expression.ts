import { Lexer, Parser } from "@actions/expressions";
import {
  Binary,
  ContextAccess,
  type Expr,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Unary,
} from "@actions/expressions/ast";
import type { Node } from "yaml";
import { lineOf, type RuleDocument, scalarsOf, textOf } from "./document.ts";

/** An expression of a file, read by GitHub's own parser; `tree` is missing when that parser refuses it. */
export interface Expression {
  readonly source: string;
  readonly tree: Expr | undefined;
  readonly line: number;
  /** The keys that lead to it; the last is `if` for a condition. */
  readonly keys: readonly string[];
}

const CONTEXTS = "github env vars job jobs steps runner secrets strategy matrix needs inputs".split(
  " ",
);
const STATUS = ["success", "failure", "always", "cancelled", "hashFiles"].map((name) => ({
  name,
  minArgs: 0,
  maxArgs: 255,
}));

function parse(source: string): Expr | undefined {
  try {
    return new Parser(new Lexer(source).lex().tokens, CONTEXTS, STATUS).parse();
  } catch {
    return undefined;
  }
}

function sourcesIn(text: string, keys: readonly string[]): readonly string[] {
  const fenced = [...text.matchAll(/\$\{\{([\s\S]*?)\}\}/g)].map(([, inner]) => inner ?? "");
  return fenced.length === 0 && keys.at(-1) === "if" ? [text] : fenced;
}

/** Every expression of a file, in `${{ }}` and bare in conditions. */
export function expressionsOf(document: RuleDocument): readonly Expression[] {
  return scalarsOf(document.root).flatMap(({ keys, node }) => expressionsIn(document, node, keys));
}

export function expressionsIn(
  document: RuleDocument,
  node: Node,
  keys: readonly string[] = [],
): readonly Expression[] {
  const line = lineOf(document, node);
  return sourcesIn(textOf(node), keys).map((source) => ({
    source,
    tree: parse(source),
    line,
    keys,
  }));
}

function partsOf(tree: Expr): readonly Expr[] {
  if (tree instanceof FunctionCall || tree instanceof Logical) return tree.args;
  if (tree instanceof Binary) return [tree.left, tree.right];
  if (tree instanceof Unary) return [tree.expr];
  if (tree instanceof Grouping) return [tree.group];
  return tree instanceof IndexAccess ? [tree.expr, tree.index] : [];
}

/** A tree and everything in it. */
export function allOf(tree: Expr | undefined): readonly Expr[] {
  return tree === undefined ? [] : [tree, ...partsOf(tree).flatMap(allOf)];
}

/** The same tree without parentheses around it. */
export function bare(tree: Expr): Expr {
  return tree instanceof Grouping ? bare(tree.group) : tree;
}

export function isLiteral(tree: Expr | undefined): tree is Literal {
  return tree !== undefined && bare(tree) instanceof Literal;
}

/** `github.event.issue`, lower case, `*` for an index that is computed; empty when it reads no context. */
export function pathOf(tree: Expr): string {
  if (tree instanceof ContextAccess) return tree.name.lexeme.toLowerCase();
  if (!(tree instanceof IndexAccess)) return "";
  const from = pathOf(tree.expr);
  const key = tree.index instanceof Literal ? tree.index.literal.coerceString().toLowerCase() : "*";
  return from === "" ? "" : `${from}.${key}`;
}

/** The longest path of each context access in a tree, those in computed indexes included. */
export function pathsIn(tree: Expr | undefined): readonly string[] {
  if (tree === undefined) return [];
  const path = pathOf(tree);
  if (path === "") return partsOf(tree).flatMap(pathsIn);
  return [path, ...indexesOf(tree).flatMap(pathsIn)];
}

function indexesOf(tree: Expr): readonly Expr[] {
  return tree instanceof IndexAccess ? [...indexesOf(tree.expr), tree.index] : [];
}

/** Calls of a function of that name, anywhere in a tree. */
export function callsOf(tree: Expr | undefined, name: string): readonly FunctionCall[] {
  return allOf(tree).filter(
    (each): each is FunctionCall =>
      each instanceof FunctionCall && each.functionName.lexeme.toLowerCase() === name.toLowerCase(),
  );
}
