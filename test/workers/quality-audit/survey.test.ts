import { expect, test } from "vitest";
import type { Syntax } from "../../../src/ports/syntax.ts";
import { survey } from "../../../src/workers/quality-audit/survey.ts";
import { createFakeRepository, type FakeFile } from "../../fakes/repository.ts";
import { syntax } from "../syntax.ts";

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
  expect(await survey(repository, repository.commit(files), syntax)).toMatchObject({
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
    syntax,
  );
  expect(read).toEqual(paths);
});

test("a survey reads the owners, the report of mutants and the lockfile where they stand", async () => {
  const files = {
    CODEOWNERS: "* @other\n",
    ".github/CODEOWNERS": "* @owner\n",
    "package-lock.json": JSON.stringify({
      lockfileVersion: 3,
      packages: { "node_modules/a": { deprecated: "x" } },
    }),
    "reports/mutation/mutation.json": JSON.stringify({
      files: { "src/a.ts": { mutants: [{ status: "Killed", location: { start: { line: 1 } } }] } },
    }),
    "src/a.ts": "export function a() { try { b(); } catch {} }\n",
  };
  const repository = createFakeRepository();
  const found = await survey(repository, repository.commit(files), syntax);
  expect(found.ownersOf("src/a.ts")).toEqual(["@owner"]);
  expect(found.mutants?.source).toBe("reports/mutation/mutation.json");
  expect(found.locked?.deprecated).toEqual(["a"]);
  expect(found.syntax.get("src/a.ts")).toMatchObject({
    handlers: [{ line: 1, isEmpty: true }],
    declarations: [{ line: 1, isDocumented: false }],
  });
});

test("of more text than there is time for it makes trees of each how many-th file, the same ones always", async () => {
  const asked: string[] = [];
  const counting: Syntax = {
    parse: async (_grammar, text) => {
      asked.push(text.slice(0, 10));
      return { problem: "too-large" };
    },
  };
  const paths = Array.from(
    { length: 18 },
    (_, index) => `src/f${String(index).padStart(2, "0")}.ts`,
  );
  const files = paths.map(
    (path) => [path, `// ${path.slice(4, 7)} ${" ".repeat(999_000)}\n`] as const,
  );
  const repository = createFakeRepository();
  const found = await survey(repository, repository.commit(Object.fromEntries(files)), counting);
  expect(found.syntaxStep).toBe(3);
  expect(asked.map((text) => text.slice(3, 6))).toEqual(["f00", "f03", "f06", "f09", "f12", "f15"]);
});
