import { posix } from "node:path";
import type { Look } from "../look.ts";
import { readManifest } from "../manifest.ts";
import { at, keysAt, type Parsed, textAt, textsAt } from "../parsed.ts";
import { foldersWith, type WorkspacePackage } from "./packages.ts";

const DEPENDENCIES = ["dependencies", "dev-dependencies", "build-dependencies"];

/**
 * The members of a Cargo workspace, and which of them each needs: Cargo knows members by their folders, and so do `path`
 * dependencies. None where the root is a package, too, whose files nobody can tell from theirs.
 */
export function cargoPackages(look: Look, manifest: Parsed): readonly WorkspacePackage[] {
  if (at(manifest, "package") !== undefined) return [];
  const excluded = textsAt(manifest, "workspace", "exclude").map((folder) => `!${folder}`);
  const patterns = [...textsAt(manifest, "workspace", "members"), ...excluded];
  const folders = foldersWith(look, "Cargo.toml", patterns);
  const shared = pathsIn(at(manifest, "workspace"), { key: "dependencies", from: "" });
  const members = folders.map((folder) => {
    const own = readManifest(look, `${folder}/Cargo.toml`, "toml");
    return { folder, own, name: textAt(own, "package", "name") ?? "" };
  });
  if (members.some(({ name }) => name === "")) return [];
  const nameAt = new Map(members.map(({ folder, name }) => [folder, name]));
  return members.map(({ folder, own, name }) => {
    const needed = tablesOf(own).flatMap((table) =>
      DEPENDENCIES.flatMap((key) => [
        ...pathsIn(table, { key, from: folder }).values(),
        ...keysAt(table, key).flatMap((dependency) =>
          at(table, key, dependency, "workspace") === true ? (shared.get(dependency) ?? []) : [],
        ),
      ]),
    );
    return { folder, name, needs: needed.flatMap((place) => nameAt.get(place) ?? []) };
  });
}

/** Dependencies stand at the top, and for single targets below `target`. */
function tablesOf(manifest: Parsed): readonly Parsed[] {
  return [manifest, ...keysAt(manifest, "target").map((target) => at(manifest, "target", target))];
}

/** By the name of each dependency that lies in a folder: which, from the root of the workspace. */
function pathsIn(
  table: Parsed,
  { key, from }: { readonly key: string; readonly from: string },
): ReadonlyMap<string, string> {
  return new Map(
    keysAt(table, key).flatMap((dependency) => {
      const path = textAt(table, key, dependency, "path");
      return path === undefined
        ? []
        : [[dependency, posix.join(from, path).replace(/\/+$/, "")] as const];
    }),
  );
}
