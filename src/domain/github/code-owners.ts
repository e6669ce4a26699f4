import { matchesInOrder } from "../text/in-order.ts";

/** Where GitHub looks for it, in its order. */
export const CODEOWNERS = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** Owners of a path, as written in the file: `@login`, `@OWNER/TEAM` or an address; empty if none. */
export type OwnersOf = (path: string) => readonly string[];

/** A pattern may contain blanks after a backslash. */
const WORD = /(?:\\.|[^\s\\])+/g;
/** An owner that GitHub could know: `docs@` is its own example of an invalid one. */
const OWNER = /^(@[\w-]+(\/[\w.-]+)?|[^\s@]+@[^\s@]+)$/;
/** Invalid patterns: a negation, a range of letters, a comment after a backslash, three asterisks, and `/` alone. */
const NO_PATTERN = /[![\]]|^\\#|\*{3}|^\/$/;

/** A wildcard for any number: of letters in a name, of folders in a path. */
const MANY = Symbol("any number");
/** Exactly one letter, any. */
const ONE = Symbol("one");

type Letter = string | typeof MANY | typeof ONE;
/** The name of a folder or file, letter by letter. */
type Name = readonly Letter[];
/** A path, folder by folder. */
type Sign = Name | typeof MANY;

const ANY_NAME: Name = [MANY];

/**
 * Reads `CODEOWNERS` as GitHub does: the last matching pattern decides, one without owners removes them, and patterns
 * are those of gitignore(5) without `!` and `[ ]`. They are case-sensitive. A line that GitHub cannot read is skipped
 * with its owners, so that an earlier one decides. Sources: docs.github.com, "About code owners", "CODEOWNERS syntax",
 * and the REST route "List CODEOWNERS errors", whose examples are an invalid owner and an invalid pattern.
 */
export function readOwners(text: string): OwnersOf {
  const rules = text.split(/\r?\n/).flatMap((line) => {
    const [pattern, ...owners] = line.replace(/(^|\s)#.*$/, "").match(WORD) ?? [];
    if (pattern === undefined || NO_PATTERN.test(pattern)) return [];
    return owners.every((owner) => OWNER.test(owner)) ? [{ names: namesOf(pattern), owners }] : [];
  });
  return (path) => {
    const parts = path.split("/").map((part) => [...part]);
    return rules.findLast(({ names }) => isMatch(names, parts))?.owners ?? [];
  };
}

/** `/src/` is that folder, `docs/*` its direct content, `*.ts` such a file anywhere, `apps` a file or folder. */
function namesOf(pattern: string): readonly Sign[] {
  const isFolder = pattern.endsWith("/");
  const whole = isFolder ? pattern.slice(0, -1) : pattern;
  const isAnchored = whole.includes("/");
  const words = (isAnchored ? whole.replace(/^\//, "") : whole).split("/");
  const last = words.at(-1);
  const before = words.slice(0, -1).map((word): Sign => (word === "**" ? MANY : lettersOf(word)));
  const root: readonly Sign[] = isAnchored ? [] : [MANY];
  const names = [...root, ...before, lettersOf(last ?? "")];
  if (isFolder) return [...names, ANY_NAME, MANY];
  return isAnchored && last === "*" ? names : [...names, MANY];
}

/** After a backslash every letter is literal; so are braces and brackets. */
function lettersOf(word: string): Name {
  return [...word.matchAll(/\\(.)|(\*+)|(\?)|(.)/gsu)].map(([, escaped, many, one, letter]) => {
    if (many !== undefined) return MANY;
    return one === undefined ? (escaped ?? letter ?? "") : ONE;
  });
}

function isMatch(names: readonly Sign[], parts: readonly (readonly string[])[]): boolean {
  return matchesInOrder(names, parts, {
    isMany: (name) => name === MANY,
    isOne: (name, part) =>
      name !== MANY &&
      matchesInOrder(name, part, {
        isMany: (letter) => letter === MANY,
        isOne: (letter, found) => letter === ONE || letter === found,
      }),
  });
}
