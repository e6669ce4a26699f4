import { z } from "zod";

/** One package of a lockfile that has to be fetched: where from, and the only bytes that are accepted. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Address of the tarball, below one of the registries. */
  readonly resolved: string;
  /** `sha512-` and base64: the strongest digest the lockfile names. */
  readonly integrity: string;
  readonly installScript: boolean;
  /** Whether it can be installed on Linux at all; packages for other systems are never fetched. */
  readonly forLinux: boolean;
}

/** What is wrong with a lockfile: the entry, and what stood there. */
export interface LockfileFault {
  readonly entry: string;
  readonly found: string;
  readonly accepted: string;
}

const Text = z.string().max(2_000);
/** https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json#packages; keys that decide nothing here are left out. */
const Entry = z.object({
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
type Entry = z.infer<typeof Entry>;
const Lockfile = z.object({
  lockfileVersion: z.union([z.literal(2), z.literal(3)]),
  packages: z.record(z.string(), Entry),
  dependencies: z.unknown().optional(),
});

const FORM = "a package-lock.json of version 2 or 3";

/**
 * Reads an npm lockfile as strictly as it must be read before anything it names is fetched: every package from a tarball of
 * an allowed registry whose address says its name and version, with a SHA-512 (threats DEP-03).
 */
export function readNpmLockfile(
  text: string,
  registries: readonly string[],
): { readonly packages: readonly LockedPackage[] } | { readonly fault: LockfileFault } {
  const parsed = Lockfile.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const entry = issue?.path.join(".") ?? "";
    return { fault: { entry, found: issue?.message ?? "not readable", accepted: FORM } };
  }
  const packages: LockedPackage[] = [];
  for (const [key, entry] of Object.entries(parsed.data.packages)) {
    const read = readEntry(key, entry, registries);
    if (read === undefined) continue;
    if ("found" in read) return { fault: read };
    packages.push(read);
  }
  const fault = refuseLegacy(parsed.data.dependencies, packages);
  return fault === undefined ? { packages } : { fault };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readEntry(
  key: string,
  entry: Entry,
  registries: readonly string[],
): LockedPackage | LockfileFault | undefined {
  // The root, and packages of the workspace: they are files of the repository.
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

/** The sandbox is Linux on one of two processors; what npm would leave out there is not fetched. */
function isForLinux({ os = [], cpu = [] }: Entry): boolean {
  return allows(os, ["linux"]) && allows(cpu, ["x64", "arm64"]);
}

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-json#os: a list of names, or of names with a `!` that are left out. */
function allows(list: readonly string[], wanted: readonly string[]): boolean {
  const named = list.filter((word) => !word.startsWith("!"));
  return wanted.some(
    (word) => !list.includes(`!${word}`) && (named.length === 0 || named.includes(word)),
  );
}

/** Version 2 says everything twice, the second time for npm 6: the two must not differ in what they point to. */
function refuseLegacy(
  tree: unknown,
  packages: readonly LockedPackage[],
): LockfileFault | undefined {
  const known = new Set(packages.map(({ resolved }) => resolved));
  const waiting = [tree];
  while (waiting.length > 0) {
    for (const [name, entry] of membersOf(waiting.pop())) {
      const members = Object.fromEntries(membersOf(entry));
      waiting.push(members.dependencies);
      const found = addressOf(members);
      if (found === undefined || found.startsWith("file:") || known.has(found)) continue;
      const accepted = "the same address as below `packages`";
      return { entry: `dependencies.${name}`, found: found.slice(0, 500), accepted };
    }
  }
  return undefined;
}

/** Version 2 may put an address in the place of a version. */
function addressOf(members: Readonly<Record<string, unknown>>): string | undefined {
  const { resolved, version } = members;
  const address = resolved ?? (/^[a-z+]+:/i.test(`${version}`) ? version : undefined);
  return typeof address === "string" ? address : JSON.stringify(address);
}

function membersOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** Packages that are not in the lockfile of the base, byte for byte; each once, in the order of their names. */
export function addedPackages(
  after: readonly LockedPackage[],
  before: readonly LockedPackage[],
): readonly LockedPackage[] {
  const known = new Set(before.map(({ integrity }) => integrity));
  const added = new Map(
    after
      .filter(({ integrity }) => !known.has(integrity))
      .map((one) => [`${one.resolved} ${one.integrity}`, one]),
  );
  return [...added.values()].sort((one, other) => (one.resolved < other.resolved ? -1 : 1));
}
