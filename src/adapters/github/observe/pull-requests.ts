import type { Actor } from "../../../domain/actor.ts";
import type { PullRequestState } from "../../../domain/github/snapshot.ts";
import { PullAnswer } from "../answers.ts";
import type { Client } from "../client/client.ts";
import type { SeenPull } from "./look/answers.ts";
import type { Look, SeenIssue } from "./look/look.ts";

/**
 * Pull requests of the scope's branches, of the event, and open ones, as far as requested. Partial lists are read whole:
 * 1 request per hundred, and 1 for each merged one, because a list does not say who merged.
 */
export async function readPulls(
  client: Client,
  { repository, issues }: Look,
): Promise<readonly PullRequestState[]> {
  const owner = repository.nameWithOwner.split("/")[0] ?? "";
  const { pull, openPulls } = repository;
  const ofBranches = await Promise.all(issues.flatMap((issue) => pullsOf(client, issue, owner)));
  const isCut = openPulls?.pageInfo.hasNextPage === true;
  const open = isCut
    ? await listPulls(client, { state: "open" })
    : (openPulls?.nodes ?? []).map(stateOf);
  const all = [...ofBranches.flat(), ...(pull === undefined ? [] : [pull.state]), ...open];
  const byNumber = new Map(all.map((one) => [one.number, one]));
  return [...byNumber.values()].sort((left, right) => left.number - right.number);
}

function pullsOf(
  client: Client,
  { branches }: SeenIssue,
  owner: string,
): readonly Promise<readonly PullRequestState[]>[] {
  return branches.nodes.map(async ({ name, pulls }) =>
    pulls.pageInfo.hasNextPage
      ? await listPulls(client, { state: "all", head: `${owner}:${name}` })
      : pulls.nodes.map(stateOf),
  );
}

function stateOf({ state }: SeenPull): PullRequestState {
  return state;
}

/** GraphQL ids of those in the look. */
export function nodesOfPulls({ repository, issues }: Look): ReadonlyMap<number, string> {
  const { pull, openPulls } = repository;
  const ofBranches = issues.flatMap(({ branches }) =>
    branches.nodes.flatMap(({ pulls }) => pulls.nodes),
  );
  const seen = [...ofBranches, ...(pull === undefined ? [] : [pull]), ...(openPulls?.nodes ?? [])];
  return new Map(seen.map(({ node, state }) => [state.number, node]));
}

async function listPulls(
  client: Client,
  asked: { readonly state: "open" | "all"; readonly head?: string },
): Promise<readonly PullRequestState[]> {
  const listed = await client.list(PullAnswer, "GET /pulls", asked);
  return await Promise.all(listed.map((one) => withMerger(client, one)));
}

async function withMerger(client: Client, pull: PullAnswer): Promise<PullRequestState> {
  const isMerged = pull.merged_at !== null;
  const detail = isMerged
    ? await client.ask(PullAnswer, "GET /pulls/{pull_number}", { pull_number: pull.number })
    : pull;
  return {
    number: detail.number,
    ...(detail.user ? { author: { id: detail.user.id } } : {}),
    head: { branch: detail.head.ref, sha: detail.head.sha },
    ...(detail.base.repo ? { fork: detail.head.repo?.id !== detail.base.repo.id } : {}),
    base: { branch: detail.base.ref, sha: detail.base.sha },
    state: detail.state,
    merged: isMerged,
    // GitHub fills this with a trial merge while a pull request is open, so only a merged one has a merge.
    mergeSha: isMerged ? detail.merge_commit_sha : null,
    mergedBy: isMerged ? ((detail.merged_by ?? null) satisfies Actor | null) : null,
    body: detail.body ?? "",
    url: detail.html_url,
  };
}
