import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { git } from "../../../../src/twin/github/git/git.ts";
import { loadConformance } from "../conformance.ts";
import { createWorld, REPOSITORY, type Reply, type World } from "../world.ts";

const conformance = loadConformance();
const GIT = "/repos/{owner}/{repo}/git";
const WRITES = { contents: "write" } as const;
const WORKFLOW = ".github/workflows/ci.yml";

/** Asks and holds the answer against GitHub's description of the route. */
async function ask(
  world: World,
  token: string,
  route: string,
  values: Readonly<Record<string, unknown>> = {},
): Promise<Reply> {
  const reply = await world.ask(token, route, values);
  expect(conformance.answer(route, reply)).toEqual([]);
  return reply;
}

/** What git itself says of a revision of the twin's repository. */
function parse(world: World, revision: string): Promise<string> {
  return git(world.gitDirectory, ["rev-parse", revision]);
}

describe("blobs", () => {
  test.each([
    ["text", "ä\n", undefined, Buffer.from("ä\n")],
    ["bytes", Buffer.from([0, 255, 10]).toString("base64"), "base64", Buffer.from([0, 255, 10])],
    ["nothing", "", "utf-8", Buffer.from("")],
  ])("keep %s exactly", async (_, content, encoding, bytes) => {
    await using world = await createWorld();
    const token = world.job(WRITES);
    const made = await ask(world, token, `POST ${GIT}/blobs`, { content, encoding });
    expect(made.status).toBe(201);
    const named = await git(world.gitDirectory, ["hash-object", "--stdin"], { input: bytes });
    expect(made.body.sha).toBe(named);
    const read = await ask(world, token, `GET ${GIT}/blobs/{file_sha}`, { file_sha: named });
    expect(read.body).toMatchObject({ size: bytes.length, encoding: "base64" });
    expect(Buffer.from(read.body.content, "base64").equals(bytes)).toBe(true);
  });

  test("are refused when they are not base64 though they say so", async () => {
    await using world = await createWorld();
    const body = { content: "&%", encoding: "base64" };
    const made = await ask(world, world.job(WRITES), `POST ${GIT}/blobs`, body);
    expect(made).toMatchObject({ status: 422, body: { message: "content is not valid Base64" } });
  });

  test.each(["0".repeat(40), "main", "--batch"])("answer 404 for %s", async (sha) => {
    await using world = await createWorld();
    const token = world.job({ contents: "read" });
    const read = await ask(world, token, `GET ${GIT}/blobs/{file_sha}`, { file_sha: sha });
    expect(read.status).toBe(404);
  });

  test("do not exist before the first push", async () => {
    await using world = await createWorld();
    const { token } = world.owner;
    await world.github.createRepository("OWNER/empty", {
      defaultBranch: "main",
      collaborators: {},
    });
    const where = { owner: "OWNER", repo: "empty" };
    const answers = [
      await ask(world, token, `POST ${GIT}/blobs`, { ...where, content: "1" }),
      await ask(world, token, `POST ${GIT}/trees`, {
        ...where,
        tree: [{ path: "a", mode: "100644", type: "blob", content: "1" }],
      }),
      await ask(world, token, "GET /repos/{owner}/{repo}/commits/{ref}", { ...where, ref: "main" }),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 409, body: { message: "Git Repository is empty." } });
    }
  });
});

describe("trees", () => {
  const FILE = { mode: "100644", type: "blob" } as const;

  test("are those that git makes: changed, added, executable, deleted, nested", async () => {
    await using world = await createWorld();
    const base = await parse(world, "main^{tree}");
    const blob = await git(world.gitDirectory, ["hash-object", "-w", "--stdin"], { input: "b" });
    const made = await ask(world, world.job(WRITES), `POST ${GIT}/trees`, {
      base_tree: base,
      tree: [
        { ...FILE, path: "README.md", content: "# Changed\n" },
        { ...FILE, path: "run.sh", mode: "100755", content: "#!/bin/sh\n" },
        { ...FILE, path: "deep/er/ä b.txt", sha: blob },
        { ...FILE, path: "src/one.txt", sha: null },
        { path: "link", mode: "120000", type: "blob", content: "README.md" },
      ],
    });
    expect(made.status).toBe(201);
    const listed = await git(world.gitDirectory, ["ls-tree", "-r", "-z", made.body.sha]);
    const facts = listed.split("\0").map((line) => line.replace(/ blob [0-9a-f]{40}\t/, " "));
    expect(facts).toEqual([
      "100644 README.md",
      "100644 deep/er/ä b.txt",
      "120000 link",
      "100755 run.sh",
      "",
    ]);
    expect(await parse(world, `${made.body.sha}:deep/er/ä b.txt`)).toBe(blob);
  });

  test("stand alone without a base", async () => {
    await using world = await createWorld();
    const entry = { ...FILE, path: "src/one.txt", content: "1\n" };
    const made = await ask(world, world.job(WRITES), `POST ${GIT}/trees`, { tree: [entry] });
    expect(made.body.tree).toMatchObject([{ path: "src", type: "tree", mode: "040000" }]);
    expect(made.body.tree[0].sha).toBe(await parse(world, "main:src"));
  });

  test("replace a file by a directory of its name, and delete a directory", async () => {
    await using world = await createWorld();
    await world.commit({ "src/deep/two.txt": "2\n" });
    const token = world.job(WRITES);
    const base_tree = await parse(world, "main^{tree}");
    const inner = { ...FILE, path: "README.md/inner", content: "x" };
    const gone = { ...FILE, path: "src", sha: null };
    const made = await ask(world, token, `POST ${GIT}/trees`, { base_tree, tree: [inner, gone] });
    const paths = await git(world.gitDirectory, ["ls-tree", "-r", "--name-only", made.body.sha]);
    expect(paths).toBe("README.md/inner");
  });

  test("are listed at one level or whole, by id or by branch", async () => {
    await using world = await createWorld();
    const token = world.job({ contents: "read" });
    const flat = await ask(world, token, `GET ${GIT}/trees/{tree_sha}`, { tree_sha: "main" });
    expect(flat.body.sha).toBe(await parse(world, "main^{tree}"));
    expect(flat.body.tree).toMatchObject([
      { path: "README.md", type: "blob", mode: "100644", size: 6 },
      { path: "src", type: "tree", mode: "040000" },
    ]);
    const whole = { tree_sha: flat.body.sha, recursive: "1" };
    const all = await ask(world, token, `GET ${GIT}/trees/{tree_sha}`, whole);
    const paths = all.body.tree.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(["README.md", "src", "src/one.txt"]);
    expect(all.body.truncated).toBe(false);
    const none = await ask(world, token, `GET ${GIT}/trees/{tree_sha}`, { tree_sha: "nothing" });
    expect(none.status).toBe(404);
  });

  const zero = "0".repeat(40);
  test.each([
    ["a path that leaves the tree", [{ ...FILE, path: "../a", content: "" }], "malformed path"],
    ["a path into .git", [{ ...FILE, path: "a/.GIT/config", content: "" }], "malformed path"],
    ["a path from the root", [{ ...FILE, path: "/a", content: "" }], "malformed path"],
    ["a blob that is not there", [{ ...FILE, path: "a", sha: zero }], "not a valid blob"],
    ["no content and no blob", [{ ...FILE, path: "a" }], "Must supply either"],
    ["no mode", [{ path: "a", content: "" }], "Must supply a valid tree.mode"],
    ["an unknown mode", [{ ...FILE, path: "a", mode: "100600", content: "" }], "Invalid request"],
    ["the deletion of nothing", [{ ...FILE, path: "a", sha: null }], "GitRPC::BadObjectState"],
    ["no entry", [], "Invalid tree info"],
  ])("refuse %s", async (_, tree, message) => {
    await using world = await createWorld();
    const body = { base_tree: await parse(world, "main^{tree}"), tree };
    const made = await ask(world, world.job(WRITES), `POST ${GIT}/trees`, body);
    expect(made.status).toBe(422);
    expect(made.body.message).toContain(message);
  });

  test("with a workflow file are for people", async () => {
    await using world = await createWorld();
    const tree = [{ ...FILE, path: WORKFLOW, content: "on: push\n" }];
    const refused = await ask(world, world.job(WRITES), `POST ${GIT}/trees`, { tree });
    expect(refused.status).toBe(403);
    expect(refused.body.message).toContain(WORKFLOW);
    const made = await ask(world, world.people.writer.token, `POST ${GIT}/trees`, { tree });
    expect(made.status).toBe(201);
  });
});

describe("commits", () => {
  test("of a bot that names nobody are GitHub's, verified, and byte for byte as git writes them", async () => {
    const now = () => new Date("2026-11-20T10:00:00Z");
    await using world = await createWorld({ github: { now } });
    const [tree, parent] = [await parse(world, "main^{tree}"), await parse(world, "main")];
    const made = await ask(world, world.job(WRITES), `POST ${GIT}/commits`, {
      message: "Title\n\nBody, no newline at the end",
      tree,
      parents: [parent],
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      tree: { sha: tree },
      parents: [{ sha: parent }],
      verification: { verified: true, reason: "valid" },
    });
    const bytes = await git(world.gitDirectory, ["cat-file", "commit", made.body.sha]);
    const bot = "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>";
    expect(bytes.split("\n")).toEqual([
      `tree ${tree}`,
      `parent ${parent}`,
      `author ${bot} 1795168800 +0000`,
      "committer GitHub <noreply@github.com> 1795168800 +0000",
      "",
      "Title",
      "",
      "Body, no newline at the end",
    ]);
    const id = { commit_sha: made.body.sha };
    const read = await ask(world, world.job(WRITES), `GET ${GIT}/commits/{commit_sha}`, id);
    expect(read.body).toEqual(made.body);
  });

  test.each([
    ["an author", { author: { name: "A", email: "a@example.com" } }],
    ["a committer", { committer: { name: "A", email: "a@example.com" } }],
  ])("with %s of one's own are not verified", async (_, named) => {
    await using world = await createWorld();
    const body = { message: "m", tree: await parse(world, "main^{tree}"), parents: [], ...named };
    const made = await ask(world, world.job(WRITES), `POST ${GIT}/commits`, body);
    expect(made.body).toMatchObject({ ...named, verification: { verified: false } });
  });

  test("of a person are the person's, unsigned", async () => {
    await using world = await createWorld();
    const { id, token } = world.people.writer;
    const body = { message: "m", tree: await parse(world, "main^{tree}") };
    const made = await ask(world, token, `POST ${GIT}/commits`, body);
    const person = { name: "writer", email: `${id}+writer@users.noreply.github.com` };
    expect(made.body).toMatchObject({
      author: person,
      committer: person,
      verification: { verified: false, reason: "unsigned" },
    });
  });

  const zero = "0".repeat(40);
  test.each([
    ["a tree that is not there", { tree: zero }, "Tree SHA does not exist"],
    ["a parent that is not there", { parents: [zero] }, "Parent SHA does not exist"],
    ["an abbreviated parent", { parents: ["main"] }, "Parent SHA does not exist"],
    ["a header in a name", { author: { name: "a\nb", email: "a@b" } }, "Invalid request"],
    ["a signature", { signature: "-----BEGIN" }, "The twin puts no signature"],
  ])("refuse %s", async (_, wrong, message) => {
    await using world = await createWorld();
    const body = { message: "m", tree: await parse(world, "main^{tree}"), ...wrong };
    const made = await ask(world, world.job(WRITES), `POST ${GIT}/commits`, body);
    expect(made.status).toBe(422);
    expect(made.body.message).toContain(message);
  });

  test("answer 404 for what is no commit", async () => {
    await using world = await createWorld();
    const token = world.job({ contents: "read" });
    for (const commit_sha of ["0".repeat(40), await parse(world, "main^{tree}"), "main"]) {
      const read = await ask(world, token, `GET ${GIT}/commits/{commit_sha}`, { commit_sha });
      expect(read.status).toBe(404);
    }
  });
});

describe("refs", () => {
  test("are made once: the second comes too late", async () => {
    await using world = await createWorld();
    const sha = await parse(world, "main");
    const claim = { ref: "refs/heads/factory/7-1", sha };
    const answers = await Promise.all(
      [1, 2].map((run) => ask(world, world.job(WRITES, run), `POST ${GIT}/refs`, claim)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    const [late] = answers.filter(({ status }) => status === 422);
    expect(late?.body.message).toBe("Reference already exists");
    expect(world.events).toMatchObject([
      {
        name: "push",
        ref: claim.ref,
        sha,
        startsRuns: "no",
        payload: { created: true, head_commit: { id: sha }, commits: [] },
      },
    ]);
  });

  test.each([
    ["a name without refs/", { ref: "main" }],
    ["a namespace of GitHub's own", { ref: "refs/pull/1/head" }],
    ["a name that git does not take", { ref: "refs/heads/a..b" }],
    ["a name below an existing one", { ref: "refs/heads/main/more" }],
    ["an abbreviated commit", { sha: "abc" }],
    ["a commit that is not there", { sha: "0".repeat(39).concat("1") }],
  ])("refuse %s", async (_, wrong) => {
    await using world = await createWorld();
    const before = await git(world.gitDirectory, ["for-each-ref"]);
    const body = { ref: "refs/heads/new", sha: await parse(world, "main"), ...wrong };
    const made = await ask(world, world.job(WRITES), `POST ${GIT}/refs`, body);
    expect(made.status).toBe(422);
    expect(await git(world.gitDirectory, ["for-each-ref"])).toBe(before);
    expect(world.events).toEqual([]);
  });

  test("are found by name and by prefix, tags as what they are", async () => {
    await using world = await createWorld();
    const token = world.job({ contents: "read" });
    const sha = await parse(world, "main");
    for (const name of ["factory/7-1", "factory/7-2", "factory/71-1"]) {
      await git(world.gitDirectory, ["update-ref", `refs/heads/${name}`, sha]);
    }
    const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    await git(world.gitDirectory, [...identity, "tag", "-a", "v1", "-m", "One", "main"]);
    const one = await ask(world, token, `GET ${GIT}/ref/{ref}`, { ref: "heads/factory/7-1" });
    expect(one.body).toMatchObject({
      ref: "refs/heads/factory/7-1",
      object: { sha, type: "commit" },
    });
    const tag = await ask(world, token, `GET ${GIT}/ref/{ref}`, { ref: "tags/v1" });
    expect(tag.body.object).toMatchObject({ sha: await parse(world, "v1"), type: "tag" });
    const prefix = { ref: "heads/factory/7-" };
    const found = await ask(world, token, `GET ${GIT}/matching-refs/{ref}`, prefix);
    expect(found.body.map(({ ref }: { ref: string }) => ref)).toEqual([
      "refs/heads/factory/7-1",
      "refs/heads/factory/7-2",
    ]);
    const none = await ask(world, token, `GET ${GIT}/matching-refs/{ref}`, { ref: "heads/x" });
    expect(none).toMatchObject({ status: 200, body: [] });
    const unknown = await ask(world, token, `GET ${GIT}/ref/{ref}`, { ref: "heads/factory" });
    expect(unknown.status).toBe(404);
  });

  test("move forward only, unless forced", async () => {
    await using world = await createWorld();
    const token = world.job(WRITES);
    const old = await parse(world, "main");
    const forward = await world.commit({ "src/two.txt": "2\n" }, "next", "main");
    const beside = await world.commit({ "src/three.txt": "3\n" }, "beside", "main");
    const move = (sha: string, force?: boolean) =>
      ask(world, token, `PATCH ${GIT}/refs/{ref}`, { ref: "heads/main", sha, force });
    expect((await move(forward)).body.object.sha).toBe(forward);
    expect(await move(beside)).toMatchObject({
      status: 422,
      body: { message: "Update is not a fast forward" },
    });
    expect((await move(old, false)).status).toBe(422);
    expect((await move(beside, true)).status).toBe(200);
    expect((await move(beside)).status).toBe(200);
    expect(await parse(world, "main")).toBe(beside);
    expect(world.events.map(({ payload }) => [payload.after, payload.forced])).toEqual([
      [forward, false],
      [beside, true],
    ]);
    const gone = { ref: "heads/gone", sha: old };
    expect(await ask(world, token, `PATCH ${GIT}/refs/{ref}`, gone)).toMatchObject({
      status: 422,
      body: { message: "Reference does not exist" },
    });
  });

  test("are deleted, all but the default branch", async () => {
    await using world = await createWorld();
    const token = world.job(WRITES);
    await world.commit({ "src/two.txt": "2\n" }, "next", "main");
    const remove = (ref: string) => ask(world, token, `DELETE ${GIT}/refs/{ref}`, { ref });
    expect((await remove("heads/next")).status).toBe(204);
    expect((await remove("heads/next")).status).toBe(422);
    expect((await remove("heads/main")).status).toBe(422);
    expect(world.events).toMatchObject([{ name: "push", payload: { deleted: true } }]);
  });

  test("bring no workflow file with a job's token, by no way", async () => {
    await using world = await createWorld();
    const person = await world.commit({ [WORKFLOW]: "on: push\n" }, "person", "main");
    const onTop = await world.commit({ "src/two.txt": "2\n" }, "person");
    await world.commit({ "src/three.txt": "3\n" }, "mine", "main");
    const attempts = (token: string) => [
      ask(world, token, `POST ${GIT}/refs`, { ref: "refs/heads/a", sha: person }),
      ask(world, token, `POST ${GIT}/refs`, { ref: "refs/tags/a", sha: onTop }),
      ask(world, token, `PATCH ${GIT}/refs/{ref}`, { ref: "heads/main", sha: onTop }),
      ask(world, token, `PATCH ${GIT}/refs/{ref}`, { ref: "heads/mine", sha: person, force: true }),
    ];
    for (const answer of await Promise.all(attempts(world.job(WRITES)))) {
      expect(answer.status).toBe(403);
      expect(answer.body.message).toContain(WORKFLOW);
    }
    expect(world.events).toEqual([]);
    for (const answer of await Promise.all(attempts(world.people.writer.token))) {
      expect(answer.status).toBeLessThan(300);
    }
  });

  test("may be made at a commit of the default branch that stands beside workflow files", async () => {
    await using world = await createWorld();
    const old = await world.commit({ [WORKFLOW]: "on: push\n" });
    await world.commit({ [WORKFLOW]: "on: pull_request\n" });
    const body = { ref: "refs/heads/factory/1-1", sha: old };
    expect((await ask(world, world.job(WRITES), `POST ${GIT}/refs`, body)).status).toBe(201);
  });
});

describe("a commit through the API", () => {
  test("is what a clone gets: bytes, modes and ids", async () => {
    await using world = await createWorld();
    const token = world.job(WRITES);
    const base = await parse(world, "main");
    const bytes = randomBytes(1000);
    const blob = await ask(world, token, `POST ${GIT}/blobs`, {
      content: bytes.toString("base64"),
      encoding: "base64",
    });
    const tree = await ask(world, token, `POST ${GIT}/trees`, {
      base_tree: await parse(world, "main^{tree}"),
      tree: [{ path: "data.bin", mode: "100755", type: "blob", sha: blob.body.sha }],
    });
    const commit = await ask(world, token, `POST ${GIT}/commits`, {
      message: "Add data",
      tree: tree.body.sha,
      parents: [base],
    });
    const ref = { ref: "heads/main", sha: commit.body.sha };
    expect((await ask(world, token, `PATCH ${GIT}/refs/{ref}`, ref)).status).toBe(200);
    const response = await fetch(
      `${world.github.url}/repos/${REPOSITORY}/contents/data.bin?ref=main`,
      { headers: { accept: "application/vnd.github.raw+json" } },
    );
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(await git(world.gitDirectory, ["ls-tree", "main", "data.bin"])).toBe(
      `100755 blob ${blob.body.sha}\tdata.bin`,
    );
    expect(await git(world.gitDirectory, ["fsck", "--strict", "--no-dangling"])).toBe("");
  });
});
