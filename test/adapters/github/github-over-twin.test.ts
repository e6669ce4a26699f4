import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createGitHub } from "../../../src/adapters/github/create-github.ts";
import type { ChangedFile, ChangeSet } from "../../../src/domain/change-set.ts";
import type { Effect } from "../../../src/domain/github/effect.ts";
import { receiptOf, wasDone } from "../../../src/domain/github/receipt.ts";
import type { Scope } from "../../../src/domain/github/snapshot.ts";
import { git } from "../../../src/twin/github/git/git.ts";
import { startTwinGitHub } from "../../../src/twin/github/server.ts";
import type {
  CreatedUser,
  JobPermissions,
  TwinGitHub,
} from "../../../src/twin/github/twin-github.ts";
import { type GitHubStage, githubSuite, STAGED } from "../../ports/github.suite.ts";
import { loadConformance } from "../../twin/github/conformance.ts";
import { commitFiles } from "../../twin/github/world.ts";
import { type Asked, checkedFetch } from "./checked-fetch.ts";
import { routesNamedIn } from "./named-routes.ts";

const REPOSITORY = "OWNER/app";
const IDENTITY = { id: 41_898_282, login: "github-actions[bot]" };
const ALL: JobPermissions = {
  actions: "write",
  checks: "write",
  contents: "write",
  issues: "write",
  "pull-requests": "write",
};

/** Routes that other tests ask for, with the same check. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "GET /": "settings/read-settings.test.ts",
  "GET /actions/jobs/{job_id}/logs": "observe/owned-checks.test.ts",
  "GET /actions/organization-secrets": "settings/read-settings.test.ts",
  "GET /actions/permissions/workflow": "settings/read-settings.test.ts",
  "GET /actions/runs": "observe/observe.test.ts",
  "GET /actions/runs/{run_id}": "observe/observe.test.ts",
  "GET /actions/runs/{run_id}/jobs": "observe/owned-checks.test.ts",
  "GET /actions/secrets": "settings/read-settings.test.ts",
  "GET /actions/workflows/{workflow_id}/runs": "settings/read-settings.test.ts",
  "GET /check-runs/{check_run_id}/annotations": "observe/owned-checks.test.ts",
  "GET /compare/{basehead}": "observe/observe.test.ts",
  "GET /contents/{+path}": "files/bytes-at.test.ts",
  "GET /commits/{ref}/status": "observe/owned-checks.test.ts",
  "GET /deployments": "observe/observe.test.ts",
  "GET /deployments/{deployment_id}/statuses": "observe/observe.test.ts",
  "GET /git/matching-refs/{+ref}": "observe/look/look.test.ts",
  "GET /issues/comments": "observe/ledgers.test.ts",
  "GET /issues/{issue_number}/events": "observe/observe.test.ts",
  "GET /labels": "settings/read-settings.test.ts",
  "GET /pulls/{pull_number}/comments": "owned-over-twin.test.ts",
  "GET /pulls/{pull_number}/files": "observe/taken-back.test.ts",
  "GET /pulls/{pull_number}/requested_reviewers": "owned-over-twin.test.ts",
  "GET /pulls/{pull_number}/reviews": "owned-over-twin.test.ts",
  "GET /rules/branches/{branch}": "settings/read-settings.test.ts",
  "GET /users/{username}": "app-bot.test.ts",
  "POST /actions/runs/{run_id}/rerun-failed-jobs": "observe/owned-checks.test.ts",
  "POST /pulls": "apply.test.ts",
  "POST /pulls/{pull_number}/comments/{comment_id}/replies": "owned-over-twin.test.ts",
  "POST /pulls/{pull_number}/requested_reviewers": "owned-over-twin.test.ts",
};

/** What the adapter asked for, of all tests of this file. */
const ASKED: Asked = new Set();

interface TwinStage extends GitHubStage {
  readonly twin: TwinGitHub;
  readonly gitDirectory: string;
}

/** The tree of `base` with these files on it, made by git itself in an index of its own. */
async function treeWith(
  gitDirectory: string,
  base: string,
  files: readonly ChangedFile[],
): Promise<string> {
  const environment = { GIT_INDEX_FILE: join(gitDirectory, `index-${process.hrtime.bigint()}`) };
  await git(gitDirectory, ["read-tree", base], { environment });
  const lines: string[] = [];
  for (const file of files) {
    if ("deleted" in file) {
      lines.push(`0 ${"0".repeat(40)}\t${file.path}\n`);
      continue;
    }
    const input = Buffer.from(file.content, file.encoding === "base64" ? "base64" : "utf8");
    const blob = await git(gitDirectory, ["hash-object", "-w", "--stdin"], { input });
    lines.push(`${file.mode} ${blob}\t${file.path}\n`);
  }
  const command = ["update-index", "--add", "--index-info"];
  await git(gitDirectory, command, { environment, input: lines.join("") });
  const tree = await git(gitDirectory, ["write-tree"], { environment });
  await rm(environment.GIT_INDEX_FILE);
  return tree;
}

function commitTree(
  gitDirectory: string,
  tree: string,
  parents: readonly string[],
): Promise<string> {
  const who = ["-c", "user.name=A person", "-c", "user.email=person@example.com"];
  const words = [...who, "commit-tree", tree, "-m", "Change"];
  return git(gitDirectory, [...words, ...parents.flatMap((parent) => ["-p", parent])]);
}

function textFile(path: string, content: string): ChangedFile {
  return { path, mode: "100644", encoding: "utf-8", content };
}

/** One REST call as a person. */
async function ask(
  twin: TwinGitHub,
  call: { readonly token: string; readonly route: string; readonly body?: unknown },
): Promise<{ readonly number: number; readonly id: number }> {
  const [method = "GET", path = ""] = call.route.split(" ");
  const response = await fetch(`${twin.url}/repos/${REPOSITORY}${path}`, {
    method,
    headers: { authorization: `Bearer ${call.token}` },
    body: JSON.stringify(call.body ?? {}),
  });
  if (!response.ok) throw new Error(`${call.route}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { number: number; id: number };
}

async function openStage(
  permissions: JobPermissions = ALL,
  requestsPerHour = 1000,
): Promise<TwinStage> {
  const directory = await mkdtemp(join(tmpdir(), "github-"));
  const twin = await startTwinGitHub({ directory, requestsPerHour });
  const owner = twin.createUser("OWNER");
  const people = Object.fromEntries(
    Object.keys(STAGED.people).map((login) => [login, twin.createUser(login)]),
  ) as Record<keyof typeof STAGED.people, CreatedUser>;
  const { gitDirectory } = await twin.createRepository(REPOSITORY, {
    defaultBranch: "main",
    collaborators: { writer: "write", triager: "triage", reader: "read" },
    canApprovePullRequests: true,
    visibility: "private",
  });
  await commitFiles(gitDirectory, { files: STAGED.files, branch: "main", from: "main" });
  const dispatches: { workflow: string; inputs: Readonly<Record<string, string>> }[] = [];
  twin.onEvent(({ workflow, inputs = {} }) => {
    if (workflow !== undefined) dispatches.push({ workflow, inputs });
  });
  const token = twin.mintJobToken({ repository: REPOSITORY, permissions, runId: 7, jobId: "j" });
  /** Commits as a person and moves the branch through the API, so that GitHub knows. */
  const move = async (branch: string): Promise<string> => {
    const tip = await git(gitDirectory, ["rev-parse", `refs/heads/${branch}`]);
    const tree = await treeWith(gitDirectory, tip, [textFile("somebody.txt", `${tip}\n`)]);
    const sha = await commitTree(gitDirectory, tree, [tip]);
    const body = { sha };
    const route = `PATCH /git/refs/heads/${branch}`;
    await ask(twin, { token: people.writer.token, route, body });
    return sha;
  };
  return {
    twin,
    gitDirectory,
    github: createGitHub({
      token,
      repository: REPOSITORY,
      apiUrl: twin.url,
      identity: IDENTITY,
      retryDelayMs: 1,
      request: checkedFetch({ apiUrl: twin.url, asked: ASKED }),
    }),
    identity: IDENTITY,
    addIssue: async ({ author, labels, ...body }) => {
      const { number } = await ask(twin, {
        token: people[author].token,
        route: "POST /issues",
        body,
      });
      if (labels !== undefined) {
        const route = `PUT /issues/${number}/labels`;
        // Using a label that is not there makes it, which takes write.
        await ask(twin, { token: owner.token, route, body: { labels } });
        await ask(twin, { token: owner.token, route, body: { labels: [] } });
        await ask(twin, { token: people[author].token, route, body: { labels } });
      }
      return number;
    },
    addComment: async ({ author, issue, body }) => {
      const route = `POST /issues/${issue}/comments`;
      return (await ask(twin, { token: people[author].token, route, body: { body } })).id;
    },
    moveHead: () => move("main"),
    moveBranch: async (name) => void (await move(name)),
    mergeByPerson: async (number, login) => {
      await ask(twin, { token: people[login].token, route: `PUT /pulls/${number}/merge` });
    },
    treeWith: ({ base, files: changed }: ChangeSet) => treeWith(gitDirectory, base, changed),
    dispatches: () => dispatches,
    async [Symbol.asyncDispose]() {
      await twin.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

// In this order always: the last test looks at what all before it have asked for.
describe("the REST adapter", { shuffle: false }, () => {
  githubSuite("the REST adapter over the twin", () => openStage());

  const { prefix } = STAGED;

  describe("what only a real API refuses", () => {
    test.each([
      ["contents", "claim-branch", "contents: write"],
      ["issues", "set-labels", "issues: write"],
      ["checks", "write-check-run", "checks: write"],
      ["actions", "dispatch-workflow", "actions: write"],
    ] as const)("a job without %s: write is told so for %s", async (key, kind, needed) => {
      await using stage = await openStage({ ...ALL, [key]: "read" });
      const issue = await stage.addIssue({ author: "writer", title: "Greet", body: "" });
      const { repository } = await stage.github.observe({ prefix, issues: [] });
      const sha = repository.head;
      const effects = {
        "claim-branch": { kind: "claim-branch", key: "k", branch: "factory/1-1", sha },
        "set-labels": { kind: "set-labels", key: "k", issue, add: ["a"], remove: [] },
        "write-check-run": {
          kind: "write-check-run",
          key: "k",
          name: "Gate",
          sha,
          conclusion: "success",
          title: "t",
          summary: "s",
        },
        "dispatch-workflow": {
          kind: "dispatch-workflow",
          key: "k",
          workflow: "deploy.yml",
          ref: "main",
          inputs: {},
        },
      } as const satisfies Partial<Record<Effect["kind"], Effect>>;
      const [receipt] = await stage.github.apply([effects[kind]]);
      expect(receipt).toMatchObject({
        outcome: "refused",
        status: 403,
        reason: expect.stringContaining(`the job needs the permission "${needed}"`),
      });
    });

    test("a change of a workflow file, which no job may publish", async () => {
      await using stage = await openStage();
      const { repository } = await stage.github.observe({ prefix, issues: [] });
      const branch = "factory/1-1";
      const path = ".github/workflows/deploy.yml";
      const changeSet = { base: repository.head, files: [textFile(path, "on: push\n")] };
      const receipts = await stage.github.apply([
        { kind: "claim-branch", key: "claim", branch, sha: repository.head },
        {
          kind: "publish-commit",
          key: "publish",
          branch,
          changeSet,
          expectedTree: await stage.treeWith(changeSet),
          message: "Change",
        },
      ]);
      expect(receipts).toMatchObject([
        { outcome: "done" },
        { outcome: "refused", status: 403, reason: expect.stringContaining(path) },
      ]);
      expect(await git(stage.gitDirectory, ["rev-parse", branch])).toBe(repository.head);
    });

    test("a merge that conflicts", async () => {
      await using stage = await openStage();
      const { repository } = await stage.github.observe({ prefix, issues: [] });
      const base = repository.head;
      const branch = "factory/1-1";
      // The same path that a commit of somebody else brings to main.
      const changeSet = { base, files: [textFile("somebody.txt", "mine\n")] };
      const expectedTree = await stage.treeWith(changeSet);
      const receipts = await stage.github.apply([
        { kind: "claim-branch", key: "claim", branch, sha: base },
        {
          kind: "publish-commit",
          key: "publish",
          branch,
          changeSet,
          expectedTree,
          message: "Mine",
        },
        {
          kind: "open-pull-request",
          key: "pull",
          head: branch,
          base: "main",
          title: "t",
          body: "b",
        },
      ]);
      const published = receiptOf(receipts, { kind: "publish-commit", key: "publish" });
      const opened = receiptOf(receipts, { kind: "open-pull-request", key: "pull" });
      if (!wasDone(published) || !wasDone(opened)) throw new Error("not opened");
      const head = await stage.moveHead();
      const [receipt] = await stage.github.apply([
        {
          kind: "merge-pull-request",
          key: "merge",
          pullRequest: opened.number,
          base: "main",
          sha: published.sha,
          title: "t",
          message: "m",
          expectedTree,
          expectedParent: base,
        },
      ]);
      expect(receipt).toMatchObject({ outcome: "refused", status: 405 });
      expect(await git(stage.gitDirectory, ["rev-parse", "main"])).toBe(head);
    });

    test("every request beyond the hour's limit", async () => {
      await using stage = await openStage(ALL, 0);
      await expect(stage.github.observe({ prefix, issues: [] })).rejects.toThrow(
        /rate limit exceeded/i,
      );
    });
  });

  describe("the suspected merge", () => {
    test("is found from a tag and from a commit, with the patches that GitHub shows", async () => {
      await using stage = await openStage();
      const head = await stage.moveHead();
      await git(stage.gitDirectory, ["tag", "v1.0.0", head]);
      const suspectOf = async (release: string, file: string, line = 1) => {
        const suspect = { release, places: [{ file, line }] };
        return (await stage.github.observe({ prefix, issues: [], suspect })).suspect;
      };
      const found = { commit: head, title: "Change", file: "somebody.txt", line: 1, brought: true };
      expect(await suspectOf("v1.0.0", "somebody.txt")).toEqual({ known: found });
      expect(await suspectOf(head, "somebody.txt")).toEqual({ known: found });
      expect(await suspectOf(head, "somebody.txt", 9)).toMatchObject({ known: { brought: false } });
      // One merge further back.
      expect(await suspectOf("v1.0.0", "src/greet.ts")).toMatchObject({
        known: { file: "src/greet.ts", brought: true },
      });
      expect(await suspectOf("v1.0.0", "src/none.ts")).toEqual({ known: null });
      const unknown = { unknown: "the release is no tag and no commit" };
      expect(await suspectOf("v9", "somebody.txt")).toEqual(unknown);
      expect(await suspectOf("1".repeat(40), "somebody.txt")).toEqual(unknown);
    });
  });

  describe("what a look costs", () => {
    test("is what its description says", async () => {
      await using stage = await openStage();
      const issue = await stage.addIssue({ author: "writer", title: "Greet", body: "" });
      await stage.addComment({ issue, author: "reader", body: "Yes." });
      const asked = async (scope: Scope) => {
        const before = stage.twin.requests().length;
        await stage.github.observe(scope);
        return stage.twin.requests().length - before;
      };
      // One for everything, and one for each person whom it does not show.
      expect(await asked({ prefix, issues: [] })).toBe(1);
      expect(await asked({ prefix, issues: [issue] })).toBe(1);
      const actors = [{ id: 1, login: "stranger" }];
      expect(await asked({ prefix, issues: [issue], actors })).toBe(1 + 1);
      expect(await asked({ prefix, issues: [], paths: true })).toBe(1 + 1);
    });
  });

  describe("several writes in one document", () => {
    const marker = "**Contract**";
    const recordOf = (issue: number, body = `${marker}\n\nseen live`) =>
      [
        { kind: "write-comment", key: "record", issue, marker, body, comment: null },
        {
          kind: "set-labels",
          key: "labels",
          issue,
          add: ["factory:done"],
          remove: ["factory:ready"],
        },
        { kind: "close-issue", key: "close", issue },
      ] as const satisfies readonly Effect[];

    async function looked(permissions: JobPermissions = ALL) {
      const stage = await openStage(permissions);
      const labels = ["factory:ready"];
      const issue = await stage.addIssue({ author: "writer", title: "Greet", body: "", labels });
      await stage.github.observe({ prefix, issues: [issue] });
      const before = stage.twin.requests().length;
      const asked = () =>
        stage.twin
          .requests()
          .slice(before)
          .map(({ method, route }) => `${method} ${route.replace("/repos/{owner}/{repo}", "")}`);
      return { stage, issue, asked };
    }
    const standing = async ({ stage, issue }: Awaited<ReturnType<typeof looked>>) => {
      const [seen] = (await stage.github.observe({ prefix, issues: [issue] })).issues;
      const comments = seen?.comments.map(({ body }) => body);
      return { comments, labels: seen?.issue.labels, state: seen?.issue.state };
    };

    test("take two requests where the repository lacks the labels, and one where it has them", async () => {
      const world = await looked();
      await using stage = world.stage;
      const { issue, asked } = world;
      const [record, labels, close] = recordOf(issue);
      await stage.github.apply([record, labels, close]);
      expect(asked()).toEqual(["POST /graphql", "POST /graphql"]);
      await stage.github.observe({ prefix, issues: [issue] });
      const before = asked().length;
      const body = `${marker}\n\nanother word`;
      const receipts = await stage.github.apply([
        { ...record, body },
        { ...labels, add: ["factory:ready"], remove: ["factory:done"] },
      ]);
      expect(receipts.map(({ outcome }) => outcome)).toEqual(["done", "done"]);
      expect(asked().slice(before)).toEqual(["POST /graphql"]);
      expect(await standing(world)).toEqual({
        comments: [body],
        labels: ["factory:ready"],
        state: "closed",
      });
    });

    test("are put back behind one that GitHub refuses twice, in GitHub's words", async () => {
      const world = await looked();
      await using stage = world.stage;
      const known = await stage.addComment({ issue: world.issue, author: "writer", body: "mine" });
      // So that the labels are there.
      const { issue } = world;
      await stage.github.apply([
        { kind: "set-labels", key: "l", issue, add: ["factory:done"], remove: [] },
      ]);
      await stage.github.apply([
        { kind: "set-labels", key: "m", issue, add: [], remove: ["factory:done"] },
      ]);
      await stage.github.observe({ prefix, issues: [issue] });
      const [record, labels, close] = recordOf(issue, `${marker}\n${"x".repeat(70_000)}`);
      const receipts = await stage.github.apply([{ ...record, comment: known }, labels, close]);
      expect(receipts).toMatchObject([
        { kind: "write-comment", outcome: "refused", cause: "refused-by-github", status: 422 },
      ]);
      const undone = ["/issues/comments/{comment_id}", "/issues/{issue_number}/labels"];
      for (const route of undone) expect(world.asked().slice(-10).join()).toContain(route);
      expect(await standing(world)).toEqual({
        comments: ["mine"],
        labels: ["factory:ready"],
        state: "open",
      });
    });

    test("a job without the permission is told which it needs, and did nothing", async () => {
      const world = await looked({ ...ALL, issues: "read" });
      await using stage = world.stage;
      const receipts = await stage.github.apply(recordOf(world.issue));
      expect(receipts).toMatchObject([
        { outcome: "refused", status: 403, reason: expect.stringContaining('"issues: write"') },
      ]);
      expect(await standing(world)).toEqual({
        comments: [],
        labels: ["factory:ready"],
        state: "open",
      });
    });
  });

  test("each route that the adapter names is one of GitHub's, and was asked for here or in the file that is named", () => {
    const named = routesNamedIn("src/adapters/github");
    const { requests } = loadConformance();
    expect(named.length).toBeGreaterThan(40);
    const unknown = named.filter(({ example }) => requests.routeOf(example) === undefined);
    expect(unknown.map(({ route }) => route)).toEqual([]);
    const asked = named.filter(({ example }) => ASKED.has(requests.routeOf(example) ?? ""));
    const elsewhere = named.filter((one) => !asked.includes(one)).map(({ route }) => route);
    expect(elsewhere.filter((route) => ELSEWHERE[route] === undefined)).toEqual([]);
    for (const [route, file] of Object.entries(ELSEWHERE)) {
      expect(readFileSync(new URL(file, import.meta.url), "utf8"), route).toMatch(
        /(?:scriptedApi|checkedFetch)\(/,
      );
    }
  });
});
