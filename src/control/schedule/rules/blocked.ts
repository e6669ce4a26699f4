import type { Candidate, Hold } from "../queue.ts";

/** Uses GitHub's own data alone: open sub-issues, and open issues that block it. Does not hold an issue that is only read, or one without a known blocker. */
export function holdForBlockers({ work, blockedBy }: Candidate): Hold | undefined {
  if (work === "read" || "unknown" in blockedBy || blockedBy.known === 0) return undefined;
  return { rule: "blocked", found: `${blockedBy.known} open`, accepted: "none open" };
}
