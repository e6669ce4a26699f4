import type { ObjectId } from "../../../domain/digest.ts";
import type { BranchState, Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import { TreeAnswer } from "../answers.ts";
import type { Client } from "../client/client.ts";
import type { Nodes, Observed } from "../memory.ts";
import { readPermissions } from "../permissions.ts";
import { readBefore } from "./before.ts";
import { readConfig } from "./config.ts";
import { readDeployment } from "./deployment.ts";
import { loopsLately, readAlerted, readLoopIssues } from "./incidents.ts";
import {
  commentState,
  commentsHere,
  type FoundIssue,
  isAncestor,
  issueState,
  peopleToAsk,
  readWhole,
} from "./issue.ts";
import { andonLabels, labellersOf, readLabellers } from "./labels/andon.ts";
import { foundLabelled, labelledPulls, labellersAmong, pullSaid } from "./labels/labelled-pulls.ts";
import { readSubmitter } from "./labels/submitter.ts";
import { readLedgers } from "./ledgers.ts";
import { type Look, type LookedAhead, readLook } from "./look/look.ts";
import { readOpenIssues } from "./open-issues.ts";
import { nodesOfPulls, readPulls } from "./pull-requests.ts";
import { readHolder } from "./run.ts";
import { readScheduled } from "./scheduled.ts";
import { readTakenBack } from "./taken-back.ts";

/**
 * One snapshot, in three waves of concurrent requests: parts without needs; parts that need the people and branches of the first; parts that need to know which of these are published. Requests:
 * - 1 for the look itself, 1 for the listing of files, 1 for a config that is no plain text file
 * - 1 for each person who added the andon, wants a pull request mended, commands or belongs to the repository, and is missing in the look
 * - 1 for each branch without a pull request that is neither at the head nor at its parents
 * - 1 for each further 100 entries of a list, of issues by alerts or loops, and of comments beyond the look
 * - if requested: 1 for a run, 1 for scheduled runs, 2 for a deployment, up to 10 for the merges of a release
 * - if requested: up to 2 for the record of the commit before a merge, up to 12 for recent reverts
 */
export async function observe(
  client: Client,
  scope: Scope,
  self: { readonly id: number; readonly login: string },
  ahead?: LookedAhead,
): Promise<Observed> {
  const [look, beside] = await Promise.all([
    readLook(client, scope, ahead),
    readBeside(client, scope, self),
  ]);
  const { repository } = look;
  const [found, pulls, labelled, open, takenBack, ledgers, before, configText] = await Promise.all([
    Promise.all(look.issues.map((seen) => readWhole(client, seen))),
    readPulls(client, look),
    readLabellers(client, look, scope.prefix),
    readOpenIssues(client, look, scope),
    readTakenBack(client, scope, repository.closed),
    readLedgers(client, { scope, ...lately(repository) }, self),
    readBefore(client, { scope, shown: repository.before ?? null }, self),
    readConfig(client, repository),
  ]);
  const { oid: head, parents } = repository.defaultBranchRef.target;
  const held = new Set([head, ...parents.nodes.map(({ oid }) => oid)]);
  const published = new Set(pulls.map((pull) => pull.head.branch));
  const asking = foundLabelled(repository, scope.prefix);
  const [permissions, branches, paths] = await Promise.all([
    readPermissions(client, {
      users: [...found.flatMap(peopleToAsk), ...labellersOf(labelled), ...labellersAmong(asking)],
      actors: scope.actors ?? [],
      owner: repository.owner,
      shown: repository.collaborators ?? [],
    }),
    Promise.all(found.map((one) => branchStates(client, one, { head, held, published }))),
    readPaths(client, scope, repository.defaultBranchRef.target.tree.oid),
  ]);
  const snapshot: Snapshot = {
    repository: repositoryState(repository),
    self: { ...self, type: self.login.endsWith("[bot]") ? "Bot" : "User" },
    configText,
    paths,
    issues: found.map((one, index) => ({
      issue: issueState(one, permissions),
      comments: commentsHere(one, self).map((comment) => commentState(comment, permissions)),
      branches: branches[index] ?? [],
    })),
    ...(look.gone.length === 0 ? {} : { gone: look.gone }),
    pullRequests: pulls,
    andon: andonLabels(labelled, permissions),
    ...open,
    ...labelledPulls(asking, { scope, shown: repository.unblocking, self, permissions }),
    ...pullSaid(scope, repository, self),
    permissions: permissions.byLogin,
    ...beside,
    ...takenBack,
    ...ledgers,
    ...before,
    ...loopsLately(repository, self),
  };
  return { snapshot, nodes: nodesOf(look), folders: look.folders };
}

function lately({ recent = null, recentPulls = null }: Look["repository"]) {
  return { recent, recentPulls };
}

function nodesOf(look: Look): Nodes {
  const { issues, labels, repository } = look;
  const comments = issues.flatMap((issue) => issue.comments);
  return {
    issues: new Map(issues.map(({ node, issue }) => [issue.number, node])),
    comments: new Map(comments.map(({ id, node }) => [id, node])),
    labels,
    pulls: nodesOfPulls(look),
    repository: repository.id,
  };
}

/** Parts that only a look sees which asks for them. */
async function readBeside(
  client: Client,
  scope: Scope,
  self: { readonly id: number; readonly login: string },
): Promise<Partial<Snapshot>> {
  const parts: readonly Partial<Snapshot>[] = await Promise.all([
    readHolder(client, scope),
    readAlerted(client, scope, self),
    readLoopIssues(client, scope, self),
    readDeployment(client, scope),
    readSubmitter(client, scope),
    readScheduled(client, scope),
  ]);
  return Object.assign({}, ...parts) as Partial<Snapshot>;
}

interface Known {
  readonly head: ObjectId;
  /** Commits of the default branch, as far as the look shows them. */
  readonly held: ReadonlySet<ObjectId>;
  /** Branch names with a pull request. */
  readonly published: ReadonlySet<string>;
}

/** GitHub is asked about a branch only if no known fact tells whether it has content. */
async function branchStates(
  client: Client,
  { branches }: FoundIssue,
  known: Known,
): Promise<readonly BranchState[]> {
  const state = async (branch: BranchState): Promise<BranchState> => {
    if (known.published.has(branch.name)) return branch;
    const { head, held } = known;
    const untouched =
      held.has(branch.sha) || (await isAncestor(client, { commit: branch.sha, head }));
    return untouched ? { ...branch, untouched: true } : branch;
  };
  return await Promise.all(branches.map(state));
}

function repositoryState(repository: Look["repository"]): Snapshot["repository"] {
  const { name, target } = repository.defaultBranchRef;
  return {
    id: repository.databaseId,
    name: repository.nameWithOwner,
    defaultBranch: name,
    url: repository.url,
    visibility: repository.isPrivate ? "private" : "public",
    head: target.oid,
    headTree: target.tree.oid,
  };
}

async function readPaths(
  client: Client,
  { paths }: Pick<Scope, "paths">,
  tree: ObjectId,
): Promise<Snapshot["paths"]> {
  if (paths !== true) return { unknown: "not asked for" };
  const listing = await client.ask(TreeAnswer, "GET /git/trees/{tree_sha}", {
    tree_sha: tree,
    recursive: "1",
  });
  if (listing.truncated) return { unknown: "the repository has more files than GitHub lists" };
  return { known: listing.tree.filter(({ type }) => type !== "tree").map(({ path }) => path) };
}
