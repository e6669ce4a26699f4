import { z } from "zod";

export const LOCKFILE = "package-lock.json";

const Names = z.record(z.string(), z.unknown()).optional();
const Package = z.looseObject({
  deprecated: z.unknown().optional(),
  version: z.string().optional(),
  dependencies: Names,
  devDependencies: Names,
  optionalDependencies: Names,
});
const Lockfile = z.looseObject({
  lockfileVersion: z.union([z.literal(2), z.literal(3)]),
  packages: z.record(z.string(), Package),
});
type Packages = z.infer<typeof Lockfile>["packages"];

/** Content of a lockfile of npm 7 or later. */
export interface Locked {
  /** Packages that their makers deprecated, as npm recorded it, sorted. */
  readonly deprecated: readonly string[];
  /** Versions of the repository's direct dependencies, by name. */
  readonly direct: ReadonlyMap<string, string>;
}

/** Undefined if it is no lockfile of npm 7 or later. */
export function readLocked(text: string): Locked | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // A lockfile that is no JSON says nothing; the measure is missing with its reason.
    return undefined;
  }
  const read = Lockfile.safeParse(content);
  if (!read.success) return undefined;
  const { packages } = read.data;
  return { deprecated: deprecatedIn(packages), direct: directIn(packages) };
}

function deprecatedIn(packages: Packages): readonly string[] {
  return Object.entries(packages)
    .filter(([, { deprecated }]) => deprecated !== undefined && deprecated !== false)
    .map(([place]) => place.slice(place.lastIndexOf(FOLDER) + FOLDER.length))
    .sort();
}

const FOLDER = "node_modules/";

/** Dependencies of the root, and of each workspace. */
function directIn(packages: Packages): ReadonlyMap<string, string> {
  const asking = Object.entries(packages).filter(([place]) => !place.includes(FOLDER));
  const versions = asking.flatMap(([place, { dependencies, ...others }]) => {
    const asked = { ...dependencies, ...others.devDependencies, ...others.optionalDependencies };
    return Object.keys(asked).flatMap((name) => versionOf({ place, name }, packages));
  });
  return new Map(versions);
}

/** A workspace's own copy precedes the common one; a link has no version. */
function versionOf(
  { place, name }: { readonly place: string; readonly name: string },
  packages: Packages,
): readonly (readonly [string, string])[] {
  const own = place === "" ? undefined : packages[`${place}/${FOLDER}${name}`];
  const version = (own ?? packages[`${FOLDER}${name}`])?.version;
  return version === undefined ? [] : [[place === "" ? name : `${name} (${place})`, version]];
}
