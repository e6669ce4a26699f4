import type { Look } from "../look.ts";
import type { WorkspacePackage } from "./packages.ts";

/** The modules of a Go workspace, and which of them each requires. */
export function goPackages(look: Look, folders: readonly string[]): readonly WorkspacePackage[] {
  return folders.map((folder) => {
    const text = look.text(`${folder}/go.mod`) ?? "";
    return {
      folder,
      name: /^module\s+"?([^\s"]+)/m.exec(text)?.[1] ?? folder,
      needs: [...text.matchAll(/^(?:require\s+)?\s*"?([^\s"()]+)"?\s+v\d/gm)].map(
        ([, module = ""]) => module,
      ),
    };
  });
}
