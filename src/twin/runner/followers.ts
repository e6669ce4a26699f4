import type { TwinEvent } from "../github/twin-github.ts";
import { isFromFork } from "./run/from-fork.ts";
import type { Run } from "./run/run-request.ts";
import type { Machine } from "./run/run-state.ts";
import { field } from "./workflow/events.ts";

/** GitHub follows a run no further than this. Source: docs.github.com/…/events-that-trigger-workflows#workflow_run */
const MOST_LEVELS = 3;

/**
 * GitHub's event after a run has ended: a `workflow_run`, on the default branch and with its rights, whoever started the
 * run. Without fields that no workflow of ours reads.
 */
export async function followerOf(
  { record, event }: Run,
  machine: Machine,
): Promise<TwinEvent | undefined> {
  const level = levelOf(event) + 1;
  const files = machine.library.repository(event.repository);
  const ref = await files?.defaultBranch();
  const sha = ref === undefined ? undefined : await files?.resolve(ref);
  if (ref === undefined || sha === undefined || level > MOST_LEVELS) return undefined;
  const pull = field(event.payload, "pull_request");
  const head = field(pull, "head");
  const pulls = isFromFork(event) || pull === undefined ? [] : [{ number: field(pull, "number") }];
  const { id, login, type } = event.actor;
  return {
    name: "workflow_run",
    action: "completed",
    repository: event.repository,
    payload: {
      action: "completed",
      workflow_run: {
        id: record.id,
        name: record.workflow,
        path: record.file,
        event: record.event,
        status: "completed",
        conclusion: record.conclusion,
        run_attempt: record.attempt,
        head_branch: field(head, "ref") ?? record.ref.replace(/^refs\/(?:heads|tags)\//, ""),
        head_sha: field(head, "sha") ?? record.sha,
        head_repository: field(head, "repo") ?? field(event.payload, "repository"),
        // GitHub names none if the head is in a fork.
        pull_requests: pulls,
      },
      repository: field(event.payload, "repository"),
      sender: { id, login, type },
      level,
    },
    ref,
    sha,
    actor: event.actor,
    startsRuns: "yes",
  };
}

function levelOf(event: TwinEvent): number {
  return event.name === "workflow_run" ? Number(field(event.payload, "level")) : 0;
}
