import { describe, expect, test } from "vitest";
import { readOwners } from "../../../src/domain/github/code-owners.ts";

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

  test("nobody owns anything without a file", () => expect(readOwners("")("a.ts")).toEqual([]));
});
