import { expect, test } from "vitest";
import { filesOf } from "../../../../src/workers/checks/problems/file-of.ts";

const TREE = ["a.ts", "src/a.ts", "src/one/b.ts", "lib/one/b.ts", "lib/two/c.ts", "src/xc.ts"];
const fileOf = filesOf(TREE, ["/ws", "/home/me/space"]);

test.each<readonly [string, string | undefined]>([
  ["a.ts", "a.ts"],
  ["./a.ts", "a.ts"],
  ["././src/a.ts", "src/a.ts"],
  ["/ws/src/a.ts", "src/a.ts"],
  ["/home/me/space/./a.ts", "a.ts"],
  // From a folder of its own: by the end of the path, where one file has it.
  ["two/c.ts", "lib/two/c.ts"],
  ["c.ts", "lib/two/c.ts"],
  ["one/b.ts", undefined],
  ["b.ts", undefined],
  ["other/c.ts", undefined],
  ["none.ts", undefined],
  // A place that begins at a root stands there and nowhere else.
  ["/ws/c.ts", undefined],
  ["/wsx/a.ts", undefined],
  ["/c.ts", undefined],
  ["../c.ts", undefined],
  ["src/./xc.ts", undefined],
])("%s is %s", (said, path) => {
  expect(fileOf(said)).toBe(path);
});

test.each([
  [500, "499/index.ts"],
  [501, undefined],
])("of %i files of one name an end of a path tells one: %s", (count, path) => {
  const tree = Array.from({ length: count }, (_, at) => `src/${at}/index.ts`);
  expect(filesOf(tree, [])("499/index.ts")).toBe(path === undefined ? undefined : `src/${path}`);
});
