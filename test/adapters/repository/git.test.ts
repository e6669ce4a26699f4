import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { feedGit, findGit, type GitHome, runGit } from "../../../src/adapters/repository/git.ts";

const EMPTY = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

async function withHome(use: (home: GitHome) => Promise<void>): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "millwright-git-"));
  try {
    for (const name of ["empty", "objects", "git", "git/objects", "git/refs"]) {
      mkdirSync(join(scratch, name));
    }
    const home = { program: findGit(), gitDirectory: join(scratch, "git"), scratch };
    await runGit({ ...home, gitDirectory: join(scratch, "git") }, ["init", "--quiet"]);
    await use(home);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

test.each([".git/config", "a/../b", "a//b", ".GIT/hooks/x"])(
  "a line that git would leave out without failing is an error: %s",
  async (path) => {
    await withHome(async (home) => {
      await expect(
        feedGit(home, ["update-index", "-z", "--index-info"], `100644 ${EMPTY}\t${path}\0`),
      ).rejects.toThrow(/git update-index ended with \d+: Ignoring path/);
    });
  },
);

test("a line that git likes is taken", async () => {
  await withHome(async (home) => {
    await feedGit(home, ["update-index", "-z", "--index-info"], `100644 ${EMPTY}\ta/b\0`);
    expect(await runGit(home, ["ls-files", "--stage"])).toBe(`100644 ${EMPTY} 0\ta/b\n`);
  });
});
