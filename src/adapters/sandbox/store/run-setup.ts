import { join } from "node:path";
import type { KeptPackages } from "../../../domain/dependencies/kept-packages.ts";
import type { SandboxCommand, SandboxResult } from "../../../ports/sandbox.ts";
import type { Place } from "../process/system-places.ts";
import { type SetAside, setAside } from "./apart.ts";
import type { PackageStore, Wanted } from "./package-store.ts";

/**
 * Runs `setup` as the first command of a workspace with only base bytes. The signed result of an earlier run is there
 * when it begins. If the command declares its files, it sees no others, so they determine its whole result, and a signed
 * earlier result means that nothing has to run.
 */
export async function runSetup(
  task: {
    readonly root: string;
    readonly place: Place;
    readonly command: SandboxCommand;
    /** Absent if nothing is kept between runs. */
    readonly store: PackageStore | undefined;
  },
  run: () => Promise<SandboxResult>,
): Promise<SandboxResult> {
  const { root, place, command, store } = task;
  const wanted = store?.read(place.workspace, command);
  const aside = command.sees && setAside(place.workspace, join(root, "aside"), command.sees);
  let conflict: string | undefined;
  let result: SandboxResult;
  try {
    result = await runBeside(wanted, { root, aside, store }, run);
  } finally {
    conflict = aside?.putBack();
  }
  if (conflict === undefined) return result;
  const said = `it made ${conflict}, which the base has and \`from\` does not name`;
  return { ...result, exitCode: null, output: `${result.output}\n[stopped: ${said}]\n` };
}

async function runBeside(
  wanted: Wanted | undefined,
  given: {
    readonly root: string;
    /** Place of its whole result. */
    readonly aside: SetAside | undefined;
    readonly store: PackageStore | undefined;
  },
  run: () => Promise<SandboxResult>,
): Promise<SandboxResult> {
  const { root, aside, store } = given;
  if (store === undefined || wanted === undefined) return await run();
  const began = performance.now();
  const brought = await store.bring(wanted, root);
  const bringMs = performance.now() - began;
  if (brought !== undefined && aside !== undefined) return foundWhole(brought, bringMs);
  // A failed unpacking removed everything that was there.
  aside?.lay();
  const result = await run();
  if (brought !== undefined) return { ...result, broughtBefore: { ...brought, bringMs } };
  if (result.status === "exited" && result.exitCode === 0) {
    await store.keep(wanted, root, Math.round(result.durationMs));
  }
  return result;
}

function foundWhole(brought: KeptPackages, bringMs: number): SandboxResult {
  return {
    status: "exited",
    exitCode: 0,
    durationMs: bringMs,
    output: "",
    outputBytes: 0,
    broughtBefore: { ...brought, bringMs },
  };
}
