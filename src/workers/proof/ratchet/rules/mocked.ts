import type { RatchetFinding } from "../../../../domain/evidence/ratchet.ts";
import type { SyntaxNode } from "../../../../ports/syntax.ts";
import { lastName } from "../names.ts";
import { type Call, callOf, dotted, hasPath } from "../reading/call.ts";
import { childOf, isString, nodesIn, stringOf, textOf } from "../reading/node.ts";
import type { TestFile } from "../reading/test-file.ts";
import { type Comparison, findAdded, surplus } from "./compare.ts";
import { type Case, casesOf } from "./pair-tests.ts";

/** A call whose answer the test sets. */
interface Stub {
  readonly node: SyntaxNode;
  /** Dotted path of that call. */
  readonly path: string;
}

/** Tests that assert the answers that they set themselves. */
export function findMocked({ files }: Comparison): readonly RatchetFinding[] {
  return files.flatMap(({ before, after }) => {
    if (after === undefined) return [];
    const is = mockedUnits(after);
    const was = before === undefined ? [] : mockedUnits(before);
    return surplus(was, is, ({ path }) => path).map(({ node }) =>
      findAdded("unit-mocked", after, node),
    );
  });
}

function mockedUnits(file: TestFile): readonly Stub[] {
  const stubs = nodesIn(file.root).flatMap((node) => stubsAt(node, file));
  // Stryker disable next-line ConditionalExpression: it spares reading what the tests assert
  if (stubs.length === 0) return [];
  const asked = new Set(casesOf(file).flatMap((one) => askedBy(one)));
  const names = new Set([...asked].map((path) => `*.${lastName(path)}`));
  return stubs.filter(({ path }) => asked.has(path) || names.has(path));
}

/** Calls whose answers a test asserts, through one variable at most. */
function askedBy({ test, file, assertions }: Case): readonly string[] {
  const bound = new Map<string, SyntaxNode>();
  for (const node of nodesIn(test.node)) {
    if (!/declarator|assignment|short_var|let_decl|property_declaration/.test(node.kind)) continue;
    const [name] = node.children;
    const value = node.children.at(-1);
    // Stryker disable next-line ConditionalExpression,LogicalOperator: what binds has children, and so both
    if (name && value) bound.set(textOf(name, file.text), value);
  }
  return assertions
    .filter(({ node }) => !VERIFIES.test(callOf(node, file.text)?.path ?? ""))
    .flatMap(({ operands }) =>
      operands.flatMap((operand) => {
        const value = bound.get(textOf(operand, file.text)) ?? operand;
        return nodesIn(value)
          .filter((one) => isAsked(one, file))
          .map((one) => pathOf(one, file));
      }),
    );
}

/** Asks whether something was called, not what it answered. */
const VERIFIES =
  /(^|\.)(verify|coVerify|Verify|expects|toHave(Been|Last|Nth)?\w*(Called|Returned)\w*|assert_\w*call\w*)$/;

/** A call, or a member without further access; `send.mock.calls` does not count for `send`. */
function isAsked(node: SyntaxNode, { text }: TestFile): boolean {
  if (callOf(node, text) !== undefined) return true;
  return hasPath(node) && !(node.parent && hasPath(node.parent));
}

/** The path of a call, or of a member without a call. */
function pathOf(node: SyntaxNode, { text }: TestFile): string {
  return plain(callOf(node, text)?.path ?? dotted(node, text));
}

/** Moq: the object itself instead of its mock. */
function plain(path: string): string {
  return path.replace(".Object.", ".");
}

/** The paths of the calls whose answers a call sets. */
type Read = (call: Call, file: TestFile) => readonly (string | undefined)[];

/** How each library sets an answer, by the dotted path of its call. */
const STUBBING: readonly (readonly [RegExp, Read])[] = [
  [/^(vi|jest)\.(mock|doMock|setMock|unstable_mockModule)$/, moduleStubs],
  [
    /(^|\.)(spyOn|stubs?)$/,
    (call, file) => (file.language.name === "ruby" ? rubyStub : spied)(call, file),
  ],
  [/(^|\.)allow_any_instance_of\(\)\.to$/, anyAllowed],
  [/(^|\.)(setattr|patch\.object)$/, (call, file) => [memberOf(call, file)]],
  [/(^|\.)patch$/, ({ args: [first] }, file) => [lastName(stringIn(first, file) ?? "?")]],
  [/^(when|every|coEvery|given|(BDD)?Mockito\.(when|given))$/, innerCall],
  [/\.Setup$/, setUpCall],
  [/(^|\.)allow\(\)\.to$/, allowed],
  [/\.(method|shouldReceive)$/, phpMethod],
];

function stubsAt(node: SyntaxNode, file: TestFile): readonly Stub[] {
  const call = callOf(node, file.text);
  if (call === undefined) return assignedStub(node, file);
  const found = STUBBING.find(([pattern]) => pattern.test(call.path));
  if (found === undefined) return [];
  const paths = found[1](call, file).filter((one) => one !== undefined);
  return paths.map((path) => ({ node, path: plain(path) }));
}

function stringIn(node: SyntaxNode | undefined, file: TestFile): string | undefined {
  return node !== undefined && isString(node) ? stringOf(node, file.text) : undefined;
}

/** A spy without its own answer lets the code answer. */
function spied(call: Call, file: TestFile): readonly (string | undefined)[] {
  return answered(call.node, file) ? [memberOf(call, file)] : [];
}

/** `spyOn(quote, "total")`. */
function memberOf({ args: [object, name] }: Call, file: TestFile): string | undefined {
  const member = stringIn(name, file);
  return object && member && `${dotted(object, file.text)}.${member}`;
}

/** PHPUnit: `$quote->method('total')->willReturn(3)`, with `expects($this->once())` or without; Mockery's `shouldReceive`. */
function phpMethod({ node, path, args: [first] }: Call, file: TestFile) {
  const name = stringIn(first, file);
  const receiver = path.replace(/(\.expects\(\))?\.\w+$/, "");
  return [name && answered(node, file) ? `${receiver}.${name}` : undefined];
}

function answered(node: SyntaxNode, file: TestFile): boolean {
  return ANSWERS.test(file.text.slice(node.end));
}

const ANSWERS =
  /^(\s*\.(mock(Return|Resolved|Rejected|Implementation)|returns|resolves|callsFake)|[^;]*->(will|andReturn))/;

/** Everything imported from a replaced module; a factory that keeps the original replaces only a part. */
function moduleStubs({ args: [place, factory] }: Call, file: TestFile): readonly string[] {
  const name = stringIn(place, file);
  if (name === undefined || (factory && ORIGINAL.test(textOf(factory, file.text)))) return [];
  return nodesIn(file.root)
    .filter((one) => stringIn(childOf(one, "source"), file) === name)
    .flatMap((one) => nodesIn(one))
    .map((one) => textOf(one, file.text));
}

const ORIGINAL = /importActual|importOriginal|requireActual|await\w+\(\)/;

const ASSIGNMENTS = new Set(["assignment_expression", "assignment", "assignment_statement"]);

/** `module.total = jest.fn(…)`, `quote.total = Mock(return_value=3)`, `pkg.Quote = func() …`. */
function assignedStub(node: SyntaxNode, file: TestFile): readonly Stub[] {
  if (!ASSIGNMENTS.has(node.kind)) return [];
  const [left, right] = [childOf(node, "left"), childOf(node, "right")];
  // Python: `total: int` has a type and no value.
  if (!(left && right && isFake(only(right), file))) return [];
  const path = plain(dotted(only(left), file.text));
  // Another object's field, or in Go a name outside the test.
  return path.includes(".") || node.kind === "assignment_statement" ? [{ node, path }] : [];
}

/** Go assigns lists, usually of one. */
function only(node: SyntaxNode): SyntaxNode {
  const [first] = node.children;
  return node.kind === "expression_list" && first !== undefined ? first : node;
}

const FUNCTIONS = new Set(["arrow_function", "function_expression", "lambda", "func_literal"]);

function isFake(node: SyntaxNode, { text }: TestFile): boolean {
  return FUNCTIONS.has(node.kind) || FAKES.test(callOf(node, text)?.path ?? "");
}

const FAKES = /^((jest|vi|mock)\.fn|sinon\.stub|(mock\.)?(Mock|MagicMock|AsyncMock))(\(\)\.\w+)*$/;

/** `when(quote.total()).thenReturn(3)`, `every { quote.total() } returns 3`. */
function innerCall({ args: [first] }: Call, file: TestFile) {
  return [first && firstCall(first, file)];
}

function firstCall(node: SyntaxNode, file: TestFile): string | undefined {
  const found = nodesIn(node).find(hasPath);
  return found && pathOf(found, file);
}

/** mocha and minitest: `cart.stubs(:total)`, `cart.stub(:total, 3) do`, `Cart.any_instance.stubs(:total)`. */
function rubyStub({ path, args: [first] }: Call, file: TestFile) {
  const member = stringIn(first, file);
  const receiver = path.replace(/\.stubs?$/, "");
  return [member && `${receiver.endsWith(".any_instance()") ? "*" : receiver}.${member}`];
}

/** Moq: `quote.Setup(q => q.Total(3))` answers for `quote.Object.Total`. */
function setUpCall({ path, args: [lambda] }: Call, file: TestFile) {
  const asked = lambda && firstCall(lambda, file);
  return [asked && `${path.slice(0, -".Setup".length)}.${lastName(asked)}`];
}

/** RSpec: `allow_any_instance_of(Cart).to receive(:total)`. */
function anyAllowed({ node }: Call, file: TestFile) {
  const [name] = argumentsOf("receive", node, file);
  const member = stringIn(name, file);
  return [member && `*.${member}`];
}

/** RSpec: `allow(quote).to receive(:total).and_return(3)`. */
function allowed(call: Call, file: TestFile) {
  const [object, name] = ["allow", "receive"].map((path) => argumentsOf(path, call.node, file)[0]);
  return object && name ? [memberOf({ ...call, args: [object, name] }, file)] : [];
}

/** Arguments of the call with that path. */
function argumentsOf(path: string, node: SyntaxNode, { text }: TestFile): readonly SyntaxNode[] {
  const found = nodesIn(node).find((one) => callOf(one, text)?.path === path);
  return (found && callOf(found, text)?.args) ?? [];
}
