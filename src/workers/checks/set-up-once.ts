import type { CheckRun } from "../../domain/evidence.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Workspace } from "../../ports/sandbox.ts";

/** A workspace after `setup`, on base bytes alone. */
export interface Ready {
  readonly workspace: Workspace;
  /** Undefined if the config has none. */
  readonly setup: CheckRun | undefined;
}

/** A shorter setup is run again, because copying its result takes time, too (ms). */
const WORTH_COPYING_MS = 3_000;

/**
 * Creates workspaces after `setup`. It runs for the first; every other one is a copy of its result, made before anything
 * else was written. If that is not worth it, the sandbox makes no copies, or the run failed, it runs again for each.
 */
export function onceReady(parts: {
  readonly setUp: (on: CheckRun["on"]) => Promise<Ready>;
  readonly onCopy: (workspace: Workspace) => void;
  readonly clock: Pick<Clock, "elapsed">;
}): (on: CheckRun["on"]) => Promise<Ready> {
  const { setUp, onCopy, clock } = parts;
  let first: Promise<Ready & { readonly copy: (() => Promise<Workspace>) | undefined }> | undefined;
  const begin = async (on: CheckRun["on"]) => {
    const ready = await setUp(on);
    const { status, durationMs = 0 } = ready.setup ?? {};
    const isWorth = status === "passed" && durationMs >= WORTH_COPYING_MS;
    return { ...ready, copy: isWorth ? await ready.workspace.snapshot?.() : undefined };
  };
  return async (on) => {
    if (first === undefined) {
      first = begin(on);
      return first;
    }
    const known = await first.catch(() => undefined);
    if (known?.setup === undefined || known.copy === undefined) return setUp(on);
    const began = clock.elapsed();
    const workspace = await known.copy();
    onCopy(workspace);
    const durationMs = clock.elapsed() - began;
    return { workspace, setup: { ...known.setup, on, durationMs, note: COPIED } };
  };
}

const COPIED = "copied from its one run on the base";
