import type { EffectKind } from "./domain/github/effect.ts";
import type { Worker } from "./domain/order.ts";

/** Tasks of the one control action, in the order in which an issue meets them. */
export const TASKS = [
  "open",
  "propose",
  "route",
  "claim",
  "settle",
  "record",
  "revert",
  "review-open",
  "review-settle",
  "unblock-settle",
  "smoke-open",
  "heartbeat",
  "nightly-open",
  "nightly-settle",
  "prove-report",
  "incident",
  "board",
  "operational-review",
  "loop-open",
  "loop-settle",
  "learn",
] as const;
export type Task = (typeof TASKS)[number];

type Scope =
  | "actions"
  | "checks"
  | "contents"
  | "deployments"
  | "discussions"
  | "issues"
  | "pull-requests"
  | "statuses";
export type Permissions = Readonly<Partial<Record<Scope, "read" | "write">>>;

/** Permissions of a job that publishes a verified tree and merges it, */
export const PUBLISHES = {
  actions: "write",
  checks: "write",
  contents: "write",
  issues: "write",
  "pull-requests": "write",
} as const satisfies Permissions;
/** and its writes. */
export const PUBLICATION = [
  "write-comment",
  "set-labels",
  "publish-commit",
  "open-pull-request",
  "update-pull-request",
  "write-check-run",
  "merge-pull-request",
  "dispatch-workflow",
] as const satisfies readonly EffectKind[];

/** One job of the line: its work, its writes and its permissions. The table of jobs is in `line.ts`. */
export type Station<Task extends string = string> =
  | {
      readonly kind: "control";
      readonly task: Task;
      readonly workflow: string;
      /** Its work, in words for a person who watches the run. */
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
      /** Workers whose proposals it reads besides the order. */
      readonly needs: readonly Worker[];
      readonly yields: string;
    };
