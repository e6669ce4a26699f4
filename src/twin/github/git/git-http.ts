import type { IncomingMessage, ServerResponse } from "node:http";
import { authenticate, mayBringWorkflows } from "../state/access.ts";
import {
  type Caller,
  findRepository,
  type IdentifiedCaller,
  type RepositoryState,
  serialise,
  type Twin,
} from "../state/state.ts";
import { type BackendRequest, runBackend, type Sink } from "./backend.ts";
import { NO_REPOSITORY, type Refusal, refuse, whoAsked } from "./git-access.ts";
import { listRefs } from "./read-refs.ts";
import { type RefChange, settleRefChanges } from "./ref-changes.ts";
import { workflowJudgement } from "./workflow-hook.ts";

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

function answer(outgoing: ServerResponse, refusal: Refusal): void {
  outgoing.writeHead(refusal.status, {
    "content-type": "text/plain; charset=utf-8",
    ...(refusal.status === 401 ? { "www-authenticate": 'Basic realm="GitHub"' } : {}),
  });
  outgoing.end(`${refusal.text}\n`);
}

/** A push is announced before the client has its answer, so that the API is never behind what git said. */
async function receivePack(request: GitRequest): Promise<void> {
  const { repository, twin } = request;
  const caller = request.caller as IdentifiedCaller;
  const judged = mayBringWorkflows(caller) ? {} : await workflowJudgement(repository);
  const before = await listRefs(repository.gitDirectory);
  const held = holdAnswer();
  await runBackend({ ...request, ...judged }, held);
  const after = await listRefs(repository.gitDirectory);
  await settleRefChanges({ twin, repository, caller }, changesBetween(before, after));
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
