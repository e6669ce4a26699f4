import { findBubblewrap } from "../src/adapters/sandbox/process/find-programs.ts";

function isSet(name: string): boolean {
  return (process.env[name] ?? "") !== "";
}

/** Whether bubblewrap is on the PATH. */
export const HAS_BUBBLEWRAP = findBubblewrap() !== undefined;

/**
 * Whether tests that need bubblewrap fail where it is missing instead of being skipped: CI promises it, but for the one run
 * that shows what a newcomer without it sees.
 */
export const PROMISES_BUBBLEWRAP = isSet("CI") && !isSet("MILLWRIGHT_WITHOUT_BUBBLEWRAP");
