import type { RatchetFinding } from "../../../../domain/evidence/ratchet.ts";
import type { SyntaxNode } from "../../../../ports/syntax.ts";
import { nameIn } from "../names.ts";
import { callOf, dotted, hasPath } from "../reading/call.ts";
import { childOf, holdsOneOf, nodesIn, textOf } from "../reading/node.ts";
import type { TestFile } from "../reading/test-file.ts";
import { type Comparison, findAdded, surplus } from "./compare.ts";

/** Tests that check their environment before they assert: by a variable of the runner, or of GitHub's own. */
export function findEnvironment({ files }: Comparison): readonly RatchetFinding[] {
  return files.flatMap(({ before, after }) => {
    if (after === undefined) return [];
    const was = before === undefined ? [] : conditions(before);
    return surplus(was, conditions(after), (one) => one.text).map(({ node, tellsRun }) =>
      findAdded(tellsRun ? "base-told" : "test-conditional", after, node),
    );
  });
}

interface Condition {
  readonly node: SyntaxNode;
  readonly text: string;
  readonly tellsRun: boolean;
}

const CONDITIONAL = new Set([
  ...["if_statement", "if_expression", "if", "unless", "if_modifier", "unless_modifier"],
  ...["ternary_expression", "conditional_expression", "conditional", "while_statement"],
]);

/** Conditions inside or around tests that read the environment. */
function conditions(file: TestFile): readonly Condition[] {
  if (environmentOf(file).length === 0) return [];
  const names = variables(file);
  const found: Condition[] = [];
  for (const node of nodesIn(file.root)) {
    if (!CONDITIONAL.has(node.kind)) continue;
    const condition = conditionOf(node, file);
    if (condition === undefined) continue;
    if (!readsEnvironment(condition, file) && !mentions(condition, names, file)) continue;
    if (!concernsTest(node, file)) continue;
    const text = textOf(condition, file.text);
    found.push({ node: condition, text, tellsRun: tellsRun(condition, file) });
  }
  return found;
}

function conditionOf(node: SyntaxNode, file: TestFile): SyntaxNode | undefined {
  const named = childOf(node, "condition");
  if (named !== undefined) return named;
  // Python: `a if condition else b`.
  if (node.kind === "conditional_expression" && file.language.name === "python")
    return node.children[1];
  return node.children[0];
}

function concernsTest(node: SyntaxNode, file: TestFile): boolean {
  return (
    isInTest(node, file) ||
    testsWithin(node, file) ||
    nodesIn(node).some(
      (one) =>
        nameIn(dotted(one, file.text), file.language.skip) !== undefined &&
        one.kind !== "identifier",
    )
  );
}

export function readsEnvironment(node: SyntaxNode, file: TestFile): boolean {
  return holdsOneOf(node, environmentOf(file));
}

const reads = new WeakMap<TestFile, readonly SyntaxNode[]>();

/** Each place in a file that reads the environment. */
function environmentOf(file: TestFile): readonly SyntaxNode[] {
  const known = reads.get(file);
  if (known !== undefined) return known;
  const found = nodesIn(file.root).filter((one) => hasPath(one) && isEnvironment(one, file));
  reads.set(file, found);
  return found;
}

function isEnvironment(node: SyntaxNode, { text, language }: TestFile): boolean {
  const path = (callOf(node, text)?.path ?? dotted(node, text)).replace(/\(\)$/, "");
  return nameIn(path, language.environment) !== undefined;
}

const BINDING = new Set([
  ...["variable_declarator", "assignment", "assignment_expression", "short_var_declaration"],
  ...["let_declaration", "property_declaration", "variable_declaration", "const_spec", "var_spec"],
]);

/** Variables that hold values from the environment. */
function variables(file: TestFile): ReadonlySet<string> {
  const found = new Set<string>();
  for (const node of nodesIn(file.root)) {
    if (!BINDING.has(node.kind)) continue;
    const [name] = node.children;
    const value = node.children.at(-1);
    if (name === undefined || value === undefined || name === value) continue;
    if (!readsEnvironment(value, file) || testsWithin(value, file)) continue;
    found.add(textOf(name, file.text));
  }
  return found;
}

const testNodes = new WeakMap<TestFile, readonly SyntaxNode[]>();

function testsWithin(node: SyntaxNode, file: TestFile): boolean {
  const known = testNodes.get(file) ?? file.tests.map((test) => test.node);
  testNodes.set(file, known);
  return holdsOneOf(node, known);
}

function isInTest(node: SyntaxNode, file: TestFile): boolean {
  return file.tests.some(({ node: test }) => node.start >= test.start && node.end <= test.end);
}

function mentions(node: SyntaxNode, names: ReadonlySet<string>, file: TestFile): boolean {
  if (names.size === 0) return false;
  return nodesIn(node).some(
    (one) => one.children.length === 0 && names.has(textOf(one, file.text)),
  );
}

/** Variables by which a runner reveals its commit; `GITHUB_ACTIONS` says only that it is one. */
function tellsRun(node: SyntaxNode, file: TestFile): boolean {
  return /\b(GITHUB_(?!ACTIONS\b)[A-Z_]+|CI_COMMIT_[A-Z_]+|GIT_(COMMIT|BRANCH)|BUILD_SOURCEVERSION|CIRCLE_SHA1|BITBUCKET_COMMIT)\b/.test(
    file.text.slice(node.start, node.end),
  );
}
