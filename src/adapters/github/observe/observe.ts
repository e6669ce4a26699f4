import type { z } from "zod";
import type { ObjectId } from "../../../domain/digest.ts";
import type { BranchState, Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import { ContentAnswer, HeadAnswer, RepositoryAnswer, TreeAnswer } from "../answers.ts";
import type { Client } from "../client.ts";
import { readPermissions } from "../permissions.ts";
import { requestErrorOf } from "../request-error.ts";
import { andonLabels, labellersOf } from "./andon.ts";
import { readBefore } from "./before.ts";
import { readDeployment } from "./deployment.ts";
import { readAlerted } from "./incidents.ts";
import {
  assertOfRepository,
  commentState,
  type FoundIssue,
  isAncestor,
  issueState,
  peopleToAsk,
  readIssue,
} from "./issue.ts";
import { readLedgers } from "./ledgers.ts";
import { readOpenIssues } from "./open-issues.ts";
import { distinctPulls, readPulls, readPullsOf, withMerger } from "./pull-requests.ts";
import { readHolder } from "./run.ts";
import { readSubmitter } from "./submitter.ts";
import { readTakenBack } from "./taken-back.ts";

const CONFIG_PATH = ".github/factory.yml";

/**
 * One snapshot. Three waves, each at once: what needs nothing; what needs the default branch, branches or people; the tree.
 * Requests: 5 for the repository, 3 more for each issue, 1 for each branch of it and 1 more where it has no pull request
 * and does not stand at the head, 1 for each further 100 comments, 1 for each issue that carries the andon label, 1 for
 * each person who put it there, who commands or who belongs to the repository, 1 for each merged pull request, 1 for all
 * open pull requests, 1 for a run, 2 for a deployment, 1 for each 100 issues that alerts opened, 1 for each 100 comments
 * since a time, up to 10 for the merges of a release, up to 3 for the record of the commit before a merge, and up to 13
 * for the merges that were taken back lately when they are asked for; 2 more for those that wait where more than 100 issues are open.
 */
export async function observe(
  client: Client,
  scope: Scope,
  self: { readonly id: number; readonly login: string },
): Promise<Snapshot> {
  const [repository, wanted, { labelled, ...open }, asked, beside] = await Promise.all([
    client.ask(RepositoryAnswer, "GET /"),
    Promise.all(scope.issues.map((number) => readIssue(client, number))),
    readOpenIssues(client, scope),
    readPulls(client, scope),
    readBeside(client, scope, self),
  ]);
  const found = wanted.filter((one) => one !== undefined);
  for (const { issue } of found) assertOfRepository(issue, repository);
  const owner = repository.full_name.split("/")[0] ?? "";
  const [head, ofBranches, permissions] = await Promise.all([
    readHead(client, repository.default_branch),
    Promise.all(
      found
        .flatMap(({ branches }) => branches)
        .map(({ name }) => readPullsOf(client, `${owner}:${name}`)),
    ),
    readPermissions(client, {
      users: [...found.flatMap(peopleToAsk), ...labellersOf(labelled)],
      actors: scope.actors ?? [],
    }),
  ]);
  const published = new Set(ofBranches.flat().map((pull) => pull.head.ref));
  const [{ paths, configText }, branches, pulls] = await Promise.all([
    readTree(client, head),
    Promise.all(found.map((one) => branchStates(client, one, { head: head.sha, published }))),
    Promise.all(
      distinctPulls([...ofBranches.flat(), ...asked]).map((pull) => withMerger(client, pull)),
    ),
  ]);
  return {
    repository: repositoryState(repository, head),
    self: { ...self, type: self.login.endsWith("[bot]") ? "Bot" : "User" },
    configText,
    paths,
    issues: found.map(({ issue, comments }, index) => ({
      issue: issueState(issue, permissions),
      comments: comments.map((comment) => commentState(comment, permissions)),
      branches: branches[index] ?? [],
    })),
    pullRequests: pulls,
    andon: { known: andonLabels(labelled, permissions) },
    ...open,
    permissions: permissions.byLogin,
    ...beside,
  };
}

/** What only a look that asks for it sees. */
async function readBeside(
  client: Client,
  scope: Scope,
  self: { readonly id: number; readonly login: string },
): Promise<Partial<Snapshot>> {
  const parts: readonly Partial<Snapshot>[] = await Promise.all([
    readHolder(client, scope),
    readAlerted(client, scope, self),
    readDeployment(client, scope),
    readLedgers(client, scope, self),
    readBefore(client, scope, self),
    readTakenBack(client, scope),
    readSubmitter(client, scope),
  ]);
  return Object.assign({}, ...parts) as Partial<Snapshot>;
}

interface Known {
  readonly head: ObjectId;
  /** Names of branches that a pull request is of. */
  readonly published: ReadonlySet<string>;
}

/** GitHub is asked about a branch only where nothing that is known already tells whether it holds something. */
async function branchStates(
  client: Client,
  { branches }: FoundIssue,
  known: Known,
): Promise<readonly BranchState[]> {
  const state = async (branch: BranchState): Promise<BranchState> => {
    if (known.published.has(branch.name)) return branch;
    const { head } = known;
    const untouched =
      branch.sha === head || (await isAncestor(client, { commit: branch.sha, head }));
    return untouched ? { ...branch, untouched: true } : branch;
  };
  return await Promise.all(branches.map(state));
}

function repositoryState(
  repository: z.infer<typeof RepositoryAnswer>,
  head: z.infer<typeof HeadAnswer>,
): Snapshot["repository"] {
  return {
    id: repository.id,
    name: repository.full_name,
    defaultBranch: repository.default_branch,
    url: repository.html_url,
    visibility: repository.private ? "private" : "public",
    head: head.sha,
    headTree: head.commit.tree.sha,
  };
}

async function readHead(client: Client, branch: string): Promise<z.infer<typeof HeadAnswer>> {
  return await client.ask(HeadAnswer, "GET /commits/{+ref}", { ref: `heads/${branch}` });
}

async function readTree(
  client: Client,
  head: z.infer<typeof HeadAnswer>,
): Promise<Pick<Snapshot, "paths" | "configText">> {
  const tree = await client.ask(TreeAnswer, "GET /git/trees/{tree_sha}", {
    tree_sha: head.commit.tree.sha,
    recursive: "1",
  });
  const files = tree.tree.filter(({ type }) => type !== "tree").map(({ path }) => path);
  if (!tree.truncated && !files.includes(CONFIG_PATH)) {
    return { paths: { known: files }, configText: null };
  }
  return {
    paths: tree.truncated
      ? { unknown: "the repository has more files than GitHub lists" }
      : { known: files },
    configText: await readConfig(client, head.sha),
  };
}

async function readConfig(client: Client, ref: string): Promise<string | null> {
  try {
    const file = await client.ask(ContentAnswer, "GET /contents/{+path}", {
      path: CONFIG_PATH,
      ref,
    });
    return Buffer.from(file.content, "base64").toString("utf8");
  } catch (error: unknown) {
    if (requestErrorOf(error)?.status === 404) return null;
    throw error;
  }
}
