import { z } from "zod";

/** One package of a lockfile to fetch: its address, and the only bytes that are accepted. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Address of the tarball, below one of the registries. */
  readonly resolved: string;
  /** `sha512-` and base64: the strongest digest the lockfile names. */
  readonly integrity: string;
  readonly installScript: boolean;
  /** Whether it can be installed on Linux. Packages for other systems are never fetched. */
  readonly forLinux: boolean;
}

/** A fault of a lockfile: the entry, and its content. */
export interface LockfileFault {
  readonly entry: string;
  readonly found: string;
  readonly accepted: string;
}

const Text = z.string().max(2_000);

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json#packages; keys without effect here are left out. */
export const Entry = z.object({
  name: Text.optional(),
  version: Text.optional(),
  resolved: Text.optional(),
  integrity: Text.optional(),
  link: z.boolean().optional(),
  inBundle: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
  os: z.array(Text).optional(),
  cpu: z.array(Text).optional(),
});

export type Entry = z.infer<typeof Entry>;

/** One package to fetch, or why it may not be fetched; undefined for the repository's own, or for one inside another package. */
export function readEntry(
  key: string,
  entry: Entry,
  registries: readonly string[],
): LockedPackage | LockfileFault | undefined {
  // The root and workspace packages are files of the repository.
  const isLocal = !/(^|\/)node_modules\//.test(key);
  if (isLocal) return key.split("/").includes("..") ? outside(key, key) : undefined;
  if (entry.link === true) {
    const target = entry.resolved ?? "";
    const leaves = target.split("/").includes("..") || /^\/|:/.test(target);
    return leaves ? outside(key, target) : undefined;
  }
  // Part of another package's tarball, which is checked as a whole.
  if (entry.inBundle === true) return undefined;
  return readFetched(key, entry, registries);
}

function outside(entry: string, found: string): LockfileFault {
  return { entry, found, accepted: "a folder inside the repository" };
}

function readFetched(
  key: string,
  entry: Entry,
  registries: readonly string[],
): LockedPackage | LockfileFault {
  const name = entry.name ?? key.slice(key.lastIndexOf("node_modules/") + "node_modules/".length);
  const { version = "", resolved = "" } = entry;
  const tarball = `/${name}/-/${name.split("/").at(-1)}-${version}.tgz`;
  const addresses = registries.map((registry) => registry.replace(/\/+$/, "") + tarball);
  if (!/^(@[a-z0-9._~-]+\/)?[a-z0-9._~-]+$/i.test(name) || !addresses.includes(resolved)) {
    const accepted = `its own tarball, like ${addresses[0] ?? "none: no registry is allowed"}`;
    return { entry: key, found: resolved === "" ? "no address" : resolved, accepted };
  }
  const integrity = (entry.integrity ?? "").split(/\s+/).find(isSha512);
  if (integrity === undefined) {
    const found = `the integrity ${JSON.stringify(entry.integrity ?? "")}`;
    return { entry: key, found, accepted: "a SHA-512: `sha512-` and 88 characters of base64" };
  }
  const installScript = entry.hasInstallScript === true;
  return { name, version, resolved, integrity, installScript, forLinux: isForLinux(entry) };
}

function isSha512(text: string): boolean {
  return /^sha512-[A-Za-z0-9+/]{86}==$/.test(text);
}

/** The sandbox is Linux on one of two processors. Packages that npm would skip there are not fetched. */
function isForLinux({ os = [], cpu = [] }: Entry): boolean {
  return allows(os, ["linux"]) && allows(cpu, ["x64", "arm64"]);
}

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-json#os: a list of names, or of names with a `!` to exclude. */
function allows(list: readonly string[], wanted: readonly string[]): boolean {
  const named = list.filter((word) => !word.startsWith("!"));
  return wanted.some(
    (word) => !list.includes(`!${word}`) && (named.length === 0 || named.includes(word)),
  );
}

/** Version 2 may have an address in place of a version. */
export function addressOf(members: Readonly<Record<string, unknown>>): string | undefined {
  const { resolved, version } = members;
  const address = resolved ?? (/^[a-z+]+:/i.test(`${version}`) ? version : undefined);
  return typeof address === "string" ? address : JSON.stringify(address);
}
