import type { Effect, EffectKind, Receipt } from "../../domain/effect.ts";
import { claimBranch, publishCommit } from "./branch-effects.ts";
import { type Execution, Refused, type Result } from "./execution.ts";
import { type Failure, failureOf, isLost } from "./failures.ts";
import { closeIssue, openIssue, setLabels, writeComment } from "./issue-effects.ts";
import {
  dispatchWorkflow,
  mergePullRequest,
  openPullRequest,
  writeCheckRun,
} from "./pull-request-effects.ts";

const REASON_CHARACTERS = 300;

/** What a job's token needs for each effect, in the keys of a workflow's `permissions`: named where GitHub does not. */
const PERMISSIONS: Readonly<Record<EffectKind, string>> = {
  "write-comment": "issues: write",
  "set-labels": "issues: write",
  "claim-branch": "contents: write",
  "publish-commit": "contents: write",
  "open-pull-request": "pull-requests: write",
  "write-check-run": "checks: write",
  "merge-pull-request": "contents: write",
  "dispatch-workflow": "actions: write",
  "close-issue": "issues: write",
  "open-issue": "issues: write",
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
    receipts.push(receipt);
    if (receipt.outcome === "refused") break;
  }
  return receipts;
}

async function applyOne(execution: Execution, effect: Effect, owner: string): Promise<Receipt> {
  const name = { kind: effect.kind, key: effect.key };
  try {
    return { ...name, ...(await execute(execution, effect, owner)) };
  } catch (error: unknown) {
    if (error instanceof Refused) {
      return { ...name, outcome: "refused", status: error.status, reason: shorten(error.message) };
    }
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    const reason = shorten(reasonOf(effect.kind, failure));
    return { ...name, outcome: "refused", status: failure.status, reason };
  }
}

async function execute(execution: Execution, effect: Effect, owner: string): Promise<Result> {
  switch (effect.kind) {
    case "write-comment":
      return await writeComment(execution, effect);
    case "set-labels":
      return await setLabels(execution, effect);
    case "claim-branch":
      return await claimBranch(execution, effect);
    case "publish-commit":
      return await publishCommit(execution, effect);
    case "open-pull-request":
      return await openPullRequest(execution, effect, owner);
    case "write-check-run":
      return await writeCheckRun(execution, effect);
    case "merge-pull-request":
      return await mergePullRequest(execution, effect);
    case "dispatch-workflow":
      return await dispatchWorkflow(execution, effect);
    case "close-issue":
      return await closeIssue(execution, effect);
    case "open-issue":
      return await openIssue(execution, effect);
  }
}

/** GitHub's words; a missing permission is named as one writes it into the workflow. */
function reasonOf(kind: EffectKind, failure: Failure): string {
  if (isLost(failure)) return `GitHub did not answer: ${failure.message}`;
  if (failure.status !== 403 || !/not accessible/i.test(failure.message)) return failure.message;
  const needed = failure.acceptedPermissions?.replaceAll("=", ": ").replaceAll("_", "-");
  return `${failure.message}: the job needs the permission "${needed ?? PERMISSIONS[kind]}"`;
}

function shorten(reason: string): string {
  const line = reason.replace(/\s+/g, " ").trim();
  return line.length <= REASON_CHARACTERS ? line : `${line.slice(0, REASON_CHARACTERS - 1)}…`;
}
