import { expect, test } from "vitest";
import type { Repository } from "../../../../src/ports/repository.ts";
import { ownTestFiles } from "../../../../src/workers/proof/two-sides/own-tests.ts";
import { createFakeRepository, type FakeFile } from "../../../fakes/repository.ts";

type Files = Readonly<Record<string, FakeFile>>;

async function own(parted: Files, side: Files, result: Files, more: Partial<Repository> = {}) {
  const repository = createFakeRepository();
  return await ownTestFiles(
    { ...repository, ...more },
    {
      parted: repository.commit(parted, "parted"),
      side: repository.commit(side, "side"),
      result: repository.commit(result, "result"),
    },
  );
}

const written = (path: string, content: string, mode = "100644") => ({
  ...{ path, mode, encoding: "utf-8", content },
});
const FILE = "test/a.test.ts";

test.each<[string, Files, Files, Files, readonly object[]]>([
  ["a new test that the result lacks", {}, { [FILE]: "1" }, {}, [written(FILE, "1")]],
  [
    "a new test that the result rewrote",
    {},
    { [FILE]: "1" },
    { [FILE]: "2" },
    [written(FILE, "1")],
  ],
  [
    "a test that it changed and the result has as before",
    { [FILE]: "0" },
    { [FILE]: { mode: "100755", content: "1" } },
    { [FILE]: "0" },
    [written(FILE, "1", "100755")],
  ],
  ["a test that it did not touch", { [FILE]: "1" }, { [FILE]: "1" }, { [FILE]: "2" }, []],
  ["a test that the result holds", { [FILE]: "0" }, { [FILE]: "1" }, { [FILE]: "1" }, []],
  ["a file that is no test", {}, { "src/a.ts": "1" }, {}, []],
  ["a link", {}, { [FILE]: { mode: "120000", content: "b.test.ts" } }, {}, []],
  ["a test that it took out", { [FILE]: "1" }, {}, { [FILE]: "2" }, []],
  [
    "several",
    {},
    { [FILE]: "1", "src/a.ts": "1", "b.test.ts": "2" },
    {},
    [written("b.test.ts", "2"), written(FILE, "1")],
  ],
])("the test files of one side: %s", async (_what, parted, side, result, expected) => {
  expect(await own(parted, side, result)).toEqual(expected);
});

test("without bytes there is no file", async () => {
  expect(await own({}, { [FILE]: "1" }, {}, { read: async () => undefined })).toEqual([]);
});

test("a link is no file, whatever bytes it has", async () => {
  const read = async () => new TextEncoder().encode("1");
  const link = { mode: "120000", content: "b.test.ts" };
  expect(await own({}, { [FILE]: link }, {}, { read })).toEqual([]);
});

test("entries that are no blobs are no files", async () => {
  const id = "c".repeat(40);
  const list: Repository["list"] = async () => [
    { path: FILE, mode: "100644", type: "tree", id, size: null },
  ];
  const parted: Repository["list"] = async () => [];
  const lists = [parted, list, parted];
  const read = async () => new TextEncoder().encode("1");
  const asked = { read, list: async (commit: string) => lists.shift()?.(commit) ?? [] };
  expect(await ownTestFiles(asked, { parted: id, side: id, result: id })).toEqual([]);
});
