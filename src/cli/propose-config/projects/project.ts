import type { ProposedCheck } from "../proposal.ts";

/** One project of a repository that holds several: a language in a folder. */
export interface ProposedProject {
  /** Such as `Go in services/rates`. */
  readonly name: string;
  /** `""` for the root. */
  readonly folder: string;
  /** Run from the root of the repository, in the order in which checks run. */
  readonly checks: readonly ProposedCheck[];
}

/** Of a repository with many projects, how many are tried beside the first. */
export const MOST_BESIDE = 8;

/**
 * Whether a file belongs to another of the projects in these folders. A folder inside this one is a part of it, and the root
 * is everybody's.
 */
export function isOfOthers(path: string, folder: string, folders: readonly string[]): boolean {
  const isIn = (one: string) => one !== "" && path.startsWith(`${one}/`);
  return !isIn(folder) && folders.some((other) => other !== folder && isIn(other));
}
