import type { Look } from "../look.ts";
import { readManifest } from "../manifest.ts";
import { keysAt, type Parsed, textAt, textsAt } from "../parsed.ts";
import { foldersWith, type WorkspacePackage } from "./packages.ts";

const DEPENDENCIES = [
  "dependencies",
  "devDependencies",
  "peerDependencies",
  "optionalDependencies",
];

/** Which folders the manifest of npm, yarn or bun, or the file of pnpm, calls packages of the workspace. */
export function workspacePatterns(look: Look, manifest: Parsed): readonly string[] {
  const own = [...textsAt(manifest, "workspaces"), ...textsAt(manifest, "workspaces", "packages")];
  return [...own, ...textsAt(readManifest(look, "pnpm-workspace.yaml", "yaml"), "packages")];
}

/** The packages of a workspace, and what each depends on; those without a name cannot be depended on. */
export function javascriptPackages(look: Look, manifest: Parsed): readonly WorkspacePackage[] {
  const patterns = workspacePatterns(look, manifest);
  return foldersWith(look, "package.json", patterns).map((folder) => {
    const own = readManifest(look, `${folder}/package.json`, "json");
    return {
      folder,
      name: textAt(own, "name") ?? folder,
      needs: DEPENDENCIES.flatMap((key) => keysAt(own, key)),
    };
  });
}
