import type { RatchetFinding, RatchetRule } from "../../../../domain/evidence/ratchet.ts";
import type { SyntaxNode } from "../../../../ports/syntax.ts";
import { nameIn } from "../names.ts";
import type { Call } from "../reading/call.ts";
import type { Mark } from "../reading/marks.ts";
import { above, childOf, nodesIn, textOf } from "../reading/node.ts";
import { isDeclared } from "../reading/reach.ts";
import type { Scope, TestFile } from "../reading/test-file.ts";
import { type Comparison, findAdded } from "./compare.ts";
import { readsEnvironment } from "./environment.ts";
import type { Case } from "./pair-tests.ts";

/** Why a test does not run, runs alone, or repeats until it passes. */
interface Reason {
  readonly rule: RatchetRule;
  readonly node: SyntaxNode;
  readonly text: string;
}

/** Tests that run less than before: excluded, sometimes excluded, the only ones left, or repeated until they pass. */
export function findSkipped({ pairing, files }: Comparison): readonly RatchetFinding[] {
  const groupsBefore = new Set(files.flatMap(({ before }) => (before ? groupReasons(before) : [])));
  const of = (before: Case | undefined, after: Case) => {
    const reasons = reasonsOf(after);
    // Stryker disable next-line ConditionalExpression: it spares looking at the test as it was
    if (reasons.length === 0) return [];
    const known = new Set(before === undefined ? [] : reasonsOf(before).map(keyOf));
    const isNew = before === undefined;
    return reasons
      .filter((one) => !known.has(keyOf(one)) && !(isNew && isTodo(one)))
      .filter((one) => !isNew || !groupsBefore.has(keyOf(one)))
      .map(({ rule, node }) => findAdded(rule, after.file, node));
  };
  return [
    ...pairing.pairs.flatMap(({ before, after }) => of(before, after)),
    ...pairing.fresh.flatMap((after) => of(undefined, after)),
  ];
}

const keyOf = ({ rule, text }: Reason) => `${rule} ${text}`;

/** A planned test never ran. */
function isTodo({ text }: Reason): boolean {
  return text === "todo";
}

/** Reasons that already applied to a whole group apply to its new tests. */
function groupReasons(file: TestFile): readonly string[] {
  return file.scopes
    .filter(({ kind }) => kind === "group")
    .flatMap((scope) => markReasons(scope, file).map(keyOf));
}

function reasonsOf({ test, file }: Case): readonly Reason[] {
  const found: Reason[] = [];
  found.push(...markReasons(test, file));
  for (let { parent: scope } = test; scope !== undefined; scope = scope.parent)
    found.push(...aroundReasons(scope, file));
  return [
    ...found,
    ...callReasons(test, file),
    ...compiledWhen(test, file),
    ...cutOff(test.node, file),
  ];
}

/** After an unconditional exit, or in a dead branch. */
function cutOff(node: SyntaxNode, { root, text }: TestFile): readonly Reason[] {
  return isDeclared(node, root, text) ? [] : [{ rule: "test-skipped", node, text: "cut off" }];
}

const around = new WeakMap<Scope, readonly Reason[]>();

/** A reason for a whole scope is found once and not for each test in it. */
function aroundReasons(scope: Scope, file: TestFile): readonly Reason[] {
  const known = around.get(scope) ?? findAround(scope, file);
  around.set(scope, known);
  return known;
}

function findAround(scope: Scope, file: TestFile): readonly Reason[] {
  const setUp = scope.kind === "group" ? setUpReasons(scope, file) : [];
  return [...markReasons(scope, file), ...setUp, ...retryReasons(scope, file)];
}

/** A file or group that repeats all its failed tests. */
function retryReasons({ calls }: Scope, file: TestFile): readonly Reason[] {
  return calls
    .filter(({ path, node }) => nameIn(path, file.language.retry) && !above(node, MARKS))
    .map(({ node }) => ({ rule: "retry-added", node, text: textOf(node, file.text) }));
}

/** A call in a mark belongs to the marked test. */

const MARKS = new Set(["decorator", "annotation", "attribute_list", "attribute_item"]);

/** C#: `#if NIGHTLY` around a test. */
function compiledWhen(test: Scope, file: TestFile): readonly Reason[] {
  const found = above(test.node, DIRECTIVES);
  const condition = found && childOf(found, "condition");
  // Stryker disable next-line ConditionalExpression,LogicalOperator: both are there, or neither
  return found === undefined || condition === undefined
    ? []
    : [{ rule: "test-conditional", node: found, text: textOf(condition, file.text) }];
}

const DIRECTIVES = new Set(["preproc_if", "preproc_elif"]);

/** A group whose preparation skips skips all its tests. */
function setUpReasons(group: Scope, file: TestFile): readonly Reason[] {
  return file.scopes
    .filter(
      ({ kind, parent, name }) => kind === "function" && parent === group && SET_UP.test(name),
    )
    .flatMap((scope) => callReasons(scope, file));
}

const SET_UP = /^(set_?up|before_?(each|all)?|setup_method|setUpClass)$/i;

function markReasons({ marks }: Scope, file: TestFile): readonly Reason[] {
  const { skip, skipWhen, focus, retry } = file.language;
  return marks.flatMap((mark): readonly Reason[] => {
    const { path, node } = mark;
    if (nameIn(path, skipWhen)) return whenReasons(mark, file);
    if (nameIn(path, skip)) return [skipReason(mark, file)];
    if (nameIn(path, focus)) return [{ rule: "test-focused", node, text: path }];
    if (nameIn(path, retry)) return [{ rule: "retry-added", node, text: path }];
    return argumentReasons(mark, file);
  });
}

/** xUnit: `[Fact(Skip = "…")]`; TestNG: `@Test(retryAnalyzer = Again.class)`; RSpec: `if: ENV["CI"]`. */
function argumentReasons({ path, args, node }: Mark, file: TestFile): readonly Reason[] {
  if (/^(if|unless)$/.test(path) && args.some((one) => readsEnvironment(one, file)))
    return [{ rule: "test-conditional", node, text: path }];
  return args.flatMap((one): readonly Reason[] => {
    const text = textOf(one, file.text);
    if (/^(Skip|Ignore|enabled=false|IgnoreReason)\b/.test(text))
      // Stryker disable next-line StringLiteral: whatever it is, it is the same before and after
      return [{ rule: "test-skipped", node: one, text: "Skip" }];
    return /^(retryAnalyzer|successPercentage)=/.test(text)
      ? [{ rule: "retry-added", node: one, text }]
      : [];
  });
}

/** `skip: process.env.CI` and `skipif(…)` skip sometimes; `should_panic` and the like invert the test. */
function skipReason({ path, args, node }: Mark, file: TestFile): Reason {
  const conditional = args.some((one) => readsEnvironment(one, file));
  return { rule: conditional ? "test-conditional" : "test-skipped", node, text: path };
}

function whenReasons({ path, args, node }: Mark, file: TestFile): readonly Reason[] {
  // Rust: every test has `#[cfg(test)]`; `cfg_attr` counts if it ignores. Its parentheses are tokens too.
  const texts = args.map((one) => textOf(one, file.text)).filter((one) => /\w/.test(one));
  if (path === "cfg" && texts.every((one) => one === "test")) return [];
  if (path === "cfg_attr" && !texts.includes("ignore")) return [];
  return [{ rule: "test-conditional", node, text: `${path}(${texts.join()})` }];
}

const BRANCHES = new Set([
  ...["if_statement", "if_expression", "if", "unless", "if_modifier", "unless_modifier"],
  ...["conditional_expression", "ternary_expression", "conditional"],
  ...["switch_statement", "match_expression", "when_expression", "case"],
]);

function callReasons(test: Scope, file: TestFile): readonly Reason[] {
  const { skip, skipWhen, retry } = file.language;
  const calls = [...test.calls, ...bareWords(test.node, file)];
  return calls.flatMap(({ node, path, args }: Call): readonly Reason[] => {
    const text = textOf(node, file.text);
    if (nameIn(path, skipWhen)) return [{ rule: "test-conditional", node, text }];
    if (nameIn(path, retry)) return [{ rule: "retry-added", node, text }];
    if (nameIn(path, skip) === undefined) return [];
    const branch = above(node, BRANCHES);
    const within = branch !== undefined && branch.start > test.node.start;
    const conditional = within || args.some((one) => readsEnvironment(one, file));
    return [{ rule: conditional ? "test-conditional" : "test-skipped", node, text: path }];
  });
}

/** Ruby's `skip` without arguments is an ordinary identifier; as a statement of its own it is a call. */
function bareWords(test: SyntaxNode, { language, text }: TestFile): readonly Call[] {
  // Stryker disable next-line ConditionalExpression: other grammars have no such places; it spares the walk
  if (language.name !== "ruby") return [];
  return nodesIn(test)
    .filter((node) => node.kind === "identifier" && isStatement(node))
    .map((node) => ({ node, path: textOf(node, text), args: [] }));
}

function isStatement({ parent, field }: SyntaxNode): boolean {
  const place = parent?.kind ?? "";
  return PLACES.test(place) || (CHOICES.test(place) && field !== "condition");
}

const PLACES = /^(body_statement|block_body|begin|then|else)$/;
const CHOICES = /^conditional$|_modifier$/;
