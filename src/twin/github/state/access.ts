import { randomBytes } from "node:crypto";
import { type ApiRequest, reaches } from "../routes/api.ts";
import { ApiRefusal, forbidden, notAccessible, notFound } from "../routes/refusals.ts";
import type { RouteRule } from "../routes.ts";
import type { JobPermissions, RepositoryRole } from "../twin-github.ts";
import type { IssueState } from "./issue-state.ts";
import type { Caller, RepositoryState, Twin } from "./state.ts";

function randomText(bytes: number): string {
  return randomBytes(bytes).toString("base64url");
}

/** A person's classic token: ghp_ and 36 letters or digits. */
export function personalToken(): string {
  return `ghp_${randomText(64).replaceAll(/[-_]/g, "").slice(0, 36)}`;
}

/**
 * A job's token has the form and the length of today's installation tokens, ghs_<app id>_<JWT>, so that masks and
 * scanners meet the real form. The signature is random: the twin looks tokens up, and verifies none. Source: changelog
 * 2026-05-15 github-app-installation-tokens
 */
export function installationToken(): string {
  const header = Buffer.from('{"alg":"RS256","typ":"JWT"}').toString("base64url");
  return `ghs_15368_${header}.${randomText(90)}.${randomText(256)}`;
}

function tokenOf(authorization: string): string | undefined {
  const [scheme, value] = authorization.split(/\s+/, 2);
  if (value === undefined) return undefined;
  switch (scheme?.toLowerCase()) {
    case "bearer":
    case "token":
      return value;
    case "basic": {
      const decoded = Buffer.from(value, "base64").toString("utf8");
      return decoded.slice(decoded.indexOf(":") + 1);
    }
    default:
      return undefined;
  }
}

/** The account in the header; undefined for an unknown, revoked or unreadable token. */
export function authenticate(twin: Twin, authorization: string | undefined): Caller | undefined {
  if (authorization === undefined || authorization === "") return { kind: "anonymous" };
  const token = tokenOf(authorization);
  return token === undefined ? undefined : twin.tokens.get(token);
}

/** The caller's role in a repository; undefined if the repository is invisible to this caller. */
export function roleIn(repository: RepositoryState, caller: Caller): RepositoryRole | undefined {
  const visible = repository.visibility === "public" ? "read" : undefined;
  switch (caller.kind) {
    case "anonymous":
      return visible;
    case "person":
      if (caller.account.id === repository.owner.id) return "admin";
      return repository.collaborators.get(caller.account.login.toLowerCase()) ?? visible;
    case "app":
    case "job":
      // A token's permissions decide; its role only says that the repository is its own, or everybody's.
      return caller.grant.repository.toLowerCase() === repository.fullName.toLowerCase()
        ? "write"
        : visible;
  }
}

/** Whether a caller may change workflow files at all: no job's token can, an App's only if granted. */
export function mayBringWorkflows(caller: Caller): boolean {
  if (caller.kind === "app") return caller.grant.permissions.workflows === "write";
  return caller.kind !== "job";
}

/** Every token may read metadata, even with `permissions: {}`. */
export function grants(permissions: JobPermissions, needed: string): boolean {
  const [key, level] = needed.split(":");
  if (key === undefined || key === "metadata") return true;
  const given = permissions[key];
  return given === "write" || (given === "read" && level === "read");
}

function neededByToken(rule: RouteRule, write: boolean, issue: IssueState | undefined): string[] {
  if (rule.tokenOnPull === undefined || issue?.pull === undefined) return [rule.token];
  return write ? [rule.tokenOnPull] : [rule.tokenOnPull, rule.token];
}

export interface RouteAccess {
  readonly rule: RouteRule;
  readonly write: boolean;
  readonly role: RepositoryRole;
  /** Issue or pull request with the route's number. */
  readonly issue: IssueState | undefined;
  /** A repository that is not the token's own: of a public one it reads what everybody may. */
  readonly isForeign?: boolean;
}

/** Refuses as GitHub does if the caller may not use this route on this repository. */
export function assertMayUse(request: ApiRequest, access: RouteAccess): void {
  const { caller } = request;
  const { rule, write } = access;
  if (caller.kind === "anonymous") {
    if (write || rule.role !== "read") throw new ApiRefusal(401, "Requires authentication");
    return;
  }
  if (caller.kind !== "person") {
    assertTokenReaches(caller.grant.permissions, access);
    return;
  }
  if (reaches(access.role, rule.role)) return;
  // GitHub hides git data from people without write access, and reports the role needed to label.
  if (rule.role === "triage") throw forbidden("Must have admin rights to Repository.");
  throw rule.token.startsWith("contents:") && write
    ? notFound()
    : forbidden("Must have push access to repository.");
}

function assertTokenReaches(permissions: JobPermissions, access: RouteAccess): void {
  if (access.isForeign && (access.write || access.rule.role !== "read")) throw notAccessible();
  if (access.rule.token === "none") return;
  const needed = neededByToken(access.rule, access.write, access.issue);
  if (access.rule.token === "never") throw notAccessible();
  if (needed.some((permission) => grants(permissions, permission))) return;
  const accepted = needed.map((permission) => permission.replaceAll("-", "_").replace(":", "="));
  throw notAccessible(accepted.join("; "));
}
