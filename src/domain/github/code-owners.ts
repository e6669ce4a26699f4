import picomatch from "picomatch";

/** Where GitHub looks for it, in its order. */
export const CODEOWNERS = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** Who owns a path, as written there: `@login`, `@OWNER/TEAM` or an address; empty where nobody does. */
export type OwnersOf = (path: string) => readonly string[];

/** A pattern may hold blanks behind a backslash. */
const WORD = /(?:\\.|[^\s\\])+/g;

/**
 * GitHub's reading of `CODEOWNERS`: the last pattern that matches decides, one without owners takes them away, and patterns
 * are those of gitignore(5) without `!` and `[ ]`. They tell capitals from small letters.
 */
export function readOwners(text: string): OwnersOf {
  const rules = text.split(/\r?\n/).flatMap((line) => {
    const [pattern, ...owners] = line.replace(/(^|\s)#.*$/, "").match(WORD) ?? [];
    if (pattern === undefined || /[![\]]/.test(pattern)) return [];
    const matchers = globsOf(pattern).map((glob) => picomatch(glob, { dot: true }));
    return [{ matches: (path: string) => matchers.some((matcher) => matcher(path)), owners }];
  });
  return (path) => rules.findLast(({ matches }) => matches(path))?.owners ?? [];
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
