import type { ObjectId } from "../domain/digest.ts";
import type { CommitTree } from "../domain/github/commit-tree.ts";
import type { DiscussionsSeen } from "../domain/github/discussion.ts";
import type { Effect } from "../domain/github/effect.ts";
import type { OwnedPullRequest } from "../domain/github/owned-pull-request.ts";
import type { Pinning } from "../domain/github/pinning.ts";
import type { Receipt } from "../domain/github/receipt.ts";
import type { ChecksAsked, ChecksSeen } from "../domain/github/repository-check.ts";
import type { Part, Scope, Snapshot } from "../domain/github/snapshot.ts";

/** What a path holds at a commit: null where no file is. Unknown for a folder, a link, or what GitHub does not show. */
export type FileState = Part<Uint8Array | null>;

/** GitHub as control sees it: looks, and one list of writes. Nothing else of the API exists for it. */
export interface GitHub {
  /** One snapshot, usually in one request. Rejects when what control cannot do without could not be read. */
  observe(scope: Scope): Promise<Snapshot>;
  /**
   * Executes in order, idempotently; stops after the first refusal, and after a claim that somebody else holds, and returns
   * the receipts so far, that one last.
   */
  apply(effects: readonly Effect[]): Promise<readonly Receipt[]>;
  /** What each path holds at a commit, in the order asked; one request a path. Rejects when GitHub does not answer. */
  bytesAt(commit: ObjectId, paths: readonly string[]): Promise<readonly FileState[]>;
  /**
   * The text of a file on the default branch of another repository (OWNER/NAME): one request. Unknown where none is there that
   * this token can see. Rejects when GitHub does not answer.
   */
  textOf(repository: string, path: string): Promise<Part<string>>;
  /** The parents of a commit and every file of its tree, in two requests. Rejects when GitHub does not answer. */
  treeAt(commit: ObjectId): Promise<CommitTree>;
  /** What people have said on a pull request: three requests and one for each person. Rejects when GitHub does not answer. */
  saidOn(pullRequest: number): Promise<OwnedPullRequest>;
  /** The repository's own checks of a pull request's head: three requests where all is well. Rejects when GitHub does not answer. */
  checksOn(asked: ChecksAsked): Promise<Part<ChecksSeen>>;
  /** Whether an issue is pinned, or was, and how many are: one request. Rejects when GitHub does not answer. */
  pinningOf(issue: number): Promise<Part<Pinning>>;
  /**
   * The open discussions with a label: one request for each hundred of all open ones, five at most. Unknown where they are off, or
   * where the token may not read them. Rejects when GitHub does not answer.
   */
  discussionsWith(label: string): Promise<Part<DiscussionsSeen>>;
  /** The pull request by which each path was changed last, as of a commit: one request. Rejects when GitHub does not answer. */
  changersOf(commit: ObjectId, paths: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
