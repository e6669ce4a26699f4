import type { z } from "zod";
import type { GoneIssue, IssueHistory } from "../../../../domain/github/issue-history.ts";
import type { Part, Scope } from "../../../../domain/github/snapshot.ts";
import { ownLabels } from "../../../../domain/label.ts";
import type { CommentAnswer, IssueAnswer } from "../../answers.ts";
import { type Client, parseAnswer } from "../../client/client.ts";
import type { GraphQLFault } from "../../client/graphql-answer.ts";
import {
  Andon,
  type BranchesAnswer,
  IssueParts,
  LabelNode,
  LookAnswer,
  type WholeIssue,
} from "./answers.ts";
import { FOLDER_PART, foldersIn, type SeenFolders } from "./folders.ts";
import { historyOf } from "./history.ts";
import { lookQuery, lookValues } from "./query.ts";

/** An issue of the scope as the look shows it; `isCut`: there are more comments, which have to be listed. */
export interface SeenIssue {
  /** Its GraphQL id. */
  readonly node: string;
  readonly issue: IssueAnswer;
  readonly comments: readonly (CommentAnswer & { readonly node: string })[];
  readonly isCut: boolean;
  readonly branches: BranchesAnswer;
  readonly history: IssueHistory;
}

export interface Look {
  readonly repository: LookAnswer;
  readonly andon: Part<Andon>;
  readonly issues: readonly SeenIssue[];
  readonly gone: readonly GoneIssue[];
  /** GraphQL ids of the factory's labels by their lower-case names; null for one that the repository does not have. */
  readonly labels: ReadonlyMap<string, string | null>;
  /** Undefined if nobody asked. */
  readonly folders: SeenFolders | undefined;
}

const NAME = "the look at the repository";

/**
 * One request for the whole look. If GitHub does not show the andon, it is unknown; missing ledgers are listed
 * separately; any other missing part rejects, because nothing can be decided without it.
 */
export async function readLook(
  client: Client,
  scope: Scope,
  ahead?: Omit<LookedAhead, "scope">,
): Promise<Look> {
  const { repository: raw, errors } = ahead ?? (await askLook(client, scope));
  const fatal = errors.find((error) => !isOf(SPARE, error) && !isOfGone(error));
  if (fatal !== undefined) throw new Error(`${NAME}: ${fatal.message}`);
  const hidden = errors.find((error) => isOf(["andon"], error));
  const repository = parseAnswer(LookAnswer, NAME, raw);
  assertWhole(repository, scope);
  return {
    repository,
    andon: hidden === undefined ? { known: andonOf(raw) } : { unknown: hidden.message },
    ...seenIssues(raw, scope, repository),
    labels: labelsIn(raw, scope),
    folders: foldersIn(raw, scope),
  };
}

/** A requested part that is missing must not look like one that was not requested. */
function assertWhole(repository: LookAnswer, scope: Scope): void {
  const asked: Readonly<Partial<Record<keyof LookAnswer, boolean>>> = {
    open: scope.openIssues === true,
    waiting: scope.waiting === true,
    asked: scope.waiting === true && scope.openIssues !== true,
    openPulls: scope.openPullRequests === true,
    pull: scope.pullRequest !== undefined,
    closed: scope.takenBack !== undefined,
    loops: scope.loopsSince !== undefined,
  };
  for (const [part, isAsked] of Object.entries(asked)) {
    if (isAsked && repository[part as keyof LookAnswer] === undefined) {
      throw new Error(`GitHub's answer to ${NAME} cannot be read: ${part}: it is not there`);
    }
  }
}

/** The repository in another answer, by this scope's fields. */
export interface LookedAhead {
  readonly scope: Scope;
  readonly repository: unknown;
  /** Their paths begin in the repository. */
  readonly errors: readonly GraphQLFault[];
}

async function askLook(client: Client, scope: Scope): Promise<Omit<LookedAhead, "scope">> {
  const { data, errors } = await client.query(lookQuery(scope), lookValues(scope));
  const repository = (data as { readonly repository?: unknown } | null)?.repository;
  return {
    repository,
    errors: errors.map(({ path, ...one }) => ({ ...one, path: path.slice(1) })),
  };
}

function labelsIn(raw: unknown, { issues, prefix }: Scope): ReadonlyMap<string, string | null> {
  if (issues.length === 0) return new Map();
  const parts = raw as Readonly<Record<string, unknown>>;
  return new Map(
    ownLabels(prefix).map((name, at) => {
      const label = parseAnswer(LabelNode, `${NAME}: label${at}, ${name}`, parts[`label${at}`]);
      return [name.toLowerCase(), label?.id ?? null];
    }),
  );
}

/** Parts that may be missing: the snapshot can mark the andon as unknown, and the others are then requested alone. */
const SPARE = [
  ...["andon", "recent", "recentPulls", "unblocking", "pullSaid", "collaborators", "before"],
];

function isOf(parts: readonly string[], { path }: GraphQLFault): boolean {
  const part = String(path[0]);
  return parts.includes(part) || (parts === SPARE && FOLDER_PART.test(part));
}

function andonOf(raw: unknown): Andon {
  const { andon } = raw as { readonly andon?: unknown };
  return parseAnswer(Andon, `${NAME}: andon`, andon);
}

/** GitHub has no issue and no pull request with that number: it was deleted, or moved where the token has no access. */
function isOfGone({ path, type }: GraphQLFault): boolean {
  return type === "NOT_FOUND" && path.length === 1 && /^issue[0-9]+$/.test(String(path[0]));
}

function seenIssues(
  raw: unknown,
  { issues }: Scope,
  repository: LookAnswer,
): Pick<Look, "issues" | "gone"> {
  const seen: SeenIssue[] = [];
  const gone: GoneIssue[] = [];
  for (const number of issues) {
    const issue = partOf(raw, `issue${number}`, IssueParts.issue.nullable());
    if (issue?.__typename === "PullRequest") continue;
    const branches = branchesOf(raw, number);
    const url = issue === null ? undefined : wentTo(issue, repository);
    if (issue !== null && url === undefined) {
      seen.push(seenIssue(issue, branches));
    } else {
      gone.push({ number, ...(url === undefined ? {} : { url }), ...leftOf(branches) });
    }
  }
  return { issues: seen, gone };
}

/** Remains of a deleted issue. */
function leftOf({ nodes }: BranchesAnswer): Pick<GoneIssue, "branches" | "pulls"> {
  const pulls = nodes.flatMap((branch) => branch.pulls.nodes);
  const open = pulls.filter(({ state }) => state.state === "open" && state.fork !== true);
  const numbers = open.map(({ state }) => state.number);
  return {
    branches: nodes.map(({ name }) => name),
    ...(numbers.length === 0 ? {} : { pulls: numbers }),
  };
}

/** A transferred issue is answered from its new place: another repository, with another number (threats EV-10). */
function wentTo(issue: WholeIssue, { url }: LookAnswer): string | undefined {
  const own = `${url}/issues/${issue.number}`;
  return issue.url.toLowerCase() === own.toLowerCase() ? undefined : issue.url;
}

function partOf<Part>(raw: unknown, name: string, schema: z.ZodType<Part>): Part {
  const parts = raw as Readonly<Record<string, unknown>>;
  return parseAnswer(schema, `${NAME}: ${name}`, parts[name]);
}

function branchesOf(raw: unknown, number: number): BranchesAnswer {
  const branches = partOf(raw, `branches${number}`, IssueParts.branches);
  return {
    ...branches,
    // GitHub looks for the number anywhere in the name.
    nodes: branches.nodes.filter(({ name }) => name.startsWith(`factory/${number}-`)),
  };
}

function seenIssue(issue: WholeIssue, branches: BranchesAnswer): SeenIssue {
  return {
    node: issue.id,
    issue: wholeIssue(issue),
    comments: issue.comments.nodes,
    isCut: issue.comments.pageInfo.hasNextPage,
    branches,
    history: historyOf(issue),
  };
}

function wholeIssue(issue: WholeIssue): IssueAnswer {
  return {
    number: issue.number,
    title: issue.title,
    body: issue.body,
    state: issue.state === "OPEN" ? "open" : "closed",
    locked: issue.locked,
    labels: issue.labels,
    user: issue.author,
    updated_at: issue.updatedAt,
    html_url: issue.url,
    sub_issues_summary: issue.subIssuesSummary,
    issue_dependencies_summary: issue.issueDependenciesSummary && {
      blocked_by: issue.issueDependenciesSummary.blockedBy,
    },
  };
}
