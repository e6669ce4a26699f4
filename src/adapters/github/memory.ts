import type { ObjectId } from "../../domain/digest.ts";
import type { IssueState, PullRequestState, Snapshot } from "../../domain/github/snapshot.ts";

/** A comment of the factory's own. */
export interface OwnComment {
  readonly id: number;
  readonly body: string;
}

/**
 * What this job knows of the world by its last look and by its own writes, so that an effect need not ask again whether it is
 * done already. Undefined always says that it is not known here: then GitHub is asked, as it is after an answer was lost.
 */
export interface Memory {
  look(snapshot: Snapshot): void;
  /** The comment of the factory that begins with this line; null where there is none. */
  comment(issue: number, marker: string): OwnComment | null | undefined;
  wrote(issue: number, marker: string, comment: OwnComment): void;
  issueState(issue: number): IssueState["state"] | undefined;
  /** Where a branch of a looked-at issue stands. */
  branch(name: string): ObjectId | undefined;
  /** The tree of a commit. */
  tree(commit: ObjectId): ObjectId | undefined;
  /** Whether nobody has opened a pull request of this branch yet, as far as the look shows its branches. */
  isUnopened(branch: string): boolean;
  opened(branch: string): void;
  /** A commit that came to be here: nobody else has said anything about it. */
  made(commit: ObjectId): void;
  isNew(commit: ObjectId): boolean;
  /** As the last look shows it, where nothing was written since. */
  pullRequest(number: number): PullRequestState | undefined;
  /** Something is about to be written: what the last look shows may be over. */
  wake(): void;
}

export function createMemory(identity: { readonly id: number }): Memory {
  let seen: Snapshot | undefined;
  let isFresh = false;
  const comments = new Map<string, OwnComment>();
  const pulls = new Set<string>();
  const commits = new Set<ObjectId>();
  const issueOf = (number: number) => seen?.issues.find(({ issue }) => issue.number === number);
  const branchOf = (name: string) =>
    seen?.issues.flatMap(({ branches }) => branches).find((branch) => branch.name === name);
  return {
    look(snapshot) {
      seen = snapshot;
      isFresh = true;
    },
    comment(issue, marker) {
      const written = comments.get(`${issue} ${marker}`);
      if (written !== undefined) return written;
      return issueOf(issue)?.comments.reduce<OwnComment | null>(
        (found, { id, author, body }) =>
          found ?? (author.id === identity.id && firstLine(body) === marker ? { id, body } : null),
        null,
      );
    },
    wrote: (issue, marker, comment) => void comments.set(`${issue} ${marker}`, comment),
    issueState: (issue) => issueOf(issue)?.issue.state,
    branch: (name) => branchOf(name)?.sha,
    tree: (commit) => (seen?.repository.head === commit ? seen.repository.headTree : undefined),
    isUnopened: (branch) =>
      branchOf(branch) !== undefined &&
      !pulls.has(branch) &&
      seen?.pullRequests.every(({ head }) => head.branch !== branch) === true,
    opened: (branch) => void pulls.add(branch),
    made: (commit) => void commits.add(commit),
    isNew: (commit) => commits.has(commit),
    pullRequest: (number) =>
      isFresh ? seen?.pullRequests.find((pull) => pull.number === number) : undefined,
    wake() {
      isFresh = false;
    },
  };
}

export function firstLine(body: string): string {
  return body.replaceAll("\r\n", "\n").trimEnd().split("\n")[0] ?? "";
}
