import { describe, expect, test } from "vitest";
import type { ChangeSet } from "../../../src/domain/change-set.ts";
import type { Effect } from "../../../src/domain/github/effect.ts";
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
} from "./scripted-api.ts";

const BRANCH = "factory/3-1";
const changeSet: ChangeSet = {
  base: sha("a"),
  files: [{ path: "a.ts", mode: "100644", encoding: "utf-8", content: "1\n" }],
};
const PUBLISH: Effect = {
  kind: "publish-commit",
  key: "publish",
  branch: BRANCH,
  changeSet,
  expectedTree: sha("d"),
  message: "Change",
};
const OPEN: Effect = {
  kind: "open-pull-request",
  key: "pull",
  head: BRANCH,
  base: "main",
  title: "t",
  body: "b",
};
const CHECK: Effect = {
  kind: "write-check-run",
  key: "check",
  name: "factory/gate",
  sha: sha("e"),
  conclusion: "success",
  title: "t",
  summary: "s",
};
const CHECK_OF_BASE: Effect = { ...CHECK, sha: sha("a") };
const MERGE: Effect = {
  kind: "merge-pull-request",
  key: "merge",
  pullRequest: 4,
  base: "main",
  sha: sha("c"),
  title: "t",
  message: "m",
  expectedTree: sha("d"),
  expectedParent: sha("a"),
};

function comment(text: string): Effect {
  const body = `**Contract**\n\n${text}`;
  return {
    kind: "write-comment",
    key: text,
    issue: 3,
    marker: "**Contract**",
    body,
    comment: null,
  };
}

/** An issue of the owner's own, with a claimed branch at the head. */
const LOOKED: Script = {
  ...REPOSITORY,
  "GET /": { ...(REPOSITORY["GET /"] as object), owner: PERSON },
  "GET /issues/3": issueAnswer(3),
  "GET /issues/3/comments": [commentAnswer(1, PERSON, "**Contract**\n\nbait")],
  "GET /git/matching-refs/heads/factory/": [
    { ref: `refs/heads/${BRANCH}`, object: { sha: sha("a") } },
  ],
  "GET /pulls": [],
};
const WRITES: Script = {
  "POST /git/trees": { sha: sha("d") },
  "POST /git/commits": commitAnswer(sha("e"), sha("d"), [sha("a")]),
  [`PATCH /git/refs/heads/${BRANCH}`]: { ref: `refs/heads/${BRANCH}`, object: { sha: sha("e") } },
  "POST /pulls": pullAnswer(4),
  [`GET /commits/${sha("a")}/check-runs`]: { check_runs: [] },
  "POST /check-runs": {
    id: 9,
    name: "factory/gate",
    conclusion: "success",
    html_url: "https://github.com/OWNER/millwright/runs/9",
  },
  "POST /issues/3/comments": commentAnswer(7, SELF, "**Contract**\n\none"),
  "PATCH /issues/comments/7": commentAnswer(7, SELF, "**Contract**\n\ntwo"),
  "PATCH /issues/3": issueAnswer(3, { state: "closed" }),
};

/** What was asked of GitHub behind a look at issue 3, and what came of it. */
async function afterLook(script: Script, ...batches: readonly (readonly Effect[])[]) {
  const api = scriptedApi({ ...LOOKED, ...WRITES, ...script });
  await api.github.observe({ prefix: "factory:", issues: [3] });
  const looked = api.names().length;
  const receipts = [];
  for (const effects of batches) receipts.push(...(await api.github.apply(effects)));
  return { asked: api.names().slice(looked), receipts };
}

describe("what a look has shown is not asked again", () => {
  test("to publish, open and mark: one request for each thing that is made", async () => {
    const { asked, receipts } = await afterLook({}, [PUBLISH, OPEN, CHECK]);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(["done", "done", "done"]);
    expect(asked).toEqual([
      "POST /git/trees",
      "POST /git/commits",
      `PATCH /git/refs/heads/${BRANCH}`,
      "POST /graphql",
      "POST /check-runs",
    ]);
  });

  test("to write a comment, and to write it anew in the same job", async () => {
    const { asked, receipts } = await afterLook({}, [comment("one")], [comment("two")]);
    expect(asked).toEqual(["POST /graphql", "POST /graphql"]);
    expect(receipts).toMatchObject([{ number: 7 }, { number: 7 }]);
  });

  test("to find a comment that is there already", async () => {
    const own = commentAnswer(7, SELF, "**Contract**\r\n\r\none\r\n");
    const script = { "GET /issues/3/comments": [own] };
    const same = await afterLook(script, [comment("one")]);
    expect([same.asked, same.receipts]).toMatchObject([[], [{ outcome: "already", number: 7 }]]);
    const other = await afterLook(script, [comment("two")]);
    expect(other.asked).toEqual(["POST /graphql"]);
    expect(other.receipts).toMatchObject([{ outcome: "done", number: 7 }]);
  });

  test("to set labels right behind a comment: what somebody put there meanwhile stays", async () => {
    const written: unknown[] = [];
    const keep = (body: unknown) => {
      written.push(body);
      return [];
    };
    const script: Script = {
      "GET /issues/3/labels": ["factory:queued", "factory:andon"].map((name) => ({ name })),
      "POST /issues/3/labels": keep,
      "PUT /issues/3/labels": keep,
    };
    const labels: Effect = {
      kind: "set-labels",
      key: "labels",
      issue: 3,
      add: ["factory:ready"],
      remove: ["Factory:Queued"],
    };
    const { asked, receipts } = await afterLook(script, [comment("one"), labels]);
    expect([asked, receipts]).toMatchObject([
      ["POST /graphql"],
      [{ number: 7 }, { outcome: "done" }],
    ]);
    expect(written).toEqual([{ labels: ["factory:ready"] }, { labels: ["factory:andon"] }]);
    const later = await afterLook(script, [comment("one"), CHECK_OF_BASE, labels]);
    expect(later.asked.at(-1)).toBe("POST /graphql");
    const alone = await afterLook(script, [labels]);
    expect(alone.asked).toEqual(["POST /graphql"]);
  });

  /** Publishes, looks again and then marks and merges, as a job does whose merge has this tree. */
  async function merging(tree: string, script: Script = {}, behind: readonly Effect[] = []) {
    const merged = { merged_at: "2026-11-02T08:00:00Z", merge_commit_sha: sha("f") };
    const refs = (at: string) => [{ ref: `refs/heads/${BRANCH}`, object: { sha: at } }];
    const api = scriptedApi({
      ...LOOKED,
      ...WRITES,
      "GET /git/matching-refs/heads/factory/": steps(refs(sha("a")), refs(sha("e"))),
      "GET /pulls": steps([], [pullAnswer(4)]),
      "GET /pulls/4": pullAnswer(4, merged),
      "PUT /pulls/4/merge": { merged: true, sha: sha("f") },
      [`GET /git/commits/${sha("f")}`]: commitAnswer(sha("f"), tree, [sha("a"), sha("c")]),
      ...script,
    });
    await api.github.observe({ prefix: "factory:", issues: [3] });
    await api.github.apply([PUBLISH]);
    await api.github.observe({ prefix: "factory:", issues: [3] });
    const before = api.names().length;
    const receipts = [
      ...(await api.github.apply([CHECK, MERGE])),
      ...(behind.length === 0 ? [] : await api.github.apply(behind)),
    ];
    return { receipts, asked: api.names().slice(before) };
  }

  describe("to deploy what was merged here: nobody can have rung for it before", () => {
    const RING = "POST /actions/workflows/deploy.yml/dispatches";
    const RUNS = "GET /actions/workflows/deploy.yml/runs";
    const deploy: Effect = {
      kind: "dispatch-workflow",
      key: "deploy",
      workflow: "deploy.yml",
      ref: "main",
      inputs: {},
      once: sha("f"),
    };
    const run = (at: string, head: string) => ({
      workflow_runs: [{ id: 5, created_at: at, head_sha: sha(head) }],
    });

    test("one request", async () => {
      const { asked, receipts } = await merging(sha("d"), { [RING]: reply(204, null) }, [deploy]);
      expect(asked).toEqual(["POST /graphql", RING]);
      expect(receipts.at(-1)).toMatchObject({ outcome: "done" });
    });

    test.each([
      ["of that second at the commit is the ring", run("2026-11-02T08:00:00Z", "f"), 1],
      [
        "of a later second is the ring, wherever main is by then",
        run("2026-11-02T08:00:01Z", "b"),
        1,
      ],
      ["of that second at another commit may be older", run("2026-11-02T08:00:00Z", "a"), 2],
      ["of before is none", run("2026-11-02T07:59:59Z", "f"), 2],
      ["that is not there is none", { workflow_runs: [] }, 2],
    ])("after an answer that was lost a run %s", async (_, runs, rings) => {
      const script = { [RING]: steps("lost", reply(204, null)), [RUNS]: runs };
      const { asked, receipts } = await merging(sha("d"), script, [deploy]);
      expect(asked.filter((name) => name === RING)).toHaveLength(rings);
      expect(receipts.at(-1)).toMatchObject({ outcome: "done" });
    });
  });

  describe("to ring behind a comment: its answer tells GitHub's time", () => {
    const RING = "POST /actions/workflows/factory.yml/dispatches";
    const RUNS = "GET /actions/workflows/factory.yml/runs";
    const ring: Effect = {
      kind: "dispatch-workflow",
      key: "ring",
      workflow: "factory.yml",
      ref: "main",
      inputs: { issue: "3" },
    };
    const run = (at: string) => ({
      workflow_runs: [{ id: 5, created_at: at, head_sha: sha("a") }],
    });

    test("one request", async () => {
      const { asked } = await afterLook({ [RING]: reply(204, null) }, [comment("one"), ring]);
      expect(asked).toEqual(["POST /graphql", RING]);
    });

    test.each([
      ["since is the ring", 1, "2027-01-01T00:00:00Z"],
      [
        "of that second or before may be another's: a ring too many is harmless",
        2,
        "2026-01-01T00:00:00Z",
      ],
    ])("after an answer that was lost a run from %s", async (_, rings, at) => {
      const script = { [RING]: steps("lost", reply(204, null)), [RUNS]: run(at) };
      const { asked, receipts } = await afterLook(script, [comment("one"), ring]);
      expect(asked.filter((name) => name === RING)).toHaveLength(rings);
      expect(receipts.at(-1)).toMatchObject({ outcome: "done" });
    });
  });

  test("to mark and to merge: one document, whose answer shows the merge", async () => {
    const { asked, receipts } = await merging(sha("d"));
    expect(receipts).toMatchObject([
      { outcome: "done", number: 9 },
      { outcome: "done", sha: sha("f"), tree: sha("d") },
    ]);
    expect(asked).toEqual(["POST /graphql"]);
  });

  test("and a merge that is not what was verified is told so", async () => {
    expect((await merging(sha("9"))).receipts).toMatchObject([
      { outcome: "done" },
      { cause: "refused-by-us", code: "tree-mismatch", did: "something-else" },
    ]);
  });

  test("to close an issue", async () => {
    const close: Effect = { kind: "close-issue", key: "close", issue: 3 };
    expect((await afterLook({}, [close])).asked).toEqual(["PATCH /issues/3"]);
    const closed = { "GET /issues/3": issueAnswer(3, { state: "closed" }) };
    const { asked, receipts } = await afterLook(closed, [close]);
    expect([asked, receipts]).toMatchObject([[], [{ outcome: "already" }]]);
  });
});

describe("GraphQL's no", () => {
  test.each([
    [403, "Resource not accessible by integration", 403, "issues: write"],
    [404, "Not Found", 404, "Not Found"],
    [422, "body is too long", 422, "body is too long"],
  ])("of a comment is told as REST tells it: %d", async (status, message, told, reason) => {
    const refused = reply(status, { message });
    const { receipts } = await afterLook({ "POST /issues/3/comments": refused }, [comment("one")]);
    expect(receipts).toMatchObject([
      { outcome: "refused", status: told, reason: expect.stringContaining(reason) },
    ]);
  });
});

describe("GitHub is asked again", () => {
  test("after an answer that was lost", async () => {
    const written = [commentAnswer(7, SELF, "**Contract**\n\none")];
    const { asked, receipts } = await afterLook(
      {
        "GET /issues/3/comments": steps([], [], written),
        "POST /issues/3/comments": "lost",
      },
      [comment("one")],
    );
    expect(receipts).toMatchObject([{ outcome: "done", number: 7 }]);
    expect(asked.filter((name) => name.startsWith("GET"))).not.toEqual([]);
    const pulls = await afterLook(
      { "POST /pulls": "lost", "GET /pulls": steps([], [pullAnswer(4)]) },
      [OPEN],
    );
    expect(pulls.receipts).toMatchObject([{ outcome: "done", number: 4 }]);
    const run = { id: 9, name: "factory/gate", external_id: "check", conclusion: "success" };
    const checks = { [`GET /commits/${sha("e")}/check-runs`]: { check_runs: [run] } };
    const lost = await afterLook({ ...checks, "POST /check-runs": "lost" }, [PUBLISH, CHECK]);
    expect(lost.receipts).toMatchObject([{ outcome: "done" }, { outcome: "done", number: 9 }]);
  });

  test("where a branch does not take the commit: by us already, or by somebody else", async () => {
    const refused = reply(422, { message: "Update is not a fast forward" });
    const moved = (tree: string) => ({
      [`PATCH /git/refs/heads/${BRANCH}`]: refused,
      [`GET /git/ref/heads/${BRANCH}`]: { ref: `refs/heads/${BRANCH}`, object: { sha: sha("f") } },
      [`GET /git/commits/${sha("f")}`]: commitAnswer(sha("f"), tree, [sha("a")]),
    });
    const ours = await afterLook(moved(sha("d")), [PUBLISH]);
    expect(ours.receipts).toMatchObject([{ outcome: "already", sha: sha("f") }]);
    const theirs = await afterLook(moved(sha("9")), [PUBLISH]);
    expect(theirs.receipts).toMatchObject([{ outcome: "refused", code: "claim-lost" }]);
    const gone = { [`GET /git/ref/heads/${BRANCH}`]: reply(404, { message: "Not Found" }) };
    const lost = await afterLook({ ...moved(""), ...gone }, [PUBLISH]);
    expect(lost.receipts).toMatchObject([{ outcome: "refused", code: "claim-lost" }]);
  });

  test("about an issue that was not looked at, and a commit that is not of this job", async () => {
    const none: Script = {
      "GET /issues/9": issueAnswer(9, { state: "closed" }),
      [`GET /commits/${sha("e")}/check-runs`]: { check_runs: [] },
    };
    const close: Effect = { kind: "close-issue", key: "close", issue: 9 };
    const { asked } = await afterLook(none, [close, CHECK]);
    expect(asked).toEqual([
      "GET /issues/9",
      `GET /commits/${sha("e")}/check-runs`,
      "POST /check-runs",
    ]);
  });

  test("before a merge, where the look does not show it open, or something was written since", async () => {
    const merged = { merged: true, sha: sha("f") };
    const script: Script = {
      "GET /git/matching-refs/heads/factory/": [
        { ref: `refs/heads/${BRANCH}`, object: { sha: sha("c") } },
      ],
      "GET /pulls": [pullAnswer(4)],
      "GET /pulls/4": pullAnswer(4),
      "PUT /pulls/4/merge": merged,
      [`GET /git/commits/${sha("f")}`]: commitAnswer(sha("f"), sha("d"), [sha("a"), sha("c")]),
    };
    const asserted = ["PUT /pulls/4/merge", `GET /git/commits/${sha("f")}`];
    expect((await afterLook(script, [MERGE])).asked).toEqual(asserted);
    const late = await afterLook(script, [comment("one"), MERGE]);
    expect(late.asked.slice(1)).toEqual(["GET /pulls/4", ...asserted]);
    const elsewhere = pullAnswer(4, { base: { ref: "next", sha: sha("a") } });
    const moved = { ...script, "GET /pulls": [elsewhere], "GET /pulls/4": elsewhere };
    const { asked, receipts } = await afterLook(moved, [MERGE]);
    expect([asked, receipts]).toMatchObject([["GET /pulls/4"], [{ code: "merge-refused" }]]);
  });
});
