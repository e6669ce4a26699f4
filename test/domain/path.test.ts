import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldPath, matchesAny, refusePath } from "../../src/domain/path.ts";
import { isProtected } from "../../src/domain/trust/protection.ts";
import { ANY_CHARACTER } from "../any-character.ts";
import { cases } from "../cases.ts";

describe("refusePath", () => {
  test.each([
    ["", "an empty path"],
    ["/etc/passwd", "an absolute path"],
    ["C:/windows", "an absolute path"],
    ["../outside", "a relative segment"],
    ["a/../b", "a relative segment"],
    ["./a", "a relative segment"],
    ["a//b", "an empty segment"],
    ["a/", "an empty segment"],
    [".git/config", "a .git segment"],
    [".GIT/config", "a .git segment"],
    ["sub/.git", "a .git segment"],
    [".git /config", "a .git segment"],
    [".git./config", "a .git segment"],
    [".g\u200cit/config", "an invisible character"],
    ["git~1/config", "an NTFS short name of .git"],
    [".gitmodules", "a submodule file"],
    ["git~12", "an NTFS short name of .git"],
    ["GITMOD~1", "a submodule file"],
    ["gitmod~12", "a submodule file"],
    ["a\\b", "a backslash or colon"],
    ["ab:c", "a backslash or colon"],
    ["a\nb", "a control character"],
    ["a\u0007", "a control character"],
    ["a\u2028b", "a control character"],
    ["a\u202eb", "an invisible character"],
    ["nul", "a reserved device name"],
    ["src/CON.txt", "a reserved device name"],
    ["name.", "a trailing dot or space"],
    ["name /x", "a trailing dot or space"],
    ["a\ud800", "a lone surrogate"],
    ["e\u0301.txt", "a name that is not NFC"],
    ["x".repeat(201), "more than 200 bytes"],
  ])("%j is refused: %s", (path, fault) => {
    expect(refusePath(path)).toMatchObject({ code: "change-set-invalid", found: fault });
  });

  test.each([
    "src/index.ts",
    "a b/c.txt",
    "é.md",
    "日本/語.md",
    ".gitignore",
    "a.git",
    "agit~1",
    "git~1a",
    "git~a",
    "a.gitmodules",
    ".gitmodules.md",
    "agitmod~1",
    "gitmod~1a",
    "x".repeat(200),
    "ab.con",
    "console.ts",
    "com10",
    ".github/x.yml",
    "git/x",
    "-x",
    "$(id).txt",
  ])("%j may stand in a tree", (path) => {
    expect(refusePath(path)).toBeUndefined();
  });

  test("what is shown of a long path is bounded", () => {
    expect(refusePath("x".repeat(1_000))?.subject).toBe(`"${"x".repeat(299)}`);
  });

  test.each([
    ["cafe\u200B\u0301/x.md", "caf\u00E9/x.md"],
    ["README.md", "readme.md"],
    ["\u212b", "å"],
    ["ﬁle", "file"],
    ["a\u200cb\u00adc", "abc"],
    ["a\u061cb", "ab"],
  ])("%j folds into %j", (path, folded) => {
    expect(foldPath(path)).toBe(folded);
  });

  test("no accepted path leaves the tree or enters .git, whatever it is made of", () => {
    const part = fc.oneof(
      fc.constantFrom(".", "..", ".git", ".GIT", "a", "", "git~1", ".git\u200d"),
      fc.string({ unit: ANY_CHARACTER, maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const path = parts.join("/");
        if (refusePath(path) !== undefined) return;
        const segments = path.split("/");
        expect(segments).not.toContain("..");
        expect(segments).not.toContain("");
        expect(segments.map(foldPath)).not.toContain(".git");
        expect(path).not.toMatch(/\p{Cc}|\\|:/u);
      }),
      cases(2_000),
    );
  });
});

describe("protected paths", () => {
  test.each([
    ".github/workflows/x.yml",
    ".GitHub/workflows/x.yml",
    "docs/.github/x",
    ".vscode/settings.json",
    ".claude/settings.json",
    "AGENTS.md",
    "packages/a/CLAUDE.md",
    "AGENTS.override.md",
    "skills/x/SKILL.md",
    "CODEOWNERS",
    "docs/CODEOWNERS",
    "package.json",
    "packages/a/package-lock.json",
    "go.mod",
    "Cargo.lock",
    "pyproject.toml",
    "sub/conftest.py",
    "tsconfig.build.json",
    "vitest.config.ts",
    "actions/x/dist/index.js",
    "quality.md",
    ".npmrc",
    "sub/.npmrc",
    ".gitattributes",
    "sub/.gitattributes",
    "Makefile",
    "src/.claude/settings.json",
    "src/.cursor/rules/x.mdc",
    "packages/a/.vscode/tasks.json",
    "packages/a/.aider.conf.yml",
    "docs/llms-full.txt",
    "action.yml",
    "azure-pipelines.yml",
    "codecov.yml",
    "renovate.json5",
    "docs/PULL_REQUEST_TEMPLATE.md",
    "mise.toml",
    "mise.local.toml",
    "lefthook.yml",
    "sub/lefthook-local.yml",
    "Taskfile.yml",
    "compose.yaml",
    "docker-compose.dev.yml",
    "addon/binding.gyp",
    "gulpfile.mjs",
  ])("%s needs a person", (path) => {
    expect(isProtected(path, [])).toBe(true);
  });

  test.each([
    "src/index.ts",
    "docs/guide.md",
    "test/quote.test.ts",
    "src/distance.ts",
    "README.md",
    "src/action.ts",
    "src/a.b/c.ts",
    "src/compose.ts",
    "src/composed.json",
    "i18n/promise.yml",
  ])("%s does not", (path) => {
    expect(isProtected(path, [])).toBe(false);
  });

  test("a config adds to them", () => {
    expect(isProtected("db/schema.sql", ["db/**"])).toBe(true);
  });

  test.each(["!AGENTS.md", "!**", "!(AGENTS.md)", "-AGENTS.md", ""])(
    "a config takes none away: %j",
    (pattern) => {
      expect(isProtected("AGENTS.md", [pattern])).toBe(true);
      expect(isProtected("AGENTS.md", ["AGENTS.md", pattern])).toBe(true);
    },
  );

  test("globs are compared folded", () => {
    expect(matchesAny("SRC/Quote.ts", ["src/**"])).toBe(true);
    expect(matchesAny("src/.hidden/x", ["src/**"])).toBe(true);
    expect(matchesAny("lib/x", ["src/**"])).toBe(false);
  });

  test.each([
    ["src/routes/(shop)/cart/+page.svelte", "src/routes/(shop)/**"],
    ["app/@modal/(.)photo/[id]/page.tsx", "app/@modal/(.)photo/[id]/**"],
    ["app/docs/[[...slug]]/page.tsx", "app/docs/[[...slug]]/*.{ts,tsx}"],
  ])("%s lies in %s", (path, glob) => {
    expect(matchesAny(path, [glob])).toBe(true);
    expect(matchesAny(path.replace(/^\w+/, "other"), [glob])).toBe(false);
  });

  test("a glob matches all that lies in the folder that it names, whatever that is called", () => {
    const name = fc
      .string({ unit: fc.constantFrom(..."ab1()[]+@$-.~'& ^|=,#!%_"), minLength: 1, maxLength: 8 })
      .filter((one) => refusePath(one) === undefined);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), name, (folders, file) => {
        const folder = folders.join("/");
        const globs = [`${folder}/**`, `${folder}/*`, `${folder}/${file}`];
        for (const glob of globs) expect(matchesAny(`${folder}/${file}`, [glob])).toBe(true);
      }),
    );
  });
});
