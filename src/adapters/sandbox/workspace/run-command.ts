import type { ServicesBeside } from "../../../domain/config/services/plan.ts";
import type { SandboxCommand, SandboxResult } from "../../../ports/sandbox.ts";
import { withCredentials } from "../credentials/with-credentials.ts";
import { throughGate } from "../gate/gate.ts";
import { type Means, runWatched } from "../process/execute.ts";
import type { Launch, Supervised } from "../process/supervise.ts";
import type { Place } from "../process/system-places.ts";
import { runSetup } from "../store/run-setup.ts";
import type { View } from "../toolchains/environment.ts";

/** On the host's loopback a service would meet others, and those of a concurrent check. */
export const NOT_ISOLATED = "without isolation there is no loopback of their own";

/** Files that a command can leave for the next. */
export function leftIn({ workspace, cache, temporary }: Place): readonly string[] {
  return [workspace, cache, temporary];
}

interface Task {
  readonly root: string;
  readonly place: Place;
  readonly view: View;
  readonly command: SandboxCommand;
}

/** As below. The first command of a workspace may use the kept result of an earlier `setup`, and keep its own. */
export function runCommand(
  means: Means,
  task: Task & { readonly isFirst: boolean },
  start: (launch: Launch) => Supervised,
): Promise<SandboxResult> {
  const run = () => runOnce(means, task, start);
  // With real paths in it, the result is useless elsewhere.
  const store = means.bubblewrap === undefined ? undefined : means.packages;
  return task.isFirst && task.command.network === true ? runSetup({ ...task, store }, run) : run();
}

/** With named hosts, behind a gate to them; without isolation there is none. With a network, with its credentials. */
function runOnce(
  means: Means,
  task: Task,
  start: (launch: Launch) => Supervised,
): Promise<SandboxResult> {
  const { hosts, services, network } = task.command;
  const isInside = means.bubblewrap !== undefined;
  if (services !== undefined && !isInside) return Promise.resolve(unstarted(services));
  if (network === true && means.credentials !== undefined) {
    const place = { root: task.root, left: leftIn(task.place) };
    return withCredentials(means.credentials, place, (credentials) =>
      runWatched(means, { ...task, credentials }, start),
    );
  }
  return hosts === undefined || !isInside
    ? runWatched(means, task, start)
    : throughGate(task.root, hosts, (gate) => runWatched(means, { ...task, gate }, start));
}

function unstarted({ plans }: ServicesBeside): SandboxResult {
  return {
    status: "exited",
    exitCode: null,
    durationMs: 0,
    output: "",
    outputBytes: 0,
    failedService: {
      name: plans[0]?.name ?? "",
      reason: `was not started: ${NOT_ISOLATED}`,
      log: "",
      isBefore: true,
    },
  };
}
