import { GraphQLError } from "graphql";
import { ask, find, type Rest } from "./rest.ts";
import { commitValue } from "./values.ts";

export interface NewCommit {
  readonly branch: {
    readonly repositoryNameWithOwner?: string | null;
    readonly branchName?: string | null;
  };
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string | null };
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[] | null;
    readonly deletions?: readonly { readonly path: string }[] | null;
  } | null;
}

interface RestSha {
  readonly sha: string;
}
interface RestRef {
  readonly object: RestSha;
}

/** One commit on the head of a branch; every file becomes 100644. Refused if the branch is elsewhere. */
export async function commitOnBranch(
  { branch, expectedHeadOid: head, message, fileChanges }: NewCommit,
  restOf: (repository: string) => Rest,
) {
  const { repositoryNameWithOwner: repository, branchName: name } = branch;
  if (repository == null || name == null) throw new Error("The twin knows a branch by its name.");
  const rest = restOf(repository);
  const tip = await find<RestRef>(rest, `GET /git/ref/heads/${name}`);
  if (tip === null) throw refused("NOT_FOUND", `Could not resolve to a Ref with the name ${name}.`);
  if (tip.object.sha !== head) {
    const words = `Expected branch to point to "${head}" but it did not. Pull and try again.`;
    throw refused("STALE_DATA", words);
  }
  const before = await ask<{ readonly tree: RestSha }>(rest, `GET /git/commits/${head}`);
  const { sha: tree } = await ask<RestSha>(rest, "POST /git/trees", {
    base_tree: before.tree.sha,
    tree: [...(await added(rest, fileChanges)), ...deleted(fileChanges)],
  });
  const body = message.body ?? "";
  const { sha } = await ask<RestSha>(rest, "POST /git/commits", {
    message: body === "" ? message.headline : `${message.headline}\n\n${body}`,
    tree,
    parents: [head],
  });
  await ask(rest, `PATCH /git/refs/heads/${name}`, { sha, force: false });
  return { commit: commitValue(rest, sha) };
}

async function added(rest: Rest, changes: NewCommit["fileChanges"]): Promise<readonly object[]> {
  const entries: object[] = [];
  for (const { path, contents: content } of changes?.additions ?? []) {
    const blob = { content, encoding: "base64" };
    const { sha } = await ask<RestSha>(rest, "POST /git/blobs", blob);
    entries.push({ path, mode: "100644", type: "blob", sha });
  }
  return entries;
}

function deleted(changes: NewCommit["fileChanges"]): readonly object[] {
  const gone = { mode: "100644", type: "blob", sha: null };
  return (changes?.deletions ?? []).map(({ path }) => ({ path, ...gone }));
}

function refused(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}
