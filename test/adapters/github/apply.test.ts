import { describe, expect, test } from "vitest";
import { createGitHub } from "../../../src/adapters/github/create-github.ts";
import type { Effect } from "../../../src/domain/github/effect.ts";
import {
  commentAnswer,
  commitAnswer,
  issueAnswer,
  PERSON,
  pullAnswer,
  reply,
  type Script,
  SELF,
  scriptedApi,
  sha,
  steps,
} from "./scripted-api.ts";
import {
  CHECK,
  CLAIM,
  CLOSE,
  COMMENT,
  DISPATCH,
  ISSUE,
  LABELS,
  MERGE,
  OPEN,
  PUBLISH,
} from "./together/effects.ts";

const PUBLISHING: Script = {
  "GET /git/ref/heads/factory/3-1": { ref: "refs/heads/factory/3-1", object: { sha: sha("a") } },
  [`GET /git/commits/${sha("a")}`]: commitAnswer(sha("a"), sha("b"), []),
  "POST /git/blobs": { sha: sha("e") },
  "POST /git/trees": { sha: sha("d") },
  "POST /git/commits": commitAnswer(sha("c"), sha("d"), [sha("a")]),
  "PATCH /git/refs/heads/factory/3-1": { ref: "refs/heads/factory/3-1", object: { sha: sha("c") } },
};
const MERGING: Script = {
  "GET /pulls/4": pullAnswer(4),
  "PUT /pulls/4/merge": { merged: true, sha: sha("f") },
  [`GET /git/commits/${sha("f")}`]: commitAnswer(sha("f"), sha("d"), [sha("a"), sha("c")]),
};

async function applied(script: Script, ...effects: readonly Effect[]) {
  const api = scriptedApi(script);
  const receipts = await api.github.apply(effects);
  return {
    api,
    receipts,
    last: receipts.at(-1),
    writes: api.names().filter((name) => !name.startsWith("GET")),
  };
}

describe("write-comment", () => {
  const posted = commentAnswer(9, SELF, COMMENT.body);

  test("creates when nobody's comment or only another's carries the marker", async () => {
    const { last, writes } = await applied(
      {
        "GET /issues/3/comments": [commentAnswer(1, PERSON, COMMENT.body)],
        "POST /issues/3/comments": posted,
      },
      COMMENT,
    );
    expect(last).toMatchObject({ outcome: "done", number: 9 });
    expect(writes).toEqual(["POST /issues/3/comments"]);
  });

  test("edits its own in place, and does nothing when it says so already", async () => {
    const old = {
      "GET /issues/3/comments": [commentAnswer(9, SELF, "### Marker\r\nold")],
      "PATCH /issues/comments/9": posted,
    };
    expect((await applied(old, COMMENT)).writes).toEqual(["PATCH /issues/comments/9"]);
    const same = await applied({ "GET /issues/3/comments": [posted] }, COMMENT);
    expect(same.last).toMatchObject({ outcome: "already", number: 9 });
    expect(same.writes).toEqual([]);
  });

  test("a known id needs no look", async () => {
    const { api } = await applied(
      { "PATCH /issues/comments/9": posted },
      { ...COMMENT, comment: 9 },
    );
    expect(api.names()).toEqual(["PATCH /issues/comments/9"]);
  });

  test("a lost answer does not make a second comment", async () => {
    const { last, writes } = await applied(
      { "GET /issues/3/comments": steps([], [posted]), "POST /issues/3/comments": "lost" },
      COMMENT,
    );
    expect(last).toMatchObject({ outcome: "done", number: 9 });
    expect(writes).toEqual(["POST /issues/3/comments"]);
  });

  test("a write that a limit refused is sent again, once GitHub allows it", async () => {
    const limit = reply(403, { message: "secondary rate limit" }, { "retry-after": "2" });
    const { last, writes } = await applied(
      {
        "GET /issues/3/comments": [],
        "POST /issues/3/comments": steps(limit, limit, posted),
      },
      COMMENT,
    );
    expect(last).toMatchObject({ outcome: "done" });
    expect(writes).toHaveLength(3);
  });

  test("a request that was lost is sent again", async () => {
    const { last, writes } = await applied(
      {
        "GET /issues/3/comments": [],
        "POST /issues/3/comments": steps(reply(502, {}), "lost", posted),
      },
      COMMENT,
    );
    expect(last).toMatchObject({ outcome: "done" });
    expect(writes).toHaveLength(3);
  });

  test("a body without its marker is a mistake of ours", async () => {
    await expect(applied({}, { ...COMMENT, body: "hello" })).rejects.toThrow(
      /does not begin with its marker/,
    );
  });
});

describe("set-labels", () => {
  test("one write of the computed set, without regard to case", async () => {
    const { api, last } = await applied(
      {
        "GET /issues/3/labels": [{ name: "bug" }, { name: "Factory:Queued" }],
        "PUT /issues/3/labels": [],
      },
      LABELS,
    );
    expect(last?.outcome).toBe("done");
    expect(api.calls.at(-1)?.body).toEqual({ labels: ["bug", "factory:ready"] });
  });

  test("nothing to do is no write", async () => {
    const { last, writes } = await applied(
      { "GET /issues/3/labels": [{ name: "Factory:ready" }] },
      LABELS,
    );
    expect(last?.outcome).toBe("already");
    expect(writes).toEqual([]);
  });
});

describe("claim-branch", () => {
  const ref = { ref: "refs/heads/factory/3-1", object: { sha: sha("a") } };

  test("one request makes the claim", async () => {
    const { last, api } = await applied({ "POST /git/refs": reply(201, ref) }, CLAIM);
    expect(last).toEqual({ kind: "claim-branch", key: "claim", outcome: "done" });
    expect(api.names()).toEqual(["POST /git/refs"]);
  });

  const taken = reply(422, { message: "Reference already exists" });
  const other = { ...ref, object: { sha: sha("e") } };

  test.each<[string, Script, boolean]>([
    ["422", { "POST /git/refs": taken }, false],
    [
      "a lost answer and a branch that stands as it was wanted",
      { "POST /git/refs": "lost", "GET /git/ref/heads/factory/3-1": ref },
      true,
    ],
    [
      "a lost answer, and a branch that is seen only by the next try",
      {
        "POST /git/refs": steps("lost", taken),
        "GET /git/ref/heads/factory/3-1": reply(404, {}),
      },
      true,
    ],
    [
      "a lost answer and a branch that stands elsewhere",
      { "POST /git/refs": "lost", "GET /git/ref/heads/factory/3-1": other },
      false,
    ],
  ])("%s is no claim", async (_title, script, unsure) => {
    const { last } = await applied(script, CLAIM);
    expect(last).toEqual({
      kind: "claim-branch",
      key: "claim",
      outcome: "already",
      ...(unsure ? { unsure } : {}),
    });
  });

  test("a lost request is sent again", async () => {
    const { last } = await applied(
      {
        "POST /git/refs": steps("lost", reply(201, ref)),
        "GET /git/ref/heads/factory/3-1": reply(404, {}),
      },
      CLAIM,
    );
    expect(last?.outcome).toBe("done");
  });
});

describe("publish-commit", () => {
  test("tree on the base, commit without author, branch without force", async () => {
    const { api, last } = await applied(PUBLISHING, PUBLISH);
    expect(last).toMatchObject({ outcome: "done", sha: sha("c"), tree: sha("d") });
    expect(api.calls.filter(({ method }) => method !== "GET").map(({ body }) => body)).toEqual([
      { content: "AAE=", encoding: "base64" },
      {
        base_tree: sha("b"),
        tree: [
          { path: "a.txt", mode: "100644", type: "blob", content: "text\n" },
          { path: "b.bin", mode: "100755", type: "blob", sha: sha("e") },
          { path: "c.txt", mode: "100644", type: "blob", sha: null },
        ],
      },
      { message: "A message", tree: sha("d"), parents: [sha("a")] },
      { sha: sha("c"), force: false },
    ]);
  });

  test("another tree moves nothing", async () => {
    const { last, writes } = await applied(
      { ...PUBLISHING, "POST /git/trees": { sha: sha("9") } },
      PUBLISH,
    );
    expect(last).toMatchObject({ cause: "refused-by-us", code: "tree-mismatch", did: "nothing" });
    expect(last).toHaveProperty("reason", expect.stringContaining("nothing was moved"));
    expect(writes).not.toContain("POST /git/commits");
  });

  test("a branch that holds the verified commit is done already; any other is refused", async () => {
    const moved = {
      "GET /git/ref/heads/factory/3-1": {
        ref: "refs/heads/factory/3-1",
        object: { sha: sha("c") },
      },
    };
    const ours = {
      ...moved,
      [`GET /git/commits/${sha("c")}`]: commitAnswer(sha("c"), sha("d"), [sha("a")]),
    };
    expect((await applied(ours, PUBLISH)).last).toMatchObject({
      outcome: "already",
      sha: sha("c"),
    });
    const others = {
      ...moved,
      [`GET /git/commits/${sha("c")}`]: commitAnswer(sha("c"), sha("d"), [sha("8")]),
    };
    expect((await applied(others, PUBLISH)).last).toMatchObject({
      cause: "refused-by-us",
      code: "claim-lost",
      did: "nothing",
    });
    const gone = { "GET /git/ref/heads/factory/3-1": reply(404, { message: "Not Found" }) };
    expect((await applied(gone, PUBLISH)).last).toHaveProperty(
      "reason",
      expect.stringContaining("not there"),
    );
  });

  test("a workflow file is GitHub's to refuse", async () => {
    const message =
      "refusing to allow a GitHub App to create or update workflow `.github/workflows/x.yml` without `workflows` permission";
    const { last } = await applied(
      { ...PUBLISHING, "POST /git/trees": reply(403, { message }) },
      PUBLISH,
    );
    expect(last).toMatchObject({ outcome: "refused", status: 403, reason: message });
  });
});

describe("open-pull-request", () => {
  test("opens with what the effect says and nothing else", async () => {
    const { api, last } = await applied(
      { "GET /pulls": [], "POST /pulls": reply(201, pullAnswer(4)) },
      OPEN,
    );
    expect(last).toMatchObject({ outcome: "done", number: 4 });
    expect(api.calls.at(-1)?.body).toEqual({
      title: "A title",
      body: "A body",
      head: "factory/3-1",
      base: "main",
    });
    expect(api.calls[0]?.path).toContain("head=OWNER:factory/3-1");
  });

  test("the branch's pull request is found again, also after a lost answer", async () => {
    expect((await applied({ "GET /pulls": [pullAnswer(4)] }, OPEN)).last).toMatchObject({
      outcome: "already",
      number: 4,
    });
    const lost = await applied(
      { "GET /pulls": steps([], [pullAnswer(4)]), "POST /pulls": "lost" },
      OPEN,
    );
    expect(lost.last).toMatchObject({ outcome: "done", number: 4 });
    expect(lost.writes).toHaveLength(1);
  });

  test("one of the branch that goes somewhere else is not taken for ours", async () => {
    const elsewhere = pullAnswer(4, { base: { ref: "release", sha: sha("a") } });
    const { last, writes } = await applied({ "GET /pulls": [elsewhere] }, OPEN);
    expect(last).toMatchObject({ cause: "refused-by-us", code: "effect-refused", did: "nothing" });
    expect(last).toHaveProperty("reason", "pull request 4 goes to release and not to main");
    expect(writes).toEqual([]);
  });

  test("the repository's setting is named in GitHub's words", async () => {
    const message = "GitHub Actions is not permitted to create or approve pull requests.";
    const { last } = await applied(
      { "GET /pulls": [], "POST /pulls": reply(403, { message }) },
      OPEN,
    );
    expect(last).toMatchObject({ outcome: "refused", status: 403, reason: message });
  });
});

describe("merge-pull-request", () => {
  const MODIFIED = { message: "Base branch was modified. Review and try the merge again." };
  const UNKNOWN = { message: "Pull Request is not mergeable" };
  const base = { ref: "refs/heads/main", object: { sha: sha("a") } };
  const merged = { merged: true, sha: sha("f") };

  test("passes the head, then looks at what was made", async () => {
    const { api, last } = await applied(MERGING, MERGE);
    expect(last).toMatchObject({ outcome: "done", sha: sha("f"), tree: sha("d") });
    expect(api.calls[1]?.body).toEqual({
      sha: sha("c"),
      merge_method: "merge",
      commit_title: "Merge it",
      commit_message: "",
    });
  });

  test.each<[string, object]>([
    ["another tree", commitAnswer(sha("f"), sha("9"), [sha("a"), sha("c")])],
    ["another first parent", commitAnswer(sha("f"), sha("d"), [sha("8"), sha("c")])],
    ["another head", commitAnswer(sha("f"), sha("d"), [sha("a"), sha("8")])],
  ])("%s in the merge is refused aloud", async (_title, commit) => {
    const { last } = await applied({ ...MERGING, [`GET /git/commits/${sha("f")}`]: commit }, MERGE);
    expect(last).toMatchObject({
      cause: "refused-by-us",
      code: "tree-mismatch",
      did: "something-else",
    });
    expect(last).toHaveProperty("reason", expect.stringContaining(`merged as ${sha("f")}, but`));
  });

  test("one that was pointed at another branch is not merged", async () => {
    const elsewhere = pullAnswer(4, { base: { ref: "release", sha: sha("a") } });
    const { last, writes } = await applied({ ...MERGING, "GET /pulls/4": elsewhere }, MERGE);
    expect(last).toMatchObject({ cause: "refused-by-us", code: "merge-refused", did: "nothing" });
    expect(writes).toEqual([]);
  });

  test("one that GitHub never answers is not called merged, nor another tree", async () => {
    const { last, writes } = await applied(
      { ...MERGING, "GET /git/ref/heads/main": base, "PUT /pulls/4/merge": "lost" },
      MERGE,
    );
    expect(last).toMatchObject({ outcome: "refused", cause: "no-answer" });
    expect(writes).toHaveLength(3);
  });

  test("an answer lost after the merge is found, and not merged twice", async () => {
    const merged = pullAnswer(4, { state: "closed", merged_at: "2026-11-02T09:00:00Z" });
    const { last, writes } = await applied(
      { ...MERGING, "GET /pulls/4": steps(pullAnswer(4), merged), "PUT /pulls/4/merge": "lost" },
      MERGE,
    );
    expect(last).toMatchObject({ outcome: "done", sha: sha("f") });
    expect(writes).toHaveLength(1);
    const again = await applied({ ...MERGING, "GET /pulls/4": merged }, MERGE);
    expect(again.last).toMatchObject({ outcome: "already", sha: sha("f") });
  });

  test.each<[string, ReturnType<typeof reply>, object]>([
    ["says that the base was modified", reply(405, MODIFIED), {}],
    ["says so with the status of before", reply(409, MODIFIED), {}],
    ["has not tried the merge yet", reply(405, UNKNOWN), { mergeable: null }],
  ])("is asked again where GitHub %s", async (_title, answer, more) => {
    const { last, api, writes } = await applied(
      {
        ...MERGING,
        "GET /pulls/4": pullAnswer(4, more),
        "GET /git/ref/heads/main": base,
        "PUT /pulls/4/merge": steps(answer, answer, merged),
      },
      MERGE,
    );
    expect(last).toMatchObject({ outcome: "done", sha: sha("f") });
    expect(writes).toHaveLength(3);
    // Each time the base is looked at before, and never before the first.
    expect(api.calls.filter(({ path }) => path.endsWith("/git/ref/heads/main"))).toHaveLength(2);
  });

  test("is asked again for a bounded time, and told in GitHub's words", async () => {
    const { last, writes } = await applied(
      {
        ...MERGING,
        "GET /git/ref/heads/main": base,
        "PUT /pulls/4/merge": reply(405, MODIFIED),
      },
      MERGE,
    );
    expect(last).toMatchObject({ outcome: "refused", status: 405, reason: MODIFIED.message });
    expect(writes).toHaveLength(6);
  });

  test("is not asked again where the base has really moved", async () => {
    const { last, writes } = await applied(
      {
        ...MERGING,
        "GET /git/ref/heads/main": { ...base, object: { sha: sha("9") } },
        "PUT /pulls/4/merge": reply(405, MODIFIED),
      },
      MERGE,
    );
    expect(last).toMatchObject({ cause: "refused-by-us", code: "merge-refused", did: "nothing" });
    expect(last).toHaveProperty("reason", expect.stringContaining(`main is at ${sha("9")} now`));
    expect(writes).toHaveLength(1);
  });

  test.each([
    [409, "Head branch was modified. Review and try the merge again."],
    [405, "Pull Request is not mergeable"],
  ])("%d is a refusal, asked once", async (status, message) => {
    const { last, writes } = await applied(
      { ...MERGING, "PUT /pulls/4/merge": reply(status, { message }) },
      MERGE,
    );
    expect(last).toMatchObject({ outcome: "refused", status, reason: message });
    expect(writes).toHaveLength(1);
  });
});

describe("write-check-run", () => {
  const run = { id: 5, name: CHECK.name, external_id: CHECK.key, conclusion: "success" };

  test("creates, finds again by key, corrects", async () => {
    const list = `GET /commits/${sha("c")}/check-runs`;
    const fresh = await applied(
      { [list]: { check_runs: [{ ...run, external_id: "another" }] }, "POST /check-runs": run },
      CHECK,
    );
    expect(fresh.last).toMatchObject({ outcome: "done", number: 5 });
    const again = await applied({ [list]: { check_runs: [run] } }, CHECK);
    expect(again.last?.outcome).toBe("already");
    const changed = await applied(
      { [list]: { check_runs: [{ ...run, conclusion: "failure" }] }, "PATCH /check-runs/5": {} },
      CHECK,
    );
    expect(changed.writes).toEqual(["PATCH /check-runs/5"]);
  });

  const marked = (count: number) => ({
    ...CHECK,
    annotations: Array.from({ length: count }, (_, index) => ({
      path: "src/quote.ts",
      line: index + 1,
      level: "warning" as const,
      message: "odd",
    })),
  });
  const list = `GET /commits/${sha("c")}/check-runs`;

  test.each([
    [0, 0],
    [50, 0],
    [51, 1],
    [100, 1],
    [101, 2],
  ])("marks %i places, fifty in each request: %i more", async (count, more) => {
    const answers = {
      [list]: { check_runs: [] },
      "POST /check-runs": run,
      "PATCH /check-runs/5": {},
    };
    const { last, writes } = await applied(answers, marked(count));
    expect(last).toMatchObject({ outcome: "done", number: 5 });
    expect(writes).toEqual(["POST /check-runs", ...Array(more).fill("PATCH /check-runs/5")]);
  });

  test.each([
    ["half of which a run that died has marked", 50, 1],
    ["all of which are marked", 100, 0],
  ])("adds to a check run with places, %s", async (_what, counted, more) => {
    const known = { ...run, output: { annotations_count: counted } };
    const answers = { [list]: { check_runs: [known] }, "PATCH /check-runs/5": {} };
    const { last, writes } = await applied(answers, marked(100));
    expect(last?.outcome).toBe("already");
    expect(writes).toHaveLength(more);
  });
});

describe("dispatch-workflow", () => {
  const RUNS = "GET /actions/workflows/factory.yml/runs";
  const RING = "POST /actions/workflows/factory.yml/dispatches";
  const runs = (id: number) => ({
    workflow_runs: [{ id, created_at: "2026-11-02T08:00:00Z", head_sha: sha("f") }],
  });

  test("rings once; a lost answer is looked for before another ring", async () => {
    const rung = await applied({ [RUNS]: runs(1), [RING]: reply(204, null) }, DISPATCH);
    expect(rung.last?.outcome).toBe("done");
    const heard = await applied({ [RUNS]: steps(runs(1), runs(2)), [RING]: "lost" }, DISPATCH);
    expect(heard.writes).toHaveLength(1);
    const unheard = await applied(
      { [RUNS]: runs(1), [RING]: steps("lost", reply(204, null)) },
      DISPATCH,
    );
    expect(unheard.writes).toHaveLength(2);
  });

  test("what is rung for about a commit is not rung for again where it runs there", async () => {
    const about = { ...DISPATCH, once: sha("c") };
    const there = await applied({ [RUNS]: runs(1) }, about);
    expect(there.last?.outcome).toBe("already");
    expect(there.writes).toEqual([]);
    const none = { workflow_runs: [] };
    const rung = await applied({ [RUNS]: steps(none, runs(1)), [RING]: reply(204, null) }, about);
    expect(rung.last?.outcome).toBe("done");
    expect(rung.writes).toHaveLength(1);
  });

  test("a workflow that cannot be rung is a refusal", async () => {
    const message = "Workflow does not have 'workflow_dispatch' trigger";
    const { last } = await applied({ [RUNS]: runs(1), [RING]: reply(422, { message }) }, DISPATCH);
    expect(last).toMatchObject({ outcome: "refused", status: 422, reason: message });
  });
});

describe("issues", () => {
  test("close-issue closes once", async () => {
    const closed = issueAnswer(3, { state: "closed" });
    const { api } = await applied(
      { "GET /issues/3": issueAnswer(3), "PATCH /issues/3": closed },
      CLOSE,
    );
    expect(api.calls.at(-1)?.body).toEqual({ state: "closed", state_reason: "completed" });
    expect((await applied({ "GET /issues/3": closed }, CLOSE)).last?.outcome).toBe("already");
  });

  test("open-issue is found again by author and last line", async () => {
    const ours = issueAnswer(9, { user: SELF, body: "It did.\r\n\r\nFingerprint: smoke" });
    const theirs = issueAnswer(8, { body: "Fingerprint: smoke" });
    const fresh = await applied({ "GET /issues": [theirs], "POST /issues": ours }, ISSUE);
    expect(fresh.last).toMatchObject({ outcome: "done", number: 9 });
    expect(fresh.api.calls.at(-1)?.body).toEqual({
      title: "Smoke failed",
      body: "It did.\n\nFingerprint: smoke\n",
      labels: ["factory:andon"],
    });
    expect((await applied({ "GET /issues": [theirs, ours] }, ISSUE)).last).toMatchObject({
      outcome: "already",
      number: 9,
    });
  });
});

describe("refusals", () => {
  const denied = { message: "Resource not accessible by integration" };

  test.each<[Effect, Script, string]>([
    [
      COMMENT,
      { "GET /issues/3/comments": [], "POST /issues/3/comments": reply(403, denied) },
      "issues: write",
    ],
    [
      CLAIM,
      {
        "POST /git/refs": reply(403, denied, { "x-accepted-github-permissions": "contents=write" }),
      },
      "contents: write",
    ],
    [
      OPEN,
      {
        "GET /pulls": [],
        "POST /pulls": reply(403, denied, {
          "x-accepted-github-permissions": "pull_requests=write",
        }),
      },
      "pull-requests: write",
    ],
    [
      CHECK,
      {
        [`GET /commits/${sha("c")}/check-runs`]: { check_runs: [] },
        "POST /check-runs": reply(403, denied),
      },
      "checks: write",
    ],
  ])("%# a missing permission is named", async (effect, script, permission) => {
    const { last } = await applied(script, effect);
    expect(last).toEqual({
      kind: effect.kind,
      key: effect.key,
      outcome: "refused",
      cause: "refused-by-github",
      status: 403,
      reason: `Resource not accessible by integration: the job needs the permission "${permission}"`,
    });
  });

  test("nothing is done after a refusal", async () => {
    const { receipts, api } = await applied(
      { "POST /git/refs": reply(403, denied) },
      CLAIM,
      COMMENT,
      LABELS,
    );
    expect(receipts.map(({ outcome }) => outcome)).toEqual(["refused"]);
    expect(api.calls).toHaveLength(1);
  });

  test("details are told, long reasons shortened", async () => {
    const body = {
      message: "Validation Failed",
      errors: [{ message: "body is too long" }, "x ".repeat(400)],
    };
    const { last } = await applied(
      { "GET /issues/3/comments": [], "POST /issues/3/comments": reply(422, body) },
      COMMENT,
    );
    expect(last).toMatchObject({ outcome: "refused", status: 422 });
    const reason = last !== undefined && "reason" in last ? last.reason : "";
    expect(reason).toMatch(/^Validation Failed; body is too long; x x .*…$/);
    expect(reason).toHaveLength(300);
  });

  test("silence is a refusal too, after three tries", async () => {
    const { last, writes } = await applied(
      { "GET /issues/3/comments": [], "POST /issues/3/comments": "lost" },
      COMMENT,
    );
    expect(last).toMatchObject({ outcome: "refused", cause: "no-answer" });
    expect(writes).toHaveLength(3);
  });
});

test("requests and writes are counted", async () => {
  const { api } = await applied(PUBLISHING, PUBLISH);
  expect(api.github.count()).toEqual({ requests: 6, writes: 4 });
});

test("a repository is OWNER/NAME", () => {
  expect(() =>
    createGitHub({
      token: "t",
      repository: "millwright",
      apiUrl: "http://127.0.0.1:9",
      identity: SELF,
    }),
  ).toThrow(/expected OWNER\/NAME, found "millwright"/);
});
