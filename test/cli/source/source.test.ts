import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UsageError } from "../../../src/cli/command/usage-error.ts";
import { fingerprint } from "../../../src/cli/source/fingerprint.ts";
import { openSource } from "../../../src/cli/source/source.ts";
import { git } from "../git.ts";

let folder: string;

const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-source-")));
  const [plain, origin] = [at("plain"), `file://${at("plain")}`];
  git("init", "--quiet", "--initial-branch=trünk/next", plain);
  for (const name of ["one", "two"]) {
    writeFileSync(join(plain, name), name);
    git("-C", plain, "add", "-A");
    git("-C", plain, "commit", "--quiet", "-m", name);
  }
  git("clone", "--quiet", "--bare", plain, at("bare.git"));
  git("-C", plain, "worktree", "add", "--quiet", "--detach", at("worktree"), "HEAD~1");
  git("clone", "--quiet", "--depth=1", origin, at("shallow"));
  git("-C", plain, "config", "uploadpack.allowFilter", "true");
  git("clone", "--quiet", "--no-checkout", "--filter=blob:none", origin, at("partial"));
  git("clone", "--quiet", "--no-checkout", "--filter=tree:0", origin, at("treeless"));
  for (const [name, lost] of [
    ["without-file", "HEAD:one"],
    ["without-tree", "HEAD^{tree}"],
    ["without-commit", "HEAD"],
  ] as const) {
    git("clone", "--quiet", "--no-hardlinks", plain, at(name));
    const object = git("-C", plain, "rev-parse", lost);
    rmSync(join(at(name), ".git/objects", object.slice(0, 2), object.slice(2)));
  }
  git("clone", "--quiet", "--bare", plain, at("line\nbreak.git"));
  git("clone", "--quiet", plain, at("line\nbreak"));
  git("-C", at("line\nbreak"), "worktree", "add", "--quiet", at("beside"));
  const module = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", plain, "in"];
  git("init", "--quiet", at("whole"));
  git("-C", at("whole"), ...module);
  git("init", "--quiet", "--initial-branch=main", at("empty"));
  git("init", "--quiet", "--object-format=sha256", at("sha256"));
  git("clone", "--quiet", plain, at("orphan"));
  git("-C", at("orphan"), "checkout", "--quiet", "--orphan", "new");
  git("clone", "--quiet", plain, at("detached"));
  git("-C", at("detached"), "checkout", "--quiet", "--detach", "HEAD~1");
  git("-C", at("detached"), "branch", "zweig-ü");
  git("clone", "--quiet", "--no-hardlinks", plain, at("torn"));
  const blob = git("-C", plain, "rev-parse", "HEAD:one");
  const object = join(at("torn"), ".git/objects", blob.slice(0, 2), blob.slice(2));
  chmodSync(object, 0o644);
  writeFileSync(object, "torn");
  mkdirSync(at("plain/inner"));
  mkdirSync(at("none"));
  writeFileSync(at("file"), "");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("any repository on disk", () => {
  test.each([
    { name: "plain", branch: "trünk/next", base: "HEAD", from: "plain" },
    { name: "bare.git", branch: "trünk/next", base: "HEAD", from: "plain" },
    { name: "worktree", branch: "main", base: "HEAD~1", from: "plain" },
    { name: "shallow", branch: "trünk/next", base: "HEAD", from: "plain" },
    { name: "detached", branch: "trünk/next", base: "HEAD~1", from: "plain" },
  ])("$name", async ({ name, branch, base, from }) => {
    const source = await openSource(at(name), undefined);
    expect(source).toMatchObject({
      directory: at(name),
      defaultBranch: branch,
      base: git("-C", at(from), "rev-parse", base),
    });
    expect(source.shallow !== undefined).toBe(name === "shallow");
  });

  test("a linked worktree's objects are those of its repository", async () => {
    const source = await openSource(at("worktree"), undefined);
    expect(source.objects).toBe(at("plain/.git/objects"));
    expect(source.commonDirectory).toBe(at("plain/.git"));
  });

  test("--base names any revision", async () => {
    const source = await openSource(at("plain"), "HEAD~1");
    expect(source.base).toBe(git("-C", at("plain"), "rev-parse", "HEAD~1"));
  });
});

describe("what cannot be rehearsed is a sentence with what to type", () => {
  test.each([
    { name: "nowhere", says: /there is no folder/ },
    { name: "file", says: /is a file; name the folder/ },
    { name: "none", says: /is not a git repository; .*git init/ },
    { name: "plain/inner", says: /lies inside the repository .*plain; name that one/ },
    { name: "empty", says: /is an empty repository; commit something first/ },
    { name: "orphan", says: /is on the branch new, which has no commit yet; .*--base/ },
    { name: "sha256", says: /sha256; GitHub hosts repositories with sha1/ },
    { name: "partial", says: /a partial clone that lacks 2 objects .*fetch --refetch/ },
    { name: "treeless", says: /a partial clone that lacks 1 object .*fetch --refetch/ },
    { name: "without-file", says: /without-file lacks 1 object of the commit \w{40}; .* fsck`/ },
    { name: "without-tree", says: /without-tree lacks 1 object of the commit \w{40}; .* fsck`/ },
    { name: "without-commit", says: /the commit \w{40} is checked out .* fsck`.*--base/ },
    { name: "line\nbreak", says: /".*line\\nbreak" has a line break in its name; rename/ },
    { name: "line\nbreak.git", says: /has a line break in its name; rename/ },
    { name: "beside", says: /has a line break in its name; rename/ },
    { name: "whole/.git/modules/in", says: /lies inside the repository .*whole\/in; name that/ },
    { name: "plain", base: "v9", says: /--base: .*has no commit "v9"; list commits/ },
    { name: "shallow", base: "HEAD~1", says: /the clone is shallow.*--unshallow/ },
    { name: "plain", base: "--all", says: /has no commit "--all"/ },
  ])("$name $base", async ({ name, base, says }) => {
    const opened = openSource(at(name), base);
    await expect(opened).rejects.toThrow(says);
    await expect(opened).rejects.toBeInstanceOf(UsageError);
  });
});

/** Another content of the same length, by the same inode, at the same time. */
function rewrite(path: string): void {
  const { atime, mtime } = statSync(path);
  writeFileSync(path, `${"0".repeat(40)}\n`);
  utimesSync(path, atime, mtime);
}

describe("the fingerprint of a repository", () => {
  const of = async (name: string) => fingerprint(await openSource(at(name), undefined));

  test("reading changes nothing", async () => {
    expect(await of("plain")).toBe(await of("plain"));
  });

  test.each([
    { what: "a file", change: () => writeFileSync(at("detached/new"), "") },
    { what: "a ref", change: () => git("-C", at("detached"), "branch", "other") },
    {
      what: "the content of a ref with a name beyond ASCII, in place and with its time put back",
      change: () => rewrite(at("detached/.git/refs/heads/zweig-ü")),
    },
    { what: "the config", change: () => appendFileSync(at("detached/.git/config"), "# x\n") },
    { what: "a lock", change: () => writeFileSync(at("detached/.git/index.lock"), "") },
    { what: "a mode", change: () => chmodSync(at("detached/one"), 0o755) },
  ])("$what shows", async ({ change }) => {
    const before = await of("detached");
    change();
    expect(await of("detached")).not.toBe(before);
  });

  test("a linked worktree's repository counts", async () => {
    const before = await of("worktree");
    git("-C", at("plain"), "tag", "seen");
    expect(await of("worktree")).not.toBe(before);
  });
});
