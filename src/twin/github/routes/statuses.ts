import { z } from "zod";
import { resolveRevision } from "../git/read-refs.ts";
import { nodeId, renderAccount } from "../render/account.ts";
import { apiAddress } from "../render/addresses.ts";
import { renderMinimalRepository } from "../render/repository.ts";
import {
  type CommitStatusState,
  nextId,
  type RepositoryState,
  type Twin,
  timestamp,
} from "../state/state.ts";
import {
  type Answer,
  created,
  identified,
  ok,
  parameter,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "./api.ts";
import { slicePage } from "./paging.ts";
import { notFound, unprocessable } from "./refusals.ts";

const creation = z.object({
  state: z.enum(["error", "failure", "pending", "success"]),
  context: z.string().min(1).default("default"),
  description: z.string().max(140).nullish(),
  target_url: z.string().nullish(),
});

async function create(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  const sha = parameter(request, "sha");
  const known = await resolveRevision(repository.gitDirectory, sha);
  if (known !== sha) throw unprocessable(`No commit found for SHA: ${sha}`);
  const { state, context, description, target_url: target } = parseBody(request, creation);
  const status: CommitStatusState = {
    id: nextId(twin),
    author: identified(request).account,
    sha,
    state,
    context,
    description: description ?? null,
    targetUrl: target ?? null,
    createdAt: timestamp(twin),
  };
  repository.statuses.push(status);
  const creator = renderAccount(twin, status.author);
  return created({ ...renderStatus(twin, repository, status), creator });
}

function renderStatus(twin: Twin, repository: RepositoryState, status: CommitStatusState) {
  return {
    url: `${apiAddress(twin, repository)}/statuses/${status.sha}`,
    avatar_url: null,
    id: status.id,
    node_id: nodeId("SC", status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}

/** The newest one of each context counts. Source: docs.github.com/en/rest/commits/statuses */
async function combine(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin, query } = request;
  const sha = await resolveRevision(repository.gitDirectory, parameter(request, "ref"));
  if (sha === undefined) throw notFound();
  const newest = new Map(
    repository.statuses
      .filter((status) => status.sha === sha)
      .map((status) => [status.context, status]),
  );
  const statuses = [...newest.values()];
  const address = apiAddress(twin, repository);
  return ok({
    state: combined(statuses),
    statuses: slicePage(statuses, query).map((status) => renderStatus(twin, repository, status)),
    sha,
    total_count: statuses.length,
    repository: renderMinimalRepository(twin, repository),
    commit_url: `${address}/commits/${sha}`,
    url: `${address}/commits/${sha}/status`,
  });
}

function combined(statuses: readonly CommitStatusState[]): string {
  if (statuses.some(({ state }) => state === "error" || state === "failure")) return "failure";
  const isWhole = statuses.length > 0 && statuses.every(({ state }) => state === "success");
  return isWhole ? "success" : "pending";
}

export const statusRoutes = {
  "POST /repos/{owner}/{repo}/statuses/{sha}": create,
  "GET /repos/{owner}/{repo}/commits/{ref}/status": combine,
} as const satisfies RepositoryRoutes;
