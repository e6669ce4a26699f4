import type { IncomingMessage, ServerResponse } from "node:http";
import { authenticate, grants, roleIn } from "./access.ts";
import { reaches } from "./api.ts";
import { git, listRefs } from "./git.ts";
import { type BackendRequest, runBackend, type Sink } from "./git-backend.ts";
import { assertBringsNoWorkflow } from "./git-refs.ts";
import { type RefChange, settleRefChanges } from "./ref-changes.ts";
import { ApiRefusal } from "./refusals.ts";
import {
  type Caller,
  findRepository,
  type IdentifiedCaller,
  type RepositoryState,
  serialise,
  type Twin,
} from "./state.ts";
import type { JobPermissions } from "./twin-github.ts";

const PATH =
  /^\/([A-Za-z0-9._-]+)\/([A-Za-z0-9._-]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

interface GitRequest extends BackendRequest {
  readonly twin: Twin;
  readonly repository: RepositoryState;
  readonly caller: Caller;
  readonly outgoing: ServerResponse;
}

/** Serves git over smart HTTP through `git http-backend`; false when the path is none of git's. */
export async function handleGitRequest(
  twin: Twin,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<boolean> {
  const url = new URL(incoming.url ?? "/", twin.origin);
  const [, owner, name, service = ""] = PATH.exec(url.pathname) ?? [];
  if (owner === undefined) return false;
  const began = performance.now();
  const caller = authenticate(twin, incoming.headers.authorization);
  const repository = findRepository(twin, `${owner}/${name}`);
  const asked = url.searchParams.get("service") ?? service;
  const writes = asked === "git-receive-pack";
  const refusal = refuse({ caller, repository, writes });
  if (refusal !== undefined || caller === undefined || repository === undefined) {
    answer(outgoing, refusal ?? NO_REPOSITORY);
  } else {
    const login = whoAsked(caller).actor;
    const { gitDirectory } = repository;
    const request = {
      twin,
      repository,
      caller,
      gitDirectory,
      login,
      service,
      url,
      incoming,
      outgoing,
    };
    await (service === "git-receive-pack"
      ? serialise(repository, () => receivePack(request))
      : runBackend(request, outgoing));
  }
  twin.records.push({
    method: incoming.method ?? "GET",
    route: writes ? "git:receive-pack" : "git:upload-pack",
    path: url.pathname,
    status: outgoing.statusCode,
    ...whoAsked(caller),
    write: service === "git-receive-pack",
    createsContent: false,
    at: twin.now().toISOString(),
    ms: Math.round(performance.now() - began),
  });
  return true;
}

function whoAsked(caller: Caller | undefined) {
  if (caller === undefined || caller.kind === "anonymous") return { actor: "" };
  const run = caller.kind === "job" ? { runId: caller.grant.runId } : {};
  return { actor: caller.account.login, ...run };
}

interface Refusal {
  readonly status: number;
  readonly text: string;
}

const WANTS_LOGIN: Refusal = { status: 401, text: "Authentication required" };
const NO_REPOSITORY: Refusal = { status: 404, text: "Repository not found." };

interface GitAccess {
  readonly caller: Caller | undefined;
  readonly repository: RepositoryState | undefined;
  readonly writes: boolean;
}

function refuse({ caller, repository, writes }: GitAccess): Refusal | undefined {
  if (caller === undefined) return WANTS_LOGIN;
  const role = repository === undefined ? undefined : roleIn(repository, caller);
  if (caller.kind === "anonymous") {
    return role === undefined || writes ? WANTS_LOGIN : undefined;
  }
  if (repository === undefined || role === undefined) return NO_REPOSITORY;
  const may =
    caller.kind === "job"
      ? mayJob(caller.grant.permissions, { repository, writes })
      : !writes || reaches(role, "write");
  if (may) return undefined;
  return {
    status: 403,
    text: `Permission to ${repository.fullName}.git denied to ${caller.account.login}.`,
  };
}

function mayJob(
  permissions: JobPermissions,
  wanted: { readonly repository: RepositoryState; readonly writes: boolean },
): boolean {
  if (wanted.writes) return grants(permissions, "contents:write");
  return wanted.repository.visibility === "public" || grants(permissions, "contents:read");
}

function answer(outgoing: ServerResponse, refusal: Refusal): void {
  outgoing.writeHead(refusal.status, {
    "content-type": "text/plain; charset=utf-8",
    ...(refusal.status === 401 ? { "www-authenticate": 'Basic realm="GitHub"' } : {}),
  });
  outgoing.end(`${refusal.text}\n`);
}

/**
 * A push: git writes the refs, then what a job's token may not bring is taken back, and the rest is announced before the
 * client has its answer, so that the API is never behind what git said.
 */
async function receivePack(request: GitRequest): Promise<void> {
  const { repository, twin } = request;
  const before = await listRefs(repository.gitDirectory);
  const held = holdAnswer();
  await runBackend(request, held);
  const after = await listRefs(repository.gitDirectory);
  const moved = changesBetween(before, after);
  const caller = request.caller as IdentifiedCaller;
  try {
    for (const change of moved) {
      if (change.after !== null) {
        await assertBringsNoWorkflow(
          { caller, repository },
          { before: change.before, after: change.after },
        );
      }
    }
  } catch (error) {
    await takeBack(repository, moved);
    if (!(error instanceof ApiRefusal)) throw error;
    answer(request.outgoing, { status: 403, text: error.message });
    return;
  }
  await settleRefChanges({ twin, repository, caller }, moved);
  held.release(request.outgoing);
}

function changesBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly RefChange[] {
  const refs = [...new Set([...before.keys(), ...after.keys()])];
  return refs
    .map((ref) => ({ ref, before: before.get(ref) ?? null, after: after.get(ref) ?? null }))
    .filter((change) => change.before !== change.after);
}

async function takeBack(repository: RepositoryState, moved: readonly RefChange[]): Promise<void> {
  for (const { ref, before } of moved) {
    const command = before === null ? ["update-ref", "-d", ref] : ["update-ref", ref, before];
    await git(repository.gitDirectory, command);
  }
}

function holdAnswer(): Sink & { release(outgoing: ServerResponse): void } {
  let head: { status: number; headers: Record<string, string> } = { status: 500, headers: {} };
  const chunks: Buffer[] = [];
  return {
    writeHead(status, headers) {
      head = { status, headers };
    },
    write: (chunk) => void chunks.push(chunk),
    end: () => undefined,
    release(outgoing) {
      outgoing.writeHead(head.status, head.headers);
      outgoing.end(Buffer.concat(chunks));
    },
  };
}
