import { matchesInOrder } from "../text/in-order.ts";

/** Where GitHub looks for it, in its order. */
export const CODEOWNERS = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** Who owns a path, as written there: `@login`, `@OWNER/TEAM` or an address; empty where nobody does. */
export type OwnersOf = (path: string) => readonly string[];

/** A pattern may hold blanks behind a backslash. */
const WORD = /(?:\\.|[^\s\\])+/g;
/** Somebody whom GitHub could know: `docs@` is its own example of an invalid owner. */
const OWNER = /^(@[\w-]+(\/[\w.-]+)?|[^\s@]+@[^\s@]+)$/;
/** No pattern there: a negation, a range of letters, a comment behind a backslash, three asterisks, and `/` alone. */
const NO_PATTERN = /[![\]]|^\\#|\*{3}|^\/$/;

/** A wildcard that stands for any number: of letters in a name, of folders in a path. */
const MANY = Symbol("any number");
/** Exactly one letter, whichever. */
const ONE = Symbol("one");

type Letter = string | typeof MANY | typeof ONE;
/** The name of a folder or file, letter by letter. */
type Name = readonly Letter[];
/** A path, folder by folder. */
type Sign = Name | typeof MANY;

const ANY_NAME: Name = [MANY];

/**
 * GitHub's reading of `CODEOWNERS`: the last pattern that matches decides, one without owners takes them away, and patterns
 * are those of gitignore(5) without `!` and `[ ]`. They tell capitals from small letters. A line that GitHub cannot read is
 * skipped, owners and all, so that an earlier one decides. Sources: docs.github.com, "About code owners", "CODEOWNERS syntax",
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

/** `/src/` is that folder, `docs/*` what lies in it and no deeper, `*.ts` such a file anywhere, `apps` a file or folder. */
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

/** Behind a backslash every letter is itself; so are braces and brackets. */
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
