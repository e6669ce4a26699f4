import type { TwinEvent } from "../../github/twin-github.ts";
import { field } from "../workflow/events.ts";
import type { WorkflowFile } from "../workflow/workflow-model.ts";

export interface RunIdentity {
  readonly event: TwinEvent;
  /** The top workflow: in reusable ones `github.*` stays the caller's. */
  readonly workflow: WorkflowFile;
  readonly runId: number;
  readonly attempt: number;
  readonly runNumber: number;
  readonly serverUrl: string;
}

/** The part of the `github` context that is the same in all jobs of a run. */
export function githubContext(run: RunIdentity): Readonly<Record<string, unknown>> {
  const { event, workflow } = run;
  const repository = event.payload.repository;
  const pullRequest = event.name.startsWith("pull_request")
    ? event.payload.pull_request
    : undefined;
  const [owner = ""] = event.repository.split("/");
  return {
    event: event.payload,
    event_name: event.name,
    repository: event.repository,
    repository_id: textOf(field(repository, "id")),
    repository_owner: owner,
    repository_owner_id: textOf(field(field(repository, "owner"), "id")),
    repository_visibility: textOf(field(repository, "visibility") ?? "public"),
    repositoryUrl: `${run.serverUrl.replace(/^http/, "git")}/${event.repository}.git`,
    ref: event.ref,
    ref_name: event.ref.replace(/^refs\/(?:heads|tags|pull)\//, ""),
    ref_type: event.ref.startsWith("refs/tags/") ? "tag" : "branch",
    ref_protected: false,
    sha: event.sha,
    head_ref: textOf(field(field(pullRequest, "head"), "ref")),
    base_ref: textOf(field(field(pullRequest, "base"), "ref")),
    actor: event.actor.login,
    actor_id: String(event.actor.id),
    triggering_actor: event.actor.login,
    workflow: workflow.name,
    workflow_ref: `${event.repository}/${workflow.path}@${workflow.source.ref}`,
    workflow_sha: workflow.source.commit,
    run_id: String(run.runId),
    run_number: String(run.runNumber),
    run_attempt: String(run.attempt),
    retention_days: "90",
    secret_source: "Actions",
    server_url: run.serverUrl,
    api_url: run.serverUrl,
    graphql_url: `${run.serverUrl}/graphql`,
  };
}

/**
 * Names of the `github` context that every step gets as GITHUB_* variables.
 * Source: actions/runner src/Runner.Worker/GitHubContext.cs
 */
const EXPORTED = [
  "action",
  "action_path",
  "action_ref",
  "action_repository",
  "actor",
  "actor_id",
  "api_url",
  "base_ref",
  "event_name",
  "event_path",
  "graphql_url",
  "head_ref",
  "job",
  "ref",
  "ref_name",
  "ref_protected",
  "ref_type",
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "retention_days",
  "run_attempt",
  "run_id",
  "run_number",
  "server_url",
  "sha",
  "triggering_actor",
  "workflow",
  "workflow_ref",
  "workflow_sha",
  "workspace",
] as const;

export function githubEnvironment(
  context: Readonly<Record<string, unknown>>,
): Record<string, string> {
  return Object.fromEntries(
    EXPORTED.filter((name) => context[name] !== undefined).map((name) => [
      `GITHUB_${name.toUpperCase()}`,
      textOf(context[name]),
    ]),
  );
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? "" : String(value);
}
