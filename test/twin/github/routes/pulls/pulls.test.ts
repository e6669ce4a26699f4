import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { git, tryGit } from "../../../../../src/twin/github/git/git.ts";
import type { JobPermissions } from "../../../../../src/twin/github/twin-github.ts";
import { loadConformance } from "../../conformance.ts";
import { createWorld, REPOSITORY, type Reply, runGit, type World } from "../../world.ts";

const conformance = loadConformance();
const PULLS = "/repos/{owner}/{repo}/pulls";
const ONE = `${PULLS}/{pull_number}`;
const MAY_OPEN = { repository: { canApprovePullRequests: true } } as const;
const WRITES: JobPermissions = { contents: "write", "pull-requests": "write" };

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

/** A branch with one commit of these files. */
async function branch(
  world: World,
  name: string,
  files: Readonly<Record<string, string | null>> = { [`${name}.txt`]: "new\n" },
): Promise<string> {
  return world.commit(files, name, "main");
}

async function open(
  world: World,
  values: Readonly<Record<string, unknown>> = {},
  token = world.people.writer.token,
): Promise<Reply> {
  const body = { title: "Feature", head: "feature", base: "main", ...values };
  return ask(world, token, `POST ${PULLS}`, body);
}

/** Commits on a branch in a clone and pushes it with a real git client. */
async function push(world: World, name: string, token: string, force = false): Promise<string> {
  const folder = join(world.directory, `clone-${process.hrtime.bigint()}`);
  const remote = `${world.github.url}/${REPOSITORY}`;
  const run = async (...words: string[]) => {
    const done = await runGit(words, { cwd: folder, token });
    expect(done.code, done.output).toBe(0);
    return done.output.trim();
  };
  await runGit(["clone", "--quiet", "--branch", name, remote, folder], {
    cwd: world.directory,
    token,
  });
  if (force) await run("reset", "--quiet", "--hard", "origin/main");
  await run("commit", "--quiet", "--allow-empty", "--message", "More");
  await run("push", "--quiet", ...(force ? ["--force"] : []), "origin", `HEAD:${name}`);
  return run("rev-parse", "HEAD");
}

describe("opening", () => {
  test("makes a pull request that shares the issues' numbers, and tells", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    await world.ask(token, "POST /repos/{owner}/{repo}/issues", { title: "First" });
    const head = await branch(world, "feature", { "a.txt": "new\nnew\n", "src/one.txt": null });
    const base = await git(world.gitDirectory, ["rev-parse", "main"]);
    world.events.length = 0;
    const opened = await open(world, { body: "Why" });
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({
      number: 2,
      state: "open",
      user: { login: "writer" },
      head: { ref: "feature", sha: head, label: "OWNER:feature" },
      base: { ref: "main", sha: base },
      merged: false,
      mergeable: true,
      mergeable_state: "clean",
      commits: 1,
      additions: 2,
      deletions: 1,
      changed_files: 2,
    });
    const trial = opened.body.merge_commit_sha;
    const [event] = world.events;
    expect(world.events).toHaveLength(1);
    expect(event).toMatchObject({
      name: "pull_request",
      action: "opened",
      ref: "refs/pull/2/merge",
      sha: trial,
      startsRuns: "yes",
      payload: { number: 2, pull_request: { head: { sha: head } } },
    });
    expect(event && conformance.event(event)).toEqual([]);
    expect(await git(world.gitDirectory, ["rev-parse", `${trial}^1`, `${trial}^2`])).toBe(
      `${base}\n${head}`,
    );
    const asIssue = await world.ask(token, "GET /repos/{owner}/{repo}/issues/{issue_number}", {
      issue_number: 2,
    });
    expect(asIssue.body).toMatchObject({ number: 2, pull_request: {}, title: "Feature" });
    const read = await ask(world, token, `GET ${ONE}`, { pull_number: 2 });
    expect(read.body).toEqual(opened.body);
  });

  test("by a job waits for a person's approval, if the repository lets jobs open any", async () => {
    await using world = await createWorld(MAY_OPEN);
    await branch(world, "feature");
    const opened = await open(world, {}, world.job(WRITES, 9));
    expect(opened.body.user).toMatchObject({ id: 41898282, type: "Bot" });
    expect(world.events).toMatchObject([
      { action: "opened", startsRuns: "waits-for-approval", causedByRun: 9 },
    ]);
  });

  test("by a job is refused where the repository's setting is off", async () => {
    await using world = await createWorld();
    await branch(world, "feature");
    const opened = await open(world, {}, world.job(WRITES));
    expect(opened).toMatchObject({
      status: 403,
      body: { message: "GitHub Actions is not permitted to create or approve pull requests." },
    });
    expect(world.events).toEqual([]);
  });

  test.each([
    ["a head that is not there", { head: "nothing" }, "head"],
    ["a head of somebody else", { head: "reader:feature" }, "head"],
    ["a base that is not there", { base: "nothing" }, "base"],
    ["nothing new", { head: "same" }, "No commits between main and same"],
    ["no common past", { head: "orphan" }, "has no history in common with main"],
    ["no title", { title: " " }, "title"],
    ["a body over 65,536 characters", { body: "x".repeat(65_537) }, "body is too long"],
    ["no head at all", { head: undefined }, "Invalid request"],
  ])("is refused for %s", async (_, wrong, reason) => {
    await using world = await createWorld();
    await branch(world, "feature");
    const main = await git(world.gitDirectory, ["rev-parse", "main"]);
    await git(world.gitDirectory, ["update-ref", "refs/heads/same", main]);
    await world.commit({ "other.txt": "o\n" }, "orphan", "nothing");
    const opened = await open(world, wrong);
    expect(opened.status).toBe(422);
    expect(JSON.stringify(opened.body)).toContain(reason);
    expect(world.events).toEqual([]);
  });

  test("is refused a second time for the same two branches", async () => {
    await using world = await createWorld();
    await branch(world, "feature");
    await open(world);
    const again = await open(world);
    expect(again.status).toBe(422);
    expect(again.body.errors).toMatchObject([
      { message: "A pull request already exists for OWNER:feature." },
    ]);
  });
});

describe("following the branch", () => {
  test("moves the head, synchronizes before the push is answered, and tries the merge anew", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    const before = await branch(world, "feature");
    await open(world);
    world.events.length = 0;
    const after = await push(world, "feature", token);
    expect(world.events.map(({ name, action }) => [name, action])).toEqual([
      ["push", undefined],
      ["pull_request", "synchronize"],
    ]);
    const [, synchronize] = world.events;
    expect(synchronize).toMatchObject({
      payload: { before, after, pull_request: { head: { sha: after } } },
      startsRuns: "yes",
    });
    expect(synchronize && conformance.event(synchronize)).toEqual([]);
    const read = await ask(world, token, `GET ${ONE}`, { pull_number: 1 });
    expect(read.body).toMatchObject({ head: { sha: after }, commits: 2 });
    expect(await git(world.gitDirectory, ["rev-parse", "refs/pull/1/head"])).toBe(after);
    expect(synchronize?.sha).toBe(read.body.merge_commit_sha);
  });

  test("follows a job's push and a job's ref update, both waiting for approval", async () => {
    await using world = await createWorld();
    await branch(world, "feature");
    await open(world);
    world.events.length = 0;
    const pushed = await push(world, "feature", world.job(WRITES));
    const moved = await world.commit({ "b.txt": "b\n" }, "aside", "feature");
    await world.ask(world.job(WRITES), "PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
      ref: "heads/feature",
      sha: moved,
    });
    const seen = world.events.map(({ action, name, startsRuns }) => [action ?? name, startsRuns]);
    expect(seen).toEqual([
      ["push", "no"],
      ["synchronize", "waits-for-approval"],
      ["push", "no"],
      ["synchronize", "waits-for-approval"],
    ]);
    expect(world.events.at(-1)?.payload).toMatchObject({ before: pushed, after: moved });
  });

  test("follows a forced push", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    await branch(world, "feature");
    await open(world);
    const after = await push(world, "feature", token, true);
    const read = await ask(world, token, `GET ${ONE}`, { pull_number: 1 });
    expect(read.body).toMatchObject({ head: { sha: after }, commits: 1, changed_files: 0 });
  });

  test("is closed when its head or its base is deleted, and cannot be reopened without it", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    await branch(world, "feature");
    await branch(world, "release");
    await branch(world, "other");
    await open(world);
    await open(world, { head: "other", base: "release" });
    for (const ref of ["heads/feature", "heads/release"]) {
      await world.ask(token, "DELETE /repos/{owner}/{repo}/git/refs/{ref}", { ref });
    }
    const states = await ask(world, token, `GET ${PULLS}`, { state: "closed" });
    expect(states.body.map(({ number }: { number: number }) => number).sort()).toEqual([1, 2]);
    const reopened = await ask(world, token, `PATCH ${ONE}`, { pull_number: 1, state: "open" });
    expect(reopened.status).toBe(422);
  });

  test("counts as merged when its commits are pushed to the base", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    const head = await branch(world, "feature");
    await open(world);
    await world.ask(token, "PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
      ref: "heads/main",
      sha: head,
    });
    const read = await ask(world, token, `GET ${ONE}`, { pull_number: 1 });
    expect(read.body).toMatchObject({
      state: "closed",
      merged: true,
      merged_by: { login: "writer" },
      merge_commit_sha: head,
    });
  });

  test("says at once when a later commit of the base conflicts, and starts no runs meanwhile", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    await branch(world, "feature", { "README.md": "# Feature\n" });
    await open(world);
    await world.commit({ "README.md": "# Main\n" });
    const read = await ask(world, token, `GET ${ONE}`, { pull_number: 1 });
    expect(read.body).toMatchObject({ mergeable: false, mergeable_state: "dirty" });
    const trial = await tryGit(world.gitDirectory, ["rev-parse", "--verify", "refs/pull/1/merge"]);
    expect(trial.code).not.toBe(0);
    world.events.length = 0;
    await push(world, "feature", token);
    expect(world.events).toMatchObject([
      { name: "push", startsRuns: "yes" },
      { name: "pull_request", action: "synchronize", startsRuns: "no" },
    ]);
  });
});

describe("reading", () => {
  test("lists by head, base and state; a head without its owner filters nothing", async () => {
    await using world = await createWorld();
    const { token } = world.people.reader;
    for (const head of ["one", "two"]) {
      await branch(world, head);
      await open(world, { head });
    }
    const numbers = async (query: Readonly<Record<string, unknown>>) => {
      const listed = await ask(world, token, `GET ${PULLS}`, query);
      return listed.body.map(({ number }: { number: number }) => number);
    };
    expect(await numbers({})).toEqual([2, 1]);
    expect(await numbers({ head: "OWNER:one" })).toEqual([1]);
    expect(await numbers({ head: "reader:one" })).toEqual([]);
    expect(await numbers({ head: "one" })).toEqual([2, 1]);
    expect(await numbers({ base: "nothing" })).toEqual([]);
    await ask(world, world.owner.token, `PATCH ${ONE}`, { pull_number: 1, state: "closed" });
    expect(await numbers({})).toEqual([2]);
    expect(await numbers({ state: "all", head: "OWNER:one" })).toEqual([1]);
  });

  test("is found by the commit that it brought", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    const head = await branch(world, "feature");
    const opened = await open(world);
    const of = async (commit_sha: string) => {
      const route = "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls";
      const reply = await ask(world, token, route, { commit_sha });
      return (reply.body as { number: number }[]).map(({ number }) => number);
    };
    const { number } = opened.body as { number: number };
    expect(await of(head)).toEqual([number]);
    const merged = await ask(world, token, `PUT ${ONE}/merge`, { pull_number: number });
    const { sha } = merged.body as { sha: string };
    expect(await of(sha)).toEqual([number]);
    expect(await of("9".repeat(40))).toEqual([]);
  });

  test("shows the files since the fork, also after main went on and after the merge", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    await branch(world, "feature", { "a.txt": "a\n", "README.md": null });
    await open(world);
    await world.commit({ "main.txt": "m\n" });
    const files = async () => {
      const listed = await ask(world, token, `GET ${ONE}/files`, { pull_number: 1 });
      return listed.body.map(({ filename, status }: Record<string, string>) => [filename, status]);
    };
    const expected = [
      ["README.md", "removed"],
      ["a.txt", "added"],
    ];
    expect(await files()).toEqual(expected);
    await ask(world, token, `PUT ${ONE}/merge`, { pull_number: 1 });
    expect(await files()).toEqual(expected);
  });

  test("answers 404 for an issue's number and for none", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    await world.ask(token, "POST /repos/{owner}/{repo}/issues", { title: "First" });
    for (const pull_number of [1, 2, "x"]) {
      expect((await ask(world, token, `GET ${ONE}`, { pull_number })).status).toBe(404);
    }
  });
});

describe("changing", () => {
  test("edits, closes and reopens, and tells each", async () => {
    await using world = await createWorld();
    const { token } = world.people.writer;
    await branch(world, "feature");
    await open(world);
    world.events.length = 0;
    const change = (values: Readonly<Record<string, unknown>>) =>
      ask(world, token, `PATCH ${ONE}`, { pull_number: 1, ...values });
    expect((await change({ title: "Better", body: "More" })).body).toMatchObject({
      title: "Better",
      body: "More",
    });
    expect((await change({ state: "closed" })).body).toMatchObject({ state: "closed" });
    expect((await change({ state: "open" })).body).toMatchObject({ state: "open" });
    expect(world.events.map(({ action }) => action)).toEqual(["edited", "closed", "reopened"]);
    for (const event of world.events) expect(conformance.event(event)).toEqual([]);
  });

  test("is for the author and for who may push", async () => {
    await using world = await createWorld();
    await branch(world, "feature");
    await open(world);
    const change = (token: string) =>
      ask(world, token, `PATCH ${ONE}`, { pull_number: 1, body: "b" });
    expect((await change(world.people.reader.token)).status).toBe(403);
    expect((await change(world.people.maintainer.token)).status).toBe(200);
    expect((await change(world.job({ "pull-requests": "read" }))).status).toBe(403);
  });
});

describe("reviews", () => {
  const review = (world: World, token: string, values: Readonly<Record<string, unknown>>) =>
    ask(world, token, `POST ${ONE}/reviews`, { pull_number: 1, ...values });

  test("stand on the head that they saw, and are told", async () => {
    await using world = await createWorld();
    const head = await branch(world, "feature");
    await open(world);
    world.events.length = 0;
    const made = await review(world, world.people.maintainer.token, { event: "APPROVE" });
    expect(made.body).toMatchObject({ state: "APPROVED", commit_id: head });
    const listed = await ask(world, world.owner.token, `GET ${ONE}/reviews`, { pull_number: 1 });
    expect(listed.body).toEqual([made.body]);
    const [event] = world.events;
    expect(event).toMatchObject({ name: "pull_request_review", action: "submitted" });
    expect(event && conformance.event(event)).toEqual([]);
  });

  test.each([
    ["approving one's own", "writer", { event: "APPROVE" }, "Can not approve your own"],
    [
      "requesting changes of oneself",
      "writer",
      { event: "REQUEST_CHANGES", body: "b" },
      "Can not request changes on your own",
    ],
    ["a comment without words", "maintainer", { event: "COMMENT" }, "Body can't be blank"],
    [
      "a body over 65,536 characters",
      "maintainer",
      { event: "COMMENT", body: "x".repeat(65_537) },
      "too long",
    ],
    [
      "a comment on a line that is not there",
      "maintainer",
      { event: "COMMENT", body: "b", comments: [{ path: "feature.txt", line: 9, body: "b" }] },
      "must be part of the diff",
    ],
  ] as const)("refuse %s", async (_, who, values, reason) => {
    await using world = await createWorld();
    await branch(world, "feature");
    await open(world);
    const made = await review(world, world.people[who].token, values);
    expect(made.status).toBe(422);
    expect(JSON.stringify(made.body)).toContain(reason);
  });

  test("hold comments on lines, which are answered in place and outdated by a change of their line", async () => {
    await using world = await createWorld();
    const text = "one\ntwo\nthree\n";
    const head = await branch(world, "feature", { "feature.txt": text });
    await open(world);
    world.events.length = 0;
    const comments = [1, 2, 3].map((line) => ({ path: "feature.txt", line, body: `at ${line}` }));
    const asked = { event: "REQUEST_CHANGES", body: "Not yet", comments };
    const made = await review(world, world.people.maintainer.token, asked);
    expect(made.body).toMatchObject({ state: "CHANGES_REQUESTED", commit_id: head });
    expect(world.events.map(({ name }) => name)).toEqual([
      "pull_request_review",
      ...comments.map(() => "pull_request_review_comment"),
    ]);
    for (const event of world.events) expect(conformance.event(event)).toEqual([]);
    const list = async () =>
      (await ask(world, world.owner.token, `GET ${ONE}/comments`, { pull_number: 1 })).body;
    const [, second] = await list();
    const one = { pull_number: 1, comment_id: second.id, body: "Done." };
    const answer = await ask(
      world,
      world.job(WRITES),
      `POST ${ONE}/comments/{comment_id}/replies`,
      one,
    );
    expect(answer.body).toMatchObject({ in_reply_to_id: second.id, line: 2 });
    const next = await ask(world, world.owner.token, `POST ${ONE}/comments/{comment_id}/replies`, {
      ...one,
      comment_id: answer.body.id,
    });
    expect(next.body).toMatchObject({ in_reply_to_id: second.id });
    const alone = { pull_number: 1, commit_id: head, path: "feature.txt", line: 1, body: "Alone" };
    expect((await ask(world, world.owner.token, `POST ${ONE}/comments`, alone)).status).toBe(201);
    const moved = await world.commit({ "feature.txt": "zero\none\n2\nthree\n" }, "next", "feature");
    await world.ask(world.owner.token, "PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
      ref: "heads/feature",
      sha: moved,
    });
    const lines = (await list()).map(({ line }: { line?: number }) => line ?? null);
    expect(lines).toEqual([2, null, 4, null, null, 2]);
    const missing = { ...one, comment_id: 1 };
    const gone = await ask(
      world,
      world.owner.token,
      `POST ${ONE}/comments/{comment_id}/replies`,
      missing,
    );
    expect(gone.status).toBe(404);
  });

  test("of a job approve nothing of its own, and nothing at all where the setting is off", async () => {
    await using world = await createWorld();
    await branch(world, "feature");
    await open(world);
    const made = await review(world, world.job(WRITES), { event: "APPROVE" });
    expect(made.status).toBe(422);
    expect(JSON.stringify(made.body)).toContain("not permitted to approve");
    await using other = await createWorld(MAY_OPEN);
    await branch(other, "feature");
    await open(other, {}, other.job(WRITES));
    const own = await review(other, other.job(WRITES), { event: "APPROVE" });
    expect(own.status).toBe(422);
    expect(JSON.stringify(own.body)).toContain("Can not approve your own");
  });
});
