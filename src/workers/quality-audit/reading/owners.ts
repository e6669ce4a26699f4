import { matchesAny } from "../../../domain/path.ts";

/** Where GitHub looks for it, in its order. */
export const CODEOWNERS = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** Who owns a path; empty where nobody does. */
export type OwnersOf = (path: string) => readonly string[];

/**
 * GitHub's reading of `CODEOWNERS`: the last pattern that matches decides, one without owners takes them away, and patterns
 * are those of gitignore(5) without `!` and `[ ]`.
 */
export function readOwners(text: string): OwnersOf {
  const rules = text.split(/\r?\n/).flatMap((line) => {
    const [pattern, ...owners] = line
      .replace(/(^|\s)#.*$/, "")
      .trim()
      .split(/\s+/);
    if (pattern === undefined || pattern === "" || /[![\]]/.test(pattern)) return [];
    return [{ globs: globsOf(pattern), owners }];
  });
  return (path) => rules.findLast(({ globs }) => matchesAny(path, globs))?.owners ?? [];
}

/** `/src/` is that folder, `docs/*` what lies in it and no deeper, `*.ts` such a file anywhere, `apps` a file or folder. */
function globsOf(pattern: string): readonly string[] {
  const isAnchored = pattern.replace(/\/$/, "").includes("/");
  // Braces and brackets are part of a name there.
  const bare = pattern.replace(/^\//, "").replace(/[(){}]/g, "\\$&");
  const rooted = isAnchored ? bare : `**/${bare}`;
  if (rooted.endsWith("/")) return [`${rooted}**`];
  return /(^|\/)\*$/.test(bare) && isAnchored ? [rooted] : [rooted, `${rooted}/**`];
}
