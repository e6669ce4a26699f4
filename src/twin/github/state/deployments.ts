import type { Account } from "../twin-github.ts";

export const DEPLOYMENT_STATES = [
  "error",
  "failure",
  "inactive",
  "in_progress",
  "queued",
  "pending",
  "success",
] as const;

export interface DeploymentStatusState {
  readonly id: number;
  readonly by: Account;
  state: (typeof DEPLOYMENT_STATES)[number];
  readonly description: string;
  readonly targetUrl: string;
  readonly environmentUrl: string;
  readonly createdAt: string;
}

export interface DeploymentState {
  readonly id: number;
  readonly by: Account;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string | null;
  readonly isTransient: boolean;
  readonly isProduction: boolean;
  readonly createdAt: string;
  /** Oldest first. */
  readonly statuses: DeploymentStatusState[];
}
