import { expect, test } from "vitest";
import { repositorySuite } from "../ports/repository.suite.ts";
import { createFakeRepository } from "./repository.ts";

repositorySuite("fake", async (files) => {
  const repository = createFakeRepository();
  return { repository, commit: repository.commit(files) };
});

test("records materialize and leaves a folder alone that does not exist", async () => {
  const repository = createFakeRepository();
  const commit = repository.commit({ "a.txt": "a" });
  await repository.materialize(commit, "/fake/workspace-1");
  expect(repository.materialized).toEqual([{ treeish: commit, directory: "/fake/workspace-1" }]);
  expect(await repository.recent(commit)).toBeUndefined();
  expect(await repository.versions(commit, "a.txt", 1)).toEqual([]);
});
