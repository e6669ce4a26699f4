import type { ObjectId } from "../domain/digest.ts";
import type { CommitTree } from "../domain/github/commit-tree.ts";
import type { DiscussionsSeen } from "../domain/github/discussion.ts";
import type { Effect } from "../domain/github/effect.ts";
import type { OwnedPullRequest } from "../domain/github/owned-pull-request.ts";
import type { Pinning } from "../domain/github/pinning.ts";
import type { Receipt } from "../domain/github/receipt.ts";
import type { ChecksAsked, ChecksSeen } from "../domain/github/repository-check.ts";
import type { Part, Scope, Snapshot } from "../domain/github/snapshot.ts";

/** Content of a path at a commit; null if there is no file. Unknown for a folder, a link, or content that GitHub does not show. */
export type FileState = Part<Uint8Array | null>;

/** GitHub as control sees it: looks, and one list of writes. It has no other access to the API. */
export interface GitHub {
  /** One snapshot, usually in one request. Rejects if a required part could not be read. */
  observe(scope: Scope): Promise<Snapshot>;
  /**
   * Executes in order, idempotently. Stops after the first refusal, and after a claim that somebody else holds. Returns
   * the receipts so far, with that one last.
   */
  apply(effects: readonly Effect[]): Promise<readonly Receipt[]>;
  /** Content of each path at a commit, in the order asked; one request per path. Rejects if GitHub does not answer. */
  bytesAt(commit: ObjectId, paths: readonly string[]): Promise<readonly FileState[]>;
  /**
   * The text of a file on the default branch of another repository (OWNER/NAME): one request. Unknown if this token can
   * see none. Rejects if GitHub does not answer.
   */
  textOf(repository: string, path: string): Promise<Part<string>>;
  /** The parents of a commit and every file of its tree, in two requests. Rejects if GitHub does not answer. */
  treeAt(commit: ObjectId): Promise<CommitTree>;
  /** Comments on a pull request: three requests and one for each person. Rejects if GitHub does not answer. */
  saidOn(pullRequest: number): Promise<OwnedPullRequest>;
  /** The repository's own checks of a pull request's head: three requests if nothing is red. Rejects if GitHub does not answer. */
  checksOn(asked: ChecksAsked): Promise<Part<ChecksSeen>>;
  /** Whether an issue is or was pinned, and the number of pins: one request. Rejects if GitHub does not answer. */
  pinningOf(issue: number): Promise<Part<Pinning>>;
  /**
   * The open discussions with a label: one request for each hundred of all open ones, five at most. Unknown if they are
   * off, or the token may not read them. Rejects if GitHub does not answer.
   */
  discussionsWith(label: string): Promise<Part<DiscussionsSeen>>;
  /** The pull request that last changed each path, as of a commit: one request. Rejects if GitHub does not answer. */
  changersOf(commit: ObjectId, paths: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
