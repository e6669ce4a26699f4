import type { TwinEvent } from "../../github/twin-github.ts";
import { field } from "../workflow/events.ts";
import type { CacheMode } from "../workflow/overlay.ts";

/** Cache rights of a job. */
export interface CacheAccess {
  readonly repository: string;
  /** Refs whose entries it finds, in this order; its own saves belong to the first. */
  readonly scopes: readonly string[];
  readonly mode: CacheMode;
}

export interface Entry {
  readonly id: string;
  readonly key: string;
  readonly version: string;
  /** Nothing is added to it any more. */
  readonly isWhole: boolean;
}

type Stored = Entry & { readonly repository: string; readonly scope: string; isWhole: boolean };

type Wanted = Pick<Entry, "key" | "version">;

/**
 * The entries of all repositories and their visibility:
 * docs.github.com/en/actions/reference/workflows-and-actions/dependency-caching. A run finds the entries of its own ref,
 * of the base of its pull request and of the default branch. An entry never changes.
 */
export function createCaches() {
  const stored: Stored[] = [];
  const inScope = (access: CacheAccess, scope: string | undefined, version: string) =>
    stored.filter(
      (entry) =>
        entry.repository === access.repository &&
        entry.scope === scope &&
        entry.version === version,
    );
  return {
    begin(
      access: CacheAccess,
      { key, version, id }: Omit<Entry, "isWhole">,
    ): Entry | { readonly refused: string; readonly status: number } {
      const [scope] = access.scopes;
      if (scope === undefined || !["write", "write-only"].includes(access.mode)) {
        return { refused: `cache-mode ${access.mode} does not write`, status: 403 };
      }
      const isTaken = inScope(access, scope, version).some(
        (entry) => entry.key === key && entry.isWhole,
      );
      if (isTaken) return { refused: `the key ${key} is taken`, status: 409 };
      const entry = { id, key, version, scope, repository: access.repository, isWhole: false };
      stored.push(entry);
      return entry;
    },
    begunBy: (access: CacheAccess, { key, version }: Wanted): Entry | undefined =>
      inScope(access, access.scopes[0], version).findLast(
        (entry) => entry.key === key && !entry.isWhole,
      ),
    end({ id }: Entry): void {
      const entry = stored.find((each) => each.id === id);
      if (entry !== undefined) entry.isWhole = true;
    },
    byId: (id: string): Entry | undefined => stored.find((entry) => entry.id === id),
    find(
      access: CacheAccess,
      { keys, version }: { readonly keys: readonly string[]; readonly version: string },
    ): Entry | undefined {
      if (!["write", "read"].includes(access.mode)) return undefined;
      const found = access.scopes.map((scope) =>
        findIn(
          inScope(access, scope, version).filter(({ isWhole }) => isWhole),
          keys,
        ),
      );
      return found.find((entry) => entry !== undefined);
    },
  };
}

/** The key itself, then the newest with that prefix, then the same for the other keys. */
function findIn(whole: readonly Stored[], keys: readonly string[]): Stored | undefined {
  const exact = whole.find(({ key }) => key === keys[0]);
  if (exact !== undefined) return exact;
  const newest = keys.map((prefix) => whole.findLast(({ key }) => key.startsWith(prefix)));
  return newest.find((entry) => entry !== undefined);
}

/** Events that strangers cause on the default branch, as reported since June 2026: they read by default. */
const LOW_TRUST = ["pull_request_target", "issue_comment"];

/** Cache rights for a job of an event; `asked` is its `cache-mode`. */
export function cacheAccessOf(event: TwinEvent, asked: CacheMode | undefined): CacheAccess {
  const { name, payload, ref, repository } = event;
  const base = field(field(field(payload, "pull_request"), "base"), "ref");
  const main = field(field(payload, "repository"), "default_branch");
  const branches = [base, main].filter((branch) => typeof branch === "string");
  const scopes = [ref, ...branches.map((branch) => `refs/heads/${branch}`)];
  const usual = LOW_TRUST.includes(name) ? "read" : "write";
  return { repository, scopes: [...new Set(scopes)], mode: asked ?? usual };
}
