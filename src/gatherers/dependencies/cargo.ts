import { z } from "zod";
import type { Outdated } from "./dependency.ts";
import { compareVersions, readVersion, type Version } from "./version.ts";

/** `cargo metadata --format-version 1`, as far as it is used. */
const Metadata = z.object({
  packages: z.array(
    z.object({
      id: z.string(),
      name: z.string().min(1).max(214),
      version: z.string().min(1).max(200),
      source: z.string().nullable(),
      homepage: z.string().max(1_000).nullish(),
    }),
  ),
  workspace_members: z.array(z.string()),
  resolve: z.object({
    nodes: z.array(
      z.object({
        id: z.string(),
        deps: z.array(
          z.object({
            pkg: z.string(),
            dep_kinds: z.array(z.object({ kind: z.string().nullable() })),
          }),
        ),
      }),
    ),
  }),
});
type Metadata = z.infer<typeof Metadata>;

/** A line of the index: one version of one crate. */
const Release = z.object({ name: z.string(), vers: z.string(), yanked: z.boolean() });
type Release = z.infer<typeof Release>;

const CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";

/**
 * Outdated direct dependencies of a workspace's members. The first line has the versions in use, each other line a
 * version of the index. A path or git dependency has no newest version. @throws if one is of another registry, or
 * missing from the index that was read: unknown does not count as current
 */
export function readCargo(text: string): readonly Outdated[] {
  const [first = "", ...lines] = text.split("\n").filter((line) => line.trim() !== "");
  const metadata = Metadata.parse(JSON.parse(first));
  const releases = lines.map((line) => Release.parse(JSON.parse(line)));
  const byName = Map.groupBy(releases, ({ name }) => name);
  const known = new Map(metadata.packages.map((one) => [one.id, one]));
  return [...directOf(metadata)].flatMap(([id, kind]): readonly Outdated[] => {
    const used = known.get(id);
    if (used === undefined) throw new Error(`${id}: no such package`);
    if (!isOfCratesIo(used)) return [];
    const { name, version: current, homepage } = used;
    const latest = newerThan(current, { name, listed: byName.get(name) });
    return latest === undefined
      ? []
      : [{ name, current, latest, kind, homepage: homepage ?? undefined }];
  });
}

function isOfCratesIo({ name, source }: Metadata["packages"][number]): boolean {
  if (source === null || source.startsWith("git+")) return false;
  if (source !== CRATES_IO) throw new Error(`${name}: its registry is not asked: ${source}`);
  return true;
}

/** Ids of the packages that a member requests itself, each with the first table of its manifest that does. */
function directOf({ workspace_members: members, resolve }: Metadata): ReadonlyMap<string, string> {
  const isMember = new Set(members);
  const direct = new Map<string, string>();
  for (const { deps } of resolve.nodes.filter(({ id }) => isMember.has(id))) {
    for (const { pkg, dep_kinds: kinds } of deps) {
      const kind = kinds[0]?.kind ?? null;
      const table = kind === null ? "dependencies" : `${kind}-dependencies`;
      if (!direct.has(pkg) && !isMember.has(pkg)) direct.set(pkg, table);
    }
  }
  return direct;
}

/** The newest release, if it is later than this one; pre-releases and yanked versions do not count. */
function newerThan(
  current: string,
  { name, listed }: { readonly name: string; readonly listed: readonly Release[] | undefined },
): string | undefined {
  if (listed === undefined) throw new Error(`${name}: it is not in the index that was read`);
  const used = versionOf(name, current);
  return listed
    .filter(({ yanked }) => !yanked)
    .map(({ vers: text }) => ({ text, version: versionOf(name, text) }))
    .filter(({ version }) => version.before.length === 0 && compareVersions(version, used) > 0)
    .toSorted((left, right) => compareVersions(right.version, left.version))[0]?.text;
}

function versionOf(name: string, text: string): Version {
  const version = readVersion(text);
  if (version === undefined) throw new Error(`${name}: ${text} is no version`);
  return version;
}
