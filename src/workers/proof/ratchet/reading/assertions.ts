import type { SyntaxNode } from "../../../../ports/syntax.ts";
import type { Strength } from "../languages/language.ts";
import { lastName, nameIn, valueIn } from "../names.ts";
import type { Call } from "./call.ts";
import type { Mark } from "./marks.ts";
import { above, childOf, isLiteral, textOf } from "./node.ts";
import { headArguments, operandsOf } from "./operands.ts";
import { isReached } from "./reach.ts";
import { conditionStrength, failingStrength, strengthOf } from "./strength.ts";
import { literalsIn, type Scope, type TestFile } from "./test-file.ts";

export interface Assertion {
  readonly node: SyntaxNode;
  readonly line: number;
  /** Its whole text, without blanks. */
  readonly text: string;
  readonly strength: Strength;
  /** Its operands that are no plain values. */
  readonly subjects: readonly string[];
  /** Its plain values. */
  readonly values: readonly string[];
  /** For a branch that fails: the condition that has to be false. */
  readonly condition?: SyntaxNode;
  /** The operands themselves. */
  readonly operands: readonly SyntaxNode[];
}

/** Assertions of a test, in itself and through functions of the same file that it calls. */
export function assertionsOf(test: Scope, file: TestFile, depth = 0): readonly Assertion[] {
  const own = [
    ...test.calls.flatMap((call) => assertionOfCall(call, file)),
    ...test.statements.flatMap((node) => assertionOfStatement(node, file)),
    ...test.marks.flatMap((mark) => assertionOfMark(mark, file)),
    ...nestedFunctions(test, file).flatMap((inner) => assertionsOf(inner, file, DEPTH)),
  ].filter(({ node }) => isReached(node, test.node, file.text));
  if (depth >= DEPTH) return own;
  const called = test.calls.flatMap((call) => assertionsThrough(call, file, depth));
  return [...own, ...called.filter(({ node }) => isReached(node, test.node, file.text))].sort(
    (left, right) => left.node.start - right.node.start,
  );
}

/** How deep calls of helpers are followed. */
const DEPTH = 3;

const nested = new WeakMap<TestFile, ReadonlyMap<Scope | undefined, readonly Scope[]>>();

function nestedFunctions(test: Scope, file: TestFile): readonly Scope[] {
  const known =
    nested.get(file) ??
    Map.groupBy(
      file.scopes.filter(({ kind }) => kind === "function"),
      ({ parent }) => parent,
    );
  nested.set(file, known);
  return known.get(test) ?? [];
}

/** A helper that asserts. Each call of it is an assertion, as strong as its strongest. */
function assertionsThrough(call: Call, file: TestFile, depth: number): readonly Assertion[] {
  const helper = helperOf(call, file);
  if (helper === undefined) return [];
  const inner = assertionsOf(helper, file, depth + 1);
  const [first] = inner;
  if (first === undefined) return [];
  const strongest = inner.reduce((best, one) => (rank(one) > rank(best) ? one : best), first);
  return inner.map((one, index) => ({
    ...describe(call.node, call.args, file),
    strength: strongest.strength,
    text: `${textOf(call.node, file.text)}#${index}${index > 0 ? one.text : ""}`,
  }));
}

/** A function of the file, unless its name is an assertion of the language. */
function helperOf({ path }: Call, file: TestFile): Scope | undefined {
  const { assertions } = file.language;
  const name = lastName(path);
  const isKnown = valueIn(path, assertions) !== undefined || Object.hasOwn(assertions, name);
  return isKnown ? undefined : helpersOf(file).get(name);
}

const helpers = new WeakMap<TestFile, ReadonlyMap<string, Scope>>();

function helpersOf(file: TestFile): ReadonlyMap<string, Scope> {
  const known = helpers.get(file) ?? readHelpers(file);
  helpers.set(file, known);
  return known;
}

function readHelpers({ scopes }: TestFile): ReadonlyMap<string, Scope> {
  return new Map(scopes.filter(({ kind }) => kind === "function").map((one) => [one.name, one]));
}

export function rank({ strength }: { readonly strength: Strength }): number {
  return { recorded: 1, weak: 1, partial: 2, equal: 3 }[strength];
}

function assertionOfCall(call: Call, file: TestFile): readonly Assertion[] {
  const strength = strengthOf(call, file);
  if (strength === undefined || helperOf(call, file) !== undefined) return [];
  const condition = conditionOf(call);
  if (condition !== undefined) return [ofCondition(call, condition, file)];
  const operands = [...headArguments(call.node, file.text), ...call.args];
  return [{ ...describe(call.node, operands, file), strength }];
}

function describe(node: SyntaxNode, operands: readonly SyntaxNode[], file: TestFile) {
  const { text, language } = file;
  const real = operands.filter((one) => language.name !== "go" || !IGNORED.has(textOf(one, text)));
  return {
    node,
    line: node.line,
    text: textOf(node, text),
    operands: real,
    subjects: real.filter((one) => !isLiteral(one)).map((one) => textOf(one, text)),
    values: real.flatMap((one) => literalsIn(one, text)),
  };
}

/** Go's first argument does not belong to the assertion. */
const IGNORED = new Set(["t", "s.T()", "b"]);

/** Rust's `#[should_panic(expected = "…")]`, JUnit 4's `@Test(expected = …)`. */
function assertionOfMark({ path, args, node }: Mark, file: TestFile): readonly Assertion[] {
  const text = textOf(node, file.text);
  const named = /[(,]expected=/.test(text);
  if (path !== "should_panic" && !(path === "Test" && named)) return [];
  const values = args.flatMap((one) => literalsIn(one, file.text));
  const strength = named ? "partial" : "weak";
  return [{ node, line: node.line, text, strength, subjects: [path], values, operands: [] }];
}

/** Python's `assert`, Java's, and Kotlin's `x shouldBe 3`. */
function assertionOfStatement(node: SyntaxNode, file: TestFile): readonly Assertion[] {
  const [first, word, last] = node.children;
  if (first && node.kind === "assert_statement") {
    const strength = conditionStrength(first, file, "weak");
    return [{ ...describe(node, operandsOf(first), file), strength }];
  }
  const strength = word && valueIn(textOf(word, file.text), file.language.assertions);
  return strength && first && last ? [{ ...describe(node, [first, last], file), strength }] : [];
}

const BRANCHES = new Set(["if_statement", "expression_switch_statement", "if_expression"]);

/** Go's `if got != want { t.Error(…) }` and Rust's `if … { panic!() }`: the condition is asserted. */
function conditionOf({ path, node }: Call): SyntaxNode | undefined {
  const branch = nameIn(path, FAILING) && above(node, BRANCHES);
  return branch ? childOf(branch, "condition", "value") : undefined;
}

const FAILING = [
  "t.Error",
  "t.Errorf",
  "t.Fatal",
  "t.Fatalf",
  "t.Fail",
  "t.FailNow",
  "panic",
  "unreachable",
];

function ofCondition(call: Call, condition: SyntaxNode, file: TestFile): Assertion {
  const found = describe(call.node, operandsOf(condition), file);
  const text = `fails-if:${textOf(condition, file.text)}`;
  return { ...found, text, condition, strength: failingStrength(condition, file) };
}
