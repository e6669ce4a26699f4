import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { git, tryGit } from "../../../../src/twin/github/git/git.ts";
import type { TwinEvent } from "../../../../src/twin/github/twin-github.ts";
import { loadConformance } from "../conformance.ts";
import { createWorld, REPOSITORY, runGit, type World } from "../world.ts";

const conformance = loadConformance();

const CONTENTS_WRITE = { contents: "write" } as const;
const WORKFLOW = ".github/workflows/ci.yml";

function remote(world: World): string {
  return `${world.github.url}/${REPOSITORY}.git`;
}

/** A clone in which `token` works; `name` keeps two clones of one test apart. */
async function cloneOf(world: World, token: string, name = "clone"): Promise<string> {
  const folder = join(world.directory, name);
  const cloned = await runGit(["clone", "--quiet", remote(world), folder], {
    cwd: world.directory,
    token,
  });
  expect(cloned).toEqual({ code: 0, output: "" });
  return folder;
}

/**
 * The payload with the three lists that a webhook's commits have and `github.event` has not: the twin makes what a run
 * gets, and is held against the webhook in all the rest.
 */
function asWebhook(event: TwinEvent | undefined): TwinEvent {
  if (event === undefined) throw new Error("no event");
  const complete = (commit: unknown) =>
    commit === null ? null : { ...(commit as object), added: [], removed: [], modified: [] };
  const { commits, head_commit } = event.payload;
  const lists = {
    commits: (commits as unknown[]).map(complete),
    head_commit: complete(head_commit),
  };
  return { ...event, payload: { ...event.payload, ...lists } };
}

async function commitFile(folder: string, path: string, content: string | Buffer): Promise<string> {
  await mkdir(join(folder, path, ".."), { recursive: true });
  await writeFile(join(folder, path), content);
  await runGit(["add", "--all"], { cwd: folder });
  await runGit(["commit", "--quiet", "--message", `Change ${path}`], { cwd: folder });
  return (await runGit(["rev-parse", "HEAD"], { cwd: folder })).output.trim();
}

describe("clones", () => {
  test("serves a clone with and without .git in the address", async () => {
    await using world = await createWorld();
    for (const address of [remote(world), remote(world).replace(/\.git$/, "")]) {
      const folder = join(world.directory, address.endsWith(".git") ? "with" : "without");
      const cloned = await runGit(["clone", "--quiet", address, folder], { cwd: world.directory });
      expect(cloned).toEqual({ code: 0, output: "" });
      expect(await readFile(join(folder, "README.md"), "utf8")).toBe("# App\n");
    }
  });

  test("serves an empty repository", async () => {
    await using world = await createWorld();
    await world.github.createRepository("OWNER/empty", {
      defaultBranch: "trunk",
      collaborators: {},
    });
    const cloned = await runGit(["clone", "--quiet", `${world.github.url}/OWNER/empty`, "empty"], {
      cwd: world.directory,
    });
    expect(cloned.code).toBe(0);
    expect(cloned.output).toContain("You appear to have cloned an empty repository");
    const head = join(world.directory, "empty", ".git", "HEAD");
    expect(await readFile(head, "utf8")).toBe("ref: refs/heads/trunk\n");
  });

  test("fetches one commit by its id alone, however old, at depth 1", async () => {
    await using world = await createWorld();
    const old = await world.commit({ "src/two.txt": "2\n" });
    await world.commit({ "src/two.txt": "3\n" });
    const folder = join(world.directory, "shallow");
    await runGit(["init", "--quiet", folder], { cwd: world.directory });
    const fetched = await runGit(["fetch", "--quiet", "--depth=1", remote(world), old], {
      cwd: folder,
      token: world.job({ contents: "read" }),
    });
    expect(fetched).toEqual({ code: 0, output: "" });
    await runGit(["checkout", "--quiet", "FETCH_HEAD"], { cwd: folder });
    expect(await readFile(join(folder, "src/two.txt"), "utf8")).toBe("2\n");
    const count = await runGit(["rev-list", "--count", "HEAD"], { cwd: folder });
    expect(count.output.trim()).toBe("1");
  });

  test("clones without blobs and fetches them when they are needed", async () => {
    await using world = await createWorld();
    const folder = join(world.directory, "partial");
    const token = world.job({ contents: "read" });
    const command = [
      "clone",
      "--quiet",
      "--filter=blob:none",
      "--no-checkout",
      remote(world),
      folder,
    ];
    expect(await runGit(command, { cwd: world.directory, token })).toEqual({ code: 0, output: "" });
    const listing = ["rev-list", "--objects", "--all", "--missing=print"];
    const missing = await runGit(listing, { cwd: folder });
    expect(missing.output.match(/^\?[0-9a-f]{40}$/gm)).toHaveLength(2);
    const shown = await runGit(["show", "HEAD:README.md"], { cwd: folder, token });
    expect(shown.output).toContain("# App");
  });

  test("serves a pull request's head and trial merge to whoever asks for them", async () => {
    await using world = await createWorld();
    const head = await world.commit({ "src/two.txt": "2\n" }, "feature", "main");
    const opened = await world.ask(world.people.writer.token, "POST /repos/{owner}/{repo}/pulls", {
      title: "Two",
      head: "feature",
      base: "main",
    });
    const { number, merge_commit_sha: merge } = opened.body;
    const listed = await runGit(["ls-remote", remote(world), "refs/pull/*"], {
      cwd: world.directory,
    });
    expect(listed.output.trim().split("\n").sort()).toEqual(
      [`${head}\trefs/pull/${number}/head`, `${merge}\trefs/pull/${number}/merge`].sort(),
    );
  });
});

describe("who may use git", () => {
  const discover = "info/refs?service=";
  test.each([
    ["nobody reads a public repository", "public", "", "git-upload-pack", 200],
    ["nobody reads a private repository", "private", "", "git-upload-pack", 401],
    ["nobody writes", "public", "", "git-receive-pack", 401],
    ["an unknown token", "public", "unknown", "git-upload-pack", 401],
    ["a stranger reads a public repository", "public", "stranger", "git-upload-pack", 200],
    ["a stranger reads a private repository", "private", "stranger", "git-upload-pack", 404],
    ["a stranger writes", "public", "stranger", "git-receive-pack", 403],
    ["a reader reads", "private", "reader", "git-upload-pack", 200],
    ["a reader writes", "private", "reader", "git-receive-pack", 403],
    ["a triager writes", "private", "triager", "git-receive-pack", 403],
    ["a writer writes", "private", "writer", "git-receive-pack", 200],
  ] as const)("%s", async (_, visibility, who, service, status) => {
    await using world = await createWorld({ repository: { visibility } });
    const tokens: Record<string, string> = { unknown: "ghp_unknown" };
    for (const [login, { token }] of Object.entries(world.people)) tokens[login] = token;
    const authorization = { authorization: `Bearer ${tokens[who]}` };
    const response = await fetch(`${remote(world)}/${discover}${service}`, {
      headers: who === "" ? {} : authorization,
    });
    expect(response.status).toBe(status);
    expect(response.headers.has("www-authenticate")).toBe(status === 401);
  });

  test.each([
    ["no permission on a private repository", "private", {}, "git-upload-pack", 403],
    ["no permission on a public repository", "public", {}, "git-upload-pack", 200],
    ["contents: read reads", "private", { contents: "read" }, "git-upload-pack", 200],
    ["contents: read does not write", "private", { contents: "read" }, "git-receive-pack", 403],
    ["other permissions do not write", "public", { issues: "write" }, "git-receive-pack", 403],
    ["contents: write writes", "private", CONTENTS_WRITE, "git-receive-pack", 200],
  ] as const)("a job's token: %s", async (_, visibility, permissions, service, status) => {
    await using world = await createWorld({ repository: { visibility } });
    const response = await fetch(`${remote(world)}/${discover}${service}`, {
      headers: { authorization: `Bearer ${world.job(permissions)}` },
    });
    expect(response.status).toBe(status);
  });

  test.each([
    ["public", "git-upload-pack", 200],
    ["public", "git-receive-pack", 403],
    ["private", "git-upload-pack", 404],
    ["private", "git-receive-pack", 404],
  ] as const)(
    "a job's token in another, %s repository: %s",
    async (visibility, service, status) => {
      await using world = await createWorld();
      const settings = { defaultBranch: "main", collaborators: {}, visibility };
      await world.github.createRepository("OWNER/other", settings);
      const response = await fetch(`${world.github.url}/OWNER/other/${discover}${service}`, {
        headers: { authorization: `Bearer ${world.job(CONTENTS_WRITE)}` },
      });
      expect(response.status).toBe(status);
    },
  );

  test("does not know a repository that is not there, and asks strangers to sign in first", async () => {
    await using world = await createWorld();
    const address = `${world.github.url}/OWNER/nothing/${discover}git-upload-pack`;
    const authorization = `Bearer ${world.people.writer.token}`;
    expect((await fetch(address)).status).toBe(401);
    expect((await fetch(address, { headers: { authorization } })).status).toBe(404);
  });

  test("takes a token as basic password of any user name, and forgets a revoked one", async () => {
    await using world = await createWorld({ repository: { visibility: "private" } });
    const token = world.job({ contents: "read" });
    const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
    const ask = () =>
      fetch(`${remote(world)}/${discover}git-upload-pack`, {
        headers: { authorization: `Basic ${basic}` },
      });
    expect((await ask()).status).toBe(200);
    world.github.revokeToken(token);
    expect((await ask()).status).toBe(401);
  });

  test("tells the client of a read-only token 403 before it uploads anything", async () => {
    await using world = await createWorld();
    const token = world.job({ contents: "read" });
    const folder = await cloneOf(world, token);
    await commitFile(folder, "src/two.txt", "2\n");
    const pushed = await runGit(["push", "origin", "main"], { cwd: folder, token });
    expect(pushed.code).not.toBe(0);
    expect(pushed.output).toContain("403");
    const [last] = world.github.requests().slice(-1);
    expect(last).toMatchObject({
      route: "git:receive-pack",
      status: 403,
      actor: "github-actions[bot]",
      runId: 7,
      write: false,
    });
  });
});

describe("pushes", () => {
  test("announces a person's push before the client has its answer", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    const folder = await cloneOf(world, token);
    const before = await git(world.gitDirectory, ["rev-parse", "main"]);
    const after = await commitFile(folder, "src/two.txt", "2\n");
    const pushed = await runGit(["push", "--quiet", "origin", "main"], { cwd: folder, token });
    expect(pushed).toEqual({ code: 0, output: "" });
    expect(world.events).toHaveLength(1);
    const [event] = world.events;
    expect(event).toMatchObject({
      name: "push",
      ref: "refs/heads/main",
      sha: after,
      startsRuns: "yes",
      actor: { login: "writer" },
      payload: {
        ref: "refs/heads/main",
        before,
        after,
        created: false,
        deleted: false,
        forced: false,
        commits: [{ id: after, message: "Change src/two.txt\n" }],
        head_commit: { id: after },
        pusher: { name: "writer" },
      },
    });
    expect(conformance.event(asWebhook(event))).toEqual([]);
  });

  test("says that a job's push starts nothing, and which run caused it", async () => {
    await using world = await createWorld();
    const token = world.job(CONTENTS_WRITE, 12);
    const folder = await cloneOf(world, token);
    await commitFile(folder, "src/two.txt", "2\n");
    const pushed = await runGit(["push", "origin", "main:feature"], { cwd: folder, token });
    expect(pushed.code, pushed.output).toBe(0);
    expect(world.events).toMatchObject([
      { name: "push", startsRuns: "no", causedByRun: 12, actor: { id: 41898282 } },
    ]);
  });

  test("tells created, forced and deleted pushes apart, and names the commit of a new branch", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    const folder = await cloneOf(world, token);
    const first = (await runGit(["rev-parse", "HEAD"], { cwd: folder })).output.trim();
    const push = async (...words: string[]) => {
      const pushed = await runGit(["push", "--quiet", ...words], { cwd: folder, token });
      expect(pushed.code, pushed.output).toBe(0);
    };
    await push("origin", "main:feature");
    await commitFile(folder, "src/two.txt", "2\n");
    await push("origin", "main:feature");
    await runGit(["reset", "--quiet", "--hard", first], { cwd: folder });
    await commitFile(folder, "src/three.txt", "3\n");
    await push("--force", "origin", "main:feature");
    await push("origin", ":feature");
    const seen = world.events.map(({ payload }) => {
      const { created, deleted, forced, commits, head_commit } = payload;
      const head = (head_commit as { id: string } | null)?.id;
      return { created, deleted, forced, count: (commits as unknown[]).length, head };
    });
    expect(seen).toMatchObject([
      { created: true, deleted: false, forced: false, count: 0, head: first },
      { created: false, deleted: false, forced: false, count: 1 },
      { created: false, deleted: false, forced: true, count: 1 },
      { created: false, deleted: true, forced: false, count: 0, head: undefined },
    ]);
    for (const event of world.events) expect(conformance.event(asWebhook(event))).toEqual([]);
  });

  test("names the commit that an annotated tag stands for", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    const folder = await cloneOf(world, token);
    await runGit(["tag", "--annotate", "v1", "--message", "One"], { cwd: folder });
    const pushed = await runGit(["push", "origin", "v1"], { cwd: folder, token });
    expect(pushed.code, pushed.output).toBe(0);
    const commit = await git(world.gitDirectory, ["rev-parse", "main"]);
    const tag = await git(world.gitDirectory, ["rev-parse", "refs/tags/v1"]);
    expect(world.events).toMatchObject([
      { ref: "refs/tags/v1", sha: commit, payload: { after: tag, head_commit: { id: commit } } },
    ]);
  });

  test("takes 3 MB in chunks", async () => {
    await using world = await createWorld();
    const token = world.job(CONTENTS_WRITE);
    const folder = await cloneOf(world, token);
    const bytes = randomBytes(3_000_000);
    await commitFile(folder, "big.bin", bytes);
    // A buffer smaller than the pack makes git send it chunked.
    const pushed = await runGit(["-c", "http.postBuffer=65536", "push", "origin", "main"], {
      cwd: folder,
      token,
    });
    expect(pushed.code, pushed.output).toBe(0);
    const stored = await tryGit(world.gitDirectory, ["cat-file", "blob", "main:big.bin"]);
    expect(stored.stdout.equals(bytes)).toBe(true);
  });

  test("reads the gzipped request of a client that knows many commits", async () => {
    await using world = await createWorld();
    const folder = await cloneOf(world, world.people.reader.token);
    // Enough "have" lines that git compresses its request, and a commit to fetch afterwards. Git names the youngest
    // first, and stops at what both know: so that is the oldest by far.
    for (let index = 0; index < 60; index += 1) {
      await runGit(["commit", "--quiet", "--allow-empty", "--message", `${index}`], {
        cwd: folder,
        environment: { GIT_COMMITTER_DATE: `2038-01-01T00:00:${String(index).padStart(2, "0")}Z` },
      });
    }
    await world.commit({ "src/two.txt": "2\n" });
    const trace = join(world.directory, "trace");
    const fetched = await runGit(["fetch", "--quiet", "origin", "main"], {
      cwd: folder,
      environment: { GIT_TRACE_CURL: trace },
    });
    expect(fetched).toEqual({ code: 0, output: "" });
    expect(await readFile(trace, "utf8")).toContain("Content-Encoding: gzip");
  });

  test("refuses to move refs/pull and to delete the default branch", async () => {
    await using world = await createWorld();
    const { token } = world.people.maintainer;
    const folder = await cloneOf(world, token);
    const hidden = await runGit(["push", "origin", "main:refs/pull/1/head"], {
      cwd: folder,
      token,
    });
    expect(hidden.code).not.toBe(0);
    expect(hidden.output).toContain("deny updating a hidden ref");
    const deleted = await runGit(["push", "origin", ":main"], { cwd: folder, token });
    expect(deleted.code).not.toBe(0);
    expect(deleted.output).toContain("refusing to delete the current branch");
    expect(world.events).toEqual([]);
  });

  test("does not wait for the rest of a push whose client has gone", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    const { hostname, port } = new URL(world.github.url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    const head = [
      `POST /${REPOSITORY}.git/git-receive-pack HTTP/1.1`,
      `Host: ${hostname}`,
      `Authorization: Bearer ${token}`,
      "Content-Type: application/x-git-receive-pack-request",
      "Content-Length: 1000000",
      "Expect: 100-continue",
    ];
    socket.write(`${head.join("\r\n")}\r\n\r\n0098`);
    await once(socket, "data");
    socket.destroy();
    // The next write stands behind it in line.
    const next = await world.ask(token, "POST /repos/{owner}/{repo}/git/blobs", {
      content: "after",
    });
    expect(next.status).toBe(201);
    expect(world.events).toEqual([]);
  });
});

describe("workflow files", () => {
  test("does not let a job's token push one, names it, and moves nothing", async () => {
    await using world = await createWorld();
    const token = world.job(CONTENTS_WRITE);
    const folder = await cloneOf(world, token);
    await commitFile(folder, WORKFLOW, "on: push\n");
    const before = await git(world.gitDirectory, ["for-each-ref"]);
    const pushed = await runGit(["push", "origin", "main", "main:feature"], { cwd: folder, token });
    expect(pushed.code).not.toBe(0);
    expect(pushed.output).toContain(
      `refusing to allow a GitHub App to create or update workflow \`${WORKFLOW}\` without \`workflows\` permission`,
    );
    expect(await git(world.gitDirectory, ["for-each-ref"])).toBe(before);
    expect(world.events).toEqual([]);
  });

  test.each([
    ["changes", "on: pull_request\n"],
    ["deletes", null],
  ])("does not let a job's token push a commit that %s one", async (_, content) => {
    await using world = await createWorld();
    await world.commit({ [WORKFLOW]: "on: push\n" });
    const token = world.job(CONTENTS_WRITE);
    const folder = await cloneOf(world, token);
    if (content === null) {
      await runGit(["rm", "--quiet", WORKFLOW], { cwd: folder });
      await runGit(["commit", "--quiet", "--message", "Delete"], { cwd: folder });
    } else await commitFile(folder, WORKFLOW, content);
    const pushed = await runGit(["push", "origin", "main:feature"], { cwd: folder, token });
    expect(pushed.output).toContain("remote rejected");
    expect(world.events).toEqual([]);
  });

  test("lets a person push one, and a job's token push beside those that are there", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    const folder = await cloneOf(world, token);
    await commitFile(folder, WORKFLOW, "on: push\n");
    expect((await runGit(["push", "origin", "main"], { cwd: folder, token })).code).toBe(0);
    await commitFile(folder, "src/two.txt", "2\n");
    const job = world.job(CONTENTS_WRITE);
    const pushed = await runGit(["push", "origin", "main", "main:feature"], {
      cwd: folder,
      token: job,
    });
    expect(pushed.code, pushed.output).toBe(0);
  });
});
