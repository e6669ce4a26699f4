import { CHECK_NAMES } from "../../../domain/config/check.ts";
import type { Criterion } from "../../../domain/contract.ts";
import { knownOf, standingOf } from "../../../domain/evidence/standing.ts";
import type { Effect, EffectOf } from "../../../domain/github/effect.ts";
import { parentsOf } from "../../../domain/github/owned-pull-request.ts";
import { branchOf } from "../../../domain/lease.ts";
import type { FlakyTests } from "../../../domain/ledger/flaky-tests.ts";
import { sealKeysOf } from "../../../domain/ledger/seal-key.ts";
import type { LineOrder } from "../../../domain/order.ts";
import { refusePath } from "../../../domain/path.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { renderCheckRun, sayProblem } from "../../../wording/checks/check-run.ts";
import { renderGate, titleOfGate } from "../../../wording/checks/gate-checklist.ts";
import { type RuleOutcome, sayDoubt, sayOutcome } from "../../../wording/checks/gate-sentences.ts";
import { reasonForPerson } from "../../../wording/issue/asks.ts";
import { renderCommitMessage, renderPullRequest } from "../../../wording/pull-request/body.ts";
import type { Authority } from "../../gate/merge-authority.ts";
import { type Gate, piecesOf } from "../../gate/rule.ts";
import { repositoryUrl, type View } from "../../observed/issue-view.ts";
import { ownersOfChange } from "../../observed/people/code-owners.ts";
import type { Spent } from "../../observed/proposals.ts";
import type { NewEntry } from "../../outcome/ledger-entry.ts";
import { saidOfChange } from "../own/said-of-change.ts";

/** One claimed attempt and the cost of its workers. */
export interface Attempt {
  readonly order: LineOrder;
  readonly spent: Spent;
  /** Tests that verify found to be flaky, for the record. */
  readonly flaky?: FlakyTests;
}

/** A change that passed every rule of the gate. */
export interface Passed {
  readonly attempt: Attempt;
  readonly gate: Gate;
  readonly authority: Authority;
  readonly outcomes: readonly RuleOutcome[];
  /** Changes between the first look and the last one before the merge. If there are any, nothing is merged. */
  readonly changed?: Refusal | undefined;
  /** The base as found, if it moved after the pull request was opened. Then a person merges. */
  readonly moved?: Refusal | undefined;
}

export interface Published extends Passed {
  readonly commit: string;
  readonly pullRequest: number;
}

export function commitEffect({ attempt, gate }: Passed): EffectOf<"publish-commit"> {
  const branch = branchOfAttempt(attempt);
  const { tree } = gate.verify.subject;
  const { continues, base } = attempt.order;
  return {
    kind: "publish-commit",
    key: `publish/${branch}/${tree}`,
    ...(continues === undefined
      ? { branch }
      : { branch: continues.branch, parents: parentsOf(continues, base) }),
    changeSet: gate.implement.changeSet,
    expectedTree: tree,
    message: messageOf(attempt, gate),
  };
}

function branchOfAttempt({ order }: Attempt): string {
  return branchOf({ issue: order.issue.number, attempt: order.attempt });
}

function messageOf({ order }: Attempt, gate: Gate): string {
  return renderCommitMessage({
    issue: order.issue.number,
    attempt: order.attempt,
    goal: order.contract.goal,
    tree: gate.verify.subject.tree,
  });
}

/** Opens the pull request. If the attempt continues one, rewrites its text. */
export function pullRequestEffect(
  view: View,
  passed: Passed,
): EffectOf<"open-pull-request"> | EffectOf<"update-pull-request"> {
  const { order } = passed.attempt;
  const branch = branchOfAttempt(passed.attempt);
  const key = `pull-request/${branch}`;
  const text = textOf(view, passed);
  return order.continues === undefined
    ? {
        kind: "open-pull-request",
        key,
        head: branch,
        base: order.repository.defaultBranch,
        ...text,
      }
    : { kind: "update-pull-request", key, pullRequest: order.continues.pullRequest, ...text };
}

function textOf(view: View, { attempt: { order }, gate, authority }: Passed) {
  const { implement, verify, review } = gate;
  return renderPullRequest({
    issue: order.issue.number,
    contract: order.contract,
    summary: implement.summary,
    assumptions: implement.assumptions,
    ...(implement.leftOut === undefined ? {} : { leftOut: implement.leftOut }),
    ...(implement.tests === undefined ? {} : { tests: implement.tests }),
    evidence: verify.evidence,
    verdict: review.verdict,
    risk: authority.risk,
    runUrl: runUrlOf(view),
    standing:
      authority.by === "factory"
        ? { by: "factory" }
        : { by: "person", reason: reasonForPerson({ ...authority, sealed: isSealed(view) }) },
  });
}

function isSealed({ input }: View): boolean {
  return sealKeysOf(input.sealKey).length > 0;
}

function runUrlOf(view: View): string {
  return `${repositoryUrl(view)}/actions/runs/${view.input.run.id}`;
}

/** Informs people. This run decides by its own reading of the evidence, never by a check run (DESIGN §5.7). */
export function checkEffect({ commit, outcomes, authority, gate }: Published) {
  const merges = authority.by === "factory";
  return {
    kind: "write-check-run",
    key: `check/${commit}`,
    name: "factory/gate",
    sha: commit,
    conclusion: merges ? "success" : "action_required",
    title: titleOfGate(authority.by),
    summary: renderGate([...outcomes.map(sayOutcome), ...authority.doubts.map(sayDoubt)], {
      contract: gate.order.contract,
      evidence: gate.verify.evidence,
      verdict: gate.review.verdict,
    }),
  } as const satisfies Effect;
}

/** One check run for each check of the config, for people, with the places that the check's output names. */
export function checkRunEffects(
  view: View,
  { commit, gate }: Published,
): readonly EffectOf<"write-check-run">[] {
  const { evidence } = gate.verify;
  const isShown = isInTree(view, gate);
  const runUrl = runUrlOf(view);
  const runs = evidence
    .filter((piece) => piece.kind === "check")
    .filter(({ on }) => on === "change");
  return CHECK_NAMES.filter((name) => name !== "setup").flatMap((name) => {
    const run = runs.find((one) => one.name === name);
    if (run === undefined) return [];
    const problems = (run.problems ?? []).filter(({ path }) => isShown(path));
    const annotations = problems.map((one) => ({
      path: one.path,
      line: one.line,
      ...(one.column === undefined ? {} : { column: one.column }),
      level: one.level,
      message: sayProblem(one),
    }));
    return [
      {
        kind: "write-check-run",
        key: `check/${commit}/${name}`,
        name: `factory/${name}`,
        sha: commit,
        ...renderCheckRun(run, { evidence, runUrl }),
        ...(annotations.length === 0 ? {} : { annotations }),
      },
    ];
  });
}

/** Whether the published tree has a file: from the change, or from the base as far as GitHub listed it. */
function isInTree({ snapshot }: View, { implement }: Gate): (path: string) => boolean {
  const { files } = implement.changeSet;
  const written = new Set(files.flatMap((file) => ("deleted" in file ? [] : [file.path])));
  const known = new Set("known" in snapshot.paths ? snapshot.paths.known : []);
  const gone = new Set(files.flatMap((file) => ("deleted" in file ? [file.path] : [])));
  return (path) =>
    refusePath(path) === undefined && !gone.has(path) && (written.has(path) || known.has(path));
}

export function mergeEffect(published: Published) {
  const { commit, pullRequest, gate, attempt } = published;
  const [subject = "", ...rest] = messageOf(attempt, gate).split("\n");
  return {
    kind: "merge-pull-request",
    key: `merge/${pullRequest}/${commit}`,
    pullRequest,
    base: attempt.order.repository.defaultBranch,
    sha: commit,
    title: `${subject} (#${pullRequest})`,
    message: rest.join("\n").trim(),
    expectedTree: gate.verify.subject.tree,
    expectedParent: gate.order.base,
  } as const satisfies Effect;
}

/** How many changed lines a test noticed, for the record; empty if none was tried. */
function noticedIn(gate: Gate) {
  const [piece, ...others] = piecesOf(gate, "noticed");
  return piece === undefined || others.length > 0 ? {} : { noticed: piece.lines };
}

/** Counts the criteria that both machine and reviewer accept, and those that are open. */
function countProven({ order, verify, review }: Gate) {
  const { acceptance } = order.contract;
  const isProven = (criterion: Criterion) =>
    standingOf(knownOf(criterion, verify.evidence, review.verdict)) === "proven";
  const open = acceptance.filter((criterion) => !isProven(criterion)).map(({ id }) => id);
  return { all: acceptance.length, open };
}

export function publishedEntry(view: View, published: Published): NewEntry {
  const { attempt, gate, commit, pullRequest, authority } = published;
  const owners = ownersOfChange(view) ?? [];
  return {
    stage: "gating",
    event: {
      kind: "published",
      attempt: attempt.order.attempt,
      tree: gate.verify.subject.tree,
      commit,
      pullRequest,
      risk: authority.risk.risk,
      criteria: countProven(gate),
      ...(attempt.flaky === undefined ? {} : { flaky: attempt.flaky }),
      ...noticedIn(gate),
      ...saidOfChange(gate.implement),
      ...(owners.length === 0 ? {} : { owners: [...owners] }),
    },
    ...attempt.spent,
  };
}
