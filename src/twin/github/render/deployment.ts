import type { DeploymentState, DeploymentStatusState } from "../state/deployments.ts";
import type { RepositoryState, Twin } from "../state/state.ts";
import { nodeId, renderAccount } from "./account.ts";
import { apiAddress } from "./addresses.ts";

export function renderDeployment(twin: Twin, repository: RepositoryState, one: DeploymentState) {
  const url = `${apiAddress(twin, repository)}/deployments/${one.id}`;
  return {
    url,
    id: one.id,
    node_id: nodeId("DE", one.id),
    sha: one.sha,
    ref: one.ref,
    task: one.task,
    payload: {},
    original_environment: one.environment,
    environment: one.environment,
    description: one.description,
    creator: renderAccount(twin, one.by),
    created_at: one.createdAt,
    updated_at: one.statuses.at(-1)?.createdAt ?? one.createdAt,
    statuses_url: `${url}/statuses`,
    repository_url: apiAddress(twin, repository),
    transient_environment: one.isTransient,
    production_environment: one.isProduction,
    performed_via_github_app: null,
  };
}

export function renderDeploymentStatus(
  twin: Twin,
  repository: RepositoryState,
  { deployment, status }: { deployment: DeploymentState; status: DeploymentStatusState },
) {
  const url = `${apiAddress(twin, repository)}/deployments/${deployment.id}`;
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId("DES", status.id),
    state: status.state,
    creator: renderAccount(twin, status.by),
    description: status.description,
    environment: deployment.environment,
    target_url: status.targetUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    deployment_url: url,
    repository_url: apiAddress(twin, repository),
    // GitHub answers with empty text if there is none, although its description requires an address.
    ...(status.environmentUrl === "" ? {} : { environment_url: status.environmentUrl }),
    ...(status.targetUrl === "" ? {} : { log_url: status.targetUrl }),
    performed_via_github_app: null,
  };
}
