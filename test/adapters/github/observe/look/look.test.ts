import { describe, expect, test } from "vitest";
import { scopeOf } from "../../../../../src/control/observed/scope.ts";
import type { ControlInput } from "../../../../../src/control/observed/situation.ts";
import {
  commentAnswer,
  issueAnswer,
  PERSON,
  pullAnswer,
  REPOSITORY,
  reply,
  type Script,
  SELF,
  scriptedApi,
  sha,
  steps,
} from "../../scripted-api.ts";

const SCOPE = { issues: [3], prefix: "factory:" };
const ADA = { "GET /collaborators/ada/permission": { permission: "admin", role_name: "admin" } };
const REFS = "GET /git/matching-refs/heads/factory/";
const ISSUE: Script = {
  ...REPOSITORY,
  ...ADA,
  "GET /issues/3": issueAnswer(3),
  "GET /issues/3/comments": [commentAnswer(4_000_000_001, SELF, "two")],
  [REFS]: [],
};

function ref(name: string) {
  return { ref: `refs/heads/factory/${name}`, object: { sha: sha("a") } };
}

describe("a look", () => {
  test("knows a bot by the login that REST has for it, and a comment by its whole number", async () => {
    const seen = await scriptedApi(ISSUE).github.observe(SCOPE);
    expect(seen.issues[0]?.comments).toMatchObject([{ id: 4_000_000_001, author: SELF }]);
  });

  test("sees of the branches those of the very issue", async () => {
    const api = scriptedApi({
      ...ISSUE,
      "GET /pulls": [],
      [REFS]: ["3-1", "3-1-revert", "13-1", "x3-1", "33-2"].map(ref),
    });
    const [seen] = (await api.github.observe(SCOPE)).issues;
    expect(seen?.branches.map(({ name }) => name)).toEqual(["factory/3-1", "factory/3-1-revert"]);
  });

  test("lists by itself what GitHub shows in part", async () => {
    const comments = Array.from({ length: 101 }, (_, at) => commentAnswer(at + 1, SELF, "more"));
    const branches = Array.from({ length: 51 }, (_, at) => ref(`3-${at + 1}`));
    const pulls = Array.from({ length: 6 }, (_, at) => pullAnswer(at + 50));
    const api = scriptedApi({
      ...ISSUE,
      "GET /issues/3/comments": comments,
      [REFS]: branches,
      "GET /git/matching-refs/heads/factory/3-": branches,
      "GET /pulls": pulls,
    });
    const seen = await api.github.observe(SCOPE);
    expect(seen.issues[0]?.comments).toHaveLength(101);
    expect(seen.issues[0]?.branches).toHaveLength(51);
    expect(seen.pullRequests.map(({ number }) => number)).toEqual([50, 51, 52, 53, 54, 55]);
    const names = new Set(api.names());
    expect(names).toContain("GET /issues/3/comments");
    expect(names).toContain("GET /git/matching-refs/heads/factory/3-");
    expect(names).toContain("GET /pulls");
  });

  test("tells a fork's pull request in a list of its own as in the look", async () => {
    const side = (repo: unknown) => ({ ref: "factory/3-1", sha: sha("c"), repo });
    const base = { ref: "main", sha: sha("a"), repo: { id: 7 } };
    const pulls = [{ id: 7 }, { id: 8 }, null].map((repo, at) =>
      pullAnswer(at + 1, { head: side(repo), base }),
    );
    const others = Array.from({ length: 98 }, (_, at) =>
      pullAnswer(at + 4, { head: { ref: `x${at}`, sha: sha("c"), repo: { id: 7 } }, base }),
    );
    const api = scriptedApi({ ...REPOSITORY, "GET /pulls": [...pulls, ...others] });
    const scope = { ...SCOPE, issues: [], openPullRequests: true };
    const seen = await api.github.observe(scope);
    expect(api.names()).toContain("GET /pulls");
    expect(seen.pullRequests.slice(0, 3).map(({ fork }) => fork)).toEqual([false, true, true]);
  });

  test("asks nobody what the owner may do, and an organisation may nothing", async () => {
    const owner = (change: object) => ({
      "GET /": { ...(REPOSITORY["GET /"] as object), owner: { ...PERSON, ...change } },
    });
    const own = scriptedApi({ ...ISSUE, ...owner({}) });
    const seen = await own.github.observe({ ...SCOPE, actors: [PERSON] });
    expect(seen.issues[0]?.issue.author.permission).toBe("admin");
    expect([seen.permissions.ada, own.names()]).toEqual(["admin", ["POST /graphql"]]);
    // A login that the owner gave up is nobody's word for the owner.
    const older = await scriptedApi({ ...ISSUE, ...owner({ id: 5 }) }).github.observe(SCOPE);
    expect(older.issues[0]?.issue.author.permission).toBe("none");
    const company = scriptedApi({ ...ISSUE, ...owner({ type: "Organization" }) });
    await company.github.observe(SCOPE);
    expect(company.names()).toContain("GET /collaborators/ada/permission");
  });

  test("asks about nobody whom it shows, and a login's new owner may nothing", async () => {
    const shown = (id: number) => ({
      "GET /collaborators": [{ ...PERSON, id, role_name: "maintain" }],
    });
    const api = scriptedApi({ ...ISSUE, ...shown(PERSON.id) });
    const seen = await api.github.observe({ ...SCOPE, actors: [PERSON] });
    expect(seen.issues[0]?.issue.author.permission).toBe("maintain");
    expect([seen.permissions.ada, api.names()]).toEqual(["maintain", ["POST /graphql"]]);
    const taken = scriptedApi({ ...ISSUE, ...shown(5) });
    const other = await taken.github.observe(SCOPE);
    expect(other.issues[0]?.issue.author.permission).toBe("none");
  });

  test.each<readonly [string, object]>([
    ["a link", { mode: 0o120000, object: { text: "other.yml", isTruncated: false } }],
    ["cut", { mode: 0o100644, object: { text: "version:", isTruncated: true } }],
    ["no text", { mode: 0o100644, object: { text: null, isTruncated: false } }],
    ["nothing that has a text", { mode: 0o160000, object: null }],
  ])("reads a config by itself that is %s", async (_, file) => {
    const shown = scriptedApi({ ...REPOSITORY, "POST /graphql": { data: lookOf({ file }) } });
    const seen = await shown.github.observe({ ...SCOPE, issues: [] });
    expect(seen.configText).toBe("version: 1\n");
    expect(shown.names()).toEqual(["POST /graphql", "GET /contents/.github/factory.yml"]);
  });

  test.each<readonly [string, object, string]>([
    ["nothing of the repository", { repository: null }, "cannot be read"],
    [
      "no commit yet",
      { repository: { ...lookOf({}).repository, defaultBranchRef: null } },
      "defaultBranchRef",
    ],
  ])("rejects where GitHub shows %s", async (_, data, reason) => {
    const api = scriptedApi({ ...REPOSITORY, "POST /graphql": { data } });
    await expect(api.github.observe({ ...SCOPE, issues: [] })).rejects.toThrow(reason);
  });

  test("rejects where a part is hidden that nothing can be decided without", async () => {
    const errors = [{ message: "no", type: "FORBIDDEN", path: ["repository", "issue3"] }];
    const api = scriptedApi({ ...ISSUE, "POST /graphql": { data: lookOf({}), errors } });
    await expect(api.github.observe(SCOPE)).rejects.toThrow("the look at the repository: no");
  });

  test("at a thousand open issues costs ten requests", async () => {
    const listed = Array.from({ length: 1_000 }, (_, at) => issueAnswer(at + 1));
    const api = scriptedApi({ ...REPOSITORY, "GET /issues": listed });
    const scope = { prefix: "factory:", issues: [], openIssues: true };
    const { openIssues } = await api.github.observe(scope);
    expect("known" in openIssues && openIssues.known.length).toBe(1_000);
    expect(api.github.count().requests).toBe(10);
  });

  test("of a heartbeat at a thousand open issues costs eleven requests, where more changed than the look shows", async () => {
    const listed = Array.from({ length: 1_000 }, (_, at) => issueAnswer(at + 1));
    const silent = listed.map((_, at) => [`GET /issues/${at + 1}/comments`, []] as const);
    const api = scriptedApi({
      ...REPOSITORY,
      "GET /issues": listed,
      "GET /issues/comments": [],
      "GET /pulls": [],
      ...Object.fromEntries(silent),
    });
    const beat = { task: "heartbeat", event: { name: "schedule", payload: {} } } as ControlInput;
    await api.github.observe(scopeOf(beat, "factory:", "2026-11-29T08:00:00.000Z"));
    expect(api.github.count().requests).toBe(11);
  });

  test("waits where the hour's points are used up, as long as a job may", async () => {
    const errors = [{ message: "API rate limit exceeded", type: "RATE_LIMITED" }];
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" };
    const limited = reply(200, { errors }, headers);
    const answers = steps(limited, { data: lookOf({}) });
    const api = scriptedApi({ ...REPOSITORY, "POST /graphql": answers });
    const seen = await api.github.observe({ ...SCOPE, issues: [] });
    expect([seen.repository.id, api.names().length]).toEqual([7, 2]);
    const long = { ...headers, "x-ratelimit-reset": String(Date.now() / 1000 + 3600) };
    const late = reply(200, { errors }, long);
    const never = scriptedApi({ ...REPOSITORY, "POST /graphql": late });
    await expect(never.github.observe(SCOPE)).rejects.toThrow("API rate limit exceeded");
  });
});

/** An answer to a look at the repository alone. */
function lookOf({ file = null }: { readonly file?: object | null }) {
  return {
    repository: {
      id: "R_7",
      databaseId: 7,
      nameWithOwner: "OWNER/millwright",
      url: "https://github.com/OWNER/millwright",
      isPrivate: true,
      owner: null,
      defaultBranchRef: {
        name: "main",
        target: { oid: sha("a"), tree: { oid: sha("b") }, parents: { nodes: [] }, file },
      },
      andon: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
    },
  };
}
