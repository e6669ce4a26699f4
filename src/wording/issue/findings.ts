import type { Digest } from "../../domain/digest.ts";

/** What the next attempt, and whoever reads the ledger, is told of an approval of dependency files. */
export function sayApprovedDependencies(digest: Digest): string {
  return `a person approved the dependency files of this attempt (digest ${digest}): write exactly the same bytes into them again; any other byte asks the person again`;
}
