/** Scopes of a token and what it may do with each; `default` where nobody said, so that the repository's setting decides. */
export type Granted = Readonly<Record<string, "read" | "write">> | "default";

/** One job that GitHub would start, every called workflow opened. */
export interface ReachedJob {
  /** The workflow of the repository that starts it. */
  readonly path: string;
  /** Names of jobs from the outermost in, as GitHub shows them. */
  readonly job: string;
  readonly granted: Granted;
  /** Secrets of the repository that its steps name; `*` where all of them are handed on. */
  readonly secrets: readonly string[];
  /** What its steps use, without their versions. */
  readonly uses: readonly string[];
  /** The commands of its steps. */
  readonly commands: readonly string[];
  /** A called workflow that is not here to be read. */
  readonly unread?: string;
}
