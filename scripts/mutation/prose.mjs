/**
 * Excludes prose from mutation: string literals of three words or more. They are sentences for people, and no behavior
 * check should repeat their words. Templates stay in, because they carry facts (a path, a count), and so do codes, names
 * and short values, on which code decides.
 */
const WORDS = 3;

const prose = {
  shouldIgnore(path) {
    if (!path.isStringLiteral()) return undefined;
    const words = path.node.value.split(/\s+/).filter((word) => /\p{L}/u.test(word));
    return words.length >= WORDS ? "prose for a person" : undefined;
  },
};

export const strykerPlugins = [{ kind: "Ignore", name: "prose", value: prose }];
