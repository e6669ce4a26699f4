import { posix } from "node:path";
import type { Look } from "../look.ts";
import { readManifest } from "../manifest.ts";
import { keysAt, type Parsed, textAt, textsAt } from "../parsed.ts";
import type { WorkspacePackage } from "./packages.ts";

/** A project of an Nx workspace, with the targets that its own file names. */
export interface NxProject extends WorkspacePackage {
  /** The executor of each target; undefined for one that a plugin or a default fills in. */
  readonly targets: ReadonlyMap<string, string | undefined>;
}

const DEPENDENCIES = [
  "dependencies",
  "devDependencies",
  "peerDependencies",
  "optionalDependencies",
];

/**
 * The projects of an Nx workspace by their `project.json`, and what each needs: `implicitDependencies` and its own
 * `package.json`. Nx finds the rest in the imports of the code. Where an alias of tsconfig lets one project import another,
 * no manifest tells of it, and there are none.
 */
export function nxProjects(look: Look): readonly NxProject[] {
  if (!look.has("nx.json")) return [];
  const places = look.files.filter((path) => path.endsWith("/project.json"));
  if (places.length === 0) return [];
  if (hasAliases(look)) {
    look.note(
      "Nx: tsconfig has paths by which one project imports another, and no manifest tells of it; the checks are those of the whole. Write paths of single checks yourself (nx graph shows who needs whom)",
    );
    return [];
  }
  const projects = places.map((path) => projectAt(look, posix.dirname(path)));
  return projects.every((one) => one !== undefined) ? projects : [];
}

function projectAt(look: Look, folder: string): NxProject | undefined {
  const own = readManifest(look, `${folder}/project.json`, "json");
  const name = textAt(own, "name");
  const implicit = textsAt(own, "implicitDependencies");
  // `*` and `!name` are about every project there is.
  if (name === undefined || implicit.some((one) => /[*!]/.test(one))) return undefined;
  const manifest = look.has(`${folder}/package.json`)
    ? readManifest(look, `${folder}/package.json`, "json")
    : undefined;
  const packages = DEPENDENCIES.flatMap((key) => keysAt(manifest, key));
  // A project is called after its package, with or without its scope.
  const called = packages.flatMap((dependency) => [
    dependency,
    dependency.replace(/^@[^/]+\//, ""),
  ]);
  return { folder, name, needs: [...implicit, ...called], targets: targetsOf(own) };
}

function targetsOf(own: Parsed): ReadonlyMap<string, string | undefined> {
  return new Map(
    keysAt(own, "targets").map((target) => [target, textAt(own, "targets", target, "executor")]),
  );
}

/** In tsconfig.json, which may hold comments. An empty map is none. */
function hasAliases(look: Look): boolean {
  return ["tsconfig.base.json", "tsconfig.json"].some((file) =>
    /"paths"\s*:\s*\{\s*"/.test(look.text(file) ?? ""),
  );
}
