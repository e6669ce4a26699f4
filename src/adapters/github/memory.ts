import type { ObjectId } from "../../domain/digest.ts";
import type {
  CommentState,
  IssueState,
  PullRequestState,
  Scope,
  Snapshot,
} from "../../domain/github/snapshot.ts";
import type { Folders } from "../../domain/github/tree-with.ts";
import { createMade } from "./made.ts";
import type { SeenFolders } from "./observe/look/folders.ts";
import type { LookedAhead } from "./observe/look/look.ts";

/** A comment of the factory's own. */
export interface OwnComment {
  readonly id: number;
  readonly body: string;
}

/** A snapshot, with GraphQL's ids of the things in it. */
export interface Observed {
  readonly snapshot: Snapshot;
  readonly nodes: Nodes;
  /** Undefined if nobody asked. */
  readonly folders?: SeenFolders | undefined;
}
export interface Nodes {
  readonly issues: ReadonlyMap<number, string>;
  readonly comments: ReadonlyMap<number, string>;
  /** The factory's own by their lower-case names; null for one that the repository does not have. */
  readonly labels: ReadonlyMap<string, string | null>;
  readonly pulls: ReadonlyMap<number, string>;
  readonly repository: string | undefined;
}

/** Things with a GraphQL id; of labels, the factory's own. */
export type Named =
  | "repository"
  | { readonly issue: number }
  | { readonly comment: number }
  | { readonly label: string }
  | { readonly pull: number };

/**
 * This job's knowledge of the world, from its last look and its own writes, so that an effect need not ask whether it is
 * done already. Undefined always means unknown: GitHub is asked then, as after a lost answer.
 */
export interface Memory {
  look(observed: Observed, scope: Scope): void;
  /** Scope of this job's first look, with which every other one begins, too. */
  scope(): Scope | undefined;
  /** The answer to a write also showed the repository. */
  lookedAhead(look: LookedAhead): void;
  /** That answer, once, as the next look of this scope, if nothing was written after it. */
  ahead(scope: Scope): LookedAhead | undefined;
  node(of: Named): string | undefined;
  named(comment: number, node: string): void;
  namedPull(pull: number, node: string): void;
  namedLabel(label: string, node: string): void;
  /** The factory's labels that the repository did not have at the last look. */
  missing(): readonly string[];
  /** The factory's comment that begins with this line; null if there is none. */
  comment(issue: number, marker: string): OwnComment | null | undefined;
  /** When an issue came from another repository (ISO 8601). Earlier comments belong to that one. */
  cameAt(issue: number): string | undefined;
  wrote(issue: number, marker: string, comment: OwnComment): void;
  issueState(issue: number): IssueState["state"] | undefined;
  /** Head of a branch of an observed issue. */
  branch(name: string): ObjectId | undefined;
  /** The tree of a commit. */
  tree(commit: ObjectId): ObjectId | undefined;
  /** Folders of a commit that a change touches. */
  folders(commit: ObjectId): Folders | undefined;
  /** OWNER/NAME, as GitHub writes it. */
  repositoryName(): string | undefined;
  /** Whether nobody has opened a pull request of this branch yet, as far as the look shows. */
  isUnopened(branch: string): boolean;
  opened(branch: string): void;
  /** A commit made here, about which nobody else has said anything. `at`: when it was merged, by GitHub's time. */
  made(commit: ObjectId, at?: string): void;
  isNew(commit: ObjectId): boolean;
  /** When a commit was merged here (ISO 8601). */
  mergedAt(commit: ObjectId): string | undefined;
  /** GitHub's own time (ISO 8601) of this job's last comment. */
  wroteAt(): string | undefined;
  toldTime(at: string): void;
  /** Labels of an issue, as the previous write showed them. */
  labels(issue: number): readonly string[] | undefined;
  sawLabels(issue: number, labels: readonly string[]): void;
  /** As in the last look, if nothing was written since. */
  pullRequest(number: number): PullRequestState | undefined;
  /** An effect was carried out, so earlier observations may be outdated. */
  wake(): void;
  /** The result of a write is unknown. Nothing counts as known any more, and GitHub is asked about everything. */
  doubt(): void;
}

export function createMemory(identity: { readonly id: number }): Memory {
  let seen: Snapshot | undefined;
  let first: Scope | undefined;
  let shown: SeenFolders | undefined;
  const moment = createMoment();
  const names = createNames();
  const made = createMade();
  const comments = new Map<string, OwnComment>();
  const pulls = new Set<string>();
  const issueOf = (number: number) => seen?.issues.find(({ issue }) => issue.number === number);
  const branchOf = (name: string) =>
    seen?.issues.flatMap(({ branches }) => branches).find((branch) => branch.name === name);
  return {
    ...names,
    ...moment,
    ...made,
    look({ snapshot, nodes, folders }, scope) {
      seen = snapshot;
      shown = folders;
      first ??= scope;
      names.learn(nodes);
      moment.begin();
    },
    scope: () => first,
    cameAt: (issue) => issueOf(issue)?.issue.transferred?.at,
    comment(issue, marker) {
      const written = comments.get(`${issue} ${marker}`);
      if (written !== undefined) return written;
      return knownOf(issueOf(issue)?.comments, { marker, ...identity });
    },
    wrote: (issue, marker, comment) => void comments.set(`${issue} ${marker}`, comment),
    issueState: (issue) => issueOf(issue)?.issue.state,
    branch: (name) => branchOf(name)?.sha,
    tree: (commit) => (seen?.repository.head === commit ? seen.repository.headTree : undefined),
    folders: (commit) => (shown?.commit === commit ? shown.folders : undefined),
    repositoryName: () => seen?.repository.name,
    isUnopened: (branch) =>
      branchOf(branch) !== undefined &&
      !pulls.has(branch) &&
      seen?.pullRequests.every(({ head }) => head.branch !== branch) === true,
    opened: (branch) => void pulls.add(branch),
    pullRequest: (number) =>
      moment.isOfLook() ? seen?.pullRequests.find((pull) => pull.number === number) : undefined,
    doubt() {
      seen = undefined;
      shown = undefined;
      made.forgetMade();
      moment.begin();
      moment.wake();
      names.forget();
      comments.clear();
    },
  };
}

function knownOf(
  comments: readonly CommentState[] | undefined,
  own: { readonly id: number; readonly marker: string },
): OwnComment | null | undefined {
  const isOwn = ({ author, body }: CommentState) =>
    author.id === own.id && firstLine(body) === own.marker;
  return comments === undefined ? undefined : (comments.find(isOwn) ?? null);
}

interface Shown {
  readonly issue: number;
  readonly labels: readonly string[];
  /** The effect that showed them. */
  readonly at: number;
}
const NOTHING: Shown = { issue: 0, labels: [], at: -2 };

/** Facts that hold between two effects. */
function createMoment() {
  /** Number of effects since the look. */
  let effects = 0;
  let shown = NOTHING;
  let next: { readonly look: LookedAhead; readonly at: number } | undefined;
  return {
    begin() {
      effects = 0;
      shown = NOTHING;
      next = undefined;
    },
    lookedAhead(look: LookedAhead) {
      next = { look, at: effects };
    },
    ahead(scope: Scope) {
      const isFresh = next?.at === effects - 1;
      const isSame = JSON.stringify(next?.look.scope) === JSON.stringify(scope);
      return isFresh && isSame ? next?.look : undefined;
    },
    wake() {
      effects += 1;
    },
    isOfLook: () => effects === 0,
    sawLabels(issue: number, labels: readonly string[]) {
      shown = { issue, labels, at: effects };
    },
    labels: (issue: number) =>
      shown.issue === issue && shown.at === effects - 1 ? shown.labels : undefined,
  };
}

const NO_NODES: Nodes = {
  issues: new Map(),
  comments: new Map(),
  labels: new Map(),
  pulls: new Map(),
  repository: undefined,
};

function createNames() {
  let nodes = NO_NODES;
  const comments = new Map<number, string>();
  const pulls = new Map<number, string>();
  const labels = new Map<string, string>();
  const labelOf = (name: string) =>
    labels.get(name.toLowerCase()) ?? nodes.labels.get(name.toLowerCase()) ?? undefined;
  return {
    learn(learnt: Nodes) {
      nodes = learnt;
    },
    forget() {
      nodes = NO_NODES;
      comments.clear();
      pulls.clear();
      labels.clear();
    },
    node(of: Named): string | undefined {
      if (of === "repository") return nodes.repository;
      if ("issue" in of) return nodes.issues.get(of.issue);
      if ("label" in of) return labelOf(of.label);
      if ("pull" in of) return pulls.get(of.pull) ?? nodes.pulls.get(of.pull);
      return comments.get(of.comment) ?? nodes.comments.get(of.comment);
    },
    named: (comment: number, node: string) => void comments.set(comment, node),
    namedPull: (pull: number, node: string) => void pulls.set(pull, node),
    namedLabel: (label: string, node: string) => void labels.set(label.toLowerCase(), node),
    missing: () => [...nodes.labels.keys()].filter((name) => labelOf(name) === undefined),
  };
}

/** A body in a form that ignores GitHub's insignificant changes. */
export function unified(body: string): string {
  return body.replaceAll("\r\n", "\n").trimEnd();
}

export function firstLine(body: string): string {
  return unified(body).split("\n")[0] ?? "";
}
