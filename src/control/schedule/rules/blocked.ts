import type { Candidate, Hold } from "../queue.ts";

/** GitHub's own word alone: its open sub-issues, and the open issues that block it. What is only read is not held, and nothing is where nobody knows of one. */
export function holdForBlockers({ work, blockedBy }: Candidate): Hold | undefined {
  if (work === "read" || "unknown" in blockedBy || blockedBy.known === 0) return undefined;
  return { rule: "blocked", found: `${blockedBy.known} open`, accepted: "none open" };
}
