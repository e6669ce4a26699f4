import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { readOwners } from "../../../src/domain/github/code-owners.ts";
import { cases } from "../../cases.ts";

const NAMES = ["a", "b", "ab", "bab"];
const PATHS = NAMES.flatMap((one) => [
  one,
  ...NAMES.flatMap((two) => [
    `${one}/${two}`,
    ...NAMES.flatMap((three) => [`${one}/${two}/${three}`, `${one}/${two}/${three}/a`]),
  ]),
]);

describe("readOwners", () => {
  // https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
  const owners = readOwners(`
# A comment
*       @global1 @global2
*.js    @js # an inline comment
/build/logs/ @doctocat
docs/*  docs@example.com
apps/   @octocat
/apps/github
/scripts/ @scripts @octocat
**/logs @logs
!not.a.pattern @nobody
[ab].js @nobody
a(b){c}/x.go @odd
/Guides/ @writer
/a\\ b/   @spaced
`);
  test.each([
    ["README.md", ["@global1", "@global2"]],
    ["src/a.js", ["@js"]],
    ["build/logs/a.txt", ["@logs"]],
    ["docs/getting-started.md", ["docs@example.com"]],
    ["docs/build-app/a.md", ["@global1", "@global2"]],
    ["lib/apps/a.go", ["@octocat"]],
    ["apps/a.go", ["@octocat"]],
    ["apps/github/a.go", []],
    ["scripts/a.sh", ["@scripts", "@octocat"]],
    ["deep/logs/x/y.txt", ["@logs"]],
    ["a.js", ["@js"]],
    ["a(b){c}/x.go", ["@odd"]],
    ["Guides/a.md", ["@writer"]],
    // Capitals count.
    ["guides/a.md", ["@global1", "@global2"]],
    ["a b/c.md", ["@spaced"]],
  ])("%s belongs to %j", (path, expected) => expect(owners(path)).toEqual(expected));

  // docs.github.com/rest/repos/repos, "List CODEOWNERS errors": such a line is skipped, and an earlier one decides.
  test.each([
    ["an address without a host", "*.md docs@"],
    ["a name without @", "*.md octocat"],
    ["one owner of two who is none", "*.md @js octocat"],
    ["three asterisks", "***/*.md @js"],
    ["a comment behind a backslash", "\\#.md @js"],
    ["a negation", "!*.md @js"],
  ])("skips the line with %s", (_what, line) => {
    expect(readOwners(`* @all\n${line}\n`)("#.md")).toEqual(["@all"]);
    expect(readOwners(`* @all\n${line}\n`)("a.md")).toEqual(["@all"]);
  });

  // What another syntax of patterns would make of them.
  test.each([
    ["a|b", "a"],
    ["/", "a"],
    ['"a"', "a"],
    ["./a", "a"],
    ["a//b", "a/b"],
    ["+(a)", "aa"],
    ["@(a)", "a"],
    ["{a,b}", "a"],
    ["a?b", "a/b"],
    ["docs**/x", "docs1/y/x"],
  ])("%s does not match %s", (pattern, path) =>
    expect(readOwners(`${pattern} @js\n`)(path)).toEqual([]),
  );

  test("a line may be as long as the file", () => {
    const long = "a".repeat(100_000);
    expect(readOwners(`${long} @js\n* @all\n`)("a.md")).toEqual(["@all"]);
    expect(readOwners(`${"*a".repeat(50_000)} @js\n`)("a".repeat(1_000))).toEqual([]);
  });

  test("patterns match what git takes them for", () => {
    const place = mkdtempSync(join(tmpdir(), "owners-"));
    onTestFinished(() => rmSync(place, { recursive: true, force: true }));
    const git = (...words: string[]) =>
      spawnSync("git", ["-C", place, "-c", "core.ignoreCase=false", ...words], {
        input: PATHS.join("\n"),
        encoding: "utf-8",
      });
    expect(git("init", "--quiet").status).toBe(0);
    const word = fc.constantFrom("a", "b", "*", "**", "?", "*b", "a*", "\\a", "ab", "a?");
    const pattern = fc
      .tuple(fc.constantFrom("", "/"), fc.array(word, { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([root, words, isFolder]) => `${root}${words.join("/")}${isFolder ? "/" : ""}`)
      // There GitHub says another thing than git: what lies in the folder, and no deeper.
      .filter((one) => !/\/\*$/.test(one));
    fc.assert(
      fc.property(pattern, (one) => {
        writeFileSync(join(place, ".gitignore"), `${one}\n`);
        const known = git("check-ignore", "--no-index", "--stdin").stdout.split("\n");
        const ownersOf = readOwners(`${one} @js`);
        expect(PATHS.filter((path) => ownersOf(path).length > 0)).toEqual(
          PATHS.filter((path) => known.includes(path)),
        );
      }),
      cases(150),
    );
  });

  test("nobody owns anything without a file", () => expect(readOwners("")("a.ts")).toEqual([]));
});
