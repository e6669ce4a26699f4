import type { Actor } from "../../../domain/actor.ts";
import type { PullRequestState, Scope } from "../../../domain/github/snapshot.ts";
import { PullAnswer } from "../answers.ts";
import type { Client } from "../client.ts";

export async function readPulls(client: Client, scope: Scope): Promise<readonly PullAnswer[]> {
  const open =
    scope.openPullRequests === true
      ? await client.list(PullAnswer, "GET /pulls", { state: "open" })
      : [];
  if (scope.pullRequest === undefined) return open;
  return [await readPull(client, scope.pullRequest), ...open];
}

async function readPull(client: Client, number: number): Promise<PullAnswer> {
  return await client.ask(PullAnswer, "GET /pulls/{pull_number}", { pull_number: number });
}

export async function readPullsOf(client: Client, head: string): Promise<readonly PullAnswer[]> {
  return await client.list(PullAnswer, "GET /pulls", { state: "all", head });
}

/** By number, the answer that knows who merged first. */
export function distinctPulls(pulls: readonly PullAnswer[]): readonly PullAnswer[] {
  const byNumber = new Map<number, PullAnswer>();
  for (const pull of pulls) {
    if (byNumber.get(pull.number)?.merged_by === undefined) byNumber.set(pull.number, pull);
  }
  return [...byNumber.values()].sort((left, right) => left.number - right.number);
}

/** A list does not say who merged: asked for merged ones only. */
export async function withMerger(client: Client, pull: PullAnswer): Promise<PullRequestState> {
  const unknown = pull.merged_at !== null && pull.merged_by === undefined;
  const detail = unknown ? await readPull(client, pull.number) : pull;
  return {
    number: detail.number,
    ...(detail.user ? { author: { id: detail.user.id } } : {}),
    head: { branch: detail.head.ref, sha: detail.head.sha },
    base: { branch: detail.base.ref, sha: detail.base.sha },
    state: detail.state,
    merged: detail.merged_at !== null,
    // GitHub fills this with a trial merge while a pull request is open: only a merged one has a merge.
    mergeSha: detail.merged_at === null ? null : detail.merge_commit_sha,
    mergedBy:
      detail.merged_at === null ? null : ((detail.merged_by ?? null) satisfies Actor | null),
    body: detail.body ?? "",
    url: detail.html_url,
  };
}
