import type { SyntaxNode } from "../../../../ports/syntax.ts";
import type { Language } from "../languages/language.ts";
import { type Call, callOf } from "./call.ts";
import type { Mark } from "./marks.ts";
import { childOf, isString, nodesIn, stringOf, textOf } from "./node.ts";

const BODIES = new Set([
  "arrow_function",
  "function_expression",
  "function",
  "func_literal",
  "anonymous_function",
  "anonymous_function_creation_expression",
  "block",
  "do_block",
  "annotated_lambda",
  "lambda_literal",
]);

/** Modifiers between the word and the call. Anything else (`test.step`, `it.extend`) declares no test. */
const MODIFIERS = new Set([
  ...["skip", "only", "todo", "each", "concurrent", "sequential", "fails", "failing", "fixme"],
  ...["skipIf", "runIf", "config", "for", "serial", "parallel", "shuffle"],
]);

export interface TestCall {
  readonly kind: "test" | "group";
  readonly name: string;
  readonly marks: readonly Mark[];
}

export function testCallOf(
  node: SyntaxNode,
  text: string,
  language: Language,
): TestCall | undefined {
  if (language.testCalls.length === 0) return undefined;
  const call = callOf(node, text);
  if (call === undefined) return undefined;
  const word = declaring(call.path, language);
  if (word === undefined) return undefined;
  const [title] = call.args;
  const marks = [...modifiers(call, word.name), ...options(call, text), ...chained(node, text)];
  const body = call.args.some(({ kind }) => BODIES.has(kind));
  if (language.name === "kotlin")
    return body ? kotestCall(call, { kind: word.kind, marks }, text) : undefined;
  const todo = call.path.endsWith(".todo") || call.path === "pending";
  if (!body && !(todo && title !== undefined)) return undefined;
  const name = title === undefined || BODIES.has(title.kind) ? "" : nameOf(title, text);
  return { kind: word.kind, name, marks };
}

/** Kotest: a string as a name, of the call itself or of the configured one. */
function kotestCall(
  call: Call,
  { kind, marks }: Omit<TestCall, "name">,
  text: string,
): TestCall | undefined {
  const configured = configuredTest(call, text);
  const [title] = configured?.args ?? call.args;
  if (title === undefined || !isString(title)) return undefined;
  const name = stringOf(title, text);
  const own = [...saidByName(name, call.node), ...(configured?.marks ?? [])];
  return { kind, name: name.replace(/^(f:|!)/, ""), marks: [...marks, ...own] };
}

/** Kotest: `test("a").config(enabled = false) { … }`. */
function configuredTest({ node, path, args }: Call, text: string) {
  if (!path.endsWith("().config")) return undefined;
  const inner = nodesIn(node).findLast((one) => callOf(one, text)?.path === path.split("()")[0]);
  const marks = args.flatMap((value): readonly Mark[] => {
    const [key] = value.parent?.kind === "value_argument" ? value.parent.children : [];
    const isOff = key !== undefined && textOf(key, text) === "enabled" && key !== value;
    return isOff && textOf(value, text) === "false"
      ? [{ path: "enabled", args: [value], node: value }]
      : [];
  });
  return { args: (inner && callOf(inner, text)?.args) ?? [], marks };
}

/** Kotest: a name that begins with `f:` runs alone, one with `!` does not run. */
function saidByName(name: string, node: SyntaxNode): readonly Mark[] {
  const [word] = /^(f:|!)/.exec(name) ?? [];
  return word === undefined ? [] : [{ path: word, args: [], node }];
}

function declaring(
  path: string,
  { testCalls, groupCalls }: Language,
): { readonly kind: "test" | "group"; readonly name: string } | undefined {
  const bare = path.replaceAll("()", "");
  for (const [kind, names] of [
    ["test", testCalls],
    ["group", groupCalls],
  ] as const) {
    const name = names.find(
      (one) => bare.startsWith(one) && (bare.length === one.length || bare[one.length] === "."),
    );
    if (name === undefined) continue;
    const rest = bare.slice(name.length + 1).split(".");
    // Playwright's groups are `test.describe`.
    if (kind === "test" && rest[0] === "describe")
      return { kind: "group", name: `${name}.describe` };
    if (bare === name || rest.every((one) => MODIFIERS.has(one))) return { kind, name };
  }
  return undefined;
}

function nameOf(title: SyntaxNode, text: string): string {
  return isString(title) ? stringOf(title, text) : textOf(title, text);
}

/** `it.skip`, `test.each(rows).only`, and `xit`, by its word. */
function modifiers({ path, args, node }: Call, word: string): readonly Mark[] {
  const rest = path.slice(word.length + 1).split(/[.()]+/);
  const words = [word, ...rest].filter((one) => one !== "");
  const inner = node.children[0]?.kind === "call_expression" ? callArguments(node.children[0]) : [];
  return words.map((one) => ({
    path: one,
    args: inner.length > 0 ? inner : args.slice(0, 1),
    node,
  }));
}

function callArguments(node: SyntaxNode): readonly SyntaxNode[] {
  return childOf(node, "arguments")?.children ?? [];
}

const PAIRS = new Set(["pair", "keyword_argument"]);

/** `{ skip: true, retry: 2 }`, `skip: true` and `:focus`. */
function options({ args }: Call, text: string): readonly Mark[] {
  return args.flatMap((arg): readonly Mark[] => {
    if (arg.kind === "object" || arg.kind === "hash")
      return arg.children.flatMap((one) => option(one, text));
    return option(arg, text);
  });
}

function option(node: SyntaxNode, text: string): readonly Mark[] {
  if (node.kind === "simple_symbol") return [{ path: textOf(node, text).slice(1), args: [], node }];
  const key = childOf(node, "key", "name");
  const value = childOf(node, "value");
  if (!PAIRS.has(node.kind) || key === undefined || value === undefined) return [];
  // `skip: false` and `retry: 0` negate it.
  if (/^(false|0|nil|undefined)$/.test(textOf(value, text))) return [];
  return [{ path: textOf(key, text), args: [value], node }];
}

/** Pest: calls on the declared test. */
function chained(node: SyntaxNode, text: string): readonly Mark[] {
  const found: Mark[] = [];
  let inner = node;
  for (let outer = inner.parent; outer?.kind === "member_call_expression"; outer = outer.parent) {
    if (childOf(outer, "object") !== inner) break;
    const name = childOf(outer, "name");
    const args = childOf(outer, "arguments")?.children ?? [];
    if (name !== undefined) found.push({ path: textOf(name, text), args, node: name });
    inner = outer;
  }
  return found;
}

/** Modules that provide `it` and `test`. `import.meta.vitest` is in the source that it tests. */
const FRAMEWORKS =
  /^(vitest|node:test|bun:test|mocha|@jest\/globals|@playwright\/test|@japa\/runner|uvu|ava|tap|cypress)$/;

export function importsTests(root: SyntaxNode, text: string): boolean {
  if (text.includes("import.meta.vitest")) return true;
  return root.children.some((node) => {
    const source = node.kind === "import_statement" ? childOf(node, "source") : undefined;
    return source !== undefined && FRAMEWORKS.test(stringOf(source, text));
  });
}
