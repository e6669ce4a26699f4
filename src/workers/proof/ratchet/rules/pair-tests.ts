import { type Assertion, assertionsOf } from "../reading/assertions.ts";
import { isComment, textOf } from "../reading/node.ts";
import { fullName, literalsIn, type Scope, type TestFile } from "../reading/test-file.ts";

/** A test with its file and its assertions. */
export interface Case {
  readonly test: Scope;
  readonly file: TestFile;
  readonly assertions: readonly Assertion[];
}

/** The tests of a change: which became which, which are gone, and which are new. */
export interface Pairing {
  readonly pairs: readonly { readonly before: Case; readonly after: Case }[];
  readonly gone: readonly Case[];
  readonly fresh: readonly Case[];
}

const cases = new WeakMap<TestFile, readonly Case[]>();

export function casesOf(file: TestFile): readonly Case[] {
  const known = cases.get(file);
  if (known !== undefined) return known;
  const made = file.tests.map((test) => ({ test, file, assertions: assertionsOf(test, file) }));
  cases.set(file, made);
  return made;
}

type Key = (one: Case) => string;

/** By name in the same file, then by body, then by name anywhere, then by the greater part of the body. */
const KEYS: readonly Key[] = [
  ({ test, file }) => `${file.path} > ${fullName(test)}`,
  (one) => bodyOf(one),
  ({ test, file }) => `${file.path} > ${test.name}`,
  ({ test }) => fullName(test),
];

export function pairTests(before: readonly Case[], after: readonly Case[]): Pairing {
  const pairs: { before: Case; after: Case }[] = [];
  let gone = before;
  let fresh = after;
  for (const key of KEYS) {
    const found = pairBy(key, gone, fresh);
    pairs.push(...found);
    const used = new Set(found.flatMap((pair) => [pair.before, pair.after]));
    gone = gone.filter((one) => !used.has(one));
    fresh = fresh.filter((one) => !used.has(one));
  }
  const alike = pairAlike(gone, fresh);
  pairs.push(...alike);
  const used = new Set(alike.flatMap((pair) => [pair.before, pair.after]));
  return {
    pairs,
    gone: gone.filter((one) => !used.has(one)),
    fresh: fresh.filter((one) => !used.has(one)),
  };
}

function pairBy(key: Key, before: readonly Case[], after: readonly Case[]) {
  const waiting = new Map<string, Case[]>();
  for (const one of after) {
    const name = key(one);
    const found = waiting.get(name);
    if (found === undefined) waiting.set(name, [one]);
    else found.push(one);
  }
  return before.flatMap((one) => {
    const found = waiting.get(key(one))?.shift();
    return found === undefined ? [] : [{ before: one, after: found }];
  });
}

/** A test that was renamed and changed at once shares most statements, or its calls of the code. */
function pairAlike(before: readonly Case[], after: readonly Case[]) {
  const left = new Set(after);
  return before.flatMap((one) => {
    const found = [...left].find((other) => isAlike(one, other));
    if (found === undefined) return [];
    left.delete(found);
    return [{ before: one, after: found }];
  });
}

function isAlike(before: Case, after: Case): boolean {
  const [mine, theirs] = [doneBy(before), doneBy(after)];
  const shared = mine.statements.filter((one) => theirs.known.has(one)).length;
  const most = Math.max(mine.statements.length, theirs.statements.length);
  if (shared * 2 >= most && shared > 0) return true;
  const same = mine.asked.some((subject) => subject.includes("(") && theirs.subjects.has(subject));
  return same && after.assertions.length >= before.assertions.length;
}

interface Done {
  readonly statements: readonly string[];
  readonly known: ReadonlySet<string>;
  readonly asked: readonly string[];
  readonly subjects: ReadonlySet<string>;
}

const done = new WeakMap<Case, Done>();

/** Each test is compared with many, so the result is kept. */
function doneBy(one: Case): Done {
  const found = done.get(one);
  if (found !== undefined) return found;
  const statements = statementsOf(one);
  const asked = one.assertions.flatMap(({ subjects }) => subjects);
  const made = { statements, known: new Set(statements), asked, subjects: new Set(asked) };
  done.set(one, made);
  return made;
}

/** The whole body, without comments and blanks. */
function bodyOf(one: Case): string {
  return doneBy(one).statements.join(";") || `empty ${fullName(one.test)}`;
}

const BODIES =
  /^(statement_block|block|statement_list|compound_statement|body_statement|block_body|function_body)$/;

function statementsOf({ test, file }: Case): readonly string[] {
  let body = test.node;
  for (let found: typeof body | undefined = body; found !== undefined; ) {
    body = found;
    found = nextInside(body);
  }
  return body.children.filter((one) => !isComment(one)).map((one) => textOf(one, file.text));
}

function nextInside(node: Scope["node"]): Scope["node"] | undefined {
  if (BODIES.test(node.kind))
    return node.children.length === 1
      ? node.children.find(({ kind }) => BODIES.test(kind))
      : undefined;
  return node.children.findLast(
    ({ kind, field }) =>
      BODIES.test(kind) ||
      field === "body" ||
      /function|arguments|lambda|do_block|func_literal|^argument$/.test(kind),
  );
}

const literals = new WeakMap<Case, ReadonlySet<string>>();

/** Values in a test and in the table above it. */
export function literalsOf(one: Case): ReadonlySet<string> {
  const known = literals.get(one) ?? readLiterals(one);
  literals.set(one, known);
  return known;
}

function readLiterals({ test, file }: Case): ReadonlySet<string> {
  const rows = test.marks.flatMap(({ args }) => args.flatMap((one) => literalsIn(one, file.text)));
  // JUnit's `@CsvSource("1, 2")` has its values in strings.
  const cells = rows.flatMap((row) => row.split(",").map((cell) => cell.trim()));
  return new Set([...literalsIn(test.node, file.text), ...rows, ...cells]);
}
