import type { EffectKind } from "../domain/github/effect.ts";
import type { Worker } from "../domain/order.ts";

/** The tasks of the one control action, in the order in which an issue meets them. */
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
