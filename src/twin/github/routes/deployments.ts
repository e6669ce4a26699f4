import { z } from "zod";
import { resolveRevision } from "../git/read-refs.ts";
import { renderDeployment, renderDeploymentStatus } from "../render/deployment.ts";
import {
  DEPLOYMENT_STATES,
  type DeploymentState,
  type DeploymentStatusState,
} from "../state/deployments.ts";
import { nextId, timestamp } from "../state/state.ts";
import {
  type Answer,
  created,
  identified,
  integerParameter,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "./api.ts";
import { paged } from "./paging.ts";
import { notFound, unprocessable } from "./refusals.ts";

const creation = z.object({
  ref: z.string().min(1),
  task: z.string().default("deploy"),
  environment: z.string().min(1).default("production"),
  description: z.string().nullish(),
  transient_environment: z.boolean().default(false),
  production_environment: z.boolean().optional(),
});

const statusCreation = z.object({
  state: z.enum(DEPLOYMENT_STATES),
  description: z.string().max(140).default(""),
  target_url: z.string().default(""),
  log_url: z.string().default(""),
  environment_url: z.string().default(""),
  auto_inactive: z.boolean().default(true),
});

/** Independent of the twin's checks: it has no required contexts and merges nothing by itself. */
async function create(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  const wanted = parseBody(request, creation);
  const sha = await resolveRevision(repository.gitDirectory, wanted.ref);
  if (sha === undefined) throw unprocessable(`No ref found for: ${wanted.ref}`);
  const deployment: DeploymentState = {
    id: nextId(twin),
    by: identified(request).account,
    sha,
    ref: wanted.ref,
    task: wanted.task,
    environment: wanted.environment,
    description: wanted.description ?? null,
    isTransient: wanted.transient_environment,
    isProduction: wanted.production_environment ?? wanted.environment === "production",
    createdAt: timestamp(twin),
    statuses: [],
  };
  repository.deployments.set(deployment.id, deployment);
  return created(renderDeployment(twin, repository, deployment));
}

function list(request: RepositoryRequest): Promise<Answer> {
  const { query, repository, twin } = request;
  const isAsked = (name: string, value: string) => (query.get(name) ?? value) === value;
  const found = [...repository.deployments.values()]
    .filter(({ sha, ref, task, environment }) =>
      Object.entries({ sha, ref, task, environment }).every(([name, value]) =>
        isAsked(name, value),
      ),
    )
    .reverse();
  return paged(request, found, (one) => renderDeployment(twin, repository, one));
}

function findDeployment(request: RepositoryRequest): DeploymentState {
  const found = request.repository.deployments.get(integerParameter(request, "deployment_id"));
  if (found === undefined) throw notFound();
  return found;
}

/** A success makes earlier ones of the same environment inactive, as GitHub does by default. */
function createStatus(request: RepositoryRequest): Answer {
  const { repository, twin } = request;
  const deployment = findDeployment(request);
  const wanted = parseBody(request, statusCreation);
  const status = statusOf(request, wanted.state, {
    description: wanted.description,
    targetUrl: wanted.log_url === "" ? wanted.target_url : wanted.log_url,
    environmentUrl: wanted.environment_url,
  });
  if (wanted.state === "success" && wanted.auto_inactive) retire(request, deployment);
  deployment.statuses.push(status);
  return created(renderDeploymentStatus(twin, repository, { deployment, status }));
}

type Said = Pick<DeploymentStatusState, "description" | "targetUrl" | "environmentUrl">;

function statusOf(
  request: RepositoryRequest,
  state: DeploymentStatusState["state"],
  said: Said,
): DeploymentStatusState {
  const { twin } = request;
  const by = identified(request).account;
  const { description, targetUrl, environmentUrl } = said;
  const createdAt = timestamp(twin);
  return { id: nextId(twin), by, state, description, targetUrl, environmentUrl, createdAt };
}

function retire(request: RepositoryRequest, { id, environment }: DeploymentState): void {
  for (const other of request.repository.deployments.values()) {
    const isReplaced = other.environment === environment && other.id !== id && !other.isTransient;
    const last = other.statuses.at(-1);
    if (!isReplaced || last?.state !== "success") continue;
    other.statuses.push(statusOf(request, "inactive", last));
  }
}

function listStatuses(request: RepositoryRequest): Promise<Answer> {
  const deployment = findDeployment(request);
  const { repository, twin } = request;
  return paged(request, deployment.statuses.toReversed(), (status) =>
    renderDeploymentStatus(twin, repository, { deployment, status }),
  );
}

export const deploymentRoutes = {
  "GET /repos/{owner}/{repo}/deployments": list,
  "POST /repos/{owner}/{repo}/deployments": create,
  "GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses": listStatuses,
  "POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses": createStatus,
} as const satisfies RepositoryRoutes;
