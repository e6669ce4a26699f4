import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeBranch } from "../../../../src/cli/init/hand-in/make-branch.ts";
import { git } from "../../git.ts";

const PERSON = { name: "Ada", email: "ada@example.com" };

/** A clone that would rewrite every file on its way into git. */
function rewriting(): string {
  const folder = mkdtempSync(join(tmpdir(), "millwright-make-branch-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  git("init", "--quiet", "--initial-branch=main", folder);
  const settings = { "core.autocrlf": "input", "filter.upper.clean": "tr a-z A-Z" };
  const all = { ...settings, "user.name": PERSON.name, "user.email": PERSON.email };
  for (const [name, value] of Object.entries(all)) git("-C", folder, "config", name, value);
  writeFileSync(join(folder, ".git/info/attributes"), "* filter=upper ident\n");
  git("-C", folder, "commit", "--quiet", "--allow-empty", "-m", "Begin");
  return folder;
}

test("a branch has each file byte for byte, whatever it is called and whatever the clone makes of files", async () => {
  const folder = rewriting();
  const contents: Readonly<Record<string, Buffer>> = {
    "lines.txt": Buffer.from("one\r\ntwo\r\n$Id$\n"),
    "--stdin": Buffer.from([0, 255, 13, 10]),
    "below/a line\nbreak": Buffer.from("three"),
    '"quoted"': Buffer.from(""),
    0: Buffer.from("four"),
  };
  const commit = await makeBranch(
    { directory: folder, environment: { PATH: process.env.PATH } },
    {
      branch: "new",
      base: git("-C", folder, "rev-parse", "HEAD"),
      files: Object.entries(contents).map(([path, bytes]) => ({ path, bytes })),
      message: "Add\n",
    },
  );
  expect(git("-C", folder, "rev-parse", "new")).toBe(commit);
  const listed = git("-C", folder, "ls-tree", "-r", "-z", "--name-only", "new").split("\0");
  expect(listed.filter(Boolean).sort()).toEqual(Object.keys(contents).sort());
  for (const [path, bytes] of Object.entries(contents)) {
    const read = execFileSync("git", ["-C", folder, "cat-file", "blob", `new:${path}`]);
    expect([path, read]).toEqual([path, bytes]);
  }
});
