/** A comment on a pull request that says what was spent on it; whether to believe it is not said here. */
export interface FoundWork {
  readonly pullRequest: number;
  readonly comment: number;
  readonly body: string;
}
