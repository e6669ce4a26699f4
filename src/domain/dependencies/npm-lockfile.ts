import { z } from "zod";
import {
  addressOf,
  Entry,
  type LockedPackage,
  type LockfileFault,
  readEntry,
} from "./npm-entry.ts";

const Lockfile = z.object({
  lockfileVersion: z.union([z.literal(2), z.literal(3)]),
  packages: z.record(z.string(), Entry),
  dependencies: z.unknown().optional(),
});

const FORM = "a package-lock.json of version 2 or 3";

/**
 * Reads an npm lockfile strictly, before anything that it names is fetched: every package comes from a tarball of an
 * allowed registry whose address has its name and version, with a SHA-512 (threats DEP-03).
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

/** Version 2 repeats everything for npm 6. Both copies must point to the same packages. */
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

function membersOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** Packages that are not in the lockfile of the base, byte for byte; each once, sorted by name. */
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
