import { readCommit } from "../git/commit-objects.ts";
import { workflowId } from "../git/workflow-file.ts";
import type { RepositoryState, Twin } from "../state/state.ts";
import type { Account, RunSummary } from "../twin-github.ts";
import { nodeId, renderAccount } from "./account.ts";
import { apiAddress, webAddress } from "./addresses.ts";
import { renderSimpleCommit } from "./git.ts";
import { renderMinimalRepository } from "./repository.ts";

/** A run, and its number among the runs of its workflow. */
export interface NumberedRun {
  readonly summary: RunSummary;
  readonly number: number;
}

function actorOf(twin: Twin, login: string): Account {
  const actor = twin.accounts.get(login.toLowerCase());
  if (actor === undefined) throw new Error(`a run names the actor ${login}, who is no account`);
  return actor;
}

function addresses(url: string) {
  return {
    url,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: null,
  };
}

export async function renderRun(twin: Twin, repository: RepositoryState, run: NumberedRun) {
  const { summary } = run;
  const api = apiAddress(twin, repository);
  const workflow = workflowId(repository, summary.path);
  const actor = renderAccount(twin, actorOf(twin, summary.actor));
  const minimal = renderMinimalRepository(twin, repository);
  const commit = await readCommit(repository.gitDirectory, summary.headSha);
  return {
    ...addresses(`${api}/actions/runs/${summary.id}`),
    id: summary.id,
    node_id: nodeId("WFR", summary.id),
    name: summary.name,
    display_title: summary.displayTitle ?? summary.name,
    path: summary.path,
    run_number: run.number,
    run_attempt: summary.attempt,
    event: summary.event,
    status: summary.status,
    conclusion: summary.conclusion,
    workflow_id: workflow,
    workflow_url: `${api}/actions/workflows/${workflow}`,
    check_suite_url: `${api}/check-suites/${summary.id}`,
    html_url: `${webAddress(twin, repository)}/actions/runs/${summary.id}`,
    head_branch: summary.headBranch,
    head_sha: summary.headSha,
    head_commit: commit === undefined ? null : renderSimpleCommit(commit),
    pull_requests: [],
    created_at: summary.createdAt,
    updated_at: summary.updatedAt,
    run_started_at: summary.createdAt,
    actor,
    triggering_actor: actor,
    repository: minimal,
    head_repository: minimal,
  };
}
