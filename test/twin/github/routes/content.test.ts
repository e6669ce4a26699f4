import { describe, expect, test } from "vitest";
import { git } from "../../../../src/twin/github/git/git.ts";
import { loadConformance } from "../conformance.ts";
import { createWorld, REPOSITORY, type Reply, type World } from "../world.ts";

const conformance = loadConformance();
const READS = { contents: "read" } as const;

/** Asks with a read-only token and holds the answer against GitHub's description of the route. */
async function read(
  world: World,
  route: string,
  values: Readonly<Record<string, unknown>> = {},
): Promise<Reply> {
  const whole = `GET /repos/{owner}/{repo}/${route}`;
  const reply = await world.ask(world.job(READS), whole, values);
  expect(conformance.answer(whole, reply)).toEqual([]);
  return reply;
}

function text(reply: Reply): string {
  return Buffer.from(reply.body.content, "base64").toString("utf8");
}

/** Puts links, modes and a submodule on main: what `world.commit` cannot write. */
async function place(world: World, lines: readonly string[]): Promise<string> {
  const environment = { GIT_INDEX_FILE: `${world.gitDirectory}/place` };
  await git(world.gitDirectory, ["read-tree", "main"], { environment });
  const input = lines.map((line) => `${line}\n`).join("");
  await git(world.gitDirectory, ["update-index", "--index-info"], { environment, input });
  const tree = await git(world.gitDirectory, ["write-tree"], { environment });
  const who = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  const commit = await git(world.gitDirectory, [
    ...who,
    "commit-tree",
    tree,
    "-p",
    "main",
    "-m",
    ".",
  ]);
  await git(world.gitDirectory, ["update-ref", "refs/heads/main", commit]);
  return commit;
}

function blob(world: World, content: string): Promise<string> {
  return git(world.gitDirectory, ["hash-object", "-w", "--stdin"], { input: content });
}

describe("contents", () => {
  test("are those of the default branch, or of the ref that is asked for", async () => {
    await using world = await createWorld();
    const old = await git(world.gitDirectory, ["rev-parse", "main"]);
    await world.commit({ "README.md": "# Later\n" });
    await world.commit({ "README.md": "# Feature\n" }, "feature/one", "main");
    const path = "README.md";
    expect(text(await read(world, "contents/{path}", { path }))).toBe("# Later\n");
    expect(text(await read(world, "contents/{path}", { path, ref: old }))).toBe("# App\n");
    expect(text(await read(world, "contents/{path}", { path, ref: "feature/one" }))).toBe(
      "# Feature\n",
    );
  });

  test("name a file as git does, whatever its path", async () => {
    await using world = await createWorld();
    const path = "a dir/100% #1? ä.txt";
    await world.commit({ [path]: "x".repeat(100) });
    const found = await read(world, "contents/{path}", { path });
    expect(found.body).toMatchObject({
      type: "file",
      name: "100% #1? ä.txt",
      path,
      size: 100,
      encoding: "base64",
      sha: await git(world.gitDirectory, ["rev-parse", `main:${path}`]),
    });
    expect(found.body.content).toMatch(/^(.{60}\n)+(.{1,60}\n)?$/);
    expect(text(found)).toBe("x".repeat(100));
    const itself = await fetch(found.body.url);
    expect(await itself.json()).toEqual(found.body);
  });

  test("of an empty file are empty", async () => {
    await using world = await createWorld();
    await world.commit({ empty: "" });
    const found = await read(world, "contents/{path}", { path: "empty" });
    expect(found.body).toMatchObject({ content: "", encoding: "base64", size: 0 });
  });

  test("of a directory are its entries", async () => {
    await using world = await createWorld();
    await world.commit({ "src/deep/two.txt": "2\n" });
    const found = await read(world, "contents/{path}", { path: "src" });
    const facts = found.body.map(({ type, path }: Record<string, string>) => [type, path]);
    expect(facts).toEqual([
      ["dir", "src/deep"],
      ["file", "src/one.txt"],
    ]);
  });

  test("over 1 MB come only raw", async () => {
    await using world = await createWorld();
    const content = "x".repeat(1_048_577);
    await world.commit({ big: content });
    const found = await read(world, "contents/{path}", { path: "big" });
    expect(found.body).toMatchObject({ content: "", encoding: "none", size: content.length });
    const raw = await fetch(`${world.github.url}/repos/${REPOSITORY}/contents/big`, {
      headers: { accept: "application/vnd.github.raw+json" },
    });
    expect(await raw.text()).toBe(content);
  });

  test("follow a link to a file, and say where any other link points", async () => {
    await using world = await createWorld();
    const [inside, outside, upwards] = await Promise.all([
      blob(world, "../README.md"),
      blob(world, "/etc/passwd"),
      blob(world, "../../secret"),
    ]);
    await place(world, [
      `120000 ${inside}\tsrc/inside`,
      `120000 ${outside}\tsrc/outside`,
      `120000 ${upwards}\tsrc/upwards`,
    ]);
    const followed = await read(world, "contents/{path}", { path: "src/inside" });
    expect(followed.body).toMatchObject({ type: "file" });
    expect(text(followed)).toBe("# App\n");
    for (const [path, target] of [
      ["src/outside", "/etc/passwd"],
      ["src/upwards", "../../secret"],
    ]) {
      const found = await read(world, "contents/{path}", { path });
      expect(found.body).toMatchObject({ type: "symlink", target });
      expect(found.body).not.toHaveProperty("content");
    }
  });

  test("list a submodule and say that its contents are elsewhere", async () => {
    await using world = await createWorld();
    await place(world, [`160000 ${"1".repeat(40)}\tvendor/library`]);
    const listed = await read(world, "contents/{path}", { path: "vendor" });
    expect(listed.body).toMatchObject([{ path: "vendor/library", sha: "1".repeat(40) }]);
    const found = await read(world, "contents/{path}", { path: "vendor/library" });
    expect(found.status).toBe(404);
    expect(found.body.message).toContain("is a submodule");
  });

  test.each([
    ["a path that is not there", { path: "nothing" }],
    ["a path through a file", { path: "README.md/more" }],
    ["a ref that is not there", { path: "README.md", ref: "nothing" }],
  ])("answer 404 for %s", async (_, values) => {
    await using world = await createWorld();
    expect((await read(world, "contents/{path}", values)).status).toBe(404);
  });
});

describe("commits", () => {
  test("are found by branch, by tag and by id, with what they changed", async () => {
    await using world = await createWorld();
    await world.commit({ "src/one.txt": "1\n2\n", "src/new.txt": "n\n", "README.md": null });
    const sha = await git(world.gitDirectory, ["rev-parse", "main"]);
    await git(world.gitDirectory, ["tag", "v1", "main"]);
    for (const ref of ["main", "heads/main", "v1", "tags/v1", sha]) {
      expect((await read(world, "commits/{ref}", { ref })).body.sha).toBe(sha);
    }
    const found = await read(world, "commits/{ref}", { ref: sha });
    expect(found.body.stats).toEqual({ total: 3, additions: 2, deletions: 1 });
    expect(found.body.files).toMatchObject([
      { filename: "README.md", status: "removed", additions: 0, deletions: 1 },
      { filename: "src/new.txt", status: "added", patch: "@@ -0,0 +1 @@\n+n" },
      { filename: "src/one.txt", status: "modified", additions: 1, deletions: 0 },
    ]);
  });

  test("without a parent are all additions", async () => {
    await using world = await createWorld();
    const found = await read(world, "commits/{ref}", { ref: "main" });
    expect(found.body.parents).toEqual([]);
    expect(found.body.stats).toEqual({ total: 2, additions: 2, deletions: 0 });
  });

  test.each(["nothing", "0".repeat(40)])("answer 422 for %s", async (ref) => {
    await using world = await createWorld();
    const found = await read(world, "commits/{ref}", { ref });
    expect(found).toMatchObject({
      status: 422,
      body: { message: `No commit found for SHA: ${ref}` },
    });
  });
});

describe("comparisons", () => {
  const compare = (world: World, basehead: string) =>
    read(world, "compare/{basehead}", { basehead });

  test("start where the two went apart", async () => {
    await using world = await createWorld();
    const fork = await git(world.gitDirectory, ["rev-parse", "main"]);
    const first = await world.commit({ "src/two.txt": "2\n" }, "feature", "main");
    const second = await world.commit({ "src/three.txt": "3\n" }, "feature");
    await world.commit({ "src/main.txt": "m\n" });
    const found = await compare(world, "main...feature");
    expect(found.body).toMatchObject({
      status: "diverged",
      ahead_by: 2,
      behind_by: 1,
      total_commits: 2,
      merge_base_commit: { sha: fork },
      commits: [{ sha: first }, { sha: second }],
      files: [{ filename: "src/three.txt" }, { filename: "src/two.txt" }],
    });
    expect((await compare(world, "main...main")).body.status).toBe("identical");
    expect((await compare(world, `${fork}...feature`)).body.status).toBe("ahead");
    expect((await compare(world, `feature...${fork}`)).body.status).toBe("behind");
    expect((await compare(world, "main...nothing")).status).toBe(404);
  });

  test("tell renamed, changed in mode and changed in kind, each with its own patch", async () => {
    await using world = await createWorld();
    const long = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join("");
    const before = await world.commit({ "a-kind": "x\n", "b-mode": "x\n", "c-name": long });
    const [kind, mode, name] = await Promise.all([
      blob(world, "target"),
      blob(world, "x\n"),
      blob(world, `${long}last\n`),
    ]);
    const nothing = "0".repeat(40);
    const after = await place(world, [
      `120000 ${kind}\ta-kind`,
      `100755 ${mode}\tb-mode`,
      `0 ${nothing}\tc-name`,
      `100644 ${name}\td-name`,
      `100644 ${await blob(world, "carriage\rdiff --git a/x b/x\r@@ -1 +1 @@\n")}\te`,
      `100644 ${await blob(world, "f\n")}\tf`,
    ]);
    const found = await compare(world, `${before}...${after}`);
    expect(found.body.files).toMatchObject([
      { filename: "a-kind", status: "changed" },
      { filename: "b-mode", status: "changed", changes: 0 },
      {
        filename: "d-name",
        previous_filename: "c-name",
        status: "renamed",
        patch: expect.stringContaining("+last"),
      },
      { filename: "e", additions: 1, patch: expect.stringContaining("carriage\rdiff --git") },
      { filename: "f", patch: "@@ -0,0 +1 @@\n+f" },
    ]);
  });

  test("of what has no common past answer 404", async () => {
    await using world = await createWorld();
    await world.commit({ other: "o\n" }, "orphan", "nothing");
    expect((await compare(world, "main...orphan")).status).toBe(404);
  });
});
