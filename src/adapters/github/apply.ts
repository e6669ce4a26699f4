import type { Effect, EffectKind } from "../../domain/github/effect.ts";
import type { Failure, Receipt } from "../../domain/github/receipt.ts";
import { claimBranch, publishCommit } from "./branch-effects.ts";
import { writeCheckRun } from "./check-run.ts";
import { isLost, type RequestError, requestErrorOf } from "./client/request-error.ts";
import { writeComment } from "./comment-effect.ts";
import { type Execution, Refused } from "./execution.ts";
import { closeIssue, editIssue, openIssue, reopenIssue, setLabels } from "./issue-effects.ts";
import { answerThread, updatePullRequest } from "./owned-effects.ts";
import { dispatchWorkflow, mergePullRequest, openPullRequest } from "./pull-request-effects.ts";

const REASON_CHARACTERS = 300;

/** What a job's token needs for each effect, in the keys of a workflow's `permissions`: named where GitHub does not. */
const PERMISSIONS: Readonly<Record<EffectKind, string>> = {
  "write-comment": "issues: write",
  "set-labels": "issues: write",
  "claim-branch": "contents: write",
  "publish-commit": "contents: write",
  "open-pull-request": "pull-requests: write",
  "update-pull-request": "pull-requests: write",
  "answer-thread": "pull-requests: write",
  "write-check-run": "checks: write",
  "merge-pull-request": "contents: write",
  "dispatch-workflow": "actions: write",
  "close-issue": "issues: write",
  "reopen-issue": "issues: write",
  "open-issue": "issues: write",
  "edit-issue": "issues: write",
};

/** Executes effects in order and stops after the first refusal. Rejects only on a mistake of ours. */
export async function apply(
  execution: Execution,
  effects: readonly Effect[],
  owner: string,
): Promise<readonly Receipt[]> {
  const receipts: Receipt[] = [];
  for (const effect of effects) {
    const receipt = await applyOne(execution, effect, owner);
    execution.memory.wake();
    receipts.push(receipt);
    if (receipt.outcome === "refused") break;
  }
  return receipts;
}

async function applyOne(execution: Execution, effect: Effect, owner: string): Promise<Receipt> {
  try {
    return await execute(execution, effect, owner);
  } catch (error: unknown) {
    const { kind, key } = effect;
    return { kind, key, outcome: "refused", ...failureOf(error, kind) };
  }
}

/** What went wrong, as data. Throws again what is a mistake of ours. */
function failureOf(error: unknown, kind: EffectKind): Failure {
  if (error instanceof Refused) {
    const { code, did, message } = error;
    return { cause: "refused-by-us", code, did, reason: shorten(message) };
  }
  const answer = requestErrorOf(error);
  if (answer === undefined) throw error;
  if (isLost(answer)) return { cause: "no-answer", reason: shorten(sayLost(answer)) };
  const reason = shorten(reasonOf(kind, answer));
  return { cause: "refused-by-github", status: answer.status ?? 0, reason };
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
    case "write-check-run":
      return { kind: effect.kind, key, ...(await writeCheckRun(execution, effect)) };
    case "merge-pull-request":
      return { kind: effect.kind, key, ...(await mergePullRequest(execution, effect)) };
    case "dispatch-workflow":
      return { kind: effect.kind, key, ...(await dispatchWorkflow(execution, effect)) };
    case "close-issue":
      return { kind: effect.kind, key, ...(await closeIssue(execution, effect)) };
    case "reopen-issue":
      return { kind: effect.kind, key, ...(await reopenIssue(execution, effect)) };
    case "open-issue":
      return { kind: effect.kind, key, ...(await openIssue(execution, effect)) };
    case "edit-issue":
      return { kind: effect.kind, key, ...(await editIssue(execution, effect)) };
  }
}

/** A status that only says that something between us and GitHub gave up is no answer to what was asked. */
function sayLost({ status, message }: RequestError): string {
  return status === undefined ? message : `${status} ${message}`;
}

/** GitHub's words; a missing permission is named as one writes it into the workflow. */
function reasonOf(kind: EffectKind, failure: RequestError): string {
  if (failure.status !== 403 || !/not accessible/i.test(failure.message)) return failure.message;
  const needed = failure.acceptedPermissions?.replaceAll("=", ": ").replaceAll("_", "-");
  return `${failure.message}: the job needs the permission "${needed ?? PERMISSIONS[kind]}"`;
}

function shorten(reason: string): string {
  const line = reason.replace(/\s+/g, " ").trim();
  return line.length <= REASON_CHARACTERS ? line : `${line.slice(0, REASON_CHARACTERS - 1)}…`;
}
