import { execFileSync } from "node:child_process";
import { gitEnvironment } from "../git/git.ts";
import { branchTip } from "../git/read-refs.ts";
import { renderAccount } from "../render/account.ts";
import { renderRepository } from "../render/repository.ts";
import type { Account, StartsRuns, TwinEvent } from "../twin-github.ts";
import type { IdentifiedCaller, RepositoryState, Twin } from "./state.ts";

export interface Happening {
  readonly name: string;
  readonly action?: string;
  readonly caller: IdentifiedCaller;
  /** The webhook's payload without action, repository and sender. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Ref and commit of the run; the default branch and its tip if left out. */
  readonly at?: { readonly ref: string; readonly sha: string };
  readonly inputs?: Readonly<Record<string, string>>;
  readonly workflow?: string;
  /** A pull request that conflicts with its base starts no runs, whoever caused the event. */
  readonly conflicts?: boolean;
}

const DISPATCHES = new Set(["workflow_dispatch", "repository_dispatch"]);
const WAITING_PULL_ACTIONS = new Set(["opened", "synchronize", "reopened"]);

/** Source: docs.github.com/en/actions/concepts/security/github_token; the waiting since 2026-06-11. */
export function startsRuns(
  cause: "job" | "app" | "person",
  name: string,
  action: string | undefined,
): StartsRuns {
  if (cause !== "job" || DISPATCHES.has(name)) return "yes";
  if (name === "pull_request" && WAITING_PULL_ACTIONS.has(action ?? "")) {
    return "waits-for-approval";
  }
  return "no";
}

function deliver(twin: Twin, event: TwinEvent): void {
  for (const listener of twin.listeners) listener(event);
}

/** Calls the listeners, in order, before the causing request is answered. */
export async function announce(
  twin: Twin,
  repository: RepositoryState,
  happening: Happening,
): Promise<void> {
  const { action, caller, name } = happening;
  const at = happening.at ?? {
    ref: `refs/heads/${repository.defaultBranch}`,
    sha: (await branchTip(repository.gitDirectory, repository.defaultBranch)) ?? "",
  };
  deliver(twin, {
    name,
    ...(action === undefined ? {} : { action }),
    repository: repository.fullName,
    payload: {
      ...(action === undefined ? {} : { action }),
      ...happening.payload,
      repository: renderRepository(twin, repository),
      sender: renderAccount(twin, caller.account),
    },
    ref: at.ref,
    sha: at.sha,
    actor: caller.account,
    startsRuns: happening.conflicts === true ? "no" : startsRuns(caller.kind, name, action),
    ...(happening.inputs === undefined ? {} : { inputs: happening.inputs }),
    ...(happening.workflow === undefined ? {} : { workflow: happening.workflow }),
    ...(caller.kind === "job" ? { causedByRun: caller.grant.runId } : {}),
  });
}

/** A schedule runs in the name of the person who last changed it; here that is the owner. Synchronous, like a clock's strike. */
export function announceSchedule(twin: Twin, repository: RepositoryState, cron: string): void {
  const ref = `refs/heads/${repository.defaultBranch}`;
  const actor: Account = repository.owner;
  const sha = execFileSync(
    "git",
    [`--git-dir=${repository.gitDirectory}`, "rev-parse", "--verify", `${ref}^{commit}`],
    { encoding: "utf8", env: gitEnvironment() },
  ).trim();
  deliver(twin, {
    name: "schedule",
    repository: repository.fullName,
    payload: { schedule: cron, repository: renderRepository(twin, repository) },
    ref,
    sha,
    actor,
    startsRuns: "yes",
  });
}
