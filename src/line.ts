import type { EffectKind } from "./domain/github/effect.ts";
import type { Worker } from "./domain/order.ts";

/** The tasks of the one control action, in the order in which an issue meets them. */
export const TASKS = [
  "open",
  "propose",
  "route",
  "claim",
  "settle",
  "record",
  "review-open",
  "review-settle",
  "smoke-open",
  "heartbeat",
  "nightly-open",
  "nightly-settle",
  "prove-report",
] as const;
export type Task = (typeof TASKS)[number];

type Scope = "actions" | "checks" | "contents" | "issues" | "pull-requests";
export type Permissions = Readonly<Partial<Record<Scope, "read" | "write">>>;

/** One job of the line. Workflows, permissions, the README's picture and tests derive from this table. */
export type Station =
  | {
      readonly kind: "control";
      readonly task: Task;
      readonly workflow: string;
      /** What it does, in the words of a person who watches it run. */
      readonly doing: string;
      readonly permissions: Permissions;
      readonly mayWrite: readonly EffectKind[];
      readonly purpose: string;
    }
  | {
      readonly kind: "worker";
      readonly worker: Worker;
      readonly workflow: string;
      readonly doing: string;
      readonly holdsModelKey: boolean;
      readonly runsRepositoryCode: boolean;
      /** Whose proposals it reads besides the order. */
      readonly needs: readonly Worker[];
      readonly yields: string;
    };

export const LINE: readonly Station[] = [
  {
    kind: "control",
    task: "open",
    workflow: "intake.yml",
    doing: "checks who asked, makes the order",
    permissions: { contents: "read", issues: "read", "pull-requests": "read" },
    mayWrite: [],
    purpose:
      "checks who asked, pins the issue text and the base, makes the order; holds a token that cannot write",
  },
  {
    kind: "worker",
    worker: "intake-normalize",
    workflow: "intake.yml",
    doing: "reads the issue, writes a contract",
    holdsModelKey: true,
    runsRepositoryCode: false,
    needs: [],
    yields: "a contract, or at most three questions",
  },
  {
    kind: "control",
    task: "propose",
    workflow: "intake.yml",
    doing: "puts the contract on the issue",
    permissions: { contents: "read", issues: "write", "pull-requests": "read" },
    mayWrite: ["write-comment", "set-labels"],
    purpose: "puts the contract on the issue and asks, or approves where the config says so",
  },
  {
    kind: "control",
    task: "route",
    workflow: "factory.yml",
    doing: "answers a command",
    permissions: { actions: "write", contents: "read", issues: "write", "pull-requests": "read" },
    mayWrite: ["write-comment", "set-labels", "dispatch-workflow"],
    purpose: "answers commands and doorbells: says which part of the line is next",
  },
  {
    kind: "control",
    task: "claim",
    workflow: "line.yml",
    doing: "checks the approval, claims the attempt",
    permissions: { contents: "write", issues: "write", "pull-requests": "read" },
    mayWrite: ["write-comment", "set-labels", "claim-branch"],
    purpose: "checks the approval, claims the attempt by creating its branch, makes the order",
  },
  {
    kind: "worker",
    worker: "implement",
    workflow: "implement.yml",
    doing: "works inside the sandbox",
    holdsModelKey: true,
    runsRepositoryCode: true,
    needs: [],
    yields: "a change set",
  },
  {
    kind: "worker",
    worker: "verify",
    workflow: "verify.yml",
    doing: "runs the checks on base and change",
    holdsModelKey: false,
    runsRepositoryCode: true,
    needs: ["implement"],
    yields: "evidence for one base and tree",
  },
  {
    kind: "worker",
    worker: "review",
    workflow: "review.yml",
    doing: "reads it all with fresh eyes",
    holdsModelKey: true,
    runsRepositoryCode: false,
    needs: ["implement", "verify"],
    yields: "a verdict that can only veto",
  },
  {
    kind: "control",
    task: "settle",
    workflow: "line.yml",
    doing: "weighs it all; publishes and merges it, or stops",
    permissions: {
      actions: "write",
      checks: "write",
      contents: "write",
      issues: "write",
      "pull-requests": "write",
    },
    mayWrite: [
      "write-comment",
      "set-labels",
      "publish-commit",
      "open-pull-request",
      "write-check-run",
      "merge-pull-request",
      "dispatch-workflow",
    ],
    purpose:
      "publishes the verified tree, opens the gate or asks, merges with the expected head, rings the deploy",
  },
  {
    kind: "worker",
    worker: "post-merge-smoke",
    workflow: "post-merge-smoke.yml",
    doing: "waits until it is live, probes it",
    holdsModelKey: false,
    runsRepositoryCode: false,
    needs: [],
    yields: "whether the merged commit is live and answers",
  },
  {
    kind: "control",
    task: "record",
    workflow: "post-merge-smoke.yml",
    doing: "writes down what was seen",
    permissions: { contents: "read", issues: "write", "pull-requests": "read" },
    mayWrite: ["write-comment", "set-labels", "close-issue", "open-issue"],
    purpose: "records the smoke test: done, or the andon and a person",
  },
  {
    kind: "control",
    task: "review-open",
    workflow: "review-pull-request.yml",
    doing: "pins a person's pull request",
    permissions: { contents: "read", issues: "read", "pull-requests": "read" },
    mayWrite: [],
    purpose: "pins a person's pull request and its head, makes the order of a review",
  },
  {
    kind: "control",
    task: "review-settle",
    workflow: "review-pull-request.yml",
    doing: "puts the review on the pull request",
    permissions: { checks: "write", contents: "read", issues: "read", "pull-requests": "write" },
    mayWrite: ["write-comment", "write-check-run"],
    purpose: "puts the review on the pull request: one comment, and a check that is neutral",
  },
  {
    kind: "control",
    task: "smoke-open",
    workflow: "smoke.yml",
    doing: "pins the head",
    permissions: { contents: "read", issues: "read", "pull-requests": "read" },
    mayWrite: [],
    purpose: "pins the head of the default branch for a smoke test of any commit, makes the order",
  },
  {
    kind: "control",
    task: "heartbeat",
    workflow: "factory.yml",
    doing: "looks for issues that wait",
    permissions: { actions: "write", contents: "read", issues: "read", "pull-requests": "read" },
    mayWrite: ["dispatch-workflow"],
    purpose: "looks every hour for issues that wait for the factory alone, and rings for them",
  },
  {
    kind: "control",
    task: "nightly-open",
    workflow: "quality-audit.yml",
    doing: "pins the head",
    permissions: { contents: "read", issues: "read", "pull-requests": "read" },
    mayWrite: [],
    purpose: "pins the head and the open defects, makes the order",
  },
  {
    kind: "worker",
    worker: "quality-audit",
    workflow: "quality-audit.yml",
    doing: "recomputes quality.md",
    holdsModelKey: true,
    runsRepositoryCode: false,
    needs: ["verify"],
    yields: "quality.md, recomputed, and what is below the bar",
  },
  {
    kind: "control",
    task: "nightly-settle",
    workflow: "quality-audit.yml",
    doing: "proposes it in a pull request",
    permissions: { contents: "write", issues: "write", "pull-requests": "write" },
    mayWrite: ["claim-branch", "publish-commit", "open-pull-request", "open-issue"],
    purpose: "proposes quality.md in a pull request of its own and files at most three issues",
  },
  {
    kind: "control",
    task: "prove-report",
    workflow: "prove-report.yml",
    doing: "shows what was proven of a pull request",
    permissions: {
      actions: "read",
      checks: "write",
      contents: "read",
      issues: "read",
      "pull-requests": "write",
    },
    mayWrite: ["write-comment", "write-check-run"],
    purpose:
      "shows what the tests prove of a pull request, read from another run's artifact as a stranger's file: one comment, one check run",
  },
];
