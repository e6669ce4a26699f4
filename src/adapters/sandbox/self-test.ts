import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../../domain/text/message-of.ts";
import { CALLS_FILE, isFinished, judgeProbe, PROBE } from "./probe.ts";
import { callsProgram } from "./process/ask-calls.ts";
import type { Means } from "./process/execute.ts";
import { openWorkspace } from "./workspace/workspace.ts";

/** Far more than it needs, also beside much else: it ends what hangs and is no limit of speed. */
const SELF_TEST_MS = 60_000;

interface Tried {
  readonly finished: boolean;
  readonly faults: readonly string[];
}

/**
 * Runs the self-test inside and names what is wrong; empty when the sandbox is tight. Once more where it was cut short, as
 * by a machine that was short of something: nothing is known then. A leak is never asked about twice.
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
    // The sandbox could not be made, which a second time would not change.
    return { finished: true, faults: [messageOf(error)] };
  }
}
