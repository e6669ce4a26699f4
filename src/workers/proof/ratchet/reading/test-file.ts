import type { SyntaxNode, SyntaxTree } from "../../../../ports/syntax.ts";
import { isTestFile } from "../../../checks/test-files.ts";
import type { Language } from "../languages/language.ts";
import { nameIn } from "../names.ts";
import { type Call, callOf, isHeadOfCall } from "./call.ts";
import { type Mark, marksOf } from "./marks.ts";
import { childOf, isComment, isString, stringOf, textOf } from "./node.ts";
import { importsTests, testCallOf } from "./test-call.ts";

/** A test, a group of tests or another function, to which calls and comments belong. */
export interface Scope {
  readonly kind: "test" | "group" | "function" | "file";
  /** Its own name; a test's is unique together with `groups`. */
  readonly name: string;
  readonly groups: readonly string[];
  readonly line: number;
  readonly node: SyntaxNode;
  readonly parent: Scope | undefined;
  readonly marks: readonly Mark[];
  readonly calls: Call[];
  /** Statements that assert without a call: Python's `assert`, Kotlin's infix words. */
  readonly statements: SyntaxNode[];
}

/** Facts of one version of a file, for the rules. */
export interface TestFile {
  readonly path: string;
  readonly text: string;
  readonly root: SyntaxNode;
  readonly language: Language;
  readonly scopes: readonly Scope[];
  readonly tests: readonly Scope[];
  readonly comments: readonly { readonly node: SyntaxNode; readonly scope: Scope }[];
}

const DECLARED = new Set([
  "function_definition",
  "function_declaration",
  "function_item",
  "method_declaration",
  "method_definition",
  "method",
]);
const CLASSES = new Set([
  "class_definition",
  "class_declaration",
  "class",
  "mod_item",
  "module",
  "object_declaration",
]);
const ASSERTING = new Set(["assert_statement", "infix_expression"]);

export function readTestFile(path: string, tree: SyntaxTree, language: Language): TestFile {
  const { root, text } = tree;
  const file: Scope = { ...scopeOf("file", "", root), groups: [], parent: undefined };
  const scopes: Scope[] = [file];
  const comments: { node: SyntaxNode; scope: Scope }[] = [];
  const context = { text, language, declares: isTestFile(path) || importsTests(root, text) };
  const visit = (node: SyntaxNode, outer: Scope) => {
    const opened = open(node, outer, context);
    if (opened !== undefined) scopes.push(opened);
    const scope = opened ?? outer;
    const call = callOf(node, text);
    // The call that declares a test is outside it.
    if (call !== undefined && !isHeadOfCall(node)) outer.calls.push(call);
    if (ASSERTING.has(node.kind)) scope.statements.push(node);
    if (isComment(node)) comments.push({ node, scope });
    for (const child of node.children) visit(child, scope);
  };
  for (const child of root.children) visit(child, file);
  const tests = scopes.filter(({ kind }) => kind === "test");
  return { path, text, root, language, scopes, tests, comments };
}

interface Context {
  readonly text: string;
  readonly language: Language;
  /** Whether a call of `it` declares a test here; elsewhere it may be any function. */
  readonly declares: boolean;
}

function open(node: SyntaxNode, outer: Scope, context: Context): Scope | undefined {
  if (DECLARED.has(node.kind)) return openFunction(node, outer, context);
  if (CLASSES.has(node.kind)) {
    const name = nameOf(node, context.text);
    if (name === undefined) return undefined;
    const marks = marksOf(node, context.text);
    return {
      ...scopeOf("group", name, node),
      groups: [...outer.groups, name],
      parent: outer,
      marks,
    };
  }
  const found = context.declares ? testCallOf(node, context.text, context.language) : undefined;
  if (found === undefined) return undefined;
  const { kind, name, marks } = found;
  const groups = kind === "group" ? [...outer.groups, name] : groupsOf(outer);
  return { ...scopeOf(kind, name, node), groups, parent: outer, marks };
}

/** A nested test has the outer one as its group. */
function groupsOf(outer: Scope): readonly string[] {
  return outer.kind === "test" ? [...outer.groups, outer.name] : outer.groups;
}

function openFunction(node: SyntaxNode, outer: Scope, context: Context): Scope | undefined {
  const name = nameOf(node, context.text);
  if (name === undefined) return undefined;
  const marks = marksOf(node, context.text);
  const { language } = context;
  const { testNames, testMarks } = language;
  const marked = marks.some(({ path }) => nameIn(path, testMarks) !== undefined);
  const runs = !marked || language.unrun?.test(modifiersOf(node, context.text)) !== true;
  const isTest = (marked && runs) || (outer.kind !== "function" && testNames?.test(name) === true);
  const kind = isTest && outer.kind !== "test" ? "test" : "function";
  return { ...scopeOf(kind, name, node), groups: groupsOf(outer), parent: outer, marks };
}

function modifiersOf(node: SyntaxNode, text: string): string {
  const found = node.children.find(({ kind }) => kind === "modifiers");
  return found === undefined ? "" : text.slice(found.start, found.end);
}

function nameOf(node: SyntaxNode, text: string): string | undefined {
  const name = childOf(node, "name");
  return name === undefined ? undefined : text.slice(name.start, name.end).replaceAll("`", "");
}

function scopeOf(kind: Scope["kind"], name: string, node: SyntaxNode) {
  const { line } = node;
  return { kind, name, line, node, marks: [] as readonly Mark[], calls: [], statements: [] };
}

/** Its name among all tests of the change. */
export function fullName({ groups, name }: Scope): string {
  return [...groups, name].join(" > ");
}

/** The test that contains a scope, or is it. */
export function testOf(scope: Scope): Scope | undefined {
  let found: Scope | undefined = scope;
  while (found !== undefined && found.kind !== "test") found = found.parent;
  return found;
}

/** The values in a part of a file, as written. */
export function literalsIn(node: SyntaxNode, text: string): readonly string[] {
  if (isString(node)) {
    const found = stringOf(node, text);
    return found === "" ? [] : [found];
  }
  if (node.children.length === 0) {
    const found = textOf(node, text);
    return /^\d/.test(found) ? [found] : [];
  }
  return node.children.flatMap((child) => literalsIn(child, text));
}
