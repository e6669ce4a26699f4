import type { Actor } from "../../domain/actor.ts";
import { digestOf, type ObjectId } from "../../domain/digest.ts";
import type { Effect, EffectOf } from "../../domain/github/effect.ts";
import type { Receipt } from "../../domain/github/receipt.ts";
import type {
  BranchState,
  CommentState,
  IssueSnapshot,
  PullRequestState,
  Snapshot,
} from "../../domain/github/snapshot.ts";
import { FIRST_STAGED_ID, STAGED_COMMIT, type StagedWorld } from "../../domain/github/staged.ts";
import { stageLabel, stagesOf } from "../../domain/label.ts";

/** Effects that a staged job has simulated: those to hand on, and those that no later job needs. */
export interface Staged extends StagedWorld {
  readonly pullRequests: readonly PullRequestState[];
  readonly closed: boolean;
  /** Identifiers used so far in this run. */
  readonly ids: number;
}

/** The world as it would be if everything had been written. A decision cannot tell the difference. */
export function standIn(snapshot: Snapshot, staged: Staged): Snapshot {
  return {
    ...snapshot,
    // A staged run works on one issue, so its simulated writes belong to that issue.
    issues: snapshot.issues.map((seen) => ({
      issue: {
        ...seen.issue,
        labels: labelsOf(seen.issue.labels, staged),
        state: staged.closed ? "closed" : seen.issue.state,
      },
      comments: over(seen.comments, commentsOf(seen, { snapshot, staged }), ({ id }) => id),
      branches: over(seen.branches, staged.branches, ({ name }) => name),
    })),
    pullRequests: over(snapshot.pullRequests, staged.pullRequests, ({ number }) => number),
  };
}

function over<Item>(
  live: readonly Item[],
  written: readonly Item[],
  keyOf: (item: Item) => unknown,
): readonly Item[] {
  const keys = new Set(written.map(keyOf));
  return [...live.filter((item) => !keys.has(keyOf(item))), ...written];
}

/** GitHub decides about permissions, also of people whose command is only assumed. */
function commentsOf(
  { comments }: IssueSnapshot,
  { snapshot, staged }: { readonly snapshot: Snapshot; readonly staged: Staged },
): CommentState[] {
  const { permissions } = snapshot;
  return staged.comments.map((comment) => {
    const { login } = comment.author;
    const permission = Object.hasOwn(permissions, login) ? permissions[login] : undefined;
    const live = comments.find(({ id }) => id === comment.id);
    return {
      ...comment,
      author: { ...comment.author, permission: permission ?? live?.author.permission ?? "none" },
      url: live?.url ?? "",
    };
  });
}

function labelsOf(live: readonly string[], { labels }: Staged): readonly string[] {
  const gone = new Set([...labels.removed, ...labels.added].map((label) => label.toLowerCase()));
  return [...live.filter((label) => !gone.has(label.toLowerCase())), ...labels.added];
}

/** A person who rings for an issue unknown to the factory means that it counts as labeled. */
export function asIfQueued(snapshot: Snapshot, place: { prefix: string; own: number }): Snapshot {
  const issues = snapshot.issues.map((seen) => {
    const known =
      stagesOf(place.prefix, seen.issue.labels).length > 0 ||
      seen.comments.some(({ author }) => author.id === place.own);
    if (known) return seen;
    const labels = [...seen.issue.labels, stageLabel(place.prefix, "queued")];
    return { ...seen, issue: { ...seen.issue, labels } };
  });
  return { ...snapshot, issues };
}

/** Simulates an effect, and answers as GitHub would. */
export function carryOut(
  staged: Staged,
  effect: Effect,
  context: { readonly now: string; readonly self: Actor; readonly seen: Snapshot },
): { readonly staged: Staged; readonly receipt: Receipt } {
  const done = { key: effect.key, outcome: "done" as const };
  switch (effect.kind) {
    case "write-comment": {
      const { after, id } = writeComment(staged, effect, context);
      return { staged: after, receipt: { kind: effect.kind, ...done, number: id } };
    }
    case "set-labels":
      return { staged: setLabels(staged, effect), receipt: { kind: effect.kind, ...done } };
    case "claim-branch": {
      const { kind, key } = effect;
      const taken = branchesOf(context.seen).some(({ name }) => name === effect.branch);
      return taken
        ? { staged, receipt: { kind, key, outcome: "already" } }
        : {
            staged: moveBranch(staged, effect.branch, effect.sha),
            receipt: { kind, key, outcome: "done" },
          };
    }
    case "publish-commit": {
      const sha = madeUp(effect.key);
      const receipt = { kind: effect.kind, ...done, sha, tree: effect.expectedTree };
      return { staged: moveBranch(staged, effect.branch, sha), receipt };
    }
    case "open-pull-request": {
      const { after, number } = openPullRequest(staged, effect, context.seen);
      return { staged: after, receipt: { kind: effect.kind, ...done, number } };
    }
    case "update-pull-request":
    case "answer-thread":
    case "resolve-thread":
    case "request-review":
    case "run-jobs-again":
      return { staged, receipt: { kind: effect.kind, ...done } };
    case "merge-pull-request": {
      const sha = madeUp(effect.key);
      const receipt = { kind: effect.kind, ...done, sha, tree: effect.expectedTree };
      return { staged: merged(staged, effect.pullRequest, sha), receipt };
    }
    case "open-issue":
      return {
        staged: { ...staged, ids: staged.ids + 1 },
        receipt: { kind: effect.kind, ...done, number: idOf(staged) },
      };
    case "close-issue":
      return { staged: { ...staged, closed: true }, receipt: { kind: effect.kind, ...done } };
    case "reopen-issue":
    case "edit-issue":
    case "pin-issue":
      return { staged, receipt: { kind: effect.kind, ...done } };
    case "write-check-run":
      return { staged, receipt: { kind: effect.kind, ...done, number: idOf(staged) } };
    case "dispatch-workflow":
      return { staged, receipt: { kind: effect.kind, ...done } };
  }
}

function branchesOf({ issues }: Snapshot): readonly BranchState[] {
  return issues.flatMap(({ branches }) => branches);
}

function idOf({ ids }: Staged): number {
  return FIRST_STAGED_ID + ids;
}

function madeUp(key: string): ObjectId {
  return `${STAGED_COMMIT}${digestOf(key)}`.slice(0, 40);
}

function writeComment(
  staged: Staged,
  { comment, body, marker }: EffectOf<"write-comment">,
  { now, self, seen }: { readonly now: string; readonly self: Actor; readonly seen: Snapshot },
) {
  const standing = standIn(seen, staged).issues.flatMap(({ comments }) => comments);
  const known = standing.find(
    ({ id, author, body: text }) =>
      id === comment ||
      (comment === null && author.id === self.id && text.split(/\r?\n/)[0] === marker),
  );
  const id = known?.id ?? idOf(staged);
  const { type, login } = self;
  const author = { id: self.id, login, type };
  const written = { id, author, body, createdAt: known?.createdAt ?? now, updatedAt: now };
  const comments = over(staged.comments, [written], (one) => one.id);
  const ids = known === undefined ? staged.ids + 1 : staged.ids;
  return { after: { ...staged, comments: [...comments], ids }, id };
}

function setLabels(staged: Staged, { add, remove }: EffectOf<"set-labels">): Staged {
  const { added, removed } = staged.labels;
  const without = (from: readonly string[], gone: readonly string[]) =>
    from.filter((label) => !gone.some((one) => one.toLowerCase() === label.toLowerCase()));
  return {
    ...staged,
    labels: {
      added: [...without(added, [...remove, ...add]), ...add],
      removed: [...without(removed, [...add, ...remove]), ...remove],
    },
  };
}

function moveBranch(staged: Staged, name: string, sha: ObjectId): Staged {
  return { ...staged, branches: [...over(staged.branches, [{ name, sha }], (one) => one.name)] };
}

function openPullRequest(
  staged: Staged,
  { head, base, body }: EffectOf<"open-pull-request">,
  seen: Snapshot,
) {
  const number = idOf(staged);
  const branch = staged.branches.find(({ name }) => name === head);
  const opened: PullRequestState = {
    number,
    head: { branch: head, sha: branch?.sha ?? seen.repository.head },
    base: { branch: base, sha: seen.repository.head },
    state: "open",
    merged: false,
    mergeSha: null,
    mergedBy: null,
    body,
    url: "",
  };
  const pullRequests = [...staged.pullRequests, opened];
  return { after: { ...staged, pullRequests, ids: staged.ids + 1 }, number };
}

function merged(staged: Staged, number: number, mergeSha: ObjectId): Staged {
  const pullRequests = staged.pullRequests.map((one) =>
    one.number === number ? { ...one, state: "closed" as const, merged: true, mergeSha } : one,
  );
  return { ...staged, pullRequests };
}
