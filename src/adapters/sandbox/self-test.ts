import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../../domain/text/message-of.ts";
import { CALLS_FILE, isFinished, judgeProbe, PROBE } from "./probe.ts";
import { callsProgram } from "./process/ask-calls.ts";
import type { Means } from "./process/execute.ts";
import { openWorkspace } from "./workspace/workspace.ts";

/** Far more than it needs, even on a busy machine: it ends a hanging test and is no speed limit, in ms. */
const SELF_TEST_MS = 60_000;

interface Tried {
  readonly finished: boolean;
  readonly faults: readonly string[];
}

/**
 * Runs the self-test inside and names the faults; empty if the sandbox is tight. Repeats an interrupted test once, for
 * example on an overloaded machine, because nothing is known then. A leak is never retested.
 */
export async function runSelfTest(means: Means): Promise<readonly string[]> {
  const first = await tryInside(means);
  return (first.finished ? first : await tryInside(means)).faults;
}

async function tryInside(means: Means): Promise<Tried> {
  const canary = { MILLWRIGHT_PROBE: "1" };
  try {
    const workspace = await openWorkspace(means, async (directory) => {
      const program = callsProgram(process.arch) ?? "";
      writeFileSync(join(directory, CALLS_FILE), program, { mode: 0o755 });
    });
    try {
      const places = ["/home", "/root", "/run", "/var", workspace.root].filter(
        (place) => !means.toolchains.folders.some((folder) => folder.startsWith(`${place}/`)),
      );
      const { output } = await workspace.execute(
        [means.bash, "--norc", "--noprofile", "-c", PROBE, "probe", ...places],
        { timeoutMs: SELF_TEST_MS, environment: canary },
      );
      const processes = means.bound?.processes === "user" ? means.limits.processes : undefined;
      const environment = { ...workspace.environment, ...canary };
      return {
        finished: isFinished(output),
        faults: judgeProbe(output, environment, { processes }),
      };
    } finally {
      await workspace.close();
    }
  } catch (error) {
    // The sandbox could not be created, which a second try would not change.
    return { finished: true, faults: [messageOf(error)] };
  }
}
