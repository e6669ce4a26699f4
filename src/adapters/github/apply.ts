import type { Effect } from "../../domain/github/effect.ts";
import { endsList, type Receipt } from "../../domain/github/receipt.ts";
import { claimBranch, publishCommit } from "./branch/branch-effects.ts";
import { writeCheckRun } from "./check-run.ts";
import { writeComment } from "./comment-effect.ts";
import { dispatchWorkflow } from "./dispatch-effect.ts";
import type { Execution } from "./execution.ts";
import { failed } from "./failure.ts";
import { closeIssue, editIssue, openIssue, reopenIssue, setLabels } from "./issue-effects.ts";
import type { OwnComment } from "./memory.ts";
import { mergePullRequest } from "./merge-effect.ts";
import { openPullRequest } from "./open-pull-request.ts";
import { answerThread, requestReview, resolveThread, updatePullRequest } from "./owned-effects.ts";
import { runJobsAgain } from "./owned-runs.ts";
import { pinIssue } from "./pin/pin-issue.ts";
import { applyTogether } from "./together/apply-together.ts";
import { firstGroup, inverseOf } from "./together/groups.ts";
import { wordingOf } from "./together/wordings.ts";
import { labelsToMake, write } from "./together/write.ts";

/**
 * Executes effects in order, sharing a document if possible. Stops after the first refusal and after a claim that
 * somebody else holds. Rejects only on a mistake of ours.
 */
export async function apply(
  execution: Execution,
  effects: readonly Effect[],
  owner: string,
): Promise<readonly Receipt[]> {
  const { memory } = execution;
  const receipts: Receipt[] = [];
  for (let rest = effects; rest.length > 0; ) {
    const group = firstGroup(rest, {
      isWritable: (effect) => wordingOf(effect, memory) !== undefined,
      inverse: (effect) => inverseOf(effect, formerOf(effect, memory)),
    });
    const isWorded = group.every((effect) => wordingOf(effect, memory) !== undefined);
    const applied =
      isWorded && isWorthIt(group, memory)
        ? await applyGroup(execution, group, owner)
        : await Promise.all(group.map((effect) => applyOne(execution, effect, owner)));
    for (const _ of group) memory.wake();
    receipts.push(...applied);
    if (applied.some(endsList)) break;
    rest = rest.slice(group.length);
  }
  return receipts;
}

/** REST reads labels before it sets them; every other single effect is one request either way. */
function isWorthIt(group: readonly Effect[], memory: Execution["memory"]): boolean {
  const [first] = group;
  const isShorter = first?.kind === "set-labels" && memory.labels(first.issue) === undefined;
  return isShorter || group.length + labelsToMake(group, memory).length > 1;
}

/** GitHub decides the result of a part of a document, not this job's memory. */
function applyGroup(
  execution: Execution,
  group: readonly Effect[],
  owner: string,
): Promise<readonly Receipt[]> {
  const { memory } = execution;
  const inverses = new Map(
    group.map((effect) => [effect, inverseOf(effect, formerOf(effect, memory))] as const),
  );
  return applyTogether(group, {
    write: (effects) => write(execution, effects),
    inverse: (effect) => inverses.get(effect),
    applyOne(effect, wasTried) {
      memory.doubt();
      return applyOne(wasTried ? { ...execution, wasTried } : execution, effect, owner);
    },
  });
}

/** The previous text of a comment that an effect overwrites. */
function formerOf(effect: Effect, memory: Execution["memory"]): OwnComment | undefined {
  if (effect.kind !== "write-comment") return undefined;
  const known = memory.comment(effect.issue, effect.marker) ?? undefined;
  return effect.comment === null || effect.comment === known?.id ? known : undefined;
}

async function applyOne(execution: Execution, effect: Effect, owner: string): Promise<Receipt> {
  try {
    return await execute(execution, effect, owner);
  } catch (error: unknown) {
    return failed(effect, error);
  }
}

async function execute(execution: Execution, effect: Effect, owner: string): Promise<Receipt> {
  const { key } = effect;
  switch (effect.kind) {
    case "write-comment":
      return { kind: effect.kind, key, ...(await writeComment(execution, effect)) };
    case "set-labels":
      return { kind: effect.kind, key, ...(await setLabels(execution, effect)) };
    case "claim-branch":
      return { kind: effect.kind, key, ...(await claimBranch(execution, effect)) };
    case "publish-commit":
      return { kind: effect.kind, key, ...(await publishCommit(execution, effect)) };
    case "open-pull-request":
      return { kind: effect.kind, key, ...(await openPullRequest(execution, effect, owner)) };
    case "update-pull-request":
      return { kind: effect.kind, key, ...(await updatePullRequest(execution, effect)) };
    case "answer-thread":
      return { kind: effect.kind, key, ...(await answerThread(execution, effect)) };
    case "resolve-thread":
      return { kind: effect.kind, key, ...(await resolveThread(execution, effect)) };
    case "request-review":
      return { kind: effect.kind, key, ...(await requestReview(execution, effect)) };
    case "write-check-run":
      return { kind: effect.kind, key, ...(await writeCheckRun(execution, effect)) };
    case "merge-pull-request":
      return { kind: effect.kind, key, ...(await mergePullRequest(execution, effect)) };
    case "dispatch-workflow":
      return { kind: effect.kind, key, ...(await dispatchWorkflow(execution, effect)) };
    case "run-jobs-again":
      return { kind: effect.kind, key, ...(await runJobsAgain(execution, effect)) };
    case "close-issue":
      return { kind: effect.kind, key, ...(await closeIssue(execution, effect)) };
    case "reopen-issue":
      return { kind: effect.kind, key, ...(await reopenIssue(execution, effect)) };
    case "open-issue":
      return { kind: effect.kind, key, ...(await openIssue(execution, effect)) };
    case "edit-issue":
      return { kind: effect.kind, key, ...(await editIssue(execution, effect)) };
    case "pin-issue":
      return { kind: effect.kind, key, ...(await pinIssue(execution, effect)) };
  }
}
