import type { DependencyChange } from "../../domain/dependencies/change.ts";
import type { LockedPackage } from "../../domain/dependencies/npm-entry.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import { withoutEscapes } from "../../domain/text/without-escapes.ts";
import type { SandboxResult, Workspace } from "../../ports/sandbox.ts";
import type { Web } from "../../ports/web.ts";
import { fetchPackages } from "./fetch-packages.ts";

/** Place of fetched packages in the workspace, before any byte of an agent. */
const SHELF = ".millwright-fetched";
/** npm's cache: content by its digest, which an install without a network reads (`cacache`, content-v2). */
const CONTENT = "content-v2/sha512";
const LIST = `cd "$npm_config_cache/_cacache/${CONTENT}" 2>/dev/null && find . -type f || true`;
const LIST_BYTES = 2_000_000;
const STORE = `mkdir -p "$npm_config_cache/_cacache" && cp -R ${SHELF}/. "$npm_config_cache/_cacache/" && rm -rf ${SHELF}`;
/** Scripts stay off, and without a network only fetched packages are available. */
const INSTALL = "npm ci --offline --ignore-scripts --no-audit --no-fund";
const COMMAND_MS = 300_000;

export interface SupplyPorts {
  readonly web: Web;
  readonly remainingMs: () => number;
}

/**
 * Fills the cache of a prepared workspace with packages that an approved lockfile needs and `setup` did not bring. The
 * worker fetches; inside, where only base bytes are, files are copied.
 */
export async function supplyPackages(
  workspace: Workspace,
  change: DependencyChange,
  { web, remainingMs }: SupplyPorts,
): Promise<Refusal | undefined> {
  const wanted = wantedBy(change);
  if (wanted.length === 0) return undefined;
  const timeoutMs = limited(remainingMs);
  const { output } = await workspace.run({ command: LIST, timeoutMs, keepBytes: LIST_BYTES });
  const held = new Set(output.split("\n").map((line) => line.replace(/^\.\//, "")));
  const missing = wanted.filter((one) => !held.has(placeOf(hashOf(one))));
  const refusal = await fetchPackages(missing, {
    web,
    remainingMs,
    keep: (fetched) =>
      workspace.write(
        fetched.map(({ hash, bytes }) => ({
          path: `${SHELF}/${CONTENT}/${placeOf(hash)}`,
          mode: "100644",
          encoding: "base64",
          content: Buffer.from(bytes).toString("base64"),
        })),
      ),
  });
  if (refusal !== undefined || missing.length === 0) return refusal;
  const stored = await workspace.run({ command: STORE, timeoutMs: limited(remainingMs) });
  return stored.exitCode === 0 ? undefined : failed("storing the fetched packages", stored);
}

/** Each tarball once. Packages that cannot be installed here are not fetched, as with npm itself. */
function wantedBy({ lockfiles }: DependencyChange): readonly LockedPackage[] {
  const all = lockfiles.flatMap(({ packages }) => packages).filter(({ forLinux }) => forLinux);
  return [...new Map(all.map((one) => [`${one.resolved} ${one.integrity}`, one])).values()];
}

function hashOf({ integrity }: LockedPackage): string {
  return Buffer.from(integrity.slice("sha512-".length), "base64").toString("hex");
}

function placeOf(hash: string): string {
  return `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash.slice(4)}`;
}

/** Installs the packages of the changed lockfiles, without a network and without scripts, with the change's own bytes in place. */
export async function installPackages(
  workspace: Workspace,
  change: DependencyChange,
  { remainingMs }: Pick<SupplyPorts, "remainingMs">,
): Promise<Refusal | undefined> {
  for (const { path } of change.lockfiles) {
    const folder = `'${folderOf(path).replaceAll("'", "'\\''")}'`;
    const command = `cd ${folder} && ${INSTALL}`;
    const result = await workspace.run({ command, timeoutMs: limited(remainingMs) });
    if (result.exitCode !== 0) return failed(`${INSTALL} for ${path}`, result);
  }
  return undefined;
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
}

function limited(remainingMs: () => number): number {
  return Math.max(1, Math.floor(Math.min(COMMAND_MS, remainingMs())));
}

function failed(what: string, result: SandboxResult): Refusal {
  const how = result.status === "timed-out" ? "timed out" : `exit code ${result.exitCode}`;
  return {
    code: "check-failed",
    subject: cut(what, 300),
    found: cut(`${how}: ${withoutEscapes(result.output).trim().slice(-1_000)}`, 2_000),
    accepted: "a lockfile that fits its manifest, and of which every package was fetched",
  };
}
