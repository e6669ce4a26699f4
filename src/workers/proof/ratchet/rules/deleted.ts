import type { RatchetFinding } from "../../../../domain/evidence/ratchet.ts";
import { rank } from "../reading/assertions.ts";
import type { Comparison } from "./compare.ts";
import { quote, surplus } from "./compare.ts";
import { type Case, literalsOf } from "./pair-tests.ts";

/** Tests that the change no longer has, unless what they assert stands in other tests of the change. */
export function findDeleted({ pairing }: Comparison): readonly RatchetFinding[] {
  if (pairing.gone.length === 0) return [];
  const takers: readonly Taker[] = [
    ...pairing.fresh.map((after) => ({ after, added: after.assertions, had: new Set<string>() })),
    ...pairing.pairs.map(({ before, after }) => ({
      after,
      added: surplus(before.assertions, after.assertions, ({ text }) => text),
      had: literalsOf(before),
    })),
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
  readonly after: Case;
  readonly added: Case["assertions"];
  readonly had: ReadonlySet<string>;
}

/** Each assertion stands in the other test, or each value does that the test compared (a table of cases). */
function takesOver({ after, added, had }: Taker, gone: Case): boolean {
  if (gone.assertions.length === 0) return false;
  const texts = new Set(added.map(({ text }) => text));
  if (gone.assertions.every(({ text }) => texts.has(text))) return true;
  const strongest = Math.max(...gone.assertions.map(rank));
  const values = gone.assertions.flatMap((one) => one.values);
  const has = literalsOf(after);
  return (
    values.length > 0 &&
    after.assertions.some((one) => rank(one) >= strongest) &&
    values.every((value) => has.has(value)) &&
    values.some((value) => !had.has(value))
  );
}
