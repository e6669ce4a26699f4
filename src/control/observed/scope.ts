import { leaseOfBranch } from "../../domain/lease.ts";
import type { Scope } from "../../domain/snapshot.ts";
import { readTrigger, type Trigger } from "./event.ts";
import type { ControlInput } from "./situation.ts";

/** What has to be looked at to decide this task. `prefix` is the one that the andon label is looked for with. */
export function scopeOf(input: ControlInput, prefix: string): Scope {
  const reading = readTrigger(input.event);
  const trigger = "trigger" in reading ? reading.trigger : undefined;
  const issue = input.issue ?? issueOf(trigger);
  const nightly = input.task === "nightly-open" || input.task === "nightly-settle";
  const beat = input.task === "heartbeat";
  return {
    prefix,
    ...(issue === undefined || nightly || beat ? {} : { issue }),
    ...(trigger === undefined || trigger.kind === "schedule" ? {} : { actors: [trigger.by] }),
    ...(trigger?.kind === "pull-request-closed" || trigger?.kind === "offered"
      ? { pullRequest: trigger.pullRequest }
      : {}),
    ...(input.task === "nightly-open" || beat ? { openIssues: true } : {}),
    ...(nightly ? { openPullRequests: true } : {}),
  };
}

function issueOf(trigger: Trigger | undefined): number | undefined {
  switch (trigger?.kind) {
    case "labeled":
    case "doorbell":
      return trigger.issue;
    case "commented":
      // The number of a pull request is no issue; its commands are answered without looking at one.
      return trigger.onPullRequest ? undefined : trigger.issue;
    case "pull-request-closed":
      return leaseOfBranch(trigger.branch)?.issue;
    default:
      return undefined;
  }
}
