import { RepositoryName } from "../../domain/order.ts";
import type { GitHub } from "../../ports/github.ts";
import { apply } from "./apply.ts";
import { type ClientOptions, createClient, type RequestCount } from "./client/client.ts";
import { readBytesAt } from "./files/bytes-at.ts";
import { readTextOf } from "./files/text-of.ts";
import { readTreeAt } from "./files/tree-at.ts";
import { createMemory } from "./memory.ts";
import { readChangers } from "./observe/changers.ts";
import { readDiscussions } from "./observe/discussions.ts";
import { observe } from "./observe/observe.ts";
import { readOwned } from "./observe/owned.ts";
import { readOwnedChecks } from "./observe/owned-checks.ts";
import { readPinning } from "./pin/read-pinning.ts";

export interface GitHubOptions extends ClientOptions {
  /** The account of the token, by its numeric id; github-actions[bot] is 41898282. */
  readonly identity: { readonly id: number; readonly login: string };
}

/** The GitHub port, with a count of its requests. */
export type CountingGitHub = GitHub & {
  readonly count: () => RequestCount;
};

/** Throws a TypeError if the repository is not OWNER/NAME. */
export function createGitHub(options: GitHubOptions): CountingGitHub {
  const name = RepositoryName.safeParse(options.repository);
  if (!name.success) {
    throw new TypeError(`expected OWNER/NAME, found ${JSON.stringify(options.repository)}`);
  }
  const [owner = ""] = name.data.split("/");
  const client = createClient(options);
  const memory = createMemory(options.identity);
  return {
    async observe(scope) {
      const observed = await observe(client, scope, options.identity, memory.ahead(scope));
      memory.look(observed, scope);
      return observed.snapshot;
    },
    apply: (effects) => apply({ client, identity: options.identity, memory }, effects, owner),
    count: () => client.count(),
    bytesAt: (commit, paths) => readBytesAt(client, commit, paths),
    textOf: (repository, path) => readTextOf(client, repository, path),
    treeAt: (commit) => readTreeAt(client, commit),
    saidOn: (pullRequest) => readOwned(client, pullRequest),
    pinningOf: (issue) => readPinning(client, issue),
    discussionsWith: (label) => readDiscussions(client, label),
    changersOf: (commit, paths) => readChangers(client, commit, paths),
    checksOn: (asked) => readOwnedChecks(client, asked, options.identity),
  };
}
