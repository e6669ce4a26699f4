import type { KeptPackages } from "../../../domain/dependencies/kept-packages.ts";
import type { SandboxResult } from "../../../ports/sandbox.ts";
import type { Means } from "../process/execute.ts";
import type { Place } from "../process/system-places.ts";
import type { PackageStore, WantedPackages } from "./package-store.ts";

/** A workspace that holds base bytes alone, and in which `setup` is next. */
export interface BegunSetup {
  readonly store: PackageStore;
  readonly wanted: WantedPackages;
  readonly places: { readonly folder: string; readonly archive: string };
  /** What an earlier run had brought. */
  readonly brought: (KeptPackages & { readonly bringMs: number }) | undefined;
}

/** Asks what the tree wants before anything runs in it; undefined where nothing is kept between runs. */
export async function beginSetup(
  { packages: store }: Means,
  { workspace, cache: folder }: Place,
  archive: string,
): Promise<BegunSetup | undefined> {
  const wanted = store?.read(workspace);
  if (store === undefined || wanted === undefined) return undefined;
  const places = { folder, archive };
  const began = performance.now();
  const brought = await store.bring(wanted, places);
  const bringMs = performance.now() - began;
  return { store, wanted, places, brought: brought && { ...brought, bringMs } };
}

/** Keeps what a `setup` without help brought: no other byte has been in the workspace so far. */
export async function endSetup(
  begun: BegunSetup | undefined,
  result: SandboxResult,
): Promise<SandboxResult> {
  if (begun === undefined) return result;
  const { store, wanted, places, brought } = begun;
  if (brought !== undefined) return { ...result, broughtBefore: brought };
  if (result.status === "exited" && result.exitCode === 0) {
    await store.keep(wanted, places, Math.round(result.durationMs));
  }
  return result;
}
