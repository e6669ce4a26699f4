import type { ChangedFile, ChangeSet } from "../change-set.ts";
import type { Digest } from "../digest.ts";
import type { Refusal } from "../refusal.ts";
import { lookAlikeOf } from "../text/look-alike.ts";
import { dependencyFiles, dependencyKind, digestOfDependencies } from "./files.ts";
import type { LockedPackage } from "./npm-entry.ts";
import { addedPackages, readNpmLockfile } from "./npm-lockfile.ts";

/** The text of a file on the base, or undefined if there is none. */
export type BaseText = (path: string) => string | undefined;

/** Effects of a change on dependencies, read from its bytes alone. */
export interface DependencyChange {
  /** The digest that a person approves. */
  readonly digest: Digest;
  readonly paths: readonly string[];
  readonly lockfiles: readonly ChangedLockfile[];
}

export interface ChangedLockfile {
  readonly path: string;
  /** All packages that it needs, on any system. */
  readonly packages: readonly LockedPackage[];
  /** Packages that the base does not have, by integrity. */
  readonly added: readonly LockedPackage[];
  /** Names that the base has. */
  readonly known: readonly string[];
}

/** Undefined if the change touches no dependency file; a refusal if no approval could make the fetch safe. */
export function readDependencyChange(
  changeSet: ChangeSet,
  given: { readonly registries: readonly string[]; readonly before: BaseText },
): DependencyChange | { readonly refusal: Refusal } | undefined {
  const digest = digestOfDependencies(changeSet);
  if (digest === undefined) return undefined;
  const lockfiles: ChangedLockfile[] = [];
  const files = dependencyFiles(changeSet);
  for (const file of files) {
    const kind = dependencyKind(file.path);
    if ("deleted" in file || kind === "manifest") continue;
    if (kind === "lockfile") return { refusal: unfetchable(file.path) };
    const read = readLockfile(file, given);
    if ("refusal" in read) return read;
    lockfiles.push(read);
  }
  return { digest, paths: files.map(({ path }) => path), lockfiles };
}

/** Fetching it would mean to run a package manager with a network, on bytes of an agent. */
function unfetchable(path: string): Refusal {
  return {
    code: "dependencies-refused",
    subject: path.slice(0, 300),
    found: "a lockfile that only its package manager can fetch for",
    accepted: "package-lock.json of npm, which trusted code can fetch for without running anything",
  };
}

function readLockfile(
  file: Exclude<ChangedFile, { readonly deleted: true }>,
  given: { readonly registries: readonly string[]; readonly before: BaseText },
): ChangedLockfile | { readonly refusal: Refusal } {
  const { path } = file;
  const text = Buffer.from(file.content, file.encoding).toString("utf8");
  const after = readNpmLockfile(text, given.registries);
  if ("fault" in after) {
    const { entry, found, accepted } = after.fault;
    return {
      refusal: {
        code: "dependencies-refused",
        subject: `${path}${entry === "" ? "" : `: ${entry}`}`.slice(0, 300),
        found: found.slice(0, 2_000),
        accepted: accepted.slice(0, 500),
      },
    };
  }
  const old = given.before(path);
  // An unreadable lockfile of the base makes nothing known, so every package of the new one counts as added.
  const before = old === undefined ? undefined : readNpmLockfile(old, given.registries);
  const known = before !== undefined && "packages" in before ? before.packages : [];
  return {
    path,
    packages: after.packages,
    added: addedPackages(after.packages, known),
    known: known.map(({ name }) => name),
  };
}

/** Undefined if a person has approved exactly these bytes; otherwise a refusal that lists the added packages, with the digest to approve. */
export function refuseUnapproved(
  change: DependencyChange,
  approved: readonly Digest[],
): Refusal | undefined {
  if (approved.includes(change.digest)) return undefined;
  return {
    code: "dependencies-unapproved",
    subject: change.paths.join(", ").slice(0, 300),
    found: listing(change).slice(0, 2_000),
    accepted: "exactly these bytes, once a person with write has approved them",
    hint: { code: "approve-lockfile", digest: change.digest },
  };
}

/** Room for the packages in a refusal, in characters. */
const LISTING = 1_700;

/** No registry is asked before an approval, because the names alone could leak data (threats NET-03). */
function listing({ lockfiles }: DependencyChange): string {
  if (lockfiles.length === 0) return "no lockfile that adds a package";
  const lines = lockfiles.flatMap(({ added, known }) => added.map((one) => sayPackage(one, known)));
  if (lines.length === 0) return "no package that the base has not";
  const shown: string[] = [];
  let room = LISTING;
  for (const line of lines) {
    room -= line.length + 2;
    if (room < 0) break;
    shown.push(line);
  }
  const left = lines.length - shown.length;
  const more = left === 0 ? "" : `; and ${left} more`;
  return `${lines.length} added, age and downloads not known before they are fetched: ${shown.join("; ")}${more}`;
}

function sayPackage(one: LockedPackage, known: readonly string[]): string {
  const alike = lookAlikeOf(one.name, known);
  return [
    `${one.name} ${one.version} from ${new URL(one.resolved).host}`,
    ...(alike === undefined ? [] : [`its name looks like ${alike}`]),
    ...(one.installScript ? ["it has an install script, which is not run"] : []),
    one.integrity,
  ].join(", ");
}
