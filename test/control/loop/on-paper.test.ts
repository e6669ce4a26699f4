import { describe, expect, test } from "vitest";
import {
  approvalTaken,
  createStagedGitHub,
  eventOf,
} from "../../../src/control/loop/staged-github.ts";
import {
  asIfQueued,
  carryOut,
  type Staged,
  standIn,
} from "../../../src/control/loop/staged-world.ts";
import type { ControlInput } from "../../../src/control/observed/situation.ts";
import type { Actor } from "../../../src/domain/actor.ts";
import { digestOf } from "../../../src/domain/digest.ts";
import type { Effect, EffectOf } from "../../../src/domain/github/effect.ts";
import type { Receipt } from "../../../src/domain/github/receipt.ts";
import type { Snapshot } from "../../../src/domain/github/snapshot.ts";
import type { GitHub } from "../../../src/ports/github.ts";

const FIRST = 9_000_000_000_000;
const NOW = "2026-11-20T09:00:00Z";
const BEFORE = "2026-11-20T08:00:00Z";
const HEAD = "a".repeat(40);
const TREE = "b".repeat(40);
const SELF: Actor = { id: 99, login: "bot", type: "Bot" };
const ADA: Actor = { id: 4, login: "ada", type: "User" };

const EMPTY: Staged = {
  version: 1,
  runId: 1,
  comments: [],
  labels: { added: [], removed: [] },
  branches: [],
  awaitsApproval: false,
  pullRequests: [],
  closed: false,
  ids: 0,
};

const LIVE = {
  id: 8,
  author: { ...SELF, permission: "none" },
  body: "### Millwright · ledger\r\none",
  createdAt: BEFORE,
  updatedAt: BEFORE,
  url: "https://example.com/8",
} as const;

function snapshotOf(parts: {
  readonly labels?: readonly string[];
  readonly comments?: Snapshot["issues"][number]["comments"];
  readonly permissions?: Snapshot["permissions"];
}): Snapshot {
  return {
    repository: { head: HEAD, defaultBranch: "main" },
    issues: [
      {
        issue: { number: 3, state: "open", labels: parts.labels ?? [] },
        comments: parts.comments ?? [LIVE],
        branches: [{ name: "factory/3-1", sha: HEAD }],
      },
    ],
    pullRequests: [],
    permissions: parts.permissions ?? { ada: "write" },
  } as unknown as Snapshot;
}

/** Carries effects out one after the other, and shows the world as it would stand. */
function play(effects: readonly Effect[], seen = snapshotOf({}), begin = EMPTY) {
  let staged = begin;
  const receipts: Receipt[] = [];
  for (const effect of effects) {
    const carried = carryOut(staged, effect, { now: NOW, self: SELF, seen });
    staged = carried.staged;
    receipts.push(carried.receipt);
  }
  const world = standIn(seen, staged);
  const [issue] = world.issues;
  if (issue === undefined) throw new Error("there is one issue");
  return { staged, receipts, world, issue };
}

const comment = (parts: Partial<EffectOf<"write-comment">>): EffectOf<"write-comment"> => ({
  kind: "write-comment",
  key: "k",
  issue: 3,
  marker: "### Millwright · contract",
  body: "### Millwright · contract\ntwo",
  comment: null,
  ...parts,
});
const labels = (add: readonly string[], remove: readonly string[]): Effect => ({
  kind: "set-labels",
  key: "k",
  issue: 3,
  add,
  remove,
});

describe("a comment on paper", () => {
  test("is a new one where none of ours begins like it, and the next gets another id", () => {
    const other = comment({
      marker: "### Millwright · questions",
      body: "### Millwright · questions",
    });
    const { receipts, issue, staged } = play([comment({}), other]);
    expect(receipts).toEqual([
      { kind: "write-comment", key: "k", outcome: "done", number: FIRST },
      { kind: "write-comment", key: "k", outcome: "done", number: FIRST + 1 },
    ]);
    expect(issue.comments).toEqual([
      LIVE,
      {
        id: FIRST,
        author: { ...SELF, permission: "none" },
        body: "### Millwright · contract\ntwo",
        createdAt: NOW,
        updatedAt: NOW,
        url: "",
      },
      expect.objectContaining({ id: FIRST + 1 }),
    ]);
    expect(staged.ids).toBe(2);
  });

  test.each<readonly [string, Partial<EffectOf<"write-comment">>]>([
    ["named by its id", { comment: 8 }],
    ["begins with the marker", { marker: "### Millwright · ledger" }],
  ])("is the live one, edited, that %s", (_, parts) => {
    const { receipts, issue, staged } = play([comment({ ...parts, body: "new" })]);
    expect(receipts).toMatchObject([{ number: 8 }]);
    expect(issue.comments).toEqual([{ ...LIVE, body: "new", updatedAt: NOW }]);
    expect(staged.ids).toBe(0);
  });

  test("is not that of a person who begins like it, nor another one when an id is named", () => {
    const marker = "### Millwright · ledger";
    const persons = { ...LIVE, id: 7, author: { ...ADA, permission: "write" as const } };
    const mine = { ...LIVE, id: 6 };
    const seen = snapshotOf({ comments: [persons, mine, LIVE] });
    expect(play([comment({ marker })], seen).receipts).toMatchObject([{ number: 6 }]);
    expect(play([comment({ marker, comment: 8 })], seen).receipts).toMatchObject([{ number: 8 }]);
  });

  test("written twice stands once", () => {
    const { issue } = play([comment({}), comment({ body: "### Millwright · contract\nthree" })]);
    expect(issue.comments.map(({ id, body }) => [id, body])).toEqual([
      [8, LIVE.body],
      [FIRST, "### Millwright · contract\nthree"],
    ]);
  });

  test("has its author's permission from GitHub", () => {
    const said = { id: FIRST, author: ADA, body: "x", createdAt: NOW, updatedAt: NOW };
    const live = { ...LIVE, author: { ...SELF, permission: "admin" as const } };
    const edited = { ...said, id: 8, author: SELF };
    const world = (permissions: Snapshot["permissions"]) =>
      standIn(snapshotOf({ comments: [live], permissions }), {
        ...EMPTY,
        comments: [said, edited],
      });
    const seen = (permissions: Snapshot["permissions"]) =>
      world(permissions).issues[0]?.comments.map(({ author, url }) => [author.permission, url]);
    expect(seen({ ada: "write" })).toEqual([
      ["write", ""],
      ["admin", LIVE.url],
    ]);
    expect(seen({})).toEqual([
      ["none", ""],
      ["admin", LIVE.url],
    ]);
  });
});

describe("labels on paper", () => {
  test.each<readonly [string, readonly Effect[], readonly string[]]>([
    ["added", [labels(["b"], [])], ["A", "b"]],
    ["removed, whatever their case", [labels([], ["a"])], []],
    ["put in the place of another", [labels(["b"], ["a"])], ["b"]],
    ["added that are there", [labels(["a"], [])], ["a"]],
    ["added and removed again", [labels(["b"], []), labels([], ["B"])], ["A"]],
    ["removed and added again", [labels([], ["a"]), labels(["A"], [])], ["A"]],
    ["added twice", [labels(["b"], []), labels(["B", "c"], [])], ["A", "B", "c"]],
    ["added one by one", [labels(["b"], []), labels(["c"], [])], ["A", "b", "c"]],
  ])("%s", (_, effects, shown) => {
    expect(play(effects, snapshotOf({ labels: ["A"] })).issue.issue.labels).toEqual(shown);
  });

  test("are handed on as what was added and what was removed", () => {
    const steps = [labels(["b"], ["A"]), labels(["c"], ["B"]), labels(["d"], ["a"])];
    expect(play(steps).staged.labels).toEqual({ added: ["c", "d"], removed: ["B", "a"] });
    expect(play([labels([], ["x"]), labels(["X"], [])]).staged.labels).toEqual({
      added: ["X"],
      removed: [],
    });
  });
});

describe("a branch on paper", () => {
  const claim = (branch: string): Effect => ({ kind: "claim-branch", key: "k", branch, sha: TREE });
  const publish: EffectOf<"publish-commit"> = {
    kind: "publish-commit",
    key: "publish",
    branch: "factory/3-2",
    changeSet: { base: HEAD, files: [] },
    expectedTree: TREE,
    message: "",
  };
  const made = `57a6ed${digestOf("publish")}`.slice(0, 40);

  test("is claimed where nobody holds it, and moves with the commit", () => {
    expect(play([claim("factory/3-1")])).toMatchObject({
      receipts: [{ kind: "claim-branch", key: "k", outcome: "already" }],
      issue: { branches: [{ name: "factory/3-1", sha: HEAD }] },
    });
    const claimed = play([claim("factory/3-2")]);
    expect(claimed.receipts).toEqual([{ kind: "claim-branch", key: "k", outcome: "done" }]);
    expect(claimed.issue.branches).toEqual([
      { name: "factory/3-1", sha: HEAD },
      { name: "factory/3-2", sha: TREE },
    ]);
    const { receipts, issue } = play([claim("factory/3-2"), publish]);
    expect(receipts[1]).toEqual({
      kind: "publish-commit",
      key: "publish",
      outcome: "done",
      sha: made,
      tree: TREE,
    });
    expect(issue.branches.slice(1)).toEqual([{ name: "factory/3-2", sha: made }]);
  });

  const open: Effect = {
    kind: "open-pull-request",
    key: "open",
    head: "factory/3-2",
    base: "main",
    title: "Greet",
    body: "by name",
  };
  const pull = {
    number: FIRST,
    head: { branch: "factory/3-2", sha: made },
    base: { branch: "main", sha: HEAD },
    state: "open",
    merged: false,
    mergeSha: null,
    mergedBy: null,
    body: "by name",
    url: "",
  };

  test("has a pull request, which is merged by its number", () => {
    const { receipts, world } = play([publish, open]);
    expect(receipts[1]).toEqual({
      kind: "open-pull-request",
      key: "open",
      outcome: "done",
      number: FIRST,
    });
    expect(world.pullRequests).toEqual([pull]);
    const merge = (pullRequest: number): Effect => ({
      kind: "merge-pull-request",
      key: "merge",
      pullRequest,
      base: "main",
      sha: made,
      title: "",
      message: "",
      expectedTree: TREE,
      expectedParent: HEAD,
    });
    const mergeSha = `57a6ed${digestOf("merge")}`.slice(0, 40);
    const merged = play([publish, open, open, merge(FIRST + 1)]);
    expect(merged.receipts[3]).toEqual({
      kind: "merge-pull-request",
      key: "merge",
      outcome: "done",
      sha: mergeSha,
      tree: TREE,
    });
    expect(merged.world.pullRequests).toEqual([
      pull,
      { ...pull, number: FIRST + 1, state: "closed", merged: true, mergeSha },
    ]);
  });

  test("is told from another one on paper, and a pull request from a live one", () => {
    const seen = { ...snapshotOf({}), pullRequests: [{ ...pull, number: 5 } as never] };
    const { issue, world } = play([claim("factory/3-4"), publish, open], seen);
    expect(issue.branches.map(({ name }) => name)).toEqual([
      "factory/3-1",
      "factory/3-4",
      "factory/3-2",
    ]);
    expect(world.pullRequests).toEqual([{ ...pull, number: 5 }, pull]);
  });

  test("that was never made on paper stands at the head", () => {
    expect(play([open]).world.pullRequests[0]?.head.sha).toBe(HEAD);
  });
});

test("what is only told is answered, and an issue is closed on paper", () => {
  const { receipts, issue, staged } = play([
    { kind: "open-issue", key: "k", marker: "", title: "", body: "", labels: [] },
    {
      kind: "write-check-run",
      key: "k",
      name: "",
      sha: HEAD,
      conclusion: "neutral",
      title: "",
      summary: "",
    },
    { kind: "dispatch-workflow", key: "k", workflow: "", ref: "", inputs: {} },
    { kind: "close-issue", key: "k", issue: 3 },
  ]);
  expect(receipts).toEqual([
    { kind: "open-issue", key: "k", outcome: "done", number: FIRST },
    { kind: "write-check-run", key: "k", outcome: "done", number: FIRST + 1 },
    { kind: "dispatch-workflow", key: "k", outcome: "done" },
    { kind: "close-issue", key: "k", outcome: "done" },
  ]);
  expect(issue.issue.state).toBe("closed");
  expect(staged.ids).toBe(1);
  expect(play([]).issue.issue.state).toBe("open");
});

test.each<readonly [Effect["kind"], Effect]>(
  (
    [
      { kind: "update-pull-request", key: "k", pullRequest: 5, title: "new", body: "new" },
      { kind: "answer-thread", key: "k", pullRequest: 5, thread: 7, marker: "m", body: "m\nYes" },
      { kind: "resolve-thread", key: "k", pullRequest: 5, thread: 7, node: "T_7" },
      { kind: "request-review", key: "k", pullRequest: 5, people: ["ada"], teams: [] },
      { kind: "run-jobs-again", key: "k", run: 11, attempt: 1 },
      { kind: "reopen-issue", key: "k", issue: 3 },
      { kind: "edit-issue", key: "k", issue: 3, marker: "m", body: "new" },
      { kind: "pin-issue", key: "k", issue: 3, node: "I_3" },
      { kind: "dispatch-workflow", key: "k", workflow: "w.yml", ref: "main", inputs: {} },
    ] satisfies readonly Effect[]
  ).map((effect) => [effect.kind, effect]),
)("%s is answered as done, and nothing on paper follows from it", (kind, effect) => {
  const seen = snapshotOf({ labels: ["bug"] });
  const { receipts, staged, world } = play([effect], seen);
  expect(receipts).toEqual([{ kind, key: "k", outcome: "done" }]);
  expect(staged).toEqual(EMPTY);
  expect(world).toEqual(play([], seen).world);
});

describe("a person who rings for an issue", () => {
  const place = { prefix: "factory:", own: 99 };
  const queued = (seen: Snapshot) => asIfQueued(seen, place).issues[0]?.issue.labels;
  test("that the factory does not know means: as if it were labelled", () => {
    const persons = { ...LIVE, author: { ...ADA, permission: "write" as const } };
    expect(queued(snapshotOf({ labels: ["bug"], comments: [persons] }))).toEqual([
      "bug",
      "factory:queued",
    ]);
    expect(queued(snapshotOf({ labels: ["factory:ready"], comments: [] }))).toEqual([
      "factory:ready",
    ]);
    const both = snapshotOf({ labels: ["bug"], comments: [persons, LIVE] });
    expect(queued(both)).toEqual(["bug"]);
  });
});

describe("an approval that is taken as given", () => {
  const ring = { name: "workflow_dispatch", payload: { inputs: { issue: "3" }, sender: ADA } };
  const said = { id: FIRST, author: ADA, body: "x", createdAt: BEFORE, updatedAt: BEFORE };
  const input = (parts: object) =>
    ({
      task: "claim",
      event: ring,
      staged: { comments: [said, said], awaitsApproval: true },
      ...parts,
    }) as unknown as ControlInput;

  test("is a new comment of whoever rang, after those on paper", () => {
    const taken = approvalTaken(input({}), NOW);
    expect(taken).toEqual({
      id: FIRST + 2,
      author: ADA,
      body: "/factory approve",
      createdAt: NOW,
      updatedAt: NOW,
    });
    expect(taken && eventOf(3, taken)).toEqual({
      name: "issue_comment",
      payload: {
        action: "created",
        issue: { number: 3 },
        comment: { id: FIRST + 2, body: "/factory approve" },
        sender: ADA,
      },
    });
  });

  test.each<readonly [string, object]>([
    ["another task", { task: "settle" }],
    ["a run that is not staged", { staged: undefined }],
    ["no contract that waits", { staged: { comments: [], awaitsApproval: false } }],
    ["the clock", { event: { name: "schedule", payload: {} } }],
    ["nothing that is understood", { event: { name: "x", payload: {} } }],
  ])("is none for %s", (_, parts) => {
    expect(approvalTaken(input(parts), NOW)).toBeUndefined();
  });
});

describe("GitHub, as a run sees it that may be staged", () => {
  const scope = { prefix: "factory:", issues: [3] };
  const label = labels(["b"], []);
  function given(input: object, configText: string | null = null) {
    const handed: Effect[] = [];
    const github: GitHub = {
      observe: () =>
        Promise.resolve({ ...snapshotOf({ labels: ["bug"], comments: [] }), configText }),
      bytesAt: () => Promise.resolve([{ known: new Uint8Array([7]) }]),
      textOf: () => Promise.reject(new Error("nobody asked for another repository")),
      treeAt: () => Promise.reject(new Error("nobody asked for a tree")),
      saidOn: () => Promise.reject(new Error("nobody asked what was said")),
      pinningOf: () => Promise.reject(new Error("nobody asked what is pinned")),
      discussionsWith: () => Promise.reject(new Error("nobody asked for discussions")),
      changersOf: () => Promise.reject(new Error("nobody asked who changed what")),
      checksOn: () => Promise.reject(new Error("nobody asked for checks")),
      apply: (effects) => {
        handed.push(...effects);
        return Promise.resolve([]);
      },
    };
    const full = {
      task: "route",
      run: { id: 1 },
      identity: { id: 99, login: "bot" },
      event: { name: "schedule", payload: {} },
      ...input,
    } as unknown as ControlInput;
    return { handed, staged: createStagedGitHub(full, { github, now: NOW }) };
  }

  test("hands everything on in a live run", async () => {
    const { handed, staged } = given({});
    const seen = await staged.observe(scope);
    expect(seen.issues[0]?.issue.labels).toEqual(["bug"]);
    expect(await staged.apply([label])).toEqual([]);
    expect(handed).toEqual([label]);
    expect(staged.staged()).toBeUndefined();
  });

  test("writes on paper in a staged one, where it is read again", async () => {
    const { handed, staged } = given({ mode: "staged" });
    await staged.observe(scope);
    expect(await staged.apply([label])).toEqual([
      { kind: "set-labels", key: "k", outcome: "done" },
    ]);
    expect(handed).toEqual([]);
    expect((await staged.observe(scope)).issues[0]?.issue.labels).toEqual(["bug", "b"]);
    expect(staged.staged()).toEqual({ ...EMPTY, labels: { added: ["b"], removed: [] } });
    expect(await staged.bytesAt(HEAD, ["a"])).toEqual([{ known: new Uint8Array([7]) }]);
  });

  test("takes the issue for labelled only where a person rang", async () => {
    const event = { name: "workflow_dispatch", payload: { inputs: { issue: "3" }, sender: ADA } };
    const seen = async (input: object) =>
      (await given({ mode: "staged", ...input }).staged.observe(scope)).issues[0]?.issue.labels;
    expect(await seen({ event })).toEqual(["bug", "factory:queued"]);
    expect(await seen({})).toEqual(["bug"]);
    expect(await seen({ event: { name: "x", payload: {} } })).toEqual(["bug"]);
  });

  test("takes nothing for labelled in a live run", async () => {
    const event = { name: "workflow_dispatch", payload: { inputs: { issue: "3" }, sender: ADA } };
    const seen = await given({ event }).staged.observe(scope);
    expect(seen.issues[0]?.issue.labels).toEqual(["bug"]);
  });

  test("does not write before it has looked", async () => {
    await expect(given({ mode: "staged" }).staged.apply([label])).rejects.toThrow(
      "Whether a job is staged is known after its look.",
    );
  });
});
