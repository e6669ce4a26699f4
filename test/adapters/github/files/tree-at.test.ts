import { expect, test } from "vitest";
import { REPOSITORY, reply, scriptedApi, sha } from "../scripted-api.ts";

const commit = { tree: { sha: sha("7") }, parents: [{ sha: sha("1") }, { sha: sha("2") }] };
const entry = (path: string, type: string, mode: string) => ({ path, type, mode, sha: sha("b") });

test("a commit is its parents and the files of its tree, links and submodules among them", async () => {
  const api = scriptedApi({
    ...REPOSITORY,
    [`GET /git/commits/${sha("a")}`]: commit,
    [`GET /git/trees/${sha("7")}`]: {
      truncated: false,
      tree: [
        entry("src", "tree", "040000"),
        entry("src/a.ts", "blob", "100644"),
        entry("link", "blob", "120000"),
        entry("module", "commit", "160000"),
      ],
    },
  });
  expect(await api.github.treeAt(sha("a"))).toEqual({
    parents: [sha("1"), sha("2")],
    files: {
      known: [
        { path: "src/a.ts", mode: "100644", blob: sha("b") },
        { path: "link", mode: "120000", blob: sha("b") },
        { path: "module", mode: "160000", blob: sha("b") },
      ],
    },
  });
});

test("a listing that GitHub cut is unknown", async () => {
  const api = scriptedApi({
    ...REPOSITORY,
    [`GET /git/commits/${sha("a")}`]: commit,
    [`GET /git/trees/${sha("7")}`]: { truncated: true, tree: [] },
  });
  expect((await api.github.treeAt(sha("a"))).files).toHaveProperty("unknown");
});

test("a commit that cannot be read is no empty one", async () => {
  const api = scriptedApi({ [`GET /git/commits/${sha("a")}`]: reply(404, { message: "no" }) });
  await expect(api.github.treeAt(sha("a"))).rejects.toThrow();
});
