import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createGitHub } from "../../../../src/adapters/github/create-github.ts";
import type { ChangedFile } from "../../../../src/domain/change-set.ts";
import type { EffectOf } from "../../../../src/domain/github/effect.ts";
import { foldersAbove } from "../../../../src/domain/github/tree-with.ts";
import { git } from "../../../../src/twin/github/git/git.ts";
import { startTwinGitHub } from "../../../../src/twin/github/server.ts";
import { commitFiles } from "../../../twin/github/world.ts";
import { checkedFetch } from "../checked-fetch.ts";

const REPOSITORY = "OWNER/app";
const BRANCH = "factory/1-1";
const FILES = {
  "AGENTS.md": "Hello\n",
  "src/greet.ts": "export {};\n",
  "src/old.ts": "export {};\n",
};
const CHANGE: readonly ChangedFile[] = [
  { path: "data.bin", mode: "100644", encoding: "base64", content: "AP8B" },
  { path: "src/deep/ä.ts", mode: "100644", encoding: "utf-8", content: "export {};\n" },
  { path: "src/greet.ts", mode: "100644", encoding: "utf-8", content: "export const a = 'ü';\n" },
  { path: "src/old.ts", deleted: true },
];
const RUN: ChangedFile = { path: "run.sh", mode: "100755", encoding: "utf-8", content: "#!\n" };
const OBJECTS = ["POST /git/trees", "POST /git/commits", `PATCH /git/refs/heads/${BRANCH}`];

/** What becomes of the request that commits: the twin's answer may be kept, lost or changed. */
type Commit = (answer: () => Promise<Response>) => Promise<Response>;
const kept: Commit = (answer) => answer();
const lost: Commit = async (answer) => {
  await answer();
  throw new TypeError("fetch failed");
};
const unheard: Commit = () => Promise.reject(new TypeError("fetch failed"));
const forbidden: Commit = async () => {
  const message = "Resource not accessible by integration";
  const path = ["createCommitOnBranch"];
  const errors = [{ type: "FORBIDDEN", path, message }];
  return Response.json({ data: { createCommitOnBranch: null }, errors });
};
const another: Commit = async (answer) => {
  const text = await (await answer()).text();
  const other = text.replace(/"tree":\{"oid":"[0-9a-f]+"\}/, `"tree":{"oid":"${"7".repeat(40)}"}`);
  return Response.json(JSON.parse(other));
};

/** A job that has looked, with the change that it is to publish. */
async function openJob(files: readonly ChangedFile[] = CHANGE, commit: Commit = kept) {
  const directory = await mkdtemp(join(tmpdir(), "commit-"));
  const twin = await startTwinGitHub({ directory });
  twin.createUser("OWNER");
  const { gitDirectory } = await twin.createRepository(REPOSITORY, {
    defaultBranch: "main",
    collaborators: {},
    canApprovePullRequests: true,
    visibility: "public",
  });
  await commitFiles(gitDirectory, { files: FILES, branch: "main", from: "main" });
  const base = await git(gitDirectory, ["rev-parse", "main"]);
  await git(gitDirectory, ["update-ref", `refs/heads/${BRANCH}`, base]);
  const asked: string[] = [];
  const request: typeof fetch = async (input, init) => {
    const path = String(input).slice(twin.url.length).replace(`/repos/${REPOSITORY}`, "");
    const isCommit = String(init?.body).includes("createCommitOnBranch");
    asked.push(isCommit ? "createCommitOnBranch" : `${init?.method ?? "GET"} ${path}`);
    return isCommit ? await commit(() => fetch(input, init)) : await fetch(input, init);
  };
  const permissions = { contents: "write", issues: "write", "pull-requests": "write" } as const;
  const github = createGitHub({
    token: twin.mintJobToken({ repository: REPOSITORY, permissions, runId: 7, jobId: "j" }),
    repository: REPOSITORY,
    apiUrl: twin.url,
    identity: { id: 41_898_282, login: "github-actions[bot]" },
    retryDelayMs: 1,
    request: checkedFetch({ apiUrl: twin.url, request }),
  });
  const person = twin.createUser("ada");
  const issue = await openIssue(twin.url, person.token);
  await github.observe({
    prefix: "factory:",
    issues: [issue],
    folders: { commit: base, paths: foldersAbove(files.map(({ path }) => path)) },
  });
  asked.length = 0;
  const effect = {
    kind: "publish-commit",
    key: "publish",
    branch: BRANCH,
    changeSet: { base, files: [...files] },
    expectedTree: await treeWith(gitDirectory, base, files),
    message: "Greet\n\nIn German.\n\nCloses nothing.",
  } as const satisfies EffectOf<"publish-commit">;
  return {
    asked,
    base,
    effect,
    publish: async (wanted: EffectOf<"publish-commit"> = effect) =>
      (await github.apply([wanted]))[0],
    read: (what: string) => git(gitDirectory, ["rev-parse", what]),
    message: () => git(gitDirectory, ["log", "-1", "--format=%B", BRANCH]),
    move: async () => {
      const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
      const words = [...who, "commit-tree", `${base}^{tree}`, "-p", base, "-m", "Mine"];
      const mine = await git(gitDirectory, words);
      await git(gitDirectory, ["update-ref", `refs/heads/${BRANCH}`, mine]);
      return mine;
    },
    async [Symbol.asyncDispose]() {
      await twin.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function openIssue(url: string, token: string): Promise<number> {
  const response = await fetch(`${url}/repos/${REPOSITORY}/issues`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ title: "Greet", body: "" }),
  });
  return ((await response.json()) as { readonly number: number }).number;
}

async function treeWith(folder: string, base: string, files: readonly ChangedFile[]) {
  const environment = { GIT_INDEX_FILE: join(folder, "index-of-test") };
  await git(folder, ["read-tree", base], { environment });
  for (const file of files) {
    const input = "deleted" in file ? undefined : Buffer.from(file.content, file.encoding);
    const blob = input && (await git(folder, ["hash-object", "-w", "--stdin"], { input }));
    const mode = "deleted" in file ? "0" : file.mode;
    const line = `${mode} ${blob ?? "0".repeat(40)}\t${file.path}\n`;
    await git(folder, ["update-index", "--add", "--index-info"], { environment, input: line });
  }
  return await git(folder, ["write-tree"], { environment });
}

test("a change of plain files is one request, its tree told before it is sent", async () => {
  await using job = await openJob();
  const done = await job.publish();
  const sha = await job.read(BRANCH);
  expect(done).toMatchObject({ outcome: "done", sha, tree: job.effect.expectedTree });
  expect(job.asked).toEqual(["createCommitOnBranch"]);
  expect(await job.read(`${BRANCH}^{tree}`)).toBe(job.effect.expectedTree);
  expect(await job.read(`${BRANCH}^`)).toBe(job.base);
  expect(await job.message()).toBe(job.effect.message);
});

test.each<readonly [string, readonly ChangedFile[]]>([
  ["a file that may be run", [...CHANGE, RUN]],
  [
    "more than a document is known to hold",
    [{ ...RUN, mode: "100644", content: "x".repeat(1_000_001) }],
  ],
])("goes the way of git's objects: %s", async (_, files) => {
  await using job = await openJob(files);
  expect(await job.publish()).toMatchObject({ outcome: "done" });
  expect(job.asked.filter((name) => name !== "POST /git/blobs")).toEqual(OBJECTS);
  expect(await job.read(`${BRANCH}^{tree}`)).toBe(job.effect.expectedTree);
});

test("a message of another shape goes the way of git's objects", async () => {
  await using job = await openJob();
  expect(await job.publish({ ...job.effect, message: "Greet\nat once" })).toMatchObject({
    outcome: "done",
  });
  expect(job.asked).not.toContain("createCommitOnBranch");
  expect(await job.message()).toBe("Greet\nat once");
});

test("nothing is moved where the change is not the verified tree", async () => {
  await using job = await openJob();
  const refused = await job.publish({ ...job.effect, expectedTree: "7".repeat(40) });
  expect(refused).toMatchObject({ outcome: "refused", code: "tree-mismatch", did: "nothing" });
  expect(job.asked).not.toContain("createCommitOnBranch");
  expect(await job.read(BRANCH)).toBe(job.base);
});

test("a person's commit since the look keeps the branch", async () => {
  await using job = await openJob();
  const mine = await job.move();
  expect(await job.publish()).toMatchObject({ outcome: "refused", code: "claim-lost" });
  expect(await job.read(BRANCH)).toBe(mine);
});

test.each<readonly [string, Commit]>([
  ["was done and its answer lost", lost],
  ["was not done and its answer lost", unheard],
  ["was refused, as a permission of GraphQL's may be", forbidden],
])("is published once where the request %s", async (_, commit) => {
  await using job = await openJob(CHANGE, commit);
  const receipt = await job.publish();
  expect(["done", "already"]).toContain(receipt?.outcome);
  expect(await job.read(`${BRANCH}^{tree}`)).toBe(job.effect.expectedTree);
  expect(await job.read(`${BRANCH}^`)).toBe(job.base);
});

test("another tree than the one that was told stops everything, and is said", async () => {
  await using job = await openJob(CHANGE, another);
  expect(await job.publish()).toMatchObject({
    outcome: "refused",
    cause: "refused-by-us",
    code: "tree-mismatch",
    did: "something-else",
  });
});
