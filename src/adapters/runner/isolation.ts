import type { Runner } from "../../ports/runner.ts";

/**
 * Isolation is bubblewrap everywhere except in the twin, where the demo may explicitly play its own example without it.
 * GitHub's runners set RUNNER_ENVIRONMENT to other values, and nothing in a workflow can change it there.
 */
export function readIsolation(runner: Runner): "bubblewrap" | "none" {
  const inTwin = process.env.RUNNER_ENVIRONMENT === "millwright-twin";
  if (!inTwin || process.env.MILLWRIGHT_ISOLATION !== "none") return "bubblewrap";
  runner.warning(
    "The twin plays WITHOUT isolation: only for the bundled example with the scripted model.",
  );
  return "none";
}
