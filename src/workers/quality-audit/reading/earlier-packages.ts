import type { ObjectId } from "../../../domain/digest.ts";
import type { Repository } from "../../../ports/repository.ts";
import { LOCKFILE, readLocked } from "./packages.ts";

/** Days after which a version is old. */
export const OLD_DAYS = 365;

/** Packages locked then, and the commit that shows it; empty without a commit or a lockfile from then. */
export interface EarlierPackages {
  readonly commit: ObjectId | undefined;
  readonly direct: ReadonlyMap<string, string>;
}

const NOTHING: ReadonlyMap<string, string> = new Map();

/** Versions of a year before a commit, by git's own dates and no clock, so that a commit has one answer. */
export async function readEarlierPackages(
  repository: Pick<Repository, "ancestor" | "read">,
  commit: ObjectId,
): Promise<EarlierPackages> {
  const earlier = await repository.ancestor(commit, OLD_DAYS);
  const bytes = earlier === undefined ? undefined : await repository.read(earlier, LOCKFILE);
  const locked = bytes && readLocked(new TextDecoder().decode(bytes));
  return { commit: earlier, direct: locked?.direct ?? NOTHING };
}
