import { join } from "node:path";
import { git } from "../git/git.ts";
import { renderFullRepository } from "../render/repository.ts";
import { findRepository } from "../state/state.ts";
import { type Answer, identified, type RepositoryRequest, type RepositoryRoutes } from "./api.ts";
import { createRepository } from "./create-repository.ts";
import { unprocessable } from "./refusals.ts";

/** A fork for the caller, with all branches; GitHub answers before it exists, the twin afterwards. */
async function createFork(request: RepositoryRequest): Promise<Answer> {
  const { repository: parent, twin } = request;
  const { account } = identified(request);
  const fullName = `${account.login}/${parent.name}`;
  const known = findRepository(twin, fullName);
  if (known !== undefined && known.parent !== parent) {
    throw unprocessable(`The twin has a repository ${fullName}, which is no fork of this one.`);
  }
  const fork =
    known ??
    (await createRepository(twin, join(parent.gitDirectory, "../.."), {
      fullName,
      options: { defaultBranch: parent.defaultBranch, collaborators: {} },
      parent,
    }));
  await git(fork.gitDirectory, [
    "fetch",
    "--quiet",
    parent.gitDirectory,
    "refs/heads/*:refs/heads/*",
  ]);
  return { status: 202, body: renderFullRepository(twin, fork, "admin") };
}

export const forkRoutes = {
  "POST /repos/{owner}/{repo}/forks": createFork,
} as const satisfies RepositoryRoutes;
