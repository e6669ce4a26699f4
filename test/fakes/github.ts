import { createHash } from "node:crypto";
import type { AuthorizedActor, Permission } from "../../src/domain/actor.ts";
import type { ChangeSet } from "../../src/domain/change-set.ts";
import { canonicalJson, type ObjectId } from "../../src/domain/digest.ts";
import type { ScheduledRun } from "../../src/domain/github/automation.ts";
import type { DiscussionsSeen } from "../../src/domain/github/discussion.ts";
import type { Effect, EffectKind, EffectOf } from "../../src/domain/github/effect.ts";
import type {
  ReviewState,
  ReviewThread,
  Said,
} from "../../src/domain/github/owned-pull-request.ts";
import {
  endsList,
  type Failure,
  type Receipt,
  type ResultOf,
} from "../../src/domain/github/receipt.ts";
import type { ChecksSeen } from "../../src/domain/github/repository-check.ts";
import type {
  CommentState,
  IssueState,
  LabelledPull,
  Part,
  PullRequestState,
  Scope,
  Snapshot,
} from "../../src/domain/github/snapshot.ts";
import {
  andonLabel,
  incidentLabel,
  loopLabel,
  unblockLabel,
  waitingLabel,
} from "../../src/domain/label.ts";
import { leaseOfBranch } from "../../src/domain/lease.ts";
import { isPageOf } from "../../src/domain/ledger/pages.ts";
import type { RefusalCode } from "../../src/domain/refusal.ts";
import type { GitHub } from "../../src/ports/github.ts";

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
type FakeComment = Mutable<CommentState> & { readonly issue: number };
type FakeIssue = Mutable<IssueState>;
type FakePull = Mutable<PullRequestState>;
export interface FakeGitHubOptions {
  /** Who exists, with their permission. The factory's own identity is added. */
  readonly people: Readonly<Record<string, Permission>>;
  /** `.github/factory.yml` at the head; null for none. */
  readonly config?: string | null;
  readonly paths?: readonly string[];
  /** The kinds of effects this fake executes; any other throws. */
  readonly allows: readonly EffectKind[];
  /** Workflow files that can be dispatched; any other is refused as GitHub refuses it. */
  readonly workflows?: readonly string[];
  readonly now?: () => string;
}

export interface FakeGitHub extends GitHub {
  readonly identity: { readonly id: number; readonly login: string };
  readonly repositoryId: number;
  /** Effects handed over, in order, with what was answered. */
  readonly applied: readonly { readonly effect: Effect; readonly receipt: Receipt }[];
  readonly scopes: readonly Scope[];
  readonly dispatches: readonly {
    readonly workflow: string;
    readonly inputs: Readonly<Record<string, string>>;
  }[];
  readonly checkRuns: readonly EffectOf<"write-check-run">[];
  actor(login: string): AuthorizedActor;
  addIssue(issue: { author: string; title: string; body: string; labels?: string[] }): number;
  addComment(comment: { issue: number; author: string; body: string }): number;
  addBranch(name: string, sha?: ObjectId): void;
  addPullRequest(branch: string): number;
  /** A comment on a line of a pull request, which begins a thread; its id. */
  addThread(thread: {
    pullRequest: number;
    by: string;
    path: string;
    line: number | null;
    body: string;
  }): number;
  /** A person resolves it. */
  settleThread(pullRequest: number, thread: number): void;
  /** A rule of the repository asks for the newest base, and the pull request has not got it. */
  fallBehind(pullRequest: number): void;
  reply(reply: { pullRequest: number; thread: number; by: string; body: string }): number;
  addReview(review: {
    pullRequest: number;
    by: string;
    state: ReviewState["state"];
    body: string;
  }): number;
  editComment(id: number, body: string): void;
  deleteComment(id: number): void;
  /** Changes what stands in an issue; the caller says what. */
  changeIssue(number: number, change: Partial<IssueState>): void;
  /** From now on the issue is not of this repository any more. */
  loseIssue(number: number, url?: string): void;
  changePullRequest(number: number, change: Partial<PullRequestState>): void;
  /** A commit of somebody else on the default branch. */
  moveHead(): ObjectId;
  moveBranch(name: string): void;
  mergeByPerson(pullRequest: number, login: string): void;
  setConfig(text: string | null): void;
  /** What it answers when it is asked what was taken back lately. */
  tookBack(lately: NonNullable<Snapshot["takenBack"]>): void;
  /** There is a release of this name; whether it holds the fix that is asked about. */
  release(name: string, holds: boolean): void;
  setVisibility(visibility: Snapshot["repository"]["visibility"]): void;
  /** From now on this login is somebody else's: another id answers to it. */
  takeOver(login: string): void;
  /** Changes what somebody may do. */
  setPermission(login: string, permission: Permission): void;
  deleteBranch(name: string): void;
  /** The next effect of this kind is refused as GitHub would. */
  refuseNext(
    kind: EffectKind,
    refusal: Failure | { readonly status: number; readonly reason: string },
  ): void;
  /** Somebody puts a label on a pull request; nobody knows who where no login is given. */
  labelPull(pullRequest: number, label: string, by?: string): void;
  /** Its labels. */
  labelsOf(pullRequest: number): readonly string[];
  /** A person closes the issue as not planned. */
  dismiss(issue: number): void;
  /** From now on GitHub says that this run has ended. */
  endRun(run: number): void;
  /** GitHub hears so many more effects; then the machine that sends them is gone. Undefined: it stays. */
  dieAfter(effects: number | undefined): void;
  /** A person pins an issue, or takes it down. */
  pin(issue: number): void;
  unpin(issue: number): void;
  /** What GitHub shows of discussions; nobody may ask before it is told. */
  discussed(seen: Part<DiscussionsSeen>): void;
  /** Who put the labels of an issue on it, where it was not its author. */
  labelledBy(issue: number, login: string): void;
  /** What GitHub says of deployments, look by look; the last goes on. Null: there is none. Throws before it is told. */
  /** What the repository's own checks of a head show; throws before it is told. */
  checked(seen: Part<Omit<ChecksSeen, "head">>): void;
  deploys(...states: readonly (string | null | { readonly unknown: string })[]): void;
  /** How the last scheduled runs of a workflow ended, the newest first; null for one under way. */
  scheduled(path: string, ...conclusions: readonly (string | null)[]): void;
  allow(kinds: readonly EffectKind[]): void;
  issue(number: number): IssueState;
  comments(issue: number): readonly CommentState[];
  pullRequest(number: number): PullRequestState;
  branch(name: string): ObjectId | undefined;
  head(): ObjectId;
  /** The tree that this fake would make of a change: what an honest verify names. */
  treeWith(changeSet: ChangeSet): ObjectId;
}

/** What a job that died would have said, had it been able to. */
export class Gone extends Error {}

export function fakeId(...parts: readonly unknown[]): ObjectId {
  return createHash("sha1").update(canonicalJson(parts)).digest("hex");
}

const NOBODY: Permission = "none";

/** One repository in memory that does what effects say. Unknown numbers, branches and kinds of effects throw. */
export function createFakeGitHub(options: FakeGitHubOptions): FakeGitHub {
  const identity = { id: 41898282, login: "github-actions[bot]" };
  const now = options.now ?? (() => "2026-11-20T09:00:00Z");
  const logins = Object.keys(options.people);
  const issues = new Map<number, FakeIssue>();
  const comments = new Map<number, FakeComment>();
  /** Who put labels on an issue last; its author, where nobody else did. */
  const labellers = new Map<number, string>();
  const pulls = new Map<number, FakePull>();
  /** Labels of pull requests, who put each there, and when. */
  const pullLabels = new Map<number, Map<string, { readonly by?: string; readonly at: string }>>();
  const branches = new Map<string, ObjectId>();
  const trees = new Map<ObjectId, ObjectId>();
  const parents = new Map<ObjectId, ObjectId>();
  let tookBack: NonNullable<Snapshot["takenBack"]> = { known: [] };
  /** Whether releases hold the fixes that are asked about. */
  const releases = new Map<string, Part<boolean>>();
  /** What a merge was merged onto. */
  const mergedOnto = new Map<ObjectId, ObjectId>();
  const applied: { effect: Effect; receipt: Receipt }[] = [];
  const scopes: Scope[] = [];
  const dispatches: { workflow: string; inputs: Readonly<Record<string, string>> }[] = [];
  const checkRuns: EffectOf<"write-check-run">[] = [];
  const pinned = new Set<number>();
  const everPinned = new Set<number>();
  let discussions: Part<DiscussionsSeen> | undefined;
  const refusals = new Map<EffectKind, Failure[]>();
  let allowed = new Set(options.allows);
  let config = options.config ?? null;
  let visibility: Snapshot["repository"]["visibility"] = "private";
  const people = new Map(Object.entries(options.people));
  const takenOver = new Set<string>();
  let head = fakeId("commit", 0);
  let moves = 0;
  let lastNumber = 0;
  let lastComment = 1000;
  let checks: Part<Omit<ChecksSeen, "head">> | undefined = {
    known: { checks: [], bases: [], changed: [] },
  };
  const ended = new Set<number>();
  let heard: number | undefined;
  const dismissed = new Set<number>();
  const scheduled = new Map<string, ScheduledRun[]>();
  let deployments: (string | null | { readonly unknown: string })[] = [];
  const deploymentNow = (environment: string): NonNullable<Snapshot["deployment"]> => {
    const [state] = deployments;
    if (state === undefined) throw new Error("the fake GitHub was told of no deployment");
    if (deployments.length > 1) deployments.shift();
    if (state === null) return { known: null };
    return typeof state === "string" ? { known: { environment, state, at: now() } } : state;
  };
  const ledgersOf = ({ marker, since }: NonNullable<Scope["ledgers"]>) => {
    const own = [...comments.values()]
      .filter(({ updatedAt }) => Date.parse(updatedAt) >= Date.parse(since))
      .filter(({ author }) => author.id === identity.id);
    const pagesOn = (number: number) =>
      own
        .filter(({ issue, body }) => issue === number && isPageOf(marker, firstLine(body) ?? ""))
        .map(({ id, body }) => ({ id, body }));
    return own
      .filter(({ body }) => firstLine(body) === marker)
      .map(({ id, issue, body }) => ({ issue, comment: id, body, pages: pagesOn(issue) }))
      .map(({ pages, ...one }) => (pages.length === 0 ? one : { ...one, pages }));
  };
  const workOf = ({ work, since }: NonNullable<Scope["ledgers"]>): Pick<Snapshot, "pullWork"> => {
    if (work === undefined) return {};
    const found = [...comments.values()]
      .filter(({ issue, author }) => pulls.has(issue) && author.id === identity.id)
      .filter(({ updatedAt }) => Date.parse(updatedAt) >= Date.parse(since))
      .filter(({ body }) => work.some((marker) => body.startsWith(marker)));
    const known = found.map(({ issue, id, body }) => ({ pullRequest: issue, comment: id, body }));
    return { pullWork: { known } };
  };
  const ownSaid = (number: number) =>
    [...comments.values()]
      .filter(({ issue, author }) => issue === number && author.id === identity.id)
      .map(({ id, body, updatedAt }) => ({ id, body, updatedAt }));
  const pullSaidOf = ({ pullSaid, pullRequest = 0 }: Scope): Pick<Snapshot, "pullSaid"> =>
    pullSaid === true ? { pullSaid: { known: ownSaid(pullRequest) } } : {};
  const unblockingOf = ({ unblocking, prefix }: Scope): Pick<Snapshot, "unblocking"> => {
    if (unblocking !== true) return {};
    const known = [...pulls.values()].flatMap((pull): readonly LabelledPull[] => {
      const label = pullLabels.get(pull.number)?.get(unblockLabel(prefix).toLowerCase());
      if (label === undefined || pull.state !== "open") return [];
      const by = label.by === undefined ? undefined : actor(label.by);
      return [
        {
          pull,
          by:
            by === undefined
              ? { unknown: "the account is gone" }
              : { known: { ...by, permission: permissionNow(by) } },
          at: label.at,
          said: ownSaid(pull.number),
        },
      ];
    });
    return { unblocking: { known } };
  };
  const beforeOf = (asked: NonNullable<Scope["before"]>): Pick<Snapshot, "before"> => {
    const parent = "parent" in asked ? asked.parent : mergedOnto.get(asked.merge);
    if (parent === undefined) return {};
    const pull = [...pulls.values()].find(({ mergeSha }) => mergeSha === parent);
    const number = leaseOfBranch(pull?.head.branch ?? "")?.issue;
    if (number === undefined) return { before: { parent } };
    const own = [...comments.values()].filter(
      ({ issue, author }) => issue === number && author.id === identity.id,
    );
    const written = own.map(({ issue: _, ...comment }) => comment);
    return { before: { parent, issue: { number, comments: written } } };
  };
  const ofCommits = ({ contained, before, takenBack }: Scope): Partial<Snapshot> => {
    const unknown = "the release is no tag and no commit";
    const answers = contained?.map((one) => ({
      ...one,
      holds: releases.get(one.release) ?? { unknown },
    }));
    return {
      ...(answers === undefined ? {} : { contained: answers }),
      ...(takenBack === undefined ? {} : { takenBack: tookBack }),
      ...(before === undefined ? {} : beforeOf(before)),
    };
  };
  /** What a look sees of other issues. */
  const workAround = (scope: Scope): Partial<Snapshot> => ({
    ...(scope.waiting === true
      ? {
          waiting: [...issues.values()].filter(
            ({ state, labels }) => state === "open" && labels.includes(waitingLabel(scope.prefix)),
          ),
          asked: { known: [...issues.values()].filter(({ state }) => state === "open") },
        }
      : {}),
  });
  const scheduledBeside = (scope: Scope): Pick<Snapshot, "scheduled"> =>
    scope.scheduled === true ? { scheduled: { known: [...scheduled.values()].flat() } } : {};
  const loopsLatelyOf = ({ loopsSince, prefix }: Scope): Pick<Snapshot, "loopsLately"> =>
    loopsSince === undefined
      ? {}
      : {
          loopsLately: {
            known: [...issues.values()]
              .filter(({ author, labels, updatedAt }) => {
                const isOwn = author.id === identity.id && labels.includes(loopLabel(prefix));
                return isOwn && Date.parse(updatedAt) >= Date.parse(loopsSince);
              })
              .map(({ number, body }) => ({ number, body })),
          },
        };
  const loopIssuesOf = (scope: Scope): Pick<Snapshot, "loopIssues"> =>
    scope.loopIssues === true
      ? {
          loopIssues: [...issues.values()]
            .filter(({ author, labels }) => {
              return author.id === identity.id && labels.includes(loopLabel(scope.prefix));
            })
            .map(({ number, title, state, body, labels }) => ({
              ...{ number, title, state, body, labels: [...labels] },
              marker: lastLine(body) ?? "",
              dismissed: dismissed.has(number),
            })),
        }
      : {};
  /** What only a look that asks for it sees. */
  const askedBeside = (scope: Scope): Partial<Snapshot> => ({
    ...(scope.incidents === true
      ? {
          incidents: [...issues.values()]
            .filter(({ author, labels }) => {
              const label = incidentLabel(scope.prefix);
              return author.id === identity.id && labels.includes(label);
            })
            .map(({ number, state, body, labels }) => ({
              labels,
              number,
              state,
              marker: lastLine(body) ?? "",
              dismissed: dismissed.has(number),
            })),
        }
      : {}),
    ...loopIssuesOf(scope),
    ...loopsLatelyOf(scope),
    ...(scope.ledgers === undefined
      ? {}
      : { ledgers: { known: ledgersOf(scope.ledgers) }, ...workOf(scope.ledgers) }),
    ...unblockingOf(scope),
    ...pullSaidOf(scope),
    ...(scope.holder === undefined
      ? {}
      : { holder: { known: ended.has(scope.holder) ? "ended" : "active" } }),
    ...submitterOf(scope),
    ...ofCommits(scope),
    ...workAround(scope),
    ...(scope.deployment === undefined
      ? {}
      : { deployment: deploymentNow(scope.deployment.environment) }),
  });

  /** Every commit that the default branch has stood at. */
  const heads = new Set<ObjectId>([head]);
  trees.set(head, fakeId("tree", 0));

  function need<Value>(value: Value | undefined, what: string): Value {
    if (value === undefined) throw new Error(`the fake GitHub has no ${what}`);
    return value;
  }
  const issueAt = (number: number) => need(issues.get(number), `issue ${number}`);
  const pullAt = (number: number) => need(pulls.get(number), `pull request ${number}`);
  const treeOf = (commit: ObjectId) => need(trees.get(commit), `commit ${commit}`);
  const treeWith = (changeSet: ChangeSet) =>
    changeSet.files.length === 0
      ? treeOf(changeSet.base)
      : fakeId("tree", treeOf(changeSet.base), changeSet.files);

  function actor(login: string): AuthorizedActor {
    if (login === identity.login) return { ...identity, type: "Bot", permission: NOBODY };
    const index = logins.indexOf(login);
    if (index < 0) throw new Error(`the fake GitHub knows no ${login}`);
    const permission = people.get(login) ?? NOBODY;
    const type = login.endsWith("[bot]") ? "Bot" : "User";
    return { id: (takenOver.has(login) ? 900 : 100) + index, login, type, permission };
  }

  const submitterOf = ({ submitted }: Scope): Partial<Snapshot> => {
    if (submitted === undefined) return {};
    const by = actor(labellers.get(submitted.issue) ?? issueAt(submitted.issue).author.login);
    return { submitter: { known: { ...by, permission: permissionNow(by) } } };
  };

  const permissionNow = ({ id, login }: Pick<AuthorizedActor, "id" | "login">) =>
    actor(login).id === id ? actor(login).permission : NOBODY;
  const asOfNow = (author: AuthorizedActor) => ({ ...author, permission: permissionNow(author) });

  /** A pull request takes comments as an issue does. */
  const commentable = (number: number) => (pulls.has(number) ? number : issueAt(number).number);

  function newComment(comment: { issue: number; author: string; body: string }): number {
    lastComment += 1;
    const at = now();
    // As GitHub does: an issue on which somebody spoke has changed.
    if (!pulls.has(comment.issue)) issueAt(comment.issue).updatedAt = at;
    comments.set(lastComment, {
      id: lastComment,
      issue: commentable(comment.issue),
      author: actor(comment.author),
      body: comment.body,
      createdAt: at,
      updatedAt: at,
      url: `https://github.com/OWNER/app/issues/${comment.issue}#issuecomment-${lastComment}`,
    });
    return lastComment;
  }

  function newIssue(issue: {
    author: string;
    title: string;
    body: string;
    labels?: readonly string[];
  }): number {
    lastNumber += 1;
    issues.set(lastNumber, {
      number: lastNumber,
      title: issue.title,
      body: issue.body,
      state: "open",
      locked: false,
      labels: issue.labels ?? [],
      author: actor(issue.author),
      updatedAt: now(),
      url: `https://github.com/OWNER/app/issues/${lastNumber}`,
    });
    return lastNumber;
  }

  function newPull(branch: string, body = ""): number {
    lastNumber += 1;
    pulls.set(lastNumber, {
      number: lastNumber,
      head: { branch, sha: need(branches.get(branch), `branch ${branch}`) },
      fork: false,
      base: { branch: "main", sha: head },
      state: "open",
      merged: false,
      mergeSha: null,
      mergedBy: null,
      body,
      url: `https://github.com/OWNER/app/pull/${lastNumber}`,
    });
    return lastNumber;
  }

  const lost = new Map<number, string | undefined>();
  const isHere = (number: number) => issues.has(number) && !lost.has(number);
  const goneBeside = (scope: Scope): Pick<Snapshot, "gone"> => {
    const numbers = scope.issues.filter((number) => !isHere(number) && !pulls.has(number));
    const gone = numbers.map((number) => {
      const url = lost.get(number);
      const own = [...branches.keys()].filter((name) => name.startsWith(`factory/${number}-`));
      const left = [...pulls.values()]
        .filter(({ state, head: { branch } }) => state === "open" && own.includes(branch))
        .map((pull) => pull.number);
      return {
        number,
        ...(url === undefined ? {} : { url }),
        branches: own,
        ...(left.length === 0 ? {} : { pulls: left }),
      };
    });
    return gone.length === 0 ? {} : { gone };
  };
  type Thread = Omit<ReviewThread, "comments"> & { readonly comments: Said[] };
  const threads = new Map<number, Map<number, Thread>>();
  const behind = new Set<number>();
  const reviews = new Map<number, ReviewState[]>();
  const threadsOf = (pullRequest: number) => threads.get(pullRequest) ?? new Map<number, Thread>();
  function saidBy(login: string, body: string): Said {
    lastComment += 1;
    const at = now();
    return { id: lastComment, author: actor(login), body, createdAt: at, updatedAt: at };
  }

  /** An open pull request shows where its branch stands. */
  function showBranch(branch: string, sha: ObjectId): void {
    for (const pull of pulls.values()) {
      if (pull.state === "open" && pull.head.branch === branch) pull.head = { branch, sha };
    }
  }

  function merge(pull: FakePull, by: AuthorizedActor): ObjectId {
    const { permission: _, ...merger } = by;
    const commit = fakeId("merge", pull.number, head);
    const clean = parents.get(pull.head.sha) === head;
    trees.set(commit, clean ? treeOf(pull.head.sha) : fakeId("merged", head, pull.head.sha));
    Object.assign(pull, { state: "closed", merged: true, mergeSha: commit, mergedBy: merger });
    const closes = /Closes #(\d+)/.exec(pull.body)?.[1];
    if (closes !== undefined) issueAt(Number(closes)).state = "closed";
    mergedOnto.set(commit, head);
    head = commit;
    heads.add(head);
    return commit;
  }

  type Refused = { readonly outcome: "refused" } & Failure;
  const refused = (status: number, reason: string): Refused => ({
    outcome: "refused",
    cause: "refused-by-github",
    status,
    reason,
  });
  const refusedByUs = (
    code: RefusalCode,
    reason: string,
    did: "nothing" | "something-else" = "nothing",
  ): Refused => ({ outcome: "refused", cause: "refused-by-us", code, did, reason });
  const firstLine = (body: string) => body.split("\n")[0];
  const lastLine = (body: string) => body.trimEnd().split("\n").at(-1);
  const editOf = (comment: FakeComment, body: string): ResultOf<"write-comment"> => {
    comment.body = body;
    comment.updatedAt = now();
    return { outcome: "done", number: comment.id };
  };

  const editById = (id: number, body: string): ResultOf<"write-comment"> | Refused => {
    const known = comments.get(id);
    return known === undefined ? refused(404, "Not Found") : editOf(known, body);
  };

  const executors: {
    [Kind in EffectKind]: (effect: EffectOf<Kind>) => ResultOf<Kind> | Refused;
  } = {
    "write-comment": (effect) => {
      if (effect.body.length > 65_536) return refused(422, "body is too long");
      if (firstLine(effect.body) !== effect.marker) throw new Error(`${effect.key}: no marker`);
      commentable(effect.issue);
      if (effect.comment !== null) return editById(effect.comment, effect.body);
      const found = [...comments.values()].find(
        ({ issue, author, body }) =>
          issue === effect.issue && author.id === identity.id && firstLine(body) === effect.marker,
      );
      if (found?.body === effect.body) return { outcome: "already", number: found.id };
      if (found !== undefined) return editOf(found, effect.body);
      const { issue, body } = effect;
      return { outcome: "done", number: newComment({ issue, author: identity.login, body }) };
    },
    "set-labels": (effect) => {
      if (pulls.has(effect.issue)) return unlabelPull(effect);
      const issue = issueAt(effect.issue);
      const removed = new Set(effect.remove.map((label) => label.toLowerCase()));
      const kept = issue.labels.filter((label) => !removed.has(label.toLowerCase()));
      const labels = [...kept, ...effect.add.filter((label) => !kept.includes(label))];
      const same = labels.length === issue.labels.length && kept.length === issue.labels.length;
      issue.labels = labels;
      const raised = effect.add.some((label) => label.endsWith("andon") && !kept.includes(label));
      if (raised) labellers.set(issue.number, identity.login);
      return { outcome: same ? "already" : "done" };
    },
    "claim-branch": (effect) => {
      const found = branches.get(effect.branch);
      if (found !== undefined) return { outcome: "already" };
      treeOf(effect.sha);
      branches.set(effect.branch, effect.sha);
      return { outcome: "done" };
    },
    "publish-commit": (effect) => {
      const { base } = effect.changeSet;
      const tip = branches.get(effect.branch);
      if (tip === undefined)
        return refusedByUs("claim-lost", `the claimed branch ${effect.branch} is not there`);
      const tree = treeWith(effect.changeSet);
      const [onto = base] = effect.parents ?? [];
      const commit = fakeId("commit", ...(effect.parents ?? [base]), tree);
      if (tip === commit && tree === effect.expectedTree)
        return { outcome: "already", sha: commit, tree };
      if (tip !== onto) return refusedByUs("claim-lost", "the branch was moved");
      if (tree !== effect.expectedTree)
        return refusedByUs("tree-mismatch", `the tree on GitHub is ${tree}`);
      branches.set(effect.branch, commit);
      trees.set(commit, tree);
      parents.set(commit, base);
      showBranch(effect.branch, commit);
      return { outcome: "done", sha: commit, tree };
    },
    "open-pull-request": (effect) => {
      const tip = branches.get(effect.head);
      const found = [...pulls.values()].find(
        ({ head: { branch, sha }, state }) =>
          branch === effect.head && (state === "open" || tip === undefined || tip === sha),
      );
      if (found !== undefined) return { outcome: "already", number: found.number };
      const number = newPull(effect.head, effect.body);
      return { outcome: "done", number };
    },
    "update-pull-request": ({ pullRequest, body }) => {
      pullAt(pullRequest).body = body;
      return { outcome: "done" };
    },
    "answer-thread": ({ pullRequest, thread, marker, body }) => {
      const { comments: said } = need(threadsOf(pullRequest).get(thread), `thread ${thread}`);
      const own = said.find(
        (one) => one.author.id === identity.id && firstLine(one.body) === marker,
      );
      if (own !== undefined) return { outcome: "already" };
      said.push(saidBy(identity.login, body));
      return { outcome: "done" };
    },
    "resolve-thread": ({ pullRequest, thread }) => {
      need(threadsOf(pullRequest).get(thread), `thread ${thread}`);
      return { outcome: "done" };
    },
    "request-review": ({ pullRequest }) => {
      pullAt(pullRequest);
      return { outcome: "done" };
    },
    "write-check-run": (effect) => {
      treeOf(effect.sha);
      checkRuns.push(effect);
      return { outcome: "done", number: checkRuns.length };
    },
    "merge-pull-request": (effect) => {
      const pull = pullAt(effect.pullRequest);
      if (pull.merged && pull.mergeSha !== null && pull.head.sha === effect.sha)
        return { outcome: "already", sha: pull.mergeSha, tree: treeOf(pull.mergeSha) };
      if (pull.state === "closed") return refused(405, "Pull Request is not mergeable");
      if (pull.head.sha !== effect.sha) return refused(409, "Head branch was modified");
      if (pull.base.branch !== effect.base)
        return refusedByUs("merge-refused", "it goes somewhere else");
      const parent = head;
      const commit = merge(pull, actor(identity.login));
      const tree = treeOf(commit);
      if (parent !== effect.expectedParent || tree !== effect.expectedTree)
        return refusedByUs(
          "tree-mismatch",
          `merged as ${commit}, but its tree is ${tree}`,
          "something-else",
        );
      return { outcome: "done", sha: commit, tree };
    },
    "dispatch-workflow": (effect) => {
      if (!options.workflows?.includes(effect.workflow)) return refused(404, "Not Found");
      dispatches.push({ workflow: effect.workflow, inputs: effect.inputs });
      return { outcome: "done" };
    },
    "run-jobs-again": ({ run, attempt }) => {
      if (checks === undefined || "unknown" in checks)
        throw new Error("the fake was told of no checks");
      const ofRun = checks.known.checks.filter((one) => one.run?.id === run);
      if (ofRun.some((one) => (one.run?.attempt ?? 0) > attempt)) return { outcome: "already" };
      return { outcome: "done" };
    },
    "close-issue": (effect) => {
      const issue = issueAt(effect.issue);
      if (issue.state === "closed") return { outcome: "already" };
      issue.state = "closed";
      return { outcome: "done" };
    },
    "reopen-issue": (effect) => {
      const issue = issueAt(effect.issue);
      if (issue.state === "open") return { outcome: "already" };
      issue.state = "open";
      return { outcome: "done" };
    },
    "edit-issue": ({ issue, marker, title, body }) => {
      const found = issueAt(issue);
      if (found.author.id !== identity.id || lastLine(found.body) !== marker)
        return refusedByUs("issue-changed", "it does not end with the marker any more");
      if (found.body === body && (title ?? found.title) === found.title) {
        return { outcome: "already" };
      }
      found.body = body;
      found.title = title ?? found.title;
      return { outcome: "done" };
    },
    "pin-issue": ({ issue }) => {
      if (pinned.size >= 3) return refused(422, "three are pinned");
      pinned.add(issue);
      everPinned.add(issue);
      return { outcome: "done" };
    },
    "open-issue": (effect) => {
      const found = [...issues.values()].find(
        ({ state, author, body }) =>
          state === "open" && author.id === identity.id && lastLine(body) === effect.marker,
      );
      if (found !== undefined) return { outcome: "already", number: found.number };
      const { title, body, labels } = effect;
      const text = lastLine(body) === effect.marker ? body : `${body}\n\n${effect.marker}\n`;
      const number = newIssue({ author: identity.login, title, body: text, labels: [...labels] });
      return { outcome: "done", number };
    },
  };

  /** Nothing is ever put on one. */
  function unlabelPull({ issue, remove }: EffectOf<"set-labels">): ResultOf<"set-labels"> {
    const labels = pullLabels.get(issue);
    const gone = remove.filter((label) => labels?.delete(label.toLowerCase()));
    return { outcome: gone.length === 0 ? "already" : "done" };
  }

  function execute(effect: Effect): Receipt {
    if (!allowed.has(effect.kind)) {
      throw new Error(`the fake GitHub was not told to allow ${effect.kind} (${effect.key})`);
    }
    const name = { kind: effect.kind, key: effect.key };
    const planned = refusals.get(effect.kind)?.shift();
    if (planned !== undefined) return { ...name, outcome: "refused", ...planned };
    const run = executors[effect.kind] as (one: Effect) => ResultOf<EffectKind> | Refused;
    return { ...name, ...run(effect) } as Receipt;
  }

  return {
    identity,
    repositoryId: 77,
    applied,
    scopes,
    dispatches,
    checkRuns,
    actor,
    treeWith,
    addIssue: newIssue,
    addComment: newComment,
    addBranch: (name, sha = head) => {
      branches.set(name, sha);
    },
    addPullRequest: (branch) => newPull(branch),
    addThread: ({ pullRequest, by, path, line, body }) => {
      const said = saidBy(by, body);
      const node = `PRRT_${said.id}`;
      const thread: Thread = { id: said.id, path, line, node, settled: false, comments: [said] };
      threads.set(
        pullAt(pullRequest).number,
        new Map([...threadsOf(pullRequest), [said.id, thread]]),
      );
      return said.id;
    },
    settleThread: (pullRequest, thread) => {
      const found = need(threadsOf(pullRequest).get(thread), `thread ${thread}`);
      threadsOf(pullRequest).set(thread, { ...found, settled: true });
    },
    fallBehind: (pullRequest) => {
      behind.add(pullRequest);
    },
    reply: ({ pullRequest, thread, by, body }) => {
      const said = saidBy(by, body);
      need(threadsOf(pullRequest).get(thread), `thread ${thread}`).comments.push(said);
      return said.id;
    },
    addReview: ({ pullRequest, by, state, body }) => {
      const review = { ...saidBy(by, body), state };
      reviews.set(pullAt(pullRequest).number, [...(reviews.get(pullRequest) ?? []), review]);
      return review.id;
    },
    saidOn: async (pullRequest) =>
      structuredClone({
        pullRequest,
        comments: [...comments.values()].filter(({ issue }) => issue === pullRequest),
        threads: [...threadsOf(pullRequest).values()],
        reviews: reviews.get(pullRequest) ?? [],
        behind: behind.has(pullRequest),
      }),
    pinningOf: async (issue) => ({
      known: {
        issue,
        node: `I_${issue}`,
        wasPinned: everPinned.has(issue),
        pinned: pinned.size,
      },
    }),
    pin: (issue) => {
      pinned.add(issue);
      everPinned.add(issue);
    },
    unpin: (issue) => {
      pinned.delete(issue);
    },
    discussed: (seen) => {
      discussions = seen;
    },
    discussionsWith: async (label) =>
      structuredClone(need(discussions, `discussions with ${label}`)),
    changersOf: async (_commit, paths) =>
      new Map(paths.flatMap((path) => (path === "src/greet.ts" ? [[path, 41] as const] : []))),
    checksOn: async (asked) => {
      const told = need(checks, `checks of ${asked.head}`);
      return structuredClone(
        "unknown" in told ? told : { known: { ...told.known, head: asked.head } },
      );
    },
    checked: (seen) => {
      checks = seen;
    },
    editComment: (id, body) => {
      editOf(need(comments.get(id), `comment ${id}`), body);
    },
    deleteComment: (id) => {
      comments.delete(id);
    },
    changeIssue: (number, change) => {
      Object.assign(issueAt(number), { updatedAt: now() }, change);
    },
    loseIssue: (number, url) => void lost.set(number, url),
    changePullRequest: (number, change) => {
      Object.assign(pullAt(number), change);
    },
    moveHead: () => {
      moves += 1;
      head = fakeId("commit", moves);
      heads.add(head);
      trees.set(head, fakeId("tree", moves));
      return head;
    },
    moveBranch: (name) => {
      moves += 1;
      const commit = fakeId("pushed", name, moves);
      trees.set(commit, fakeId("pushed-tree", moves));
      branches.set(name, commit);
      showBranch(name, commit);
    },
    mergeByPerson: (number, login) => {
      merge(pullAt(number), actor(login));
    },
    setVisibility: (shown) => {
      visibility = shown;
    },
    takeOver: (login) => {
      takenOver.add(login);
    },
    setPermission: (login, permission) => {
      people.set(login, permission);
    },
    deleteBranch: (name) => {
      branches.delete(name);
    },
    setConfig: (text) => {
      config = text;
    },
    refuseNext: (kind, refusal) => {
      const failure: Failure =
        "cause" in refusal ? refusal : { cause: "refused-by-github", ...refusal };
      refusals.set(kind, [...(refusals.get(kind) ?? []), failure]);
    },
    labelPull: (number, label, by) => {
      const labels = pullLabels.get(pullAt(number).number) ?? new Map();
      labels.set(label.toLowerCase(), { ...(by === undefined ? {} : { by }), at: now() });
      pullLabels.set(number, labels);
    },
    labelsOf: (number) => [...(pullLabels.get(number)?.keys() ?? [])],
    dismiss: (number) => {
      issueAt(number).state = "closed";
      dismissed.add(number);
    },
    deploys: (...states) => {
      deployments = [...states];
    },
    scheduled: (path, ...conclusions) => {
      const at = (day: number) => `2026-11-${String(19 - day).padStart(2, "0")}T03:17:00Z`;
      const runs = conclusions.map((conclusion, day) => ({ path, at: at(day), conclusion }));
      scheduled.set(path, runs);
    },
    tookBack: (lately) => {
      tookBack = lately;
    },
    release: (name, holds) => {
      releases.set(name, { known: holds });
    },
    endRun: (run) => {
      ended.add(run);
    },
    dieAfter: (effects) => {
      heard = effects;
    },
    labelledBy: (issue, login) => void labellers.set(issue, login),
    allow: (kinds) => {
      allowed = new Set(kinds);
    },
    issue: (number) => structuredClone(issueAt(number)),
    comments: (issue) =>
      [...comments.values()]
        .filter((one) => one.issue === issue)
        .map((one) => structuredClone(one)),
    pullRequest: (number) => structuredClone(pullAt(number)),
    branch: (name) => branches.get(name),
    head: () => head,
    observe: async (scope) => {
      scopes.push(scope);
      const prefixOf = (issue: number) => `factory/${issue}-`;
      const open = [...issues.values()].filter(
        ({ state, number }) => state === "open" && isHere(number),
      );
      const andon = andonLabel(scope.prefix).toLowerCase();
      const snapshot: Snapshot = {
        repository: {
          id: 77,
          name: "OWNER/app",
          defaultBranch: "main",
          url: "https://github.com/OWNER/app",
          visibility,
          head,
          headTree: treeOf(head),
        },
        self: { ...identity, type: "Bot" },
        configText: config,
        paths:
          scope.paths === true
            ? { known: options.paths ?? ["AGENTS.md", "src/greet.ts", "test/greet.test.ts"] }
            : { unknown: "not asked for" },
        ...goneBeside(scope),
        issues: scope.issues.filter(isHere).map((number) => ({
          issue: { ...issueAt(number), author: asOfNow(issueAt(number).author) },
          comments: [...comments.values()]
            .filter((comment) => comment.issue === number)
            .map(({ issue: _, ...comment }) => ({ ...comment, author: asOfNow(comment.author) })),
          branches: [...branches]
            .filter(([name]) => name.startsWith(prefixOf(number)))
            .map(([name, sha]) => ({
              name,
              sha,
              ...(heads.has(sha) ? { untouched: true } : {}),
            })),
        })),
        pullRequests: [...pulls.values()].filter(
          (pull) =>
            scope.issues.some((number) => pull.head.branch.startsWith(prefixOf(number))) ||
            (scope.openPullRequests === true && pull.state === "open") ||
            pull.number === scope.pullRequest,
        ),
        andon: {
          known: open
            .filter(({ labels }) => labels.some((label) => label.toLowerCase() === andon))
            .map(({ number, author }) => {
              const by = actor(labellers.get(number) ?? author.login);
              return { issue: number, by: { known: { ...by, permission: permissionNow(by) } } };
            }),
        },
        openIssues:
          scope.openIssues === true
            ? {
                known: open.map(({ author: { permission: _, ...author }, ...issue }) => ({
                  number: issue.number,
                  title: issue.title,
                  body: issue.body,
                  labels: issue.labels,
                  author,
                  updatedAt: issue.updatedAt,
                })),
              }
            : { unknown: "not asked for" },
        permissions: Object.fromEntries(
          (scope.actors ?? []).map(({ id, login }) => [login, permissionNow({ id, login })]),
        ),
        ...askedBeside(scope),
        ...scheduledBeside(scope),
      };
      return structuredClone(snapshot);
    },
    // It knows trees by their ids alone: no path of it holds anything.
    bytesAt: async (_commit, paths) => paths.map(() => ({ known: null })),
    textOf: () => Promise.reject(new Error("the fake knows no other repository")),
    treeAt: async () => ({ parents: [], files: { unknown: "the fake knows trees by their ids" } }),
    apply: async (effects) => {
      const receipts: Receipt[] = [];
      for (const effect of effects) {
        if (heard === 0) throw new Gone("The machine is gone in the middle of what it did.");
        if (heard !== undefined) heard -= 1;
        const receipt = execute(effect);
        applied.push({ effect, receipt });
        receipts.push(receipt);
        if (endsList(receipt)) break;
      }
      return receipts;
    },
  };
}
