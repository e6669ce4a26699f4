/** The newest deployment of a commit to an environment. */
export interface DeploymentState {
  readonly environment: string;
  /** The newest status, in GitHub's words. */
  readonly state: string;
  /** When it was reported, ISO 8601. */
  readonly at: string;
}
