import type { ChangedFile, ChangeSet } from "../change-set.ts";
import { type Digest, digestOf, digestOfValue } from "../digest.ts";
import { matchesAny } from "../path.ts";
import { DEPENDENCIES } from "../trust/steering.ts";

/**
 * Kind of a dependency file: `npm-lockfile` names every package by address and digest, in a form that trusted code can
 * fetch; `lockfile` does so for another package manager; `manifest` states wishes.
 */
export type DependencyKind = "npm-lockfile" | "lockfile" | "manifest";

const KINDS: readonly (readonly [DependencyKind, readonly string[]])[] = [
  ["npm-lockfile", ["**/{package-lock.json,npm-shrinkwrap.json}"]],
  [
    "lockfile",
    [
      "**/{yarn.lock,pnpm-lock.yaml,bun.lock,bun.lockb,deno.lock}",
      "**/{poetry.lock,uv.lock,pdm.lock,pylock*.toml,pipfile.lock}",
      "**/{requirements,constraints}*.{txt,in}",
      "**/requirements/*.{txt,in}",
      "**/{cargo.lock,go.sum,go.work.sum,gradle.lockfile,verification-metadata.xml}",
      "**/{gemfile.lock,composer.lock,packages.lock.json}",
    ],
  ],
  [
    "manifest",
    [
      "**/{package.json,pnpm-workspace.yaml}",
      "**/{pyproject.toml,pipfile,setup.py,setup.cfg}",
      "**/{cargo.toml,go.mod,go.work,pom.xml}",
      "**/{build,settings}.gradle{,.kts}",
      "**/{libs.versions.toml,gradle-wrapper.properties,gemfile,composer.json}",
      // Files of ecosystems that nothing here reads further. A person approves their bytes.
      ...DEPENDENCIES,
    ],
  ],
];

/** Undefined for a file that is about no dependencies. Compared case-folded, like every path of policy. */
export function dependencyKind(path: string): DependencyKind | undefined {
  return KINDS.find(([, globs]) => matchesAny(path, globs))?.[0];
}

export function dependencyFiles(changeSet: ChangeSet): readonly ChangedFile[] {
  return changeSet.files.filter(({ path }) => dependencyKind(path) !== undefined);
}

/**
 * The digest that a person approves: of path, mode and whole new content of every dependency file of the change. Any
 * other byte changes it. Undefined if the change touches none.
 */
export function digestOfDependencies(changeSet: ChangeSet): Digest | undefined {
  const files = dependencyFiles(changeSet);
  if (files.length === 0) return undefined;
  const sorted = files.map(identityOf).sort((one, other) => (one.path < other.path ? -1 : 1));
  return digestOfValue({ version: 1, files: sorted });
}

function identityOf(file: ChangedFile) {
  const { path } = file;
  if ("deleted" in file) return { path, deleted: true };
  return { path, mode: file.mode, content: digestOf(Buffer.from(file.content, file.encoding)) };
}
