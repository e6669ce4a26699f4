import type { RatchetFinding } from "../../../../domain/evidence/ratchet.ts";
import type { SyntaxNode } from "../../../../ports/syntax.ts";
import { callOf } from "../reading/call.ts";
import { isComment, isString, nodesIn, stringOf, textOf } from "../reading/node.ts";
import type { TestFile } from "../reading/test-file.ts";
import { type FilePair, findAdded, surplus } from "./compare.ts";

/**
 * Source that can detect a test run: by variables that only a runner sets, by code that only a test binary has, or by
 * the name of a test file of this change. Such code may behave differently for the test and for the user. Other ways to
 * detect it (the clock, the stack, how it was started) are not covered. @param sources files of the change without tests
 * @param tests paths of those with tests
 */
export function findDetected(
  sources: readonly FilePair[],
  tests: readonly string[],
): readonly RatchetFinding[] {
  const names = new Set(tests.map((path) => path.slice(path.lastIndexOf("/") + 1)));
  return sources.flatMap(({ before, after }) => {
    if (after === undefined) return [];
    const was = before === undefined ? [] : detectionsIn(before, names);
    return surplus(was, detectionsIn(after, names), (node) => textOf(node, after.text)).map(
      (node) => findAdded("test-detected", after, node),
    );
  });
}

/** The outermost node of each detection, once. */
function detectionsIn(file: TestFile, names: ReadonlySet<string>): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const node of nodesIn(file.root)) {
    const isWithin = found.some(({ start, end }) => node.start >= start && node.end <= end);
    if (!isWithin && isDetection(node, file, names)) found.push(node);
  }
  return found;
}

/** Variables that runners set for their tests, and no deployment sets: node --test, vitest, jest, pytest. */
const RUNNERS =
  /^(NODE_TEST_CONTEXT|VITEST|VITEST_(?:MODE|WORKER_ID|POOL_ID)|JEST_WORKER_ID|PYTEST_CURRENT_TEST|PYTEST_VERSION|test\.v|test\.run)$/;
/** Variables that name the environment, with `test` as one value. */
const PLACES =
  /\b(NODE_ENV|RAILS_ENV|RACK_ENV|APP_ENV|ASPNETCORE_ENVIRONMENT|DJANGO_ENV|FLASK_ENV)\b/;
const COMPARISONS = new Set([
  ...["binary_expression", "binary", "comparison_operator", "equality_expression"],
]);

function isDetection(node: SyntaxNode, file: TestFile, names: ReadonlySet<string>): boolean {
  if (isComment(node)) return false;
  const text = file.text.slice(node.start, node.end);
  if (isString(node)) {
    const value = stringOf(node, file.text);
    return RUNNERS.test(value) || names.has(value.slice(value.lastIndexOf("/") + 1));
  }
  if (node.children.length === 0) return RUNNERS.test(text);
  const call = callOf(node, file.text);
  // Go and Rust: code that only a test binary has.
  if (call !== undefined) {
    return call.path === "testing.Testing" || /^cfg!\s*\(\s*test\s*\)$/.test(text);
  }
  return COMPARISONS.has(node.kind) && comparesWithTest(node, text, file);
}

function comparesWithTest(node: SyntaxNode, text: string, file: TestFile): boolean {
  if (text.length > 200) return false;
  const strings = nodesIn(node)
    .filter(isString)
    .map((one) => stringOf(one, file.text));
  if (strings.includes("test") && PLACES.test(text)) return true;
  return (
    strings.some((one) => one === "pytest" || one === "unittest") && /\bsys\.modules\b/.test(text)
  );
}
