import { describe, expect, test } from "vitest";
import {
  commentAnswer,
  commitAnswer,
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
} from "../scripted-api.ts";

const SCOPE = { issues: [] as number[], prefix: "factory:" };
const OTHER = { id: 1_002, login: "Bob", type: "User" };

function labelled(actor: object | null): object {
  return { event: "labeled", actor, label: { name: "factory:andon" } };
}

const ISSUE: Script = {
  ...REPOSITORY,
  "GET /issues/3": issueAnswer(3),
  "GET /issues/3/comments": [
    commentAnswer(1, PERSON, "one"),
    commentAnswer(2, SELF, "two"),
    { ...commentAnswer(3, OTHER, "three"), author_association: "MEMBER" },
    commentAnswer(4, null, "/factory retry"),
  ],
  "GET /git/matching-refs/heads/factory/": [
    { ref: "refs/heads/factory/3-1", object: { sha: sha("c") } },
  ],
  "GET /pulls": [pullAnswer(4, { state: "closed", merged_at: "2026-11-02T09:00:00Z" })],
  "GET /pulls/4": pullAnswer(4, {
    state: "closed",
    merged_at: "2026-11-02T09:00:00Z",
    merged_by: PERSON,
  }),
  "GET /collaborators/ada/permission": { permission: "admin", role_name: "admin" },
  "GET /collaborators/Bob/permission": { permission: "write", role_name: "deployers" },
  "GET /collaborators/ghost/permission": reply(404, { message: "ghost is not a user" }),
};

describe("observe", () => {
  test("the repository costs 1 request, with a config and without", async () => {
    const api = scriptedApi(REPOSITORY);
    const snapshot = await api.github.observe(SCOPE);
    expect(api.github.count()).toEqual({ requests: 1, writes: 0 });
    expect(snapshot).toEqual({
      repository: {
        id: 7,
        name: "OWNER/millwright",
        defaultBranch: "main",
        url: "https://github.com/OWNER/millwright",
        visibility: "private",
        head: sha("a"),
        headTree: sha("b"),
      },
      self: SELF,
      configText: "version: 1\n",
      paths: { unknown: "not asked for" },
      issues: [],
      pullRequests: [],
      andon: { known: [] },
      openIssues: { unknown: "not asked for" },
      permissions: {},
    });
    const none = reply(404, { message: "Not Found" });
    const bare = scriptedApi({ ...REPOSITORY, "GET /contents/.github/factory.yml": none });
    expect((await bare.github.observe(SCOPE)).configText).toBeNull();
    expect(bare.github.count().requests).toBe(1);
  });

  test("an issue with two people, a branch and a merged pull request costs 1, and 1 for each person", async () => {
    const api = scriptedApi(ISSUE);
    const snapshot = await api.github.observe({ ...SCOPE, issues: [3] });
    // ada, Bob and ghost.
    expect(api.github.count()).toEqual({ requests: 1 + 3, writes: 0 });
    expect(snapshot.issues[0]?.issue.author).toEqual({ ...PERSON, permission: "admin" });
    expect(snapshot.issues[0]?.comments.map(({ author }) => author.permission)).toEqual([
      "admin",
      "none",
      "write",
      "none",
    ]);
    expect(snapshot.issues[0]?.branches).toEqual([{ name: "factory/3-1", sha: sha("c") }]);
    expect(snapshot.pullRequests).toEqual([
      {
        number: 4,
        head: { branch: "factory/3-1", sha: sha("c") },
        fork: false,
        base: { branch: "main", sha: sha("a") },
        state: "closed",
        merged: true,
        mergeSha: sha("f"),
        mergedBy: PERSON,
        body: "",
        url: "https://github.com/OWNER/millwright/pull/4",
      },
    ]);
    expect(snapshot.permissions).toEqual({ ada: "admin", Bob: "write", ghost: "none" });
  });

  test.each<readonly [string, string, unknown, true | undefined]>([
    ["at the head", "a", undefined, true],
    ["at an older commit of the default branch", "c", { ahead_by: 0 }, true],
    ["with a commit of its own", "c", { ahead_by: 1 }, undefined],
    ["of another history", "c", reply(404, { message: "Not Found" }), undefined],
  ])(
    "a branch without a pull request that stands %s",
    async (_name, digit, compared, untouched) => {
      const at = sha(digit);
      const api = scriptedApi({
        ...ISSUE,
        "GET /pulls": [],
        "GET /git/matching-refs/heads/factory/": [
          { ref: "refs/heads/factory/3-1", object: { sha: at } },
        ],
        ...(compared === undefined ? {} : { [`GET /compare/${sha("a")}...${at}`]: compared }),
      });
      const snapshot = await api.github.observe({ ...SCOPE, issues: [3] });
      expect(snapshot.issues[0]?.branches[0]?.untouched).toBe(untouched);
    },
  );

  test.each<readonly [string, unknown, unknown]>([
    ["works", { id: 8, status: "in_progress" }, { known: "active" }],
    ["waits", { id: 8, status: "queued" }, { known: "active" }],
    ["has ended", { id: 8, status: "completed" }, { known: "ended" }],
    ["is gone", reply(404, { message: "Not Found" }), { unknown: "run 8: Not Found" }],
    ["may not be seen", reply(403, { message: "no" }), { unknown: "run 8: no" }],
  ])("a run that %s", async (_name, answer, holder) => {
    const api = scriptedApi({ ...REPOSITORY, "GET /actions/runs/8": answer });
    expect((await api.github.observe({ ...SCOPE, holder: 8 })).holder).toEqual(holder);
  });

  describe("a deployment", () => {
    const wanted = { sha: sha("a"), environment: "production" };
    const one = (id: number, change = {}) => ({
      id,
      ...wanted,
      created_at: "2026-11-01T08:00:00Z",
      ...change,
    });
    const said = (id: number, state: string) => ({ id, state, created_at: "2026-11-01T09:00:00Z" });
    const observe = async (answers: Readonly<Record<string, unknown>>) =>
      (
        await scriptedApi({ ...REPOSITORY, ...answers }).github.observe({
          ...SCOPE,
          deployment: wanted,
        })
      ).deployment;
    const runs = (...ids: number[]) => ({
      workflow_runs: ids.map((id) => ({ id, created_at: "2026-11-01T08:00:00Z" })),
    });
    const known = (state: string, at = "2026-11-01T09:00:00Z") => ({
      known: { environment: "production", state, at },
    });

    test("is told by the newest status of the newest one of that commit and environment", async () => {
      const deployment = await observe({
        "GET /deployments": [
          one(4),
          one(7),
          one(9, { sha: sha("b") }),
          one(8, { environment: "x" }),
        ],
        "GET /deployments/7/statuses": [
          said(1, "in_progress"),
          said(3, "success"),
          said(2, "queued"),
        ],
      });
      expect(deployment).toEqual(known("success"));
    });

    test.each<readonly [string, unknown, unknown, unknown]>([
      [
        "waits where a run of the commit waits for a reviewer",
        [said(1, "queued")],
        runs(5),
        known("waiting"),
      ],
      ["is as it says where no run waits", [said(1, "queued")], runs(), known("queued")],
      ["has not begun without a status", [], runs(), known("pending", "2026-11-01T08:00:00Z")],
      [
        "is as it says where the token may not see runs",
        [said(1, "in_progress")],
        reply(403, { message: "no" }),
        known("in_progress"),
      ],
    ])("%s", async (_, statuses, waiting, expected) => {
      const deployment = await observe({
        "GET /deployments": [one(7)],
        "GET /deployments/7/statuses": statuses,
        "GET /actions/runs": waiting,
      });
      expect(deployment).toEqual(expected);
    });

    test.each<readonly [string, unknown, unknown]>([
      ["that is not there is none", [], { known: null }],
      ["of another commit is none", [one(3, { sha: sha("b") })], { known: null }],
      [
        "that the token may not see is unknown",
        reply(403, { message: "no" }),
        { unknown: "the deployments: no" },
      ],
    ])("%s", async (_, listed, expected) => {
      expect(await observe({ "GET /deployments": listed })).toEqual(expected);
    });
  });

  describe("whether a release holds a commit", () => {
    const holds = async (release: string, script: Script) => {
      const api = scriptedApi({ ...REPOSITORY, ...script });
      const contained = [{ release, commit: sha("f") }];
      return (await api.github.observe({ ...SCOPE, contained })).contained?.[0]?.holds;
    };
    const compared = `GET /compare/${sha("e")}...${sha("f")}`;

    test.each([
      ["v2", "tags/v2", 0, { known: true }],
      ["v2", "tags/v2", 3, { known: false }],
      [sha("e"), sha("e"), 0, { known: true }],
    ])("%s is %s, and lacks %d of it: %j", async (release, ref, ahead, expected) => {
      const script = {
        [`GET /commits/${ref}`]: { sha: sha("e") },
        [compared]: { ahead_by: ahead },
      };
      expect(await holds(release, script)).toEqual(expected);
    });

    test("is not known where it is no tag and no commit, and false of another history", async () => {
      const gone = reply(422, { message: "No commit found for SHA: tags/v2" });
      expect(await holds("v2", { "GET /commits/tags/v2": gone })).toEqual({
        unknown: "the release is no tag and no commit",
      });
      const apart = reply(404, { message: "No common ancestor" });
      const script = { "GET /commits/tags/v2": { sha: sha("e") }, [compared]: apart };
      expect(await holds("v2", script)).toEqual({ known: false });
    });
  });

  describe("the commit before a merge", () => {
    const merged = (head: string, change = {}) => ({
      ...pullAnswer(4, { state: "closed", merged_at: "2026-11-02T09:00:00Z" }),
      merge_commit_sha: sha("e"),
      head: { ref: head, sha: sha("c") },
      ...change,
    });
    const lookedAt = async (script: Script) => {
      const commit = { [`GET /git/commits/${sha("e")}`]: commitAnswer(sha("e"), sha("d"), []) };
      const api = scriptedApi({ ...REPOSITORY, ...commit, ...script });
      const seen = await api.github.observe({ ...SCOPE, before: { parent: sha("e") } });
      return { before: seen.before, requests: api.github.count().requests };
    };

    test("costs 1 request, and names the factory's own comments on the issue that brought it", async () => {
      const seen = await lookedAt({
        [`GET /commits/${sha("e")}/pulls`]: [merged("factory/3-1-revert")],
        "GET /issues/3/comments": [commentAnswer(1, PERSON, "one"), commentAnswer(2, SELF, "two")],
      });
      expect(seen).toMatchObject({
        before: { parent: sha("e"), issue: { number: 3, comments: [{ id: 2, body: "two" }] } },
        requests: 1 + 1,
      });
      const many = Array.from({ length: 6 }, () => merged("feature"));
      const listed = await lookedAt({ [`GET /commits/${sha("e")}/pulls`]: many });
      expect(listed).toEqual({ before: { parent: sha("e") }, requests: 1 + 1 });
    });

    test.each<readonly [string, unknown, unknown]>([
      ["came in by no pull request", [], { parent: sha("e") }],
      ["came in by a person's branch", [merged("feature")], { parent: sha("e") }],
      [
        "is the head of an open one",
        [merged("factory/3-1", { merged_at: null })],
        { parent: sha("e") },
      ],
      [
        "only lies on the branch of a merged one",
        [merged("factory/3-1", { merge_commit_sha: sha("f") })],
        { parent: sha("e") },
      ],
      ["is not known", reply(422, { message: "No commit found" }), undefined],
    ])("has no issue where it %s", async (_, pulls, expected) => {
      const seen = await lookedAt({ [`GET /commits/${sha("e")}/pulls`]: pulls });
      expect(seen.before).toEqual(expected);
    });

    test("is not known where the issue is gone, and unanswered questions end the look", async () => {
      const pulls = [merged("factory/3-1")];
      const gone = reply(410, { message: "This issue was deleted" });
      const script = { [`GET /commits/${sha("e")}/pulls`]: pulls, "GET /issues/3/comments": gone };
      expect((await lookedAt(script)).before).toBeUndefined();
      const refused = { [`GET /commits/${sha("e")}/pulls`]: reply(403, { message: "no" }) };
      await expect(lookedAt(refused)).rejects.toThrow("no");
    });
  });

  test("a crowd of strangers costs nothing; who commands is asked about, a few at once", async () => {
    const stranger = (id: number) => ({ id, login: `stranger-${id}`, type: "User" });
    const crowd = Array.from({ length: 400 }, (_, index) =>
      commentAnswer(index + 10, stranger(index + 10), "me too"),
    );
    const said = ["/factory stop", "/Factory STOP!", "/factoryish", "please /factory stop"];
    const commanding = said.map((body, index) =>
      commentAnswer(500 + index, stranger(500 + index), body),
    );
    const asked = Object.fromEntries(
      [500, 501].map((id) => [
        `GET /collaborators/stranger-${id}/permission`,
        { permission: "read", role_name: "read" },
      ]),
    );
    const comments = [...crowd, ...commanding];
    const api = scriptedApi({ ...ISSUE, ...asked, "GET /issues/3/comments": comments });
    const { issues } = await api.github.observe({ ...SCOPE, issues: [3] });
    expect(issues[0]?.comments).toHaveLength(404);
    const names = api.names().filter((name) => name.includes("collaborators"));
    expect(new Set(names)).toEqual(
      new Set(
        ["ada", "stranger-500", "stranger-501"].map(
          (login) => `GET /collaborators/${login}/permission`,
        ),
      ),
    );
    expect(names).toHaveLength(3);
  });

  test("of those who belong to the repository and only talk, the last twenty are asked about", async () => {
    const member = (id: number) => ({ id, login: `member-${id}`, type: "User" });
    const comments = Array.from({ length: 60 }, (_, index) => ({
      ...commentAnswer(index + 10, member(index + 10), "I think so"),
      author_association: "MEMBER",
    }));
    const asked = Object.fromEntries(
      comments.map((_, index) => [
        `GET /collaborators/member-${index + 10}/permission`,
        { permission: "write", role_name: "write" },
      ]),
    );
    const api = scriptedApi({ ...ISSUE, ...asked, "GET /issues/3/comments": comments });
    const { issues } = await api.github.observe({ ...SCOPE, issues: [3] });
    const allowed = issues[0]?.comments.map(({ author }) => author.permission) ?? [];
    expect(allowed.filter((one) => one === "write")).toHaveLength(20);
    expect(allowed.at(-1)).toBe("write");
  });

  test("a person seen twice, in another case, is asked about once; a bot never", async () => {
    const api = scriptedApi(ISSUE);
    const actors = [{ ...PERSON, login: "ADA" }, SELF];
    const snapshot = await api.github.observe({ ...SCOPE, actors: [PERSON, ...actors] });
    expect(api.names().filter((name) => name.includes("collaborators"))).toHaveLength(1);
    expect(snapshot.permissions).toEqual({
      ADA: "admin",
      ada: "admin",
      "github-actions[bot]": "none",
    });
  });

  test("a login that another account holds by now gives nobody anything", async () => {
    const api = scriptedApi({
      ...ISSUE,
      "GET /collaborators/ada/permission": {
        permission: "admin",
        role_name: "admin",
        user: { ...PERSON, id: 6_666 },
      },
    });
    const snapshot = await api.github.observe({ ...SCOPE, issues: [3], actors: [PERSON] });
    expect(snapshot.issues[0]?.issue.author).toEqual({ ...PERSON, permission: "none" });
    expect(snapshot.issues[0]?.comments[0]?.author.permission).toBe("none");
    expect(snapshot.permissions.ada).toBe("none");
  });

  test("an account of a kind that we do not know is asked nothing and may nothing", async () => {
    const api = scriptedApi({
      ...ISSUE,
      "GET /issues/3": issueAnswer(3, { user: { ...PERSON, type: "Mannequin" } }),
      "GET /issues/3/comments": [],
    });
    const snapshot = await api.github.observe({ ...SCOPE, issues: [3] });
    expect(snapshot.issues[0]?.issue.author).toEqual({
      ...PERSON,
      type: "Bot",
      permission: "none",
    });
    expect(api.names().filter((name) => name.includes("collaborators"))).toEqual([]);
  });

  test("the number of a pull request is no issue", async () => {
    const api = scriptedApi({ ...ISSUE, "GET /issues/3": issueAnswer(3, { pull_request: {} }) });
    expect((await api.github.observe({ ...SCOPE, issues: [3] })).issues).toEqual([]);
  });

  test.each([
    ["full_name", "../..", "nameWithOwner"],
    ["full_name", "OWNER/..", "nameWithOwner"],
    ["default_branch", "--upload-pack=x", "defaultBranchRef.name"],
    ["default_branch", "main#x", "defaultBranchRef.name"],
  ])("a repository whose %s is %s is not looked at", async (key, value, named) => {
    const answer = { ...(REPOSITORY["GET /"] as object), [key]: value };
    const head = { [`GET /commits/heads/${value}`]: REPOSITORY["GET /commits/heads/main"] };
    const api = scriptedApi({ ...REPOSITORY, ...head, "GET /": answer });
    await expect(api.github.observe(SCOPE)).rejects.toThrow(named);
  });

  test("comments of the second page count", async () => {
    const next = '<http://127.0.0.1:9/repos/OWNER/millwright/issues/3/comments?page=2>; rel="next"';
    const api = scriptedApi({
      ...ISSUE,
      "GET /issues/3/comments": steps(
        reply(200, [commentAnswer(1, PERSON, "first")], { link: next }),
        reply(200, [commentAnswer(2, PERSON, "on page 2")]),
      ),
    });
    const [seen] = (await api.github.observe({ ...SCOPE, issues: [3] })).issues;
    expect(seen?.comments.map(({ body }) => body)).toEqual(["first", "on page 2"]);
  });

  test("the andon is found by its label; pull requests do not count; one list serves both", async () => {
    const raised = issueAnswer(9, { labels: [{ name: "Factory:Andon" }] });
    const pull = issueAnswer(8, { labels: ["factory:andon"], pull_request: {} });
    const events = { "GET /issues/9/events": [labelled(SELF)] };
    const own = { known: [{ issue: 9, by: { known: { ...SELF, permission: "none" } } }] };
    const listed = [raised, pull, issueAnswer(3)];
    const api = scriptedApi({ ...REPOSITORY, ...events, "GET /issues": listed });
    const snapshot = await api.github.observe({ ...SCOPE, openIssues: true });
    expect(snapshot.andon).toEqual(own);
    expect(snapshot.openIssues).toMatchObject({ known: [{ number: 9 }, { number: 3 }] });
    expect(api.github.count().requests).toBe(1);
    const narrow = scriptedApi({ ...REPOSITORY, ...events, "GET /issues": [raised, pull] });
    const seen = await narrow.github.observe(SCOPE);
    expect(seen.andon).toEqual(own);
    expect(seen.openIssues).toEqual({ unknown: "not asked for" });
    expect(narrow.calls).toMatchObject([{ body: { variables: { andon: "factory:andon" } } }]);
  });

  const ada = { "GET /collaborators/ada/permission": { permission: "write", user: { id: 1_001 } } };
  test.each<readonly [string, unknown, Script, object]>([
    ["by a person", [labelled(PERSON)], ada, { known: { ...PERSON, permission: "write" } }],
    [
      "by one person, taken off and put there by another",
      [labelled(PERSON), { ...labelled(PERSON), event: "unlabeled" }, labelled(OTHER)],
      { "GET /collaborators/Bob/permission": { permission: "read", role_name: "triage" } },
      { known: { ...OTHER, permission: "triage" } },
    ],
    [
      "beside other labels and events",
      [
        { event: "subscribed", actor: OTHER },
        { ...labelled(PERSON), label: { name: "FACTORY:andon" } },
        { ...labelled(OTHER), label: { name: "bug" } },
      ],
      ada,
      { known: { ...PERSON, permission: "write" } },
    ],
    ["by an account that is gone", [labelled(null)], {}, { unknown: "the account is gone" }],
    [
      "by GitHub's stand-in for it",
      [labelled({ id: 10_137, login: "ghost", type: "User" })],
      { "GET /collaborators/ghost/permission": { permission: "read", user: { id: 10_137 } } },
      { unknown: "the account is gone" },
    ],
    [
      "by a login that somebody else holds now",
      [labelled(PERSON)],
      { "GET /collaborators/ada/permission": { permission: "read", user: { id: 5 } } },
      { unknown: "ada is another account now" },
    ],
    [
      "by a login that is nobody's now",
      [labelled(PERSON)],
      { "GET /collaborators/ada/permission": reply(404, { message: "Not Found" }) },
      { unknown: "ada is another account now" },
    ],
    ["without an event", [], {}, { unknown: "GitHub shows no event of the label" }],
  ])("an andon label that was put on %s", async (_name, events, more, by) => {
    const raised = issueAnswer(9, { labels: [{ name: "factory:andon" }] });
    const answers = { "GET /issues": [raised], "GET /issues/9/events": events, ...more };
    const api = scriptedApi({ ...REPOSITORY, ...answers });
    const { andon } = await api.github.observe(SCOPE);
    expect(andon).toEqual({ known: [{ issue: 9, by }] });
    expect(api.github.count().requests).toBeLessThanOrEqual(2);
  });

  test("an andon whose events GitHub does not show is unknown, and the rest of the look is there", async () => {
    const raised = issueAnswer(9, { labels: [{ name: "factory:andon" }] });
    const no = reply(403, { message: "Resource not accessible by integration" });
    const script = { ...REPOSITORY, "GET /issues": [raised], "GET /issues/9/events": no };
    const seen = await scriptedApi(script).github.observe(SCOPE);
    expect(seen.andon).toEqual({ unknown: "Resource not accessible by integration" });
    expect(seen.repository.head).toBe(sha("a"));
  });

  test("a label on every issue does not use up the hour: the rest is not known", async () => {
    const numbers = Array.from({ length: 60 }, (_, index) => index + 1);
    const events = numbers.map((one) => [`GET /issues/${one}/events`, [labelled(PERSON)]] as const);
    const raised = numbers.map((one) => issueAnswer(one, { labels: ["factory:andon"] }));
    const script = { ...REPOSITORY, ...ada, ...Object.fromEntries(events), "GET /issues": raised };
    const api = scriptedApi(script);
    const { andon } = await api.github.observe(SCOPE);
    // The look, the issues behind the first twenty, and ada.
    expect(api.github.count().requests).toBe(3);
    const known = "known" in andon ? andon.known : [];
    expect(known).toHaveLength(60);
    expect(known.filter(({ by }) => "known" in by)).toHaveLength(20);
    expect(known.at(-1)?.by).toEqual({ unknown: "more than 20 issues carry the label" });
  });

  test("open pull requests are listed when an audit asks for them", async () => {
    const api = scriptedApi({
      ...REPOSITORY,
      "GET /pulls": [
        pullAnswer(4, { head: { ref: "factory/quality-20260102", sha: "c".repeat(40) } }),
      ],
    });
    const { pullRequests } = await api.github.observe({ ...SCOPE, openPullRequests: true });
    expect(pullRequests.map(({ number, head }) => [number, head.branch])).toEqual([
      [4, "factory/quality-20260102"],
    ]);
    expect(api.names()).toEqual(["POST /graphql"]);
  });

  test("a pull request of the event is read once, with who merged it", async () => {
    const api = scriptedApi(ISSUE);
    const snapshot = await api.github.observe({ ...SCOPE, issues: [3], pullRequest: 4 });
    expect(snapshot.pullRequests.map(({ number, mergedBy }) => [number, mergedBy?.login])).toEqual([
      [4, "ada"],
    ]);
    expect(api.names().filter((name) => name.includes("/pulls"))).toEqual([]);
  });

  test.each([
    [1, false],
    [2, true],
    [null, true],
  ])("a pull request whose branch lies in repository %s is a fork's: %s", async (id, fork) => {
    const side = (ref: string, repo: object | null) => ({ ref, sha: "c".repeat(40), repo });
    const sides = {
      head: side("greet", id === null ? null : { id }),
      base: side("main", { id: 1 }),
    };
    const api = scriptedApi({ ...REPOSITORY, "GET /pulls": [pullAnswer(4, sides)] });
    const { pullRequests } = await api.github.observe({ ...SCOPE, openPullRequests: true });
    expect(pullRequests.map((pull) => pull.fork)).toEqual([fork]);
  });

  test("an open pull request has no merge, whatever GitHub tries in the background", async () => {
    const api = scriptedApi({ ...ISSUE, "GET /pulls": [pullAnswer(4)] });
    const snapshot = await api.github.observe({ ...SCOPE, issues: [3] });
    expect(snapshot.pullRequests[0]).toMatchObject({
      merged: false,
      mergeSha: null,
      mergedBy: null,
    });
  });

  test("a cut tree says so, and the config is still read", async () => {
    const api = scriptedApi({
      ...REPOSITORY,
      [`GET /git/trees/${sha("b")}`]: { sha: sha("b"), truncated: true, tree: [] },
    });
    expect(await api.github.observe({ ...SCOPE, paths: true })).toMatchObject({
      paths: { unknown: "the repository has more files than GitHub lists" },
      configText: "version: 1\n",
    });
    const whole = scriptedApi(REPOSITORY);
    expect((await whole.github.observe({ ...SCOPE, paths: true })).paths).toEqual({
      known: [".github/factory.yml", "README.md"],
    });
    expect(whole.github.count().requests).toBe(2);
  });

  test.each<[string, Script, RegExp]>([
    [
      "a 403",
      {
        "GET /issues/3/comments": reply(403, { message: "Resource not accessible by integration" }),
      },
      /not accessible/,
    ],
    [
      "an answer of another shape",
      { "POST /graphql": { data: { repository: { id: "R_7", databaseId: "7" } } } },
      /the look at the repository cannot be read: databaseId/,
    ],
    ["a directory for a config", { "GET /contents/.github/factory.yml": [] }, /cannot be read/],
    [
      "a permission that cannot be asked",
      { "GET /collaborators/ada/permission": reply(403, { message: "no" }) },
      /no/,
    ],
  ])("%s rejects: no partial snapshot", async (_title, change, reason) => {
    const api = scriptedApi({ ...ISSUE, ...change });
    await expect(api.github.observe({ ...SCOPE, issues: [3] })).rejects.toThrow(reason);
  });

  test("a read is repeated when GitHub stumbles", async () => {
    const api = scriptedApi({
      ...REPOSITORY,
      "GET /": steps(reply(502, { message: "Bad gateway" }), "lost", REPOSITORY["GET /"]),
    });
    expect((await api.github.observe(SCOPE)).repository.id).toBe(7);
    expect(api.github.count().requests).toBe(3);
  });

  describe("issues that wait for their turn", () => {
    const waits = (number: number) =>
      issueAnswer(number, { labels: [{ name: "Factory:Waiting" }], body: "text" });
    const asked = { ...SCOPE, waiting: true };

    test("are in the look that shows the andon, too", async () => {
      const api = scriptedApi({
        ...REPOSITORY,
        "GET /issues": [waits(4), issueAnswer(5), { ...Object(waits(6)), pull_request: {} }],
      });
      const snapshot = await api.github.observe(asked);
      expect(snapshot.waiting).toMatchObject([{ number: 4, labels: ["Factory:Waiting"] }]);
      expect(snapshot.openIssues).toEqual({ unknown: "not asked for" });
      expect(api.github.count().requests).toBe(1);
    });

    test("cost a request for each hundred behind the first, and pull requests are none", async () => {
      const pull = { ...Object(waits(400)), pull_request: {} };
      const listed = Array.from({ length: 250 }, (_, index) => waits(index + 10));
      const api = scriptedApi({ ...REPOSITORY, "GET /issues": [pull, ...listed] });
      const snapshot = await api.github.observe(asked);
      expect(snapshot.waiting?.map(({ number }) => number)).toEqual(
        Array.from({ length: 250 }, (_, index) => index + 10),
      );
      expect(api.github.count().requests).toBe(3);
    });
  });

  describe("what the factory wrote", () => {
    const asked = { ...SCOPE, ledgers: { marker: "text", since: "2026-11-02T00:00:00Z" } };
    /** More issues changed than the look shows. */
    const many = { "GET /issues": Array.from({ length: 21 }, (_, at) => issueAnswer(at + 100)) };
    const busy = { ...REPOSITORY, ...many };
    for (const { number } of many["GET /issues"] as readonly { readonly number: number }[]) {
      Object.assign(busy, { [`GET /issues/${number}/comments`]: [] });
    }
    const placed = (id: number, user: object | null, issue: number) => ({
      ...Object(commentAnswer(id, user, "text")),
      issue_url: `https://api.github.com/repos/OWNER/millwright/issues/${issue}`,
    });

    test("since a time, on every issue, is asked for once", async () => {
      const api = scriptedApi({
        ...busy,
        "GET /issues/comments": [placed(1, SELF, 3), placed(2, PERSON, 3), placed(4, SELF, 17)],
      });
      const { ledgers } = await api.github.observe(asked);
      expect(ledgers).toEqual({
        known: [
          { body: "text", comment: 1, issue: 3 },
          { body: "text", comment: 4, issue: 17 },
        ],
      });
      expect(api.github.count().requests).toBe(2);
      const [asking] = api.calls.filter(({ path }) => path.startsWith("/issues/comments"));
      expect(asking?.path).toContain("since=2026-11-02T00:00:00Z");
    });

    test.each([
      [reply(403, { message: "no" }), { unknown: "no" }],
      [reply(404, { message: "Not Found" }), { unknown: "Not Found" }],
    ])("is unknown where GitHub answers %j", async (answer, expected) => {
      const api = scriptedApi({ ...busy, "GET /issues/comments": answer });
      expect((await api.github.observe(asked)).ledgers).toEqual(expected);
    });

    test("is nothing to go by where GitHub does not answer, or answers without a place", async () => {
      const down = scriptedApi({ ...busy, "GET /issues/comments": reply(500, {}) });
      await expect(down.github.observe(asked)).rejects.toThrow();
      const odd = [{ ...placed(1, SELF, 3), issue_url: "https://api.github.com/issues/x" }];
      const api = scriptedApi({ ...busy, "GET /issues/comments": odd });
      await expect(api.github.observe(asked)).rejects.toThrow("issue_url");
    });
  });
});
