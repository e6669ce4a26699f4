import { describe, expect, test } from "vitest";
import { matchesPatterns } from "../../../src/domain/text/filter-pattern.ts";

describe("GitHub's filter patterns", () => {
  /** Each row: pattern, what it takes, what it does not take. */
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ["main", ["main"], ["mainx", "xmain", "Main", "main/a", ""]],
    ["*", ["main", "v1.0", ""], ["a/b"]],
    ["**", ["main", "a/b/c", ""], []],
    ["feature/*", ["feature/a", "feature/"], ["feature/a/b", "feature"]],
    ["feature/**", ["feature/a", "feature/a/b"], ["feature", "xfeature/a"]],
    ["**/docs", ["docs", "a/docs", "a/b/docs"], ["xdocs", "docs/a"]],
    ["**/docs/**", ["docs/a", "a/docs/b/c"], ["a/xdocs/b"]],
    ["*.js", ["a.js", ".js"], ["a/b.js", "ajs", "a.jsx"]],
    ["**.js", ["a.js", "a/b.js"], ["a.jsx"]],
    ["a**b", ["ab", "a/x/b"], ["a/x"]],
    ["v1.*", ["v1.0"], ["v1x0", "v2.0"]],
    ["*.jsx?", ["a.js", "a.jsx"], ["a.jsxx", "a.jx"]],
    ["ab+c", ["abc", "abbbc"], ["ac", "ab+c"]],
    ["v[12].[0-9]+", ["v1.0", "v2.123"], ["v3.0", "v1.", "v1.x"]],
    ["[CB]at", ["Cat", "Bat"], ["Rat", "CBat", "[CB]at"]],
    ["[a^]b", ["ab", "^b"], ["cb"]],
    ["[a\\]b", ["ab", "\\b"], ["cb"]],
    ["[", ["["], ["", "[["]],
    ["[]", ["[]"], ["", "["]],
    ["a[", ["a["], ["a"]],
    // A sign that follows none of them stands for itself.
    ["?a", ["?a"], ["a", ""]],
    ["+a", ["+a"], ["a"]],
    ["*?", ["?", "a?"], ["a", ""]],
    ["**+", ["+", "a/b+"], ["a"]],
    ["**/+a", ["+a", "b/+a"], ["a"]],
    ["a??", ["a?", "?"], ["a", "aa"]],
    ["a++", ["a+", "aa+"], ["a", "aa"]],
    ["a+?", ["a?", "aa?"], ["a"]],
    // What a backslash stands before is itself.
    ["\\*", ["*"], ["a", "\\*"]],
    ["a\\?", ["a?"], ["a", ""]],
    ["\\[a\\]", ["[a]"], ["a"]],
    ["\\", ["\\"], [""]],
    ["a\\", ["a\\"], ["a"]],
    ["\\\\", ["\\"], ["\\\\"]],
    // What is special elsewhere is not here.
    ["a.b", ["a.b"], ["axb"]],
    ["(a|b)", ["(a|b)"], ["a", "b"]],
    ["^a$", ["^a$"], ["a"]],
    ["{a}", ["{a}"], ["a"]],
    ["a]", ["a]"], ["a"]],
    ["a{2}", ["a{2}"], ["aa"]],
    ["", [""], ["a"]],
    ["grün-🙂+", ["grün-🙂", "grün-🙂🙂"], ["grün-"]],
    ["a*", ["a\nb"], ["b\na"]],
  ])("%j", (pattern, taken, others) => {
    expect(taken.filter((value) => !matchesPatterns(value, [pattern]))).toEqual([]);
    expect(others.filter((value) => matchesPatterns(value, [pattern]))).toEqual([]);
  });

  /** The last that fits decides. */
  test.each([
    [[], "main", false],
    [["a", "main"], "main", true],
    [["main", "a"], "main", true],
    [["**", "!main"], "main", false],
    [["**", "!main"], "other", true],
    [["!main", "**"], "main", true],
    [["!main"], "main", false],
    [["!main"], "other", false],
    [["releases/**", "!releases/**-alpha"], "releases/1-alpha", false],
    [["releases/**", "!releases/**-alpha", "releases/9-alpha"], "releases/9-alpha", true],
    [["a!b"], "a!b", true],
  ])("%j takes %j: %j", (patterns, value, taken) => {
    expect(matchesPatterns(value, patterns)).toBe(taken);
  });
});
