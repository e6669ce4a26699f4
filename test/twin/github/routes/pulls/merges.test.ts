import { describe, expect, test } from "vitest";
import { git } from "../../../../../src/twin/github/git/git.ts";
import { loadConformance } from "../../conformance.ts";
import { createWorld, type Reply, type World } from "../../world.ts";

const conformance = loadConformance();
const ONE = "/repos/{owner}/{repo}/pulls/{pull_number}";
const MERGE = `PUT ${ONE}/merge`;
const WORKFLOW = ".github/workflows/ci.yml";

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

/** A pull request of the writer's from a new branch with one commit of these files; returns its head. */
async function opened(
  world: World,
  files: Readonly<Record<string, string | null>>,
  values: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const head = await world.commit(files, "feature", "main");
  const reply = await ask(world, world.people.writer.token, "POST /repos/{owner}/{repo}/pulls", {
    title: "Feature",
    head: "feature",
    base: "main",
    ...values,
  });
  expect(reply.status).toBe(201);
  world.events.length = 0;
  return head;
}

/** One more commit on the pull request's branch, moved there through the API so that the head follows. */
async function more(world: World, files: Readonly<Record<string, string | null>>): Promise<string> {
  const sha = await world.commit(files, `aside-${process.hrtime.bigint()}`, "feature");
  const { token } = world.people.writer;
  const route = "PATCH /repos/{owner}/{repo}/git/refs/{ref}";
  expect((await ask(world, token, route, { ref: "heads/feature", sha })).status).toBe(200);
  world.events.length = 0;
  return sha;
}

function merge(world: World, values: Readonly<Record<string, unknown>> = {}, token?: string) {
  return ask(world, token ?? world.people.writer.token, MERGE, { pull_number: 1, ...values });
}

function parse(world: World, ...revisions: string[]): Promise<string> {
  return git(world.gitDirectory, ["rev-parse", ...revisions]);
}

function paths(world: World, revision: string): Promise<string> {
  return git(world.gitDirectory, ["ls-tree", "-r", "--name-only", revision]);
}

async function commitMessage(world: World): Promise<string> {
  return git(world.gitDirectory, ["log", "-1", "--format=%B", "main"]);
}

describe("a merge", () => {
  test("keeps what main got meanwhile, and has both as parents", async () => {
    await using world = await createWorld();
    const head = await opened(world, { "feature.txt": "f\n", "src/one.txt": "one\n" });
    const base = await world.commit({ "main.txt": "m\n", "README.md": "# Later\n" });
    const merged = await merge(world, { sha: head });
    expect(merged).toMatchObject({ status: 200, body: { merged: true } });
    const { sha } = merged.body;
    expect(await parse(world, "main", "main^1", "main^2")).toBe(`${sha}\n${base}\n${head}`);
    expect(await paths(world, "main")).toBe("README.md\nfeature.txt\nmain.txt\nsrc/one.txt");
    expect(await git(world.gitDirectory, ["show", "main:README.md"])).toBe("# Later");
    expect(await git(world.gitDirectory, ["show", "main:src/one.txt"])).toBe("one");
  });

  test("has the tree that git makes of the two, lines of one file joined", async () => {
    await using world = await createWorld();
    const lines = Array.from({ length: 30 }, (_, index) => `${index}\n`);
    await world.commit({ list: lines.join("") });
    await opened(world, { list: ["first\n", ...lines.slice(1)].join("") });
    await world.commit({ list: [...lines.slice(0, -1), "last\n"].join("") });
    const expected = await git(world.gitDirectory, [
      "merge-tree",
      "--write-tree",
      "main",
      "feature",
    ]);
    await merge(world);
    expect(await parse(world, "main^{tree}")).toBe(expected);
    const list = await git(world.gitDirectory, ["show", "main:list"]);
    expect(list).toBe(["first\n", ...lines.slice(1, -1), "last"].join(""));
  });

  test("is the merger's, committed and signed by GitHub, with GitHub's words or those given", async () => {
    await using world = await createWorld();
    await opened(world, { "feature.txt": "f\n" });
    const { sha } = (await merge(world, {}, world.people.maintainer.token)).body;
    const read = await ask(
      world,
      world.owner.token,
      "GET /repos/{owner}/{repo}/git/commits/{commit_sha}",
      { commit_sha: sha },
    );
    expect(read.body).toMatchObject({
      author: { name: "maintainer" },
      committer: { name: "GitHub", email: "noreply@github.com" },
      message: "Merge pull request #1 from OWNER/feature\n\nFeature",
      verification: { verified: true },
    });
    await using other = await createWorld();
    await opened(other, { "feature.txt": "f\n" });
    await merge(other, { commit_title: "Title", commit_message: "Body" });
    expect(await commitMessage(other)).toBe("Title\n\nBody");
  });

  test("tells that it closed, then that main moved; the answer comes last", async () => {
    await using world = await createWorld();
    const head = await opened(world, { "feature.txt": "f\n" });
    const before = await parse(world, "main");
    const { sha } = (await merge(world)).body;
    expect(world.events).toMatchObject([
      {
        name: "pull_request",
        action: "closed",
        ref: "refs/heads/main",
        sha,
        payload: { pull_request: { merged: true, merge_commit_sha: sha, head: { sha: head } } },
      },
      { name: "push", ref: "refs/heads/main", sha, payload: { before, after: sha } },
    ]);
    const [closed] = world.events;
    expect(closed && conformance.event(closed)).toEqual([]);
    const read = await ask(world, world.owner.token, `GET ${ONE}`, { pull_number: 1 });
    expect(read.body).toMatchObject({
      state: "closed",
      merged: true,
      merged_by: { login: "writer" },
      merge_commit_sha: sha,
      base: { sha: before },
    });
  });

  test("by a job starts no runs", async () => {
    await using world = await createWorld();
    await opened(world, { "feature.txt": "f\n" });
    const merged = await merge(world, {}, world.job({ contents: "write" }));
    expect(merged.status).toBe(200);
    expect(world.events.map(({ startsRuns }) => startsRuns)).toEqual(["no", "no"]);
  });

  test("closes the issues that the pull request or its commits name, with closing words only", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    for (const title of ["one", "two", "three", "four"]) {
      await world.ask(token, "POST /repos/{owner}/{repo}/issues", { title });
    }
    await world.commit({ "feature.txt": "f\n" }, "feature", "main");
    await world.ask(token, "POST /repos/{owner}/{repo}/pulls", {
      title: "Feature",
      head: "feature",
      base: "main",
      body: "Closes #1, see #2, fixes OTHER/app#3",
    });
    world.events.length = 0;
    await merge(world, { pull_number: 5, commit_title: "Title", commit_message: "Resolves #4" });
    const listed = await world.ask(token, "GET /repos/{owner}/{repo}/issues", { state: "closed" });
    const closed = listed.body.map(({ number }: { number: number }) => number).sort();
    expect(closed).toEqual([1, 4, 5]);
    const told = world.events.filter(({ name }) => name === "issues");
    expect(told.map(({ action, payload }) => [action, payload.issue])).toMatchObject([
      ["closed", { number: 1, state_reason: "completed" }],
      ["closed", { number: 4, state_reason: "completed" }],
    ]);
  });

  test("into another branch closes nothing", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    await world.ask(token, "POST /repos/{owner}/{repo}/issues", { title: "one" });
    await world.commit({ "release.txt": "r\n" }, "release", "main");
    await opened(world, { "feature.txt": "f\n" }, { base: "release", body: "Closes #1" });
    expect((await merge(world, { pull_number: 2 })).status).toBe(200);
    const issue = { issue_number: 1 };
    const read = await world.ask(token, "GET /repos/{owner}/{repo}/issues/{issue_number}", issue);
    expect(read.body.state).toBe("open");
  });
});

describe("other methods", () => {
  test("squash into one commit of the author's on main", async () => {
    await using world = await createWorld();
    await opened(world, { "feature.txt": "f\n" });
    await more(world, { "second.txt": "s\n" });
    const base = await world.commit({ "main.txt": "m\n" });
    const squash = { merge_method: "squash" };
    await merge(world, squash, world.people.maintainer.token);
    expect(await git(world.gitDirectory, ["log", "-1", "--format=%P %an"])).toBe(`${base} writer`);
    expect(await commitMessage(world)).toBe("Feature (#1)\n\n* Change\n\n* Change");
    expect(await paths(world, "main")).toBe(
      "README.md\nfeature.txt\nmain.txt\nsecond.txt\nsrc/one.txt",
    );
  });

  test("squash one commit under its own subject", async () => {
    await using world = await createWorld();
    await opened(world, { "feature.txt": "f\n" });
    await merge(world, { merge_method: "squash" });
    expect(await commitMessage(world)).toBe("Change (#1)");
  });

  test("rebase copies each commit onto main", async () => {
    await using world = await createWorld();
    await opened(world, { "feature.txt": "f\n" });
    await more(world, { "second.txt": "s\n", "feature.txt": null });
    const base = await world.commit({ "main.txt": "m\n" });
    const { sha } = (await merge(world, { merge_method: "rebase" })).body;
    expect(await parse(world, "main", "main~2")).toBe(`${sha}\n${base}`);
    expect(await git(world.gitDirectory, ["log", "-2", "--format=%an %cn"])).toBe(
      "A person GitHub\nA person GitHub",
    );
    expect(await paths(world, "main~1")).toContain("feature.txt");
    expect(await paths(world, "main")).toBe("README.md\nmain.txt\nsecond.txt\nsrc/one.txt");
  });

  test.each(["merge", "squash", "rebase"])("%s is refused in a conflict", async (merge_method) => {
    await using world = await createWorld();
    await opened(world, { "README.md": "# Feature\n" });
    const base = await world.commit({ "README.md": "# Main\n" });
    const refused = await merge(world, { merge_method });
    expect(refused).toMatchObject({
      status: 405,
      body: { message: "Pull Request is not mergeable" },
    });
    expect(await parse(world, "main")).toBe(base);
    expect(world.events).toEqual([]);
  });
});

describe("a merge is refused", () => {
  test("with 409 when the head is not the one that was seen", async () => {
    await using world = await createWorld();
    const seen = await opened(world, { "feature.txt": "f\n" });
    const sha = await more(world, { "feature.txt": "g\n" });
    const base = await parse(world, "main");
    const refused = await merge(world, { sha: seen });
    expect(refused).toMatchObject({
      status: 409,
      body: { message: "Head branch was modified. Review and try the merge again." },
    });
    expect(await parse(world, "main")).toBe(base);
    expect((await merge(world, { sha })).status).toBe(200);
  });

  test("with 405 when it is merged or closed already, or a draft", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    await opened(world, { "feature.txt": "f\n" }, { draft: true });
    expect((await merge(world)).status).toBe(405);
    await ask(world, token, `PATCH ${ONE}`, { pull_number: 1, state: "closed" });
    await ask(world, token, "POST /repos/{owner}/{repo}/pulls", {
      title: "Again",
      head: "feature",
      base: "main",
    });
    expect((await merge(world)).status).toBe(405);
    expect((await merge(world, { pull_number: 2 })).status).toBe(200);
    expect((await merge(world, { pull_number: 2 })).status).toBe(405);
  });

  test("of two at once, the later finds main where the earlier left it", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    await opened(world, { "feature.txt": "f\n" });
    await world.commit({ "second.txt": "s\n" }, "second", "main");
    await ask(world, token, "POST /repos/{owner}/{repo}/pulls", {
      title: "Second",
      head: "second",
      base: "main",
    });
    const answers = await Promise.all([1, 2].map((pull_number) => merge(world, { pull_number })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await paths(world, "main")).toBe("README.md\nfeature.txt\nsecond.txt\nsrc/one.txt");
    const count = await git(world.gitDirectory, ["rev-list", "--count", "--first-parent", "main"]);
    expect(count).toBe("3");
  });

  test("to whoever may not push, and to a job without contents: write", async () => {
    await using world = await createWorld();
    await opened(world, { "feature.txt": "f\n" });
    expect((await merge(world, {}, world.people.triager.token)).status).toBe(404);
    const refused = await merge(world, {}, world.job({ "pull-requests": "write" }));
    expect(refused).toMatchObject({
      status: 403,
      body: { message: "Resource not accessible by integration" },
    });
    expect(refused.headers.get("x-accepted-github-permissions")).toBe("contents=write");
  });

  test("to a job when it would bring a workflow file", async () => {
    await using world = await createWorld();
    await opened(world, { [WORKFLOW]: "on: push\n" });
    const base = await parse(world, "main");
    const refused = await merge(world, {}, world.job({ contents: "write" }));
    expect(refused.status).toBe(403);
    expect(refused.body.message).toContain(WORKFLOW);
    expect(await parse(world, "main")).toBe(base);
    expect((await merge(world)).status).toBe(200);
  });

  test("not to a job when only main has changed its workflow files", async () => {
    await using world = await createWorld();
    await opened(world, { "feature.txt": "f\n" });
    await world.commit({ [WORKFLOW]: "on: push\n" });
    expect((await merge(world, {}, world.job({ contents: "write" }))).status).toBe(200);
    expect(await paths(world, "main")).toContain(WORKFLOW);
  });

  test("when there is no such pull request", async () => {
    await using world = await createWorld();
    expect((await merge(world)).status).toBe(404);
  });
});
