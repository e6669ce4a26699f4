import type { Look } from "../look.ts";
import { readManifest } from "../manifest.ts";
import { at, keysAt, type Parsed, textAt, textsAt } from "../parsed.ts";
import { foldersWith, type WorkspacePackage } from "./packages.ts";

/**
 * The members of a uv workspace, and what each requires: https://docs.astral.sh/uv/concepts/projects/workspaces/. None where
 * the root is a package, too, whose files nobody can tell from theirs.
 */
export function uvPackages(look: Look, pyproject: Parsed): readonly WorkspacePackage[] {
  const isPackage =
    at(pyproject, "project") !== undefined && at(pyproject, "tool", "uv", "package") !== false;
  if (isPackage) return [];
  const excluded = textsAt(pyproject, "tool", "uv", "workspace", "exclude");
  const patterns = [
    ...textsAt(pyproject, "tool", "uv", "workspace", "members"),
    ...excluded.map((folder) => `!${folder}`),
  ];
  const members = foldersWith(look, "pyproject.toml", patterns).map((folder) => {
    const own = readManifest(look, `${folder}/pyproject.toml`, "toml");
    const name = normal(textAt(own, "project", "name") ?? "");
    return { folder, name, needs: requiredBy(own).map(normal) };
  });
  return members.some(({ name }) => name === "") ? [] : members;
}

function requiredBy(own: Parsed): readonly string[] {
  return [
    ...textsAt(own, "project", "dependencies"),
    ...keysAt(own, "project", "optional-dependencies").flatMap((extra) =>
      textsAt(own, "project", "optional-dependencies", extra),
    ),
    ...keysAt(own, "dependency-groups").flatMap((group) =>
      textsAt(own, "dependency-groups", group),
    ),
    ...textsAt(own, "tool", "uv", "dev-dependencies"),
    ...textsAt(own, "build-system", "requires"),
  ];
}

/** The name of a requirement as PEP 503 compares it. */
function normal(requirement: string): string {
  const name = /^[A-Za-z\d](?:[\w.-]*[A-Za-z\d])?/.exec(requirement.trim())?.[0] ?? "";
  return name.replace(/[-_.]+/g, "-").toLowerCase();
}
