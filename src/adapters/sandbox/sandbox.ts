import { existsSync, readFileSync, realpathSync } from "node:fs";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import type { Credentials } from "../../domain/config/registries/credentials.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { ReadApart, Sandbox, WatchCommand } from "../../ports/sandbox.ts";
import { diskLimitsOf } from "./disk.ts";
import { type Bound, mostProcesses } from "./process/bounds.ts";
import { LIMITER } from "./process/bubblewrap.ts";
import { findBound } from "./process/control-group.ts";
import type { Means } from "./process/execute.ts";
import { findBash, findBubblewrap, isExecutable } from "./process/find-programs.ts";
import type { Limits } from "./process/supervise.ts";
import { syscallFilter } from "./process/syscall-filter.ts";
import { CERTIFICATE_FOLDERS } from "./process/system-places.ts";
import { guardRemains } from "./remains.ts";
import { badFolder, leaking, MISSING, UNBOUND, UNKNOWN_MACHINE } from "./sandbox-refusals.ts";
import { runSelfTest } from "./self-test.ts";
import { openPackageStore, type PackageStoreOptions } from "./store/package-store.ts";
import { chooseNetworkEnvironment } from "./toolchains/network-environment.ts";
import { secretPlaces } from "./toolchains/secret-places.ts";
import { findToolchains, type Toolchains } from "./toolchains/toolchains.ts";
import { openWorkspace } from "./workspace/workspace.ts";

export interface SandboxOptions {
  /** `none` only where a caller accepted it loudly: our own example, or a flag that says so. */
  readonly isolation: Sandbox["isolation"];
  /** Toolchain folders of the config, bound read-only. */
  readonly read?: readonly string[];
  /** The Node program that commands find first on PATH; this one by default. */
  readonly node?: string;
  /** The bwrap program; the first on PATH by default. */
  readonly bubblewrap?: string;
  /** What bounds processes and memory; looked for on the machine by default. */
  readonly bound?: () => Bound | undefined;
  /** Where workspaces are made; the system's temporary folder by default. */
  readonly scratch?: string;
  /** The host's PATH, of which entries below bound folders stay. */
  readonly path?: string;
  readonly limits?: Partial<Limits>;
  /** Where commands with a network find their proxies, registries and certificates; the worker's environment by default. */
  readonly networkEnvironment?: Readonly<Record<string, string | undefined>>;
  /** With what commands with a network ask private registries, or why they cannot. */
  readonly credentials?: Credentials | { readonly refusal: Refusal } | undefined;
  /** Told of each command that a workspace runs, for people who wait. */
  readonly watch?: WatchCommand;
  /** Where what commands left is read, if not here. */
  readonly readApart?: ReadApart;
  /** Where the packages of `setup` stay between runs; absent where they do not. */
  readonly packages?: PackageStoreOptions | undefined;
}

export interface CreatedSandbox extends Sandbox {
  /** Folders of the config that this machine has not: worth a line in the log. */
  readonly missing: readonly string[];
  /** What of the kernel's holds processes and memory; undefined with isolation `none`. */
  readonly bound: Bound | undefined;
  /** What of the network's environment is not passed on, and why, without values: worth a line in the log each. */
  readonly notes: readonly string[];
}

/**
 * A sandbox that has proved itself: with bubblewrap the self-test has run inside and found it tight. Otherwise a refusal
 * that says what to type. Never falls back to less isolation than asked for.
 */
export async function createSandbox(
  options: SandboxOptions,
): Promise<CreatedSandbox | { readonly refusal: Refusal }> {
  const { isolation, credentials } = options;
  if (credentials !== undefined && "refusal" in credentials) return credentials;
  const path = options.path ?? process.env.PATH ?? "";
  const scratch = realpathSync(options.scratch ?? tmpdir());
  const tools = isolation === "none" ? NO_ISOLATION : chooseIsolation(options, path);
  if ("refusal" in tools) return tools;
  const toolchains = chooseToolchains(options, path, scratch);
  if ("refusal" in toolchains) return toolchains;
  const network = chooseNetworkEnvironment(options.networkEnvironment ?? process.env, [
    ...["/usr", ...CERTIFICATE_FOLDERS, ...toolchains.folders],
  ]);
  const means: Means = {
    ...tools,
    bash: findBash(),
    // Without isolation nothing has to be bound, and a host's own folders may lie anywhere.
    toolchains: isolation === "none" ? { ...toolchains, path } : toolchains,
    limits: { ...defaultLimits(scratch), ...options.limits },
    scratch,
    remains: guardRemains(),
    network,
    credentials,
    watch: options.watch,
    readApart: options.readApart,
    packages: options.packages && openPackageStore(options.packages, toolchains.folders),
  };
  const faults = isolation === "none" ? [] : await runSelfTest(means);
  if (faults.length > 0) return { refusal: leaking(faults) };
  return {
    isolation,
    bound: means.bound,
    missing: toolchains.missing,
    notes: network.notes,
    workspace: (fill) => openWorkspace(means, fill),
  };
}

type Isolation = Pick<Means, "bubblewrap" | "filter" | "bound">;

const NO_ISOLATION: Isolation = { bubblewrap: undefined, filter: undefined, bound: undefined };

function chooseIsolation(
  options: SandboxOptions,
  path: string,
): Isolation | { readonly refusal: Refusal } {
  const bubblewrap = options.bubblewrap ?? findBubblewrap(path);
  if (bubblewrap === undefined) return { refusal: MISSING };
  const filter = syscallFilter(process.arch);
  if (filter === undefined) return { refusal: UNKNOWN_MACHINE };
  const find = options.bound ?? (() => findBound(findBash(), isExecutable(LIMITER)));
  const bound = find();
  return bound === undefined ? { refusal: UNBOUND } : { bubblewrap, filter, bound };
}

function chooseToolchains(
  options: SandboxOptions,
  path: string,
  scratch: string,
): Toolchains | { readonly refusal: Refusal } {
  try {
    return findToolchains({
      read: options.read ?? [],
      node: options.node ?? process.execPath,
      path,
      secret: secretPlaces(scratch),
    });
  } catch (error) {
    return { refusal: badFolder(error) };
  }
}

function defaultLimits(scratch: string): Limits {
  return {
    ...diskLimitsOf(scratch),
    outputBytes: 50_000_000,
    memoryBytes: Math.floor(totalmem() * 0.75),
    // Threads count too: an engine has about ten, a browser hundreds.
    processes: Math.min(1_024 + 128 * availableParallelism(), mostProcesses(ownLimits())),
    fileBytes: 2_000_000_000,
    temporaryBytes: 1_000_000_000,
  };
}

function ownLimits(): string {
  const file = "/proc/self/limits";
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
