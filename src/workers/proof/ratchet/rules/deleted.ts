import type { RatchetFinding } from "../../../../domain/evidence/ratchet.ts";
import { type Assertion, rank } from "../reading/assertions.ts";
import type { Comparison } from "./compare.ts";
import { quote, surplus } from "./compare.ts";
import { type Case, literalsOf } from "./pair-tests.ts";

/** Tests that the change no longer has, unless other tests of the change contain their assertions. */
export function findDeleted({ pairing }: Comparison): readonly RatchetFinding[] {
  if (pairing.gone.length === 0) return [];
  const takers: readonly Taker[] = [
    ...pairing.fresh.map((after) => takerOf(after, after.assertions, new Set())),
    ...pairing.pairs.map(({ before, after }) =>
      takerOf(after, surplus(before.assertions, after.assertions, textOf), literalsOf(before)),
    ),
  ];
  return pairing.gone
    .filter((one) => !takers.some((taker) => takesOver(taker, one)))
    .map(({ test, file }) => ({
      path: file.path,
      line: test.line,
      rule: "test-deleted",
      before: quote(test.node, file),
      after: "",
    }));
}

interface Taker {
  /** New assertions of the test. */
  readonly texts: ReadonlySet<string>;
  readonly strongest: number;
  readonly has: ReadonlySet<string>;
  readonly had: ReadonlySet<string>;
}

const textOf = ({ text }: Assertion) => text;

function takerOf(after: Case, added: Case["assertions"], had: ReadonlySet<string>): Taker {
  const strongest = Math.max(...after.assertions.map(rank));
  return { texts: new Set(added.map(textOf)), strongest, has: literalsOf(after), had };
}

/** The other test contains each assertion, or each value that the test compared (a table of cases). */
function takesOver({ texts, strongest, has, had }: Taker, gone: Case): boolean {
  if (gone.assertions.length === 0) return false;
  if (gone.assertions.every(({ text }) => texts.has(text))) return true;
  const values = gone.assertions.flatMap((one) => one.values);
  return (
    values.length > 0 &&
    strongest >= Math.max(...gone.assertions.map(rank)) &&
    values.every((value) => has.has(value)) &&
    values.some((value) => !had.has(value))
  );
}
