import type { Scope } from "../../domain/github/snapshot.ts";
import { leaseOfBranch } from "../../domain/lease.ts";
import { FALLEN_DAYS } from "../../domain/trust/fallen-trust.ts";
import { mergesAnything } from "../../domain/trust/trust-level.ts";
import { type Trigger, whoRang } from "./event.ts";
import { readProof } from "./proof.ts";
import type { ControlInput } from "./situation.ts";
import { ledgersToAsk, workOfDay } from "./turns/other-ledgers.ts";
import { askedToUnblock } from "./unblock/asked.ts";
import { whatRang } from "./what-rang.ts";

/** Tasks about all open issues. */
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
/** Tasks that report on scheduled workflows. */
const SEES_SCHEDULES: readonly ControlInput["task"][] = [
  "board",
  "operational-review",
  "loop-open",
];
/** Tasks that recognize issues of a loop by their last line. */
const SEES_LOOPS: readonly ControlInput["task"][] = ["loop-open", "loop-settle"];

/** Tasks that propose in their own pull request, if none of theirs is open; and the heartbeat, for those that wait for a person. */
const SEES_PULLS: readonly ControlInput["task"][] = [
  "nightly-open",
  "nightly-settle",
  "learn",
  "heartbeat",
];

/** What to observe for this task. `prefix` is the label prefix of the andon. */
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
 * A ring may be for a labeled pull request, which the heartbeat looks for. An event that asks to mend one also asks for
 * the day's budget at once.
 */
function unblockingOf(
  { task }: ControlInput,
  seen: { readonly trigger: Trigger | undefined; readonly prefix: string; readonly now: string },
): Pick<Scope, "unblocking" | "ledgers" | "loopsSince"> {
  const { trigger, prefix, now } = seen;
  const isRung = task === "route" && trigger?.kind === "doorbell" && trigger.issue !== undefined;
  if (task === "heartbeat" || isRung) return { unblocking: true };
  const isAsked = task === "route" && askedToUnblock(trigger, prefix) !== undefined;
  return isAsked ? workOfDay(now) : {};
}

/**
 * A merge here is on the base of its order, whose record the smoke test is compared with, and by the trust left after
 * recent reverts.
 */
function beforeAttempt({ task, order }: ControlInput): Pick<Scope, "before" | "takenBack"> {
  if (task !== "settle" || order?.kind !== "line") return {};
  const { smoke, trust } = order.config;
  return {
    ...(smoke.probes.length > 0 ? { before: { parent: order.base } } : {}),
    // If a person merges everything, no trust can fall.
    ...(mergesAnything(trust) ? { takenBack: { until: order.at, days: FALLEN_DAYS } } : {}),
  };
}

/** GitHub says whether the proof is about that pull request. */
function provenPullRequest(input: ControlInput): Pick<Scope, "pullRequest"> {
  if (input.task !== "prove-report") return {};
  const reading = readProof(input);
  return "proven" in reading ? { pullRequest: reading.proven.pullRequest } : {};
}

/** The issue number of a task; none for tasks on the repository. */
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
      // A pull request's number is no issue. Its branch names the issue, once it was looked at.
      return trigger.onPullRequest ? undefined : trigger.issue;
    case "pull-request-closed":
    case "reviewed":
    case "checked":
      return leaseOfBranch(trigger.branch)?.issue;
    default:
      return undefined;
  }
}
