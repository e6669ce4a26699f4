import type { RatchetFinding } from "../../../../domain/evidence/ratchet.ts";
import type { Mark } from "../reading/marks.ts";
import { isString, nodesIn, stringOf } from "../reading/node.ts";
import type { TestFile } from "../reading/test-file.ts";
import type { Comparison } from "./compare.ts";
import { quote } from "./compare.ts";
import type { Case } from "./pair-tests.ts";

/** Rows of the table above a test; each is a test of its own in the runner's report. */
export function findLostRows({ pairing }: Comparison): readonly RatchetFinding[] {
  return pairing.pairs.flatMap(({ before, after }): readonly RatchetFinding[] => {
    const [was, is] = [rowsOf(before), rowsOf(after)];
    // Without a table the number of rows is unknown: a function may provide them now.
    if (is === 0 || is >= was) return [];
    const { line } = after.test;
    const path = after.file.path;
    const said = [before, after].map((one) => quote(tableOf(one)?.node, one.file));
    return [{ path, line, rule: "test-deleted", before: said[0] ?? "", after: said[1] ?? "" }];
  });
}

const ROW = /(^|\.)(InlineData|TestCase|DataRow|TestWith|Row|case|test_case)$/;
const TABLE = /(^|\.)(parametrize|each|for|CsvSource|ValueSource)$/;
const PROVIDER = /(^|\.)DataProvider$/;
const LISTS = new Set([
  ...["list", "tuple", "array", "element_value_array_initializer", "collection_literal"],
]);

function rowsOf({ test, file }: Case): number {
  const single = test.marks.filter(({ path }) => ROW.test(path)).length;
  const listed = test.marks.filter(({ path }) => TABLE.test(path)).map(lengthOf);
  const provided = test.marks
    .filter(({ path }) => PROVIDER.test(path))
    .map((mark) => providedBy(mark, file));
  return single + [...listed, ...provided].reduce((sum, one) => sum + one, 0);
}

/** A list, or Kotlin's consecutive strings. */
function lengthOf({ path, args }: Mark): number {
  const list = args.flatMap((one) => nodesIn(one)).find(({ kind }) => LISTS.has(kind));
  if (list !== undefined) return list.children.length;
  return path.endsWith("CsvSource") ? args.filter(isString).length : 0;
}

/** PHPUnit: rows that a function of the same file returns. */
function providedBy({ args }: Mark, file: TestFile): number {
  const names = args.flatMap((one) => nodesIn(one)).filter(isString);
  const name = names[0] && stringOf(names[0], file.text);
  const provider = file.scopes.find((scope) => scope.kind !== "group" && scope.name === name);
  const nodes = provider === undefined ? [] : nodesIn(provider.node);
  const yielded = nodes.filter(({ kind }) => kind === "yield_expression").length;
  const given = nodes.find(
    ({ kind, parent }) =>
      kind === "array_creation_expression" && parent?.kind === "return_statement",
  );
  return yielded + (given?.children.length ?? 0);
}

function tableOf({ test }: Case): Mark | undefined {
  return test.marks.find(({ path }) => [TABLE, ROW, PROVIDER].some((one) => one.test(path)));
}
