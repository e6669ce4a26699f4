import { expect, test } from "vitest";
import { findQuotes } from "../../../src/workers/review/quotes.ts";
import { createFakeRepository } from "../../fakes/repository.ts";

const FILE = 'test("a", () => {\n  assert.equal(a(), 1);\n});\n';

async function stands(path: string, line: number, text: string) {
  const repository = createFakeRepository();
  const tree = await repository.treeOf(repository.commit({ "test/a.test.js": FILE }));
  const quote = { path, line, text };
  return (await findQuotes(tree, [quote], repository))(quote);
}

test.each<readonly [string, string, number, string, boolean]>([
  ["a line as it stands", "test/a.test.js", 2, "  assert.equal(a(), 1);", true],
  ["without its indentation", "test/a.test.js", 2, "assert.equal(a(), 1);", true],
  ["two lines", "test/a.test.js", 1, 'test("a", () => {\n  assert.equal(a(), 1);\n', true],
  ["a part of a line", "test/a.test.js", 2, "assert.equal(a()", false],
  ["another line", "test/a.test.js", 1, "assert.equal(a(), 1);", false],
  ["other words", "test/a.test.js", 2, "assert.equal(a(), 2);", false],
  ["a file that is not there", "test/b.test.js", 2, "assert.equal(a(), 1);", false],
  ["what shows nothing", "test/a.test.js", 3, "});", false],
  ["more than the file holds", "test/a.test.js", 3, "});\n\n\nx", false],
])("%s", async (_what, path, line, text, expected) => {
  expect(await stands(path, line, text)).toBe(expected);
});
