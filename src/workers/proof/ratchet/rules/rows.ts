import type { RatchetFinding } from "../../../../domain/evidence/ratchet.ts";
import type { Mark } from "../reading/marks.ts";
import type { Comparison } from "./compare.ts";
import { quote } from "./compare.ts";
import type { Case } from "./pair-tests.ts";

/** Rows of the table above a test: each is a test of its own in the runner's report. */
export function findLostRows({ pairing }: Comparison): readonly RatchetFinding[] {
  return pairing.pairs.flatMap(({ before, after }): readonly RatchetFinding[] => {
    const [was, is] = [rowsOf(before), rowsOf(after)];
    // Without a table nothing says how many there are: they may come from a function now.
    if (is === 0 || is >= was) return [];
    const { line } = after.test;
    const path = after.file.path;
    const said = [before, after].map((one) => quote(tableOf(one)?.node, one.file));
    return [{ path, line, rule: "test-deleted", before: said[0] ?? "", after: said[1] ?? "" }];
  });
}

const ROW = /(^|\.)(InlineData|TestCase|DataRow|TestWith|Row)$/;
const TABLE = /(^|\.)(parametrize|each|for|CsvSource|ValueSource)$/;
const LISTS = new Set(["list", "tuple", "array", "element_value_array_initializer"]);

function rowsOf({ test }: Case): number {
  const single = test.marks.filter(({ path }) => ROW.test(path)).length;
  const listed = test.marks.filter(({ path }) => TABLE.test(path)).map(lengthOf);
  return single + listed.reduce((sum, one) => sum + one, 0);
}

function lengthOf({ args }: Mark): number {
  return args.find(({ kind }) => LISTS.has(kind))?.children.length ?? 0;
}

function tableOf({ test }: Case): Mark | undefined {
  return test.marks.find(({ path }) => TABLE.test(path) || ROW.test(path));
}
