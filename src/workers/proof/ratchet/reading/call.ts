import type { SyntaxNode } from "../../../../ports/syntax.ts";
import { childOf } from "./node.ts";

/** A call, by its dotted path: `expect().not.toBe`, `pytest.mark.skipif`, `self.assertEqual`. */
export interface Call {
  readonly node: SyntaxNode;
  readonly path: string;
  readonly args: readonly SyntaxNode[];
}

const CALLS = new Set([
  "call_expression",
  "call",
  "method_invocation",
  "invocation_expression",
  "function_call_expression",
  "member_call_expression",
  "nullsafe_member_call_expression",
  "scoped_call_expression",
  "macro_invocation",
  "new_expression",
  "object_creation_expression",
]);

const MEMBERS = new Set([
  "member_expression",
  "attribute",
  "selector_expression",
  "field_expression",
  "field_access",
  "scoped_identifier",
  "member_access_expression",
  "navigation_expression",
  "scope_resolution",
  "class_constant_access_expression",
  "subscript_expression",
  "element_reference",
]);

/** Wrappers, which have the path of their content. */
const AROUND = new Set([
  "await_expression",
  "await",
  "parenthesized_expression",
  "non_null_expression",
  "user_type",
  "constructor_invocation",
]);

const LISTS = new Set([
  "arguments",
  "argument_list",
  "value_arguments",
  "annotation_argument_list",
  "attribute_argument_list",
]);
const WRAPPED = new Set(["argument", "value_argument", "attribute_argument"]);

const read = new WeakMap<SyntaxNode, Call>();

/** Each rule reads the same calls, so a call is parsed once. */
export function callOf(node: SyntaxNode, text: string): Call | undefined {
  if (node.kind === "binary_expression") return genericCall(node, text);
  if (node.kind === "token_tree") return tokenCall(node, text);
  if (SUBSHELLS.has(node.kind)) return { node, path: "subshell", args: [] };
  if (!CALLS.has(node.kind)) return undefined;
  const known = read.get(node);
  if (known !== undefined) return known;
  const call = readCall(node, text);
  read.set(node, call);
  return call;
}

/** A call inside a Rust macro, of which the grammar knows only tokens. */
function tokenCall(node: SyntaxNode, text: string): Call | undefined {
  const { parent } = node;
  if (parent?.kind !== "token_tree" || !/[\w!]/.test(text[node.start - 1] ?? "")) return undefined;
  const before = parent.children.slice(0, parent.children.indexOf(node));
  if (before.at(-1)?.kind === "!") before.pop();
  const names: string[] = [];
  while (before.at(-1)?.kind === "identifier") {
    const last = before.pop();
    if (last !== undefined) names.unshift(text.slice(last.start, last.end));
    if (!/^(::|\.)$/.test(before.pop()?.kind ?? "")) break;
  }
  return names.length === 0
    ? undefined
    : { node, path: names.join("."), args: macroArguments(node) };
}

/** Commands in backticks in Ruby and PHP. */
const SUBSHELLS = new Set(["subshell", "shell_command_expression"]);

/** Kotlin's `f<T> { … }`, which its grammar reads as two comparisons, although Kotlin has no comparison of a comparison. */
function genericCall(node: SyntaxNode, text: string): Call | undefined {
  const [left, , lambda] = node.children;
  const [callee, less] = left?.children ?? [];
  if (lambda?.kind !== "lambda_literal" || callee === undefined || less?.kind !== "<")
    return undefined;
  return { node, path: dotted(callee, text), args: [lambda] };
}

/** Kotlin: whether it is the head of a call with a trailing lambda. */
export function isHeadOfCall(node: SyntaxNode): boolean {
  const [callee, lambda] = node.parent?.children ?? [];
  return (
    callee === node && lambda?.kind === "annotated_lambda" && CALLS.has(node.parent?.kind ?? "")
  );
}

function readCall(node: SyntaxNode, text: string): Call {
  const [callee, ...rest] = node.children;
  // Kotlin: a call with a lambda after its arguments is a call of a call.
  const inner = callee !== undefined && rest.every(({ kind }) => kind === "annotated_lambda");
  const call = inner && rest.length > 0 ? callOf(callee, text) : undefined;
  if (call !== undefined) return { ...call, node, args: [...call.args, ...rest] };
  return { node, path: calleePath(node, text), args: argumentsOf(node) };
}

/** Whether it is a call or an access with a path of more than one name. */
export function hasPath({ kind }: SyntaxNode): boolean {
  return CALLS.has(kind) || MEMBERS.has(kind);
}

/** The dotted path of an expression; `?` for a part without one, `()` for each call in it. */
export function dotted(node: SyntaxNode, text: string): string {
  if (CALLS.has(node.kind)) return `${calleePath(node, text)}()`;
  const [first] = node.children;
  if (MEMBERS.has(node.kind) && first !== undefined) {
    const last = node.children.at(-1);
    if (last === undefined || last === first) return dotted(first, text);
    if (node.kind.endsWith("reference") || node.kind.startsWith("subscript")) {
      return `${dotted(first, text)}[]`;
    }
    return `${dotted(first, text)}.${name(last, text)}`;
  }
  if (AROUND.has(node.kind) && first !== undefined) return dotted(first, text);
  return name(node, text);
}

function name(node: SyntaxNode, text: string): string {
  if (node.kind === "generic_name" || node.kind === "generic_function") {
    const [first] = node.children;
    if (first !== undefined) return dotted(first, text);
  }
  if (node.end - node.start > LONGEST_NAME) return "?";
  const found = text.slice(node.start, node.end);
  if (found === "$" || node.kind === "meta_property") return found;
  return /^[$@]?[\p{L}_][\p{L}\p{N}_:?!$]*$/u.test(found) ? found.replaceAll("::", ".") : "?";
}

const LONGEST_NAME = 100;

function calleePath(node: SyntaxNode, text: string): string {
  const receiver = childOf(node, "object", "receiver", "scope");
  const called = childOf(node, "name", "method", "function", "macro", "constructor", "type");
  const callee = called ?? node.children[0];
  if (callee === undefined) return "?";
  const path = dotted(callee, text).replace(/\[\]$/, "");
  if (receiver === undefined || receiver === callee) return path;
  return `${dotted(receiver, text)}.${path}`;
}

function argumentsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const found = node.children.flatMap((child): readonly SyntaxNode[] => {
    if (child.kind === "token_tree") return macroArguments(child);
    if (LISTS.has(child.kind)) return child.children.map(unwrap);
    // JavaScript: a tag before a template.
    if (child.kind === "template_string" && child.field === "arguments") return [child];
    // Kotlin's lambda and Ruby's block follow the list.
    return BLOCKS.has(child.kind) ? [child] : [];
  });
  return found.filter(({ kind }) => !kind.includes("comment"));
}

const BLOCKS = new Set(["annotated_lambda", "block", "do_block"]);

export function unwrap(node: SyntaxNode): SyntaxNode {
  const last = node.children.at(-1);
  return WRAPPED.has(node.kind) && last !== undefined ? last : node;
}

/** The grammar knows only the tokens of a macro; commas separate its arguments. */
function macroArguments(tokens: SyntaxNode): readonly SyntaxNode[] {
  const groups: SyntaxNode[][] = [[]];
  for (const token of tokens.children.slice(1, -1)) {
    if (token.kind === ",") groups.push([]);
    else groups.at(-1)?.push(token);
  }
  return groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    if (group.length === 1) return [first];
    return [{ ...first, kind: "tokens", end: group.at(-1)?.end ?? first.end, children: group }];
  });
}
