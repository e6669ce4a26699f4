import type { RatchetFinding } from "../../../../domain/evidence/ratchet.ts";
import type { SyntaxNode } from "../../../../ports/syntax.ts";
import { type Call, callOf, dotted, hasPath } from "../reading/call.ts";
import { childOf, isString, nodesIn, stringOf, textOf } from "../reading/node.ts";
import type { TestFile } from "../reading/test-file.ts";
import { type Comparison, findAdded, surplus } from "./compare.ts";
import { type Case, casesOf } from "./pair-tests.ts";

/** A call that was given an answer by the test. */
interface Stub {
  readonly node: SyntaxNode;
  /** Dotted path of the call whose answer it is. */
  readonly path: string;
}

/** Tests that assert what they themselves told the code to answer. */
export function findMocked({ files }: Comparison): readonly RatchetFinding[] {
  return files.flatMap(({ before, after }) => {
    if (after === undefined) return [];
    const is = mockedUnits(after);
    const was = before === undefined || is.length === 0 ? [] : mockedUnits(before);
    return surplus(was, is, ({ node, path }) => `${path} ${node.kind}`).map(({ node }) =>
      findAdded("unit-mocked", after, node),
    );
  });
}

function mockedUnits(file: TestFile): readonly Stub[] {
  const stubs = nodesIn(file.root).flatMap((node) => stubsAt(node, file));
  if (stubs.length === 0) return [];
  const asked = new Set(casesOf(file).flatMap((one) => askedBy(one)));
  const names = new Set([...asked].map((path) => `*.${path.split(".").at(-1)}`));
  return stubs.filter(({ path }) => asked.has(path) || names.has(path));
}

/** The calls whose answers a test asserts, through one variable at most. */
function askedBy({ test, file, assertions }: Case): readonly string[] {
  const bound = new Map<string, SyntaxNode>();
  for (const node of nodesIn(test.node)) {
    if (!/declarator|assignment|short_var|let_decl|property_declaration/.test(node.kind)) continue;
    const [name] = node.children;
    const value = node.children.at(-1);
    if (name && value && name !== value) bound.set(textOf(name, file.text), value);
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

/** Asks whether something was called, and not what it answered. */
const VERIFIES =
  /(^|\.)(verify|coVerify|Verify|expects|toHave(Been|Last|Nth)?\w*(Called|Returned)\w*|assert_\w*call\w*)$/;

/** A call, or a member of which nothing more is asked: `send.mock.calls` does not ask `send`. */
function isAsked(node: SyntaxNode, { text }: TestFile): boolean {
  if (callOf(node, text) !== undefined) return true;
  return hasPath(node) && (node.parent === undefined || !hasPath(node.parent));
}

/** Of a call, or of a member that is asked without one. */
function pathOf(node: SyntaxNode, { text }: TestFile): string {
  return plain(callOf(node, text)?.path ?? dotted(node, text));
}

function plain(path: string): string {
  return path.replace(/\.Object\./, ".").replace(/^\$/, "");
}

/** Answers the paths of the calls that a call answers for. */
type Read = (call: Call, file: TestFile) => readonly (string | undefined)[];

/** How each library gives an answer, by the dotted path of its call. */
const STUBBING: readonly (readonly [RegExp, Read])[] = [
  [/^(vi|jest)\.(mock|doMock|setMock|unstable_mockModule)$/, moduleStubs],
  [
    /(^|\.)(spyOn|stubs?)$/,
    (call, file) => (file.language.name === "ruby" ? rubyStub : spied)(call, file),
  ],
  [/(^|\.)allow_any_instance_of\(\)\.to$/, anyAllowed],
  [/(^|\.)(setattr|patch\.object)$/, (call, file) => [memberOf(call, file)]],
  [/(^|\.)patch$/, ({ args: [first] }, file) => [stringIn(first, file)?.split(".").at(-1)]],
  [/^(when|every|coEvery|given|(BDD)?Mockito\.(when|given))$/, innerCall],
  [/\.Setup$/, setUpCall],
  [/(^|\.)allow\(\)\.to$/, allowed],
  [/\.method$/, phpMethod],
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

/** A spy without an answer of its own lets the code answer. */
function spied(call: Call, file: TestFile): readonly (string | undefined)[] {
  return answered(call.node, file) ? [memberOf(call, file)] : [];
}

/** `spyOn(quote, "total")`. */
function memberOf({ args: [object, name] }: Call, file: TestFile): string | undefined {
  const member = stringIn(name, file);
  if (object === undefined || member === undefined) return undefined;
  return `${dotted(object, file.text)}.${member}`;
}

/** PHPUnit: `$quote->method('total')->willReturn(3)`. */
function phpMethod({ node, path, args: [first] }: Call, file: TestFile): readonly string[] {
  const name = stringIn(first, file);
  if (name === undefined || !answered(node, file)) return [];
  return [`${path.slice(0, -".method".length)}.${name}`];
}

function answered(node: SyntaxNode, file: TestFile): boolean {
  const after = file.text.slice(node.end, node.end + 200);
  return (
    /^\s*(\.|->)\s*(expects?\([^;]*?\)\s*(\.|->)\s*)?(mock(Return|Resolved|Rejected|Implementation)|returns|resolves|callsFake|will|and_return)/.test(
      after,
    ) || /^[^;]*?->will(Return)?/.test(after)
  );
}

/** All that is imported from a module that the test replaced; a factory that keeps the original replaces only a part. */
function moduleStubs({ args: [place, factory] }: Call, file: TestFile): readonly string[] {
  const name = stringIn(place, file);
  if (name === undefined) return [];
  const made = factory === undefined ? "" : file.text.slice(factory.start, factory.end);
  if (/importActual|importOriginal|requireActual|await\s+\w+\(\)/.test(made)) return [];
  return nodesIn(file.root)
    .filter((one) => one.kind === "import_statement")
    .filter((one) => stringIn(childOf(one, "source"), file) === name)
    .flatMap((one) => nodesIn(one).filter(({ kind }) => kind === "identifier"))
    .map((one) => textOf(one, file.text));
}

const ASSIGNMENTS = new Set(["assignment_expression", "assignment", "assignment_statement"]);

/** `module.total = jest.fn(…)`, `quote.total = Mock(return_value=3)`, `pkg.Quote = func() …`. */
function assignedStub(node: SyntaxNode, file: TestFile): readonly Stub[] {
  if (!ASSIGNMENTS.has(node.kind)) return [];
  const left = childOf(node, "left") ?? node.children[0];
  const right = childOf(node, "right") ?? node.children.at(-1);
  if (left === undefined || right === undefined) return [];
  const value = textOf(right, file.text);
  const path = dotted(left.children.length === 1 ? (left.children[0] ?? left) : left, file.text);
  const fake =
    /^(jest\.fn|vi\.fn|sinon\.stub|mock\.fn|Mock|MagicMock|mock\.Mock|AsyncMock|lambda|func)\(?/.test(
      value,
    );
  if (!fake) return [];
  // Another's field, or in Go a name that stands outside the test.
  return path.includes(".") || (file.language.name === "go" && node.kind === "assignment_statement")
    ? [{ node, path: plain(path) }]
    : [];
}

/** `when(quote.total()).thenReturn(3)`, `every { quote.total() } returns 3`. */
function innerCall({ args: [first] }: Call, file: TestFile): readonly string[] {
  const found = first === undefined ? undefined : firstCall(first, file);
  return found === undefined ? [] : [found];
}

function firstCall(node: SyntaxNode, file: TestFile): string | undefined {
  const found = nodesIn(node).find(hasPath);
  return found === undefined ? undefined : pathOf(found, file);
}

/** mocha and minitest: `cart.stubs(:total)`, `cart.stub(:total, 3) do`, `Cart.any_instance.stubs(:total)`. */
function rubyStub({ path, args: [first] }: Call, file: TestFile): readonly string[] {
  const member = stringIn(first, file);
  if (member === undefined) return [];
  const receiver = path.replace(/\.stubs?$/, "");
  return [/\.any_instance(\(\))?$/.test(receiver) ? `*.${member}` : `${receiver}.${member}`];
}

/** RSpec: `allow_any_instance_of(Cart).to receive(:total)`. */
function anyAllowed({ node }: Call, file: TestFile): readonly string[] {
  const found = /receive\(:(\w+[?!]?)\)/.exec(file.text.slice(node.start, node.end));
  return found === null ? [] : [`*.${found[1]}`];
}

/** Moq: `quote.Setup(q => q.Total(3))` answers for `quote.Object.Total`. */
function setUpCall({ path, args: [lambda] }: Call, file: TestFile): readonly string[] {
  const method = lambda && firstCall(lambda, file)?.split(".").at(-1);
  return method === undefined ? [] : [`${path.slice(0, -".Setup".length)}.${method}`];
}

/** RSpec: `allow(quote).to receive(:total).and_return(3)`. */
function allowed({ node }: Call, file: TestFile): readonly string[] {
  const text = file.text.slice(node.start, node.end);
  const found = /^allow\(?\s*([\w.@]+)\)?\.to\s+receive\(:(\w+[?!]?)\)/.exec(text);
  return found === null ? [] : [`${found[1]}.${found[2]}`];
}
