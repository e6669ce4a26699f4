import type { JobPermissions } from "../../github/twin-github.ts";
import { isTemplateMapping, type Template } from "./template.ts";

/** A `permissions` key as written: every missing key is none. */
export type PermissionRequest = Readonly<Record<string, PermissionLevel>>;
type PermissionLevel = "none" | "read" | "write";

/**
 * Keys covered by the shorthands read-all and write-all. Source:
 * docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
const EVERY_PERMISSION = [
  "actions",
  "artifact-metadata",
  "attestations",
  "checks",
  "code-quality",
  "contents",
  "deployments",
  "discussions",
  "id-token",
  "issues",
  "models",
  "packages",
  "pages",
  "pull-requests",
  "security-events",
  "statuses",
  "vulnerability-alerts",
] as const;
const READ_ONLY = ["models", "vulnerability-alerts"];
const WRITE_ONLY = ["id-token"];

/** Permissions of a workflow that names none, under GitHub's restricted default. */
export const DEFAULT_PERMISSIONS: PermissionRequest = { contents: "read", packages: "read" };

/** Reads a `permissions` key; undefined if there is none. */
export function readPermissions(template: Template | undefined): PermissionRequest | undefined {
  if (template === undefined) {
    return undefined;
  }
  if (template === "read-all" || template === "write-all") {
    return Object.fromEntries(
      EVERY_PERMISSION.map((key) => [key, shorthand(key, template === "write-all")]),
    );
  }
  if (!isTemplateMapping(template)) {
    return {};
  }
  return Object.fromEntries([...template].map(([key, level]) => [key, levelOf(level)]));
}

function shorthand(key: string, write: boolean): PermissionLevel {
  if (WRITE_ONLY.includes(key)) {
    return write ? "write" : "none";
  }
  return write && !READ_ONLY.includes(key) ? "write" : "read";
}

function levelOf(level: Template): PermissionLevel {
  return level === "write" || level === "read" ? level : "none";
}

const RANK = { none: 0, read: 1, write: 2 } as const;

/** The lower of the two for each key. */
export function intersectPermissions(
  asked: PermissionRequest,
  granted: PermissionRequest,
): PermissionRequest {
  return Object.fromEntries(
    Object.entries(asked).map(([key, level]) => {
      const limit = granted[key] ?? "none";
      return [key, RANK[level] <= RANK[limit] ? level : limit];
    }),
  );
}

/** The request beyond the grant, in GitHub's words; undefined if there is none. */
export function permissionExcess(
  asked: PermissionRequest,
  granted: PermissionRequest,
): { readonly requested: string; readonly allowed: string } | undefined {
  const excess = Object.entries(asked).filter(
    ([key, level]) => RANK[level] > RANK[granted[key] ?? "none"],
  );
  if (excess.length === 0) {
    return undefined;
  }
  return {
    requested: excess.map(([key, level]) => `${key}: ${level}`).join(", "),
    allowed: excess.map(([key]) => `${key}: ${granted[key] ?? "none"}`).join(", "),
  };
}

/** Permissions of a job's token. Every token may read metadata. */
export function tokenPermissions(request: PermissionRequest): JobPermissions {
  const granted: Record<string, "read" | "write"> = { metadata: "read" };
  for (const [key, level] of Object.entries(request)) {
    if (level !== "none") {
      granted[key] = level;
    }
  }
  return granted;
}
