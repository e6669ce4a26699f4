import { z } from "zod";
import { readCommit } from "../../git/commit-objects.ts";
import { resolveRevision } from "../../git/read-refs.ts";
import { type Identity, writeCommit } from "../../git/write-objects.ts";
import { renderGitCommit } from "../../render/git.ts";
import { commitIdentity, GITHUB_COMMITTER, timestamp } from "../../state/state.ts";
import {
  type Answer,
  created,
  identified,
  ok,
  parameter,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "../api.ts";
import { notFound, unprocessable } from "../refusals.ts";

/** Characters that a commit's header cannot contain. */
const NO_HEADER_SIGNS = /^[^<>\n\0]+$/;
const person = z.object({
  name: z.string().regex(NO_HEADER_SIGNS),
  email: z.string().regex(NO_HEADER_SIGNS),
  date: z.iso.datetime({ offset: true }).optional(),
});
const newCommit = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).optional(),
  author: person.optional(),
  committer: person.optional(),
  signature: z.string().optional(),
});

type NewCommit = z.infer<typeof newCommit>;

async function assertParents(
  request: RepositoryRequest,
  parents: readonly string[],
): Promise<void> {
  for (const parent of parents) {
    if ((await resolveRevision(request.repository.gitDirectory, parent)) !== parent) {
      throw unprocessable("Parent SHA does not exist or is not a commit object");
    }
  }
}

function dated(given: z.infer<typeof person>, now: string): Identity {
  return { name: given.name, email: given.email, date: given.date ?? now };
}

/** Author and committer: the given ones, or the account; for a bot GitHub commits and signs itself. */
function identitiesOf(request: RepositoryRequest, body: NewCommit) {
  const date = timestamp(request.twin);
  const { account } = identified(request);
  const author = dated(body.author ?? commitIdentity(account), date);
  const signed = body.author === undefined && account.type === "Bot";
  const committer = body.committer ?? (signed ? GITHUB_COMMITTER : author);
  return { author, committer: dated(committer, date) };
}

async function createCommit(request: RepositoryRequest): Promise<Answer> {
  const body = parseBody(request, newCommit);
  const { repository, twin } = request;
  const { gitDirectory } = repository;
  if (body.signature !== undefined) {
    throw unprocessable("The twin puts no signature into a commit: leave `signature` out.");
  }
  const tree = await resolveRevision(gitDirectory, body.tree, "tree");
  if (tree === undefined) throw unprocessable("Tree SHA does not exist");
  const parents = body.parents ?? [];
  await assertParents(request, parents);
  const sha = await writeCommit(gitDirectory, {
    tree,
    parents,
    ...identitiesOf(request, body),
    message: body.message,
  });
  // Verified if a bot gives no author, committer or signature of its own. Source: docs.github.com,
  // about-commit-signature-verification#signature-verification-for-bots
  const bare = body.author === undefined && body.committer === undefined;
  if (bare && identified(request).account.type === "Bot") repository.verifiedCommits.add(sha);
  const commit = await readCommit(gitDirectory, sha);
  if (commit === undefined) throw unprocessable("the commit that was written cannot be read");
  return created(renderGitCommit(twin, repository, commit));
}

async function getCommit(request: RepositoryRequest): Promise<Answer> {
  const sha = parameter(request, "commit_sha");
  const commit = /^[0-9a-f]{40}$/.test(sha)
    ? await readCommit(request.repository.gitDirectory, sha)
    : undefined;
  if (commit === undefined) throw notFound();
  return ok(renderGitCommit(request.twin, request.repository, commit));
}

export const gitCommitRoutes = {
  "POST /repos/{owner}/{repo}/git/commits": createCommit,
  "GET /repos/{owner}/{repo}/git/commits/{commit_sha}": getCommit,
} as const satisfies RepositoryRoutes;
