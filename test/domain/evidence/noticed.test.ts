import { expect, test } from "vitest";
import { linesOf, type NoticedHunk } from "../../../src/domain/evidence/noticed.ts";

type Counted = Pick<NoticedHunk, "lines" | "noticed" | "pieces">;

/** Five lines that do not build without, of which pieces of so many lines were tried. */
function unbuilt(...pieces: readonly (readonly [NoticedHunk["noticed"], number])[]): Counted {
  const tried = pieces.map(([noticed, lines], index) => {
    const at = index + 1;
    return { as: "statement" as const, from: at, to: at, lines, noticed };
  });
  return { lines: 5, noticed: "by-compiler", pieces: { tried, left: 0 } };
}

test.each<readonly [string, Counted, readonly [tests: number, compiler: number, nobody: number]]>([
  ["that tests notice", { lines: 5, noticed: "by-tests" }, [5, 0, 0]],
  ["that nobody notices", { lines: 5, noticed: "unnoticed" }, [0, 0, 5]],
  ["that does not build without", { lines: 5, noticed: "by-compiler" }, [0, 5, 0]],
  ["of which tests notice a statement", unbuilt(["by-tests", 2], ["by-compiler", 1]), [2, 3, 0]],
  ["of which nobody notices a statement", unbuilt(["unnoticed", 2]), [0, 5, 0]],
  ["of whose noticed statement no line is new", unbuilt(["by-tests", 0]), [0, 5, 0]],
  ["with more noticed lines than changed", unbuilt(["by-tests", 4], ["by-tests", 3]), [5, 0, 0]],
])("the lines of a part %s", (_title, hunk, [byTests, byCompiler, unnoticed]) => {
  expect(linesOf([hunk])).toEqual({ changed: 5, byTests, byCompiler, unnoticed, untried: 0 });
});
