import type { SyntaxNode } from "../../../../ports/syntax.ts";
import { valueIn } from "../names.ts";
import type { Assertion } from "../reading/assertions.ts";
import { callOf } from "../reading/call.ts";
import { isNumber, nodesIn, textOf } from "../reading/node.ts";
import type { TestFile } from "../reading/test-file.ts";

/** A number that limits the distance of a value from the expected one. */
interface Tolerance {
  readonly value: number;
  readonly looser: "greater" | "smaller";
}

/** Whether the same assertion allows more than before. */
export function toleranceChange(
  lost: Assertion,
  heir: Assertion,
  before: TestFile,
  after: TestFile,
): "looser" | "same" {
  const was = toleranceOf(lost.condition ?? lost.node, before);
  const is = toleranceOf(heir.condition ?? heir.node, after);
  if (was === undefined || is === undefined || was.looser !== is.looser) return "same";
  const isLooser = was.looser === "greater" ? is.value > was.value : is.value < was.value;
  return isLooser ? "looser" : "same";
}

function toleranceOf(node: SyntaxNode, file: TestFile): Tolerance | undefined {
  for (const one of nodesIn(node)) {
    const found = ofCall(one, file) ?? ofComparison(one, file);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As the only number, the tolerance is the first argument; otherwise it follows the expected value. */
function ofCall(node: SyntaxNode, file: TestFile): Tolerance | undefined {
  const call = callOf(node, file.text);
  const looser = call && valueIn(call.path, file.language.tolerances);
  if (call === undefined || looser === undefined) return infixTolerance(node, file);
  const named = call.args.find(isNamed);
  const numbers = call.args.filter((one) => numberOf(one, file) !== undefined);
  const last = named ?? call.args.findLast((one) => numberOf(one, file) !== undefined);
  if (last === undefined) return undefined;
  const value = numberOf(last, file);
  const needed = EXPECTED_FIRST.test(call.path) && named === undefined ? 2 : 1;
  const enough = numbers.length >= needed || call.args.indexOf(last) >= needed;
  return value === undefined || !enough
    ? undefined
    : { value, looser: directed(last, file, looser) };
}

/** Among the tokens of a Rust macro a name is before an equals sign. */
function isNamed({ kind, children }: SyntaxNode): boolean {
  return /keyword|pair|assignment/.test(kind) || children.some((one) => one.kind === "=");
}

/** Calls whose tolerance follows the expected value; a single number is the expected one. */
const EXPECTED_FIRST =
  /(toBeCloseTo|closeTo|approx|assertEquals|AreEqual|Assert\.Equal|AlmostEqual)$/;

/** `assertAlmostEqual(…, places=2)` gets looser as it falls, `delta=` as it grows; `precision:` as it falls. */
function directed(
  node: SyntaxNode,
  file: TestFile,
  looser: Tolerance["looser"],
): Tolerance["looser"] {
  const found = textOf(node, file.text);
  if (/^(delta|rel|abs|epsilon|tolerance|atol|rtol|rel_tol|abs_tol|max_relative)\b/.test(found))
    return "greater";
  return /^(places|precision)\b/.test(found) ? "smaller" : looser;
}

/** Kotlin: `x shouldBe (3.0 plusOrMinus 0.1)`. */
function infixTolerance(node: SyntaxNode, file: TestFile): Tolerance | undefined {
  if (node.kind !== "infix_expression") return undefined;
  const [, word, last] = node.children;
  const looser = word && valueIn(textOf(word, file.text), file.language.tolerances);
  const value = last && numberOf(last, file);
  return looser === undefined || value === undefined ? undefined : { value, looser };
}

const SMALLER = new Set(["<", "<="]);
const GREATER = new Set([">", ">="]);

/** `assert(elapsed < 100)`. */
function ofComparison(node: SyntaxNode, file: TestFile): Tolerance | undefined {
  const { children } = node;
  const at = children.findIndex((one) => {
    const found = file.text.slice(one.start, one.end);
    return SMALLER.has(found) || GREATER.has(found);
  });
  const [operator, right] = [children[at], children[at + 1]];
  if (operator === undefined || right === undefined) return undefined;
  const value = numberOf(right, file);
  if (value === undefined) return undefined;
  const fails = /^(if_statement|if_expression)$/.test(node.parent?.kind ?? "");
  const below = SMALLER.has(file.text.slice(operator.start, operator.end)) !== fails;
  return { value, looser: below ? "greater" : "smaller" };
}

/** A number in a call's arguments belongs to the call, unless the call only converts it. */
function asks(node: SyntaxNode, file: TestFile): boolean {
  const path = callOf(node, file.text)?.path;
  if (path === undefined) return false;
  return valueIn(path, file.language.tolerances) === undefined && !UNITS.test(path);
}

const UNITS = /(^|\.)(Duration|TimeSpan|Decimal|BigDecimal|time)\.\w+$|^(float|Decimal|f64)$/;

function numberOf(node: SyntaxNode, file: TestFile): number | undefined {
  const numbers = nodesIn(node).filter(isNumber);
  const [only] = numbers;
  if (only === undefined || numbers.length > 1 || nodesIn(node).some((one) => asks(one, file)))
    return undefined;
  const value = Number(
    textOf(only, file.text)
      .replaceAll("_", "")
      .replace(/(?<=\d)[a-zA-Z]\w*$/, (end) => (/^e/i.test(end) ? end : "")),
  );
  return Number.isNaN(value) ? undefined : value;
}
