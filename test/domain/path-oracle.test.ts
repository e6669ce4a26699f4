import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusePath } from "../../src/domain/path.ts";
import { ANY_CHARACTER } from "../any-character.ts";
import { cases } from "../cases.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "path-oracle-"));
  spawnSync("git", ["init", "-q", folder]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Whether git itself takes all of these, with the rules of macOS and Windows on (threats GIT-09). */
function isTakenByGit(paths: readonly string[]): boolean {
  const guards = ["-c", "core.protectHFS=true", "-c", "core.protectNTFS=true"];
  const input = paths.map((path) => `100644 ${"1".repeat(40)}\t${path}\0`).join("");
  const { status, stderr } = spawnSync("git", [...guards, "update-index", "-z", "--index-info"], {
    cwd: folder,
    input,
    env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" },
  });
  // Git leaves a bad path out, says so, and goes on.
  return status === 0 && stderr.length === 0;
}

type Answer = "both refuse" | "we refuse" | "both take";

/** Who says what: where git would take a name that is refused here, the reason is another tool, or another system. */
const TABLE: readonly (readonly [id: string, path: string, answer: Answer])[] = [
  ["GIT-01", "/etc/passwd", "both refuse"],
  ["GIT-01", "../outside", "both refuse"],
  ["GIT-01", "a/../../b", "both refuse"],
  ["GIT-01", "a/..", "both refuse"],
  ["GIT-01", "./a", "both refuse"],
  ["GIT-01", "a/./b", "both refuse"],
  ["GIT-01", "a//b", "both refuse"],
  ["GIT-01", "a/", "both refuse"],
  ["GIT-01", "..\\outside", "we refuse"],
  ["GIT-01", "a\\b", "we refuse"],
  ["GIT-01", "C:/windows", "we refuse"],
  ["GIT-01", "a:stream", "we refuse"],
  ["GIT-01", ".git/config", "both refuse"],
  ["GIT-01", ".git", "both refuse"],
  ["GIT-01", "sub/.git/hooks/pre-commit", "both refuse"],
  ["GIT-09", ".GIT/config", "both refuse"],
  ["GIT-09", ".GiT/hooks/x", "both refuse"],
  ["GIT-09", ".git /config", "both refuse"],
  ["GIT-09", ".git./config", "both refuse"],
  ["GIT-09", ".git. . /config", "both refuse"],
  ["GIT-09", ".git::$INDEX_ALLOCATION/config", "both refuse"],
  ["GIT-09", ".git:x", "both refuse"],
  ["GIT-09", "git~1/config", "both refuse"],
  ["GIT-09", "GIT~1/config", "both refuse"],
  ["GIT-09", "git~2/config", "we refuse"],
  ["GIT-09", ".g\u200cit/config", "both refuse"],
  ["GIT-09", ".gi\u200dt/config", "both refuse"],
  ["GIT-09", "\u200e.git/config", "both refuse"],
  ["GIT-09", ".git\u202a/config", "both refuse"],
  ["GIT-09", ".git\ufeff/config", "both refuse"],
  ["GIT-09", ".g\u206at/x", "we refuse"],
  ["GIT-09", ".\uff47\uff49\uff54/config", "we refuse"],
  ["GIT-09", ".ɡit/config", "both take"],
  ["GIT-09", "e\u0301.txt", "we refuse"],
  ["GIT-09", "a\u00adb", "we refuse"],
  ["GIT-09", "a\u3164b", "we refuse"],
  ["GIT-09", "a\u{e0041}b", "we refuse"],
  ["GIT-04", ".gitmodules", "we refuse"],
  ["GIT-04", ".GITMODULES", "we refuse"],
  ["GIT-04", "sub/.gitmodules", "we refuse"],
  ["GIT-04", "GITMOD~1", "we refuse"],
  ["GIT-04", "a\r", "we refuse"],
  ["GIT-16", "a\nb", "we refuse"],
  ["GIT-16", "a\tb", "we refuse"],
  ["GIT-16", "a\x1b[2Kb", "we refuse"],
  ["GIT-16", "a\x7f", "we refuse"],
  ["GIT-16", "a\u0085b", "we refuse"],
  ["GIT-16", "a\u202egpj.exe", "we refuse"],
  ["GIT-16", "a\u2028b", "we refuse"],
  ["GIT-16", "$(touch pwn).md", "both take"],
  ["GIT-16", "--upload-pack=x", "both take"],
  ["GIT-16", "-c core.pager=x", "both take"],
  ["GIT-16", "`id`;&|", "both take"],
  ["GIT-07", '"b/.git\\150ub/workflows/q.yml"', "both refuse"],
  ["GIT-07", '"quoted"', "both take"],
  ["GIT-01", "nul", "we refuse"],
  ["GIT-01", "src/aux.c", "we refuse"],
  ["GIT-01", "COM1.txt", "we refuse"],
  ["GIT-01", "name.", "we refuse"],
  ["GIT-01", "name ", "we refuse"],
  ["GIT-01", "x".repeat(201), "we refuse"],
  ["GIT-13", ".gitattributes", "both take"],
  ["GIT-12", ".husky/pre-commit", "both take"],
  ["GIT-06", ".github/workflows/x.yml", "both take"],
  ["GIT-11", "sub/HEAD", "both take"],
  ["GIT-09", "日本語/é.md", "both take"],
  ["GIT-09", "🎉.md", "both take"],
  ["GIT-01", "gitk/.gitx/git~", "both take"],
  ["GIT-01", "a b/...c/d..e", "both take"],
];

describe("a path, judged by us and by git", () => {
  test.each(TABLE)("%s %j: %s", (_, path, answer) => {
    expect(refusePath(path) === undefined).toBe(answer === "both take");
    expect(isTakenByGit([path])).toBe(answer !== "both refuse");
  });

  test("whatever is taken here, git takes too", () => {
    const part = fc.oneof(
      fc.constantFrom(
        ".git",
        "git~1",
        ".",
        "..",
        "a",
        ".gitmodules",
        "gitmod~1",
        "GI7EBA~1",
        "\\",
        ":",
        " ",
        "~",
      ),
      fc.mixedCase(fc.constant(".git")),
      fc.string({
        unit: fc.constantFrom(
          ".",
          "g",
          "i",
          "t",
          "~",
          "1",
          " ",
          "\u200c",
          "\u206f",
          "G",
          "ı",
          "İ",
          "ſ",
        ),
        maxLength: 6,
      }),
      fc.string({ unit: ANY_CHARACTER, maxLength: 5 }),
      fc.string({ unit: "grapheme", maxLength: 5 }),
    );
    const segment = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(""));
    const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
    // Many at a time: one git answers for all of them, and shrinking finds the one.
    fc.assert(
      fc.property(fc.array(path, { minLength: 100, maxLength: 300 }), (paths) => {
        const taken = paths.filter((one) => refusePath(one) === undefined);
        expect(isTakenByGit(taken)).toBe(true);
      }),
      cases(25),
    );
  });
});
