import type { Effect, EffectOf } from "../../../../domain/github/effect.ts";
import { revertBranchOf } from "../../../../domain/lease.ts";
import type { RevertOrder } from "../../../../domain/order.ts";
import type { RuleOutcome } from "../../../../wording/checks/gate-sentences.ts";
import {
  renderRevertCheck,
  renderRevertCommit,
  renderRevertPullRequest,
} from "../../../../wording/pull-request/revert.ts";
import type { RevertAuthority, RevertGate } from "../../../gate/revert-gate.ts";
import { recordable } from "../../../guard/withhold.ts";
import { repositoryUrl, type View } from "../../../observed/issue-view.ts";
import type { Spent } from "../../../observed/proposals.ts";
import type { NewEntry } from "../../../outcome/ledger-entry.ts";

/** A revert that passed every rule of its gate. */
export interface PassedRevert {
  readonly gate: RevertGate;
  readonly outcomes: readonly RuleOutcome[];
  readonly authority: RevertAuthority;
  readonly spent: Spent;
}

export interface PublishedRevert extends PassedRevert {
  readonly commit: string;
  readonly pullRequest: number;
}

function branchOfRevert({ revert }: RevertOrder): string {
  return revertBranchOf({ issue: revert.issue, attempt: revert.attempt });
}

export function claimRevert(order: RevertOrder): EffectOf<"claim-branch"> {
  const branch = branchOfRevert(order);
  return { kind: "claim-branch", key: `claim/${branch}/${order.base}`, branch, sha: order.base };
}

export function commitRevert({ gate: { order, verify } }: PassedRevert) {
  const branch = branchOfRevert(order);
  const { tree } = verify.subject;
  return {
    kind: "publish-commit",
    key: `publish/${branch}/${tree}`,
    branch,
    changeSet: order.revert.changeSet,
    expectedTree: tree,
    message: renderRevertCommit({ ...order.revert, tree }),
  } as const satisfies Effect;
}

export function openRevertRequest(view: View, { gate: { order, verify } }: PassedRevert) {
  const branch = branchOfRevert(order);
  const repository = repositoryUrl(view);
  return {
    kind: "open-pull-request",
    key: `pull-request/${branch}`,
    head: branch,
    base: order.repository.defaultBranch,
    ...renderRevertPullRequest({
      ...order.revert,
      paths: order.revert.changeSet.files.map(({ path }) => path),
      evidence: verify.evidence,
      repository,
      runUrl: `${repository}/actions/runs/${view.input.run.id}`,
    }),
  } as const satisfies Effect;
}

/** A repository may require this check by its rules. This run decides by its own reading of the evidence. */
export function checkOfRevert({ commit, outcomes, authority }: PublishedRevert) {
  return {
    kind: "write-check-run",
    key: `check/${commit}`,
    name: "factory/gate",
    sha: commit,
    conclusion: authority.by === "factory" ? "success" : "action_required",
    ...renderRevertCheck(outcomes, authority.by),
  } as const satisfies Effect;
}

export function mergeRevert({ commit, pullRequest, gate: { order, verify } }: PublishedRevert) {
  const { tree } = verify.subject;
  const [subject = "", ...rest] = renderRevertCommit({ ...order.revert, tree }).split("\n");
  return {
    kind: "merge-pull-request",
    key: `merge/${pullRequest}/${commit}`,
    pullRequest,
    base: order.repository.defaultBranch,
    sha: commit,
    title: `${subject} (#${pullRequest})`,
    message: rest.join("\n").trim(),
    expectedTree: tree,
    expectedParent: order.base,
  } as const satisfies Effect;
}

/** @param stage where the issue stands while it waits for the merge */
export function revertingEntry(
  { gate: { order, verify }, commit, pullRequest, spent }: PublishedRevert,
  stage: NewEntry["stage"],
): NewEntry {
  const { attempt, mergeSha, seen } = order.revert;
  const findings = seen.map(({ subject, found }) => recordable(`${subject}: ${found}`));
  return {
    stage,
    event: {
      kind: "reverting",
      attempt,
      reverts: mergeSha,
      tree: verify.subject.tree,
      commit,
      pullRequest,
      findings: findings.slice(0, 5).map((one) => one.slice(0, 300)),
    },
    ...spent,
  };
}
