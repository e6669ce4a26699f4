import type { RatchetFinding } from "../../../../domain/evidence/ratchet.ts";
import type { SyntaxNode } from "../../../../ports/syntax.ts";
import type { Assertion } from "../reading/assertions.ts";
import { callOf } from "../reading/call.ts";
import { above, childOf, isComment, isConstant, nodesIn, textOf } from "../reading/node.ts";
import type { TestFile } from "../reading/test-file.ts";
import { type Comparison, findAdded, surplus } from "./compare.ts";

/** Assertions that hold whatever the code does. */
export function findVacuous({ pairing }: Comparison): readonly RatchetFinding[] {
  const versions = [
    ...pairing.pairs,
    ...pairing.fresh.map((after) => ({ before: undefined, after })),
  ];
  return versions.flatMap(({ before, after }) => {
    const is = after.assertions.filter((one) => isVacuous(one, after.file));
    if (before === undefined || is.length === 0) return is.map((one) => said(one, after.file));
    const was = before.assertions.filter((one) => isVacuous(one, before.file));
    return surplus(was, is, ({ text }) => text).map((one) => said(one, after.file));
  });
}

function said({ node }: Assertion, file: TestFile): RatchetFinding {
  return findAdded("assertion-vacuous", file, node);
}

function isVacuous({ node, operands }: Assertion, file: TestFile): boolean {
  return saysNothing(node, operands, file) || isSwallowed(node, file);
}

/** Only plain values, or the same name twice, or a condition with `or true`. */
function saysNothing(node: SyntaxNode, operands: readonly SyntaxNode[], file: TestFile): boolean {
  const texts = operands.map((one) => textOf(one, file.text));
  // A test that fails by a plain call (`fail("…")`) has no operand; `assert(false)` always fails.
  if (texts.length === 0 || /(^|[.!])fail\w*\(/i.test(textOf(node, file.text))) return false;
  if (operands.every((one) => isPlain(one, file))) return !alwaysFails(texts);
  const [first, second] = texts;
  if (first !== undefined && first === second && /^[\w.$]+$/.test(first)) return true;
  return isAlwaysTrue(node, file);
}

function isPlain(node: SyntaxNode, file: TestFile): boolean {
  if (isConstant(node, file.text)) return true;
  const { kind, children } = node;
  if (kind === "call" && file.language.name === "ruby") {
    return (
      /^eq\(/.test(textOf(node, file.text)) && children.slice(1).every((one) => isPlain(one, file))
    );
  }
  return WRAPPERS.has(kind) && children.length > 0 && children.every((one) => isPlain(one, file));
}

/** Ruby's and other matchers wrap their value: `eq(true)`. */
const WRAPPERS = new Set([
  "argument_list",
  "parenthesized_expression",
  "argument",
  "unary_operator",
]);

function alwaysFails(texts: readonly string[]): boolean {
  return (
    texts[0] !== undefined &&
    /^(false|False|null|nil|None|0)$/.test(texts[0]) &&
    texts.every((one) => one === texts[0] || /^["'`]/.test(one)) &&
    texts.length < 2
  );
}

function isAlwaysTrue(node: SyntaxNode, file: TestFile): boolean {
  return nodesIn(node).some((one) => {
    // The grammar knows only the tokens of a Rust macro.
    if (one.kind === "||") return beside(one).some((side) => textOf(side, file.text) === "true");
    const operator = childOf(one, "operator");
    const word = operator && file.text.slice(operator.start, operator.end);
    if (word !== "||" && word !== "or") return false;
    return one.children.some((side) => /^[Tt]rue$/.test(textOf(side, file.text)));
  });
}

function beside(node: SyntaxNode): readonly SyntaxNode[] {
  const all = node.parent?.children ?? [];
  const at = all.indexOf(node);
  return [all[at - 1], all[at + 1]].filter((one) => one !== undefined);
}

const TRIES = new Set(["try_statement", "try_expression", "begin"]);
const HANDLERS = /^(catch_clause|except_clause|catch_block|rescue)$/;

/** Inside a `try` with an empty handler. */
function isSwallowed(node: SyntaxNode, file: TestFile): boolean {
  if (isSuppressed(node, file)) return true;
  const attempt = above(node, TRIES);
  if (attempt === undefined) return false;
  const handler = attempt.children.find(({ kind }) => HANDLERS.test(kind));
  if (handler === undefined || isInside(node, handler)) return false;
  const body =
    childOf(handler, "body") ??
    handler.children.findLast(({ kind }) => /block|then|body/.test(kind));
  const statements = (body?.children ?? []).filter((one) => !isComment(one));
  const nothing = statements.every((one) => /^(pass_statement|nil)$/.test(one.kind));
  return (
    nothing &&
    (body !== undefined || handler.kind !== "rescue" || handler.children.length <= 2) &&
    catchesFailures(handler, file)
  );
}

/** Python's `suppress`, Kotlin's `runCatching`, Ruby's `… rescue nil`, Rust's `let _ = catch_unwind(…)`. */
function isSuppressed(node: SyntaxNode, file: TestFile): boolean {
  const modifier = above(node, RESCUES);
  if (modifier !== undefined && isInside(node, modifier.children[0] ?? modifier)) return true;
  if (isCaughtPanic(node, file)) return true;
  const python = above(node, WITHS);
  const head = python === undefined ? "" : file.text.slice(python.start, python.end).split(":")[0];
  if (/\bsuppress\(.*\b(AssertionError|Exception|BaseException)\b/.test(head ?? "")) return true;
  const lambda = above(node, LAMBDAS);
  const call = lambda?.parent && callOf(lambda.parent, file.text);
  return call?.path === "runCatching";
}

function isCaughtPanic(node: SyntaxNode, file: TestFile): boolean {
  const call = above(node, CLOSURES)?.parent?.parent;
  if (call === undefined || !/catch_unwind$/.test(callOf(call, file.text)?.path ?? ""))
    return false;
  const { parent } = call;
  const [pattern] = parent?.children ?? [];
  return parent?.kind === "expression_statement" || pattern?.kind === "_";
}

const RESCUES = new Set(["rescue_modifier"]);
const CLOSURES = new Set(["closure_expression"]);
const WITHS = new Set(["with_statement"]);
const LAMBDAS = new Set(["annotated_lambda"]);

function isInside(node: SyntaxNode, outer: SyntaxNode): boolean {
  return node.start >= outer.start && node.end <= outer.end;
}

/** A handler for another error class lets a failed assertion through. */
function catchesFailures(handler: SyntaxNode, file: TestFile): boolean {
  const head = file.text.slice(handler.start, handler.end).split(/[{\n]|:(?!:)(?<!::)/)[0] ?? "";
  const names = head.match(/\b[A-Z]\w+(?!\w*::)/g) ?? [];
  return names.length === 0 || names.some((name) => CATCHING.has(name));
}

const CATCHING = new Set([
  ...["Throwable", "AssertionError", "Exception", "BaseException", "Error"],
  ...["Assertion", "ExpectationNotMetError", "StandardError"],
  ...["AssertionFailedError", "XunitException", "AssertionException", "ExpectationFailedException"],
]);
