import { expect, test } from "vitest";
import { survey } from "../../../src/workers/quality-audit/survey.ts";
import { createFakeRepository, type FakeFile } from "../../fakes/repository.ts";

test("a survey counts the lines of source files and the tests of test files, and nothing of what is neither", async () => {
  const files: Readonly<Record<string, FakeFile>> = {
    "README.md": "# Rates\n",
    "lib/maps": { mode: "160000", content: "" },
    "src/empty.ts": "",
    "src/fits.ts": "\n".repeat(1_000_000),
    "src/large.ts": "\n".repeat(1_000_001),
    "src/link.ts": { mode: "120000", content: "quote.ts" },
    "src/open.ts": "one\ntwo",
    "src/quote.ts": "one\ntwo\n",
    "src/run.ts": { mode: "100755", content: "one\n" },
    "test/quote.test.ts": 'test("a", f);\ntest("b", f);\n',
  };
  const repository = createFakeRepository();
  expect(await survey(repository, repository.commit(files))).toEqual({
    paths: Object.keys(files).filter((path) => path !== "lib/maps"),
    lines: new Map([
      ["src/empty.ts", 0],
      ["src/fits.ts", 1_000_000],
      ["src/open.ts", 2],
      ["src/quote.ts", 2],
      ["src/run.ts", 1],
    ]),
    writtenTests: new Map([["test/quote.test.ts", 2]]),
  });
});

test("a survey reads each file once", async () => {
  const paths = Array.from(
    { length: 65 },
    (_, index) => `src/f${String(index).padStart(2, "0")}.ts`,
  );
  const repository = createFakeRepository();
  const commit = repository.commit(Object.fromEntries(paths.map((path) => [path, "one\n"])));
  const read: string[] = [];
  await survey(
    {
      ...repository,
      read: (treeish, path) => {
        read.push(path);
        return repository.read(treeish, path);
      },
    },
    commit,
  );
  expect(read).toEqual(paths);
});
