import { reaches } from "../routes/api.ts";
import { grants, roleIn } from "../state/access.ts";
import type { Caller, RepositoryState, TokenGrant } from "../state/state.ts";
import type { RepositoryRole } from "../twin-github.ts";

export function whoAsked(caller: Caller | undefined) {
  if (caller === undefined || caller.kind === "anonymous") return { actor: "" };
  const run = caller.kind === "job" ? { runId: caller.grant.runId } : {};
  return { actor: caller.account.login, ...run };
}

export interface Refusal {
  readonly status: number;
  readonly text: string;
}

const WANTS_LOGIN: Refusal = { status: 401, text: "Authentication required" };

export const NO_REPOSITORY: Refusal = { status: 404, text: "Repository not found." };

interface GitAccess {
  readonly caller: Caller | undefined;
  readonly repository: RepositoryState | undefined;
  readonly writes: boolean;
}

export function refuse({ caller, repository, writes }: GitAccess): Refusal | undefined {
  if (caller === undefined) return WANTS_LOGIN;
  const role = repository === undefined ? undefined : roleOf(repository, caller);
  if (caller.kind === "anonymous") {
    return role === undefined || writes ? WANTS_LOGIN : undefined;
  }
  if (repository === undefined || role === undefined) return NO_REPOSITORY;
  const may =
    caller.kind !== "person"
      ? mayToken(caller.grant, { repository, role, writes })
      : !writes || reaches(role, "write");
  if (may) return undefined;
  return {
    status: 403,
    text: `Permission to ${repository.fullName}.git denied to ${caller.account.login}.`,
  };
}

/** Git serves public repositories to every job, as everybody's; REST is stricter on purpose (routes.ts). */
function roleOf(repository: RepositoryState, caller: Caller): RepositoryRole | undefined {
  const everybodys = repository.visibility === "public" ? "read" : undefined;
  return roleIn(repository, caller) ?? everybodys;
}

function mayToken(
  { permissions }: TokenGrant,
  wanted: {
    readonly repository: RepositoryState;
    readonly role: RepositoryRole;
    readonly writes: boolean;
  },
): boolean {
  if (wanted.writes) return reaches(wanted.role, "write") && grants(permissions, "contents:write");
  return wanted.repository.visibility === "public" || grants(permissions, "contents:read");
}
