import type { SyntaxNode } from "../../../../ports/syntax.ts";
import type { Strength } from "../languages/language.ts";
import { lastName, nameIn, valueIn } from "../names.ts";
import { type Call, callOf, dotted } from "./call.ts";
import { allowsNoCall, isBoundAbove } from "./counted.ts";
import { nodesIn, textOf } from "./node.ts";
import type { TestFile } from "./test-file.ts";
import { takesAnyError } from "./thrown.ts";

/** Strength of a call's assertion; absent if it asserts nothing. */
export function strengthOf(call: Call, file: TestFile): Strength | undefined {
  const { assertions, tolerances, name } = file.language;
  const { path } = call;
  const rspec = /(^|\.)expect\(\)\.(to|not_to|to_not)$/.exec(path);
  if (rspec !== null) return matcherStrength(call, rspec[2] !== "to", file);
  if (ASSERTING[name]?.test(path) === false || leavesOut(path, file)) return undefined;
  const found =
    valueIn(path, assertions) ?? (path.includes("()") ? undefined : nearestName(path, assertions));
  const strength = found ?? fallback(path, tolerances, file);
  // `assertThat(x)` names the subject; only what follows asserts something.
  if (strength === undefined || (/(^|\.)assertThat$/.test(path) && call.args.length === 1))
    return undefined;
  if (/\.not\.|^not\.|\.not\(\)/.test(path)) return "weak";
  if (takesAnyError(call, file) || allowsNoCall(call, file)) return "weak";
  return loosened(call, strength, file);
}

/** `Assert.Inconclusive()` is a method of the same class. */
function leavesOut(path: string, { language }: TestFile): boolean {
  return nameIn(path, language.skip) !== undefined || nameIn(path, language.skipWhen) !== undefined;
}

/** `Assertions.assertEquals` and `this.assertEquals` are `assertEquals`. */
function nearestName(
  path: string,
  table: Readonly<Record<string, Strength>>,
): Strength | undefined {
  const last = lastName(path);
  return /^assert/i.test(last) ? table[last] : undefined;
}

/** `assertThat(x).contains(3)` and not `list.contains(3)`. */
const JVM = /(^|\.)(assert|then|expect|verify|coVerify|fail|should)\w*(\(\)\.|$)/;

/** If assertions share names with other calls: `list.match`, RSpec's matchers. */
const ASSERTING: Readonly<Record<string, RegExp>> = {
  javascript: /((^|\.)(expect|expectTypeOf)\(\)\.|^(assert|t\.assert|should)(\.|$))/,
  java: JVM,
  kotlin: JVM,
  go: /^(?!(bytes|strings|slices|maps|errors|cmp|regexp|reflect)\.)/,
  ruby: /^(assert|refute|flunk)|\.(must|wont)_\w+$/,
};

function fallback(
  path: string,
  tolerances: TestFile["language"]["tolerances"],
  file: TestFile,
): Strength | undefined {
  const last = lastName(path);
  if (/(^|\.)expect\(\)\.(.*\.)?(to|not)?[A-Z]\w*$/.test(path)) return "partial";
  if (/^\w*Assert\.\w*Not[A-Z]\w*$|\.shouldNot\w*$/.test(path)) return "weak";
  if (/^(assert|verify)[A-Z_]/.test(last) || /\.Should\(\)\.\w+$/.test(path)) return "partial";
  if (/^\w*Assert\.[A-Z]\w*$|\.should[A-Z]\w*$/.test(path)) return "partial";
  if (file.language.name === "python") return undefined;
  return valueIn(path, tolerances) !== undefined && /assert|require|expect|should/i.test(path)
    ? "partial"
    : undefined;
}

/** `expect(x).to eq(1)`: the matcher is the argument. */
function matcherStrength(call: Call, negated: boolean, file: TestFile): Strength {
  if (negated) return "weak";
  const [matcher] = call.args;
  if (matcher === undefined) return "partial";
  const path = dotted(matcher, file.text).replace(/\(\)$/, "");
  const inner = callOf(matcher, file.text) ?? { node: matcher, path, args: [] };
  if (isBoundAbove(path) || takesAnyError(inner, file)) return "weak";
  return valueIn(path, file.language.assertions) ?? (path.startsWith("be_") ? "weak" : "partial");
}

/** Values that match anything. */
const ANYTHING = /^(expect\.any(thing)?\(|mock\.ANY$|ANY$|any[A-Z]?\w*\(\)$|It\.IsAny|anything$)/;

/** An equality with a comparison or a wildcard inside does not count as one. */
function loosened({ args, path }: Call, strength: Strength, file: TestFile): Strength {
  const texts = args.map((one) => textOf(one, file.text));
  if (texts.some((one) => ANYTHING.test(one))) return "weak";
  if (texts.some((one) => /expect\.(any|anything|objectContaining|stringContaining)\(/.test(one)))
    return "partial";
  const holds = /^(assert|prop_assert|\w+\.(ok|True|assertTrue)|assertTrue|assert\.ok)$/.test(path);
  const [first] = args;
  return holds && first !== undefined ? conditionStrength(first, file, strength) : strength;
}

/** Strength of a condition that has to be true. */
export function conditionStrength(node: SyntaxNode, file: TestFile, otherwise: Strength): Strength {
  const pattern = patternOf(node, file.text);
  if (pattern !== undefined) return pattern.some(({ kind }) => kind === "_") ? "weak" : "partial";
  const operators = operatorsOf(node, file.text);
  if (operators.some((one) => NOTHING.has(one)) || comparesNothing(node, file)) {
    return operators.some((one) => EQUALS.has(one)) ? "equal" : "weak";
  }
  if (operators.some((one) => EQUALS.has(one))) return "equal";
  return operators.some((one) => RELATES.has(one)) ? "partial" : otherwise;
}

/** Rust: the pattern of `matches!(x, Err(_))`, of which the grammar knows only tokens. */
function patternOf(node: SyntaxNode, text: string): readonly SyntaxNode[] | undefined {
  const at = node.children.findIndex((one) => textOf(one, text) === "matches");
  const tokens = at === -1 ? undefined : node.children[at + 2];
  const comma = tokens?.children.findIndex(({ kind }) => kind === ",") ?? -1;
  if (tokens === undefined || comma === -1) return undefined;
  return tokens.children.slice(comma).flatMap((one) => nodesIn(one));
}

function comparesNothing(node: SyntaxNode, file: TestFile): boolean {
  return node.children.some((one) => /^(None|nil|null|undefined)$/.test(textOf(one, file.text)));
}

const NOTHING = new Set(["!=", "!==", "is not"]);
const EQUALS = new Set(["==", "===", "is"]);
const RELATES = new Set(["<", ">", "<=", ">=", "in", "not in"]);

function operatorsOf(node: SyntaxNode, text: string): readonly string[] {
  return node.children
    .filter(
      ({ field, kind }) =>
        field?.startsWith("operator") || EQUALS.has(kind) || NOTHING.has(kind) || RELATES.has(kind),
    )
    .map((one) => text.slice(one.start, one.end));
}

/** If the test fails when the condition holds, the strengths are reversed. */
export function failingStrength(condition: SyntaxNode, file: TestFile): Strength {
  const operators = operatorsOf(condition, file.text);
  if (operators.length === 0 || comparesNothing(condition, file)) return "weak";
  return operators.some((one) => NOTHING.has(one)) ? "equal" : "partial";
}
