import type { Sandbox } from "../../ports/sandbox.ts";

/** Two at a time if each workspace has its own network; without isolation two test runs could want one port. */
export async function inLanes<Left, Right>(
  isolation: Sandbox["isolation"],
  left: () => Promise<Left>,
  right: () => Promise<Right>,
): Promise<readonly [Left, Right]> {
  if (isolation === "none") return [await left(), await right()];
  // Both must have ended before the workspaces are closed, even if one throws.
  const [first, second] = await Promise.allSettled([left(), right()]);
  if (first.status === "rejected") throw first.reason;
  if (second.status === "rejected") throw second.reason;
  return [first.value, second.value];
}
