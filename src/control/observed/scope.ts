import type { Scope } from "../../domain/github/snapshot.ts";
import { leaseOfBranch } from "../../domain/lease.ts";
import { FALLEN_DAYS } from "../../domain/trust/fallen-trust.ts";
import { mergesAnything } from "../../domain/trust/trust-level.ts";
import { type Trigger, whoRang } from "./event.ts";
import { readProof } from "./proof.ts";
import type { ControlInput } from "./situation.ts";
import { ledgersOfDay, ledgersToAsk } from "./turns/other-ledgers.ts";
import { askedToUnblock } from "./unblock/asked.ts";
import { whatRang } from "./what-rang.ts";

/** Tasks that are about all open issues. */
const SEES_ALL: readonly ControlInput["task"][] = [
  "nightly-open",
  "heartbeat",
  "board",
  "operational-review",
  "loop-open",
  "loop-settle",
];
/** Tasks that work on the repository, whatever issue rang. */
const ON_NO_ISSUE: readonly ControlInput["task"][] = [
  "nightly-open",
  "nightly-settle",
  "heartbeat",
  "board",
  "operational-review",
  "loop-open",
  "loop-settle",
  "learn",
  "unblock-settle",
];
/** Tasks that say how workflows fare which schedules start. */
const SEES_SCHEDULES: readonly ControlInput["task"][] = [
  "board",
  "operational-review",
  "loop-open",
];
/** Tasks that know an issue of a loop's own by its last line. */
const SEES_LOOPS: readonly ControlInput["task"][] = ["loop-open", "loop-settle"];

/** Tasks that propose in a pull request of their own, where none of theirs waits; the heartbeat, for those that wait for a person. */
const SEES_PULLS: readonly ControlInput["task"][] = [
  "nightly-open",
  "nightly-settle",
  "learn",
  "heartbeat",
];

/** What has to be looked at to decide this task. `prefix` is the one that the andon label is looked for with. */
export function scopeOf(input: ControlInput, prefix: string, now: string): Scope {
  const trigger = triggerOf(input);
  const rang = whoRang(trigger);
  const issue = issueOfTask(input);
  return {
    prefix,
    issues: issue === undefined ? [] : [issue],
    ...(rang === undefined ? {} : { actors: [rang] }),
    ...pullRequestOf(trigger),
    ...provenPullRequest(input),
    ...mendedPullRequest(input),
    ...(input.task === "review-settle" ? { pullSaid: true } : {}),
    ...unblockingOf(input, { trigger, prefix, now }),
    ...(SEES_ALL.includes(input.task) ? { openIssues: true } : {}),
    ...(SEES_PULLS.includes(input.task) ? { openPullRequests: true } : {}),
    ...(input.task === "incident" ? { incidents: true } : {}),
    ...(SEES_LOOPS.includes(input.task) ? { loopIssues: true } : {}),
    ...(SEES_SCHEDULES.includes(input.task) ? { scheduled: true } : {}),
    ...(input.task === "claim" || input.task === "settle" ? { waiting: true } : {}),
    ...ledgersToAsk(input, now),
    ...beforeAttempt(input),
  };
}

function pullRequestOf(trigger: Trigger | undefined): Pick<Scope, "pullRequest"> {
  if (trigger?.kind === "commented" && trigger.onPullRequest) return { pullRequest: trigger.issue };
  const isOfPull = trigger?.kind === "pull-request-closed" || trigger?.kind === "labeled-pull";
  return isOfPull || trigger?.kind === "offered" ? { pullRequest: trigger.pullRequest } : {};
}

/** Its order names it, whatever rang. */
function mendedPullRequest({ task, order }: ControlInput): Pick<Scope, "pullRequest"> {
  if (task !== "unblock-settle" || order?.kind !== "unblock") return {};
  return { pullRequest: order.unblock.pullRequest };
}

/**
 * A ring may be for a pull request with the label, which the heartbeat looks for. Whoever is asked to mend one by an event of
 * its own asks for the money of the day at once.
 */
function unblockingOf(
  { task }: ControlInput,
  seen: { readonly trigger: Trigger | undefined; readonly prefix: string; readonly now: string },
): Pick<Scope, "unblocking" | "ledgers"> {
  const { trigger, prefix, now } = seen;
  const isRung = task === "route" && trigger?.kind === "doorbell" && trigger.issue !== undefined;
  if (task === "heartbeat" || isRung) return { unblocking: true };
  const isAsked = task === "route" && askedToUnblock(trigger, prefix) !== undefined;
  return isAsked ? { ledgers: ledgersOfDay(now) } : {};
}

/**
 * What is merged here is merged on the base of its order, whose record its smoke test is measured against; and by the trust
 * that is left after what was taken back lately.
 */
function beforeAttempt({ task, order }: ControlInput): Pick<Scope, "before" | "takenBack"> {
  if (task !== "settle" || order?.kind !== "line") return {};
  const { smoke, trust } = order.config;
  return {
    ...(smoke.probes.length > 0 ? { before: { parent: order.base } } : {}),
    // Where a person merges all, nothing could fall.
    ...(mergesAnything(trust) ? { takenBack: { until: order.at, days: FALLEN_DAYS } } : {}),
  };
}

/** Whether the proof is about that pull request is asked of what GitHub says of it. */
function provenPullRequest(input: ControlInput): Pick<Scope, "pullRequest"> {
  if (input.task !== "prove-report") return {};
  const reading = readProof(input);
  return "proven" in reading ? { pullRequest: reading.proven.pullRequest } : {};
}

/** The number of the issue that a task works on; none for those that work on the repository. */
export function issueOfTask(input: ControlInput): number | undefined {
  if (ON_NO_ISSUE.includes(input.task)) return undefined;
  return input.issue ?? issueOf(triggerOf(input));
}

function triggerOf(input: ControlInput): Trigger | undefined {
  const reading = whatRang(input);
  return "trigger" in reading ? reading.trigger : undefined;
}

function issueOf(trigger: Trigger | undefined): number | undefined {
  switch (trigger?.kind) {
    case "labeled":
    case "doorbell":
      return trigger.issue;
    case "commented":
      // The number of a pull request is no issue: whose it is says its branch, once it was looked at.
      return trigger.onPullRequest ? undefined : trigger.issue;
    case "pull-request-closed":
    case "reviewed":
    case "checked":
      return leaseOfBranch(trigger.branch)?.issue;
    default:
      return undefined;
  }
}
