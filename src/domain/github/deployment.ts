/** The newest deployment of a commit to an environment. */
export interface DeploymentState {
  readonly environment: string;
  /** As GitHub writes it in the newest status. */
  readonly state: string;
  /** When that was said, ISO 8601. */
  readonly at: string;
}
