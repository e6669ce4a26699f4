import { expect, test } from "vitest";
import { hunksOf, joinHunks, takeBack } from "../../../../../src/workers/proof/noticed/hunks.ts";
import { cutTogether } from "../../../../../src/workers/proof/noticed/pieces/cut-together.ts";
import { syntax } from "../../../syntax.ts";
import { contentOf, fileOf } from "./files.ts";

async function groups(path: string, before: string, after: string) {
  const file = fileOf(path, before, after);
  const hunks = hunksOf(file);
  const found = await cutTogether(file, hunks.toReversed(), syntax);
  return {
    file,
    hunks,
    found,
    ranges: found.map((group) => group.map(({ from, to }) => `${from}-${to}`)),
  };
}

const HEAD = "package a\n\nfunc f() {\n";
const GO_BEFORE = `${HEAD}\tif !a ||\n\t\tb ||\n\t\tc ||\n\t\td {\n\t\tg()\n\t}\n}\n`;
const GO_AFTER = `${HEAD}\tx := h()\n\tx = x ||\n\t\tb ||\n\t\tc ||\n\t\td\n\n\tif !a || x {\n\t\tg()\n\t}\n}\n`;

test("hunks that cut one statement are one, with the equal lines between them", async () => {
  const { file, hunks, found, ranges } = await groups("a.go", GO_BEFORE, GO_AFTER);
  expect(hunks).toHaveLength(2);
  expect(ranges).toEqual([["4-5", "8-10"]]);
  const [first, ...others] = found[0] ?? [];
  if (first === undefined) throw new Error("expected a group");
  const whole = joinHunks(first, ...others);
  expect(whole).toMatchObject({ path: "a.go", from: 4, to: 10, lines: 7 });
  expect(contentOf(takeBack(file, [whole]))).toBe(GO_BEFORE);
});

test("so are those that cut one on the base", async () => {
  const { ranges } = await groups("a.go", GO_AFTER, GO_BEFORE);
  expect(ranges).toEqual([["4-4", "7-7"]]);
});

const CALL = (first: string, last: string) => `go(\n  ${first},\n  b,\n  c,\n  ${last},\n);\n`;
const LOOP = (first: string, last: string) =>
  `for (const a of b) {\n  ${first};\n  c();\n  d();\n  ${last};\n}\n`;

test.each<readonly [string, string, string, string, number]>([
  ["of one call", "a.ts", CALL("1", "2"), CALL("3", "4"), 1],
  [
    "of one declaration of a file",
    "a.c",
    "int a[] = {\n1,\n2,\n3,\n4,\n};\n",
    "int a[] = {\n5,\n2,\n3,\n6,\n};\n",
    1,
  ],
  ["of two statements in one loop", "a.ts", LOOP("x()", "y()"), LOOP("z()", "v()"), 0],
  ["of two calls", "a.ts", "a();\nb();\nc();\nd();\n", "x();\nb();\nc();\ny();\n", 0],
  ["of a file that no grammar reads", "a.zig", CALL("1", "2"), CALL("3", "4"), 0],
])("hunks %s", async (_title, path, before, after, count) => {
  const { hunks, found } = await groups(path, before, after);
  expect(hunks).toHaveLength(2);
  expect(found).toHaveLength(count);
});
