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
  /** `none` only if a caller explicitly accepted it: for our own example, or by a flag. */
  readonly isolation: Sandbox["isolation"];
  /** Toolchain folders of the config, bound read-only. */
  readonly read?: readonly string[];
  /** The Node program that commands find first on PATH; this one by default. */
  readonly node?: string;
  /** The bwrap program; the first on PATH by default. */
  readonly bubblewrap?: string;
  /** Bounds of processes and memory; determined on the machine by default. */
  readonly bound?: () => Bound | undefined;
  /** Where workspaces are created; the system's temporary folder by default. */
  readonly scratch?: string;
  /** The host's PATH, of which entries below bound folders stay. */
  readonly path?: string;
  readonly limits?: Partial<Limits>;
  /** Source of proxies, registries and certificates for commands with a network; the worker's environment by default. */
  readonly networkEnvironment?: Readonly<Record<string, string | undefined>>;
  /** Credentials of commands with a network for private registries, or why there are none. */
  readonly credentials?: Credentials | { readonly refusal: Refusal } | undefined;
  /** Hears of each command of a workspace, for people who wait. */
  readonly watch?: WatchCommand;
  /** Reads leftovers of commands in another process; absent: here. */
  readonly readApart?: ReadApart;
  /** Store of `setup` packages between runs; absent if not kept. */
  readonly packages?: PackageStoreOptions | undefined;
}

export interface CreatedSandbox extends Sandbox {
  /** Folders of the config that this machine does not have; worth a log line. */
  readonly missing: readonly string[];
  /** The kernel's bounds of processes and memory; undefined with isolation `none`. */
  readonly bound: Bound | undefined;
  /** Network variables that are not passed on, with the reason and without values; each worth a log line. */
  readonly notes: readonly string[];
}

/**
 * A tested sandbox: with bubblewrap the self-test has run inside and found it tight. Otherwise a refusal that says what
 * to type. Never falls back to less isolation than requested.
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
    // Without isolation nothing has to be bound, and a host's own folders may be anywhere.
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
