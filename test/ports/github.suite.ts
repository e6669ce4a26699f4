import { describe, expect, test } from "vitest";
import type { ChangedFile, ChangeSet } from "../../src/domain/change-set.ts";
import type { ObjectId } from "../../src/domain/digest.ts";
import type { Effect, EffectKind } from "../../src/domain/github/effect.ts";
import { type DoneOf, type Receipt, receiptOf, wasDone } from "../../src/domain/github/receipt.ts";
import type { IssueSnapshot, PullRequestState, Scope } from "../../src/domain/github/snapshot.ts";
import type { GitHub } from "../../src/ports/github.ts";

/**
 * What the repository of every stage holds on its default branch `main`, and who may do what there. It is private: the
 * stranger, who may not even read, can be asked about and says nothing.
 */
export const STAGED = {
  files: {
    ".github/factory.yml": "version: 1\n",
    ".github/workflows/deploy.yml":
      "on: { workflow_dispatch: { inputs: { issue: { type: string } } } }\njobs: {}\n",
    "AGENTS.md": "# Example\n",
    "src/greet.ts": "export const greeting = 'hello';\n",
  },
  people: { writer: "write", triager: "triage", reader: "read", stranger: "none" },
  prefix: "factory:",
} as const;

export type StagedPerson = Exclude<keyof typeof STAGED.people, "stranger">;

/** A repository with the port under test on it, and what other people do there behind the port's back. */
export interface GitHubStage extends AsyncDisposable {
  readonly github: GitHub;
  /** Whom the port writes as. */
  readonly identity: { readonly id: number; readonly login: string };
  addIssue(issue: {
    readonly author: StagedPerson;
    readonly title: string;
    readonly body: string;
    readonly labels?: readonly string[];
  }): Promise<number>;
  addComment(comment: {
    readonly issue: number;
    readonly author: StagedPerson;
    readonly body: string;
  }): Promise<number>;
  /** A commit of somebody else on the default branch; its id. */
  moveHead(): Promise<ObjectId>;
  /** A commit of somebody else on this branch. */
  moveBranch(name: string): Promise<void>;
  mergeByPerson(pullRequest: number, login: StagedPerson): Promise<void>;
  /** The tree of an honest change: what git, or what stands for it here, makes of it. */
  treeWith(changeSet: ChangeSet): Promise<ObjectId>;
  dispatches(): readonly {
    readonly workflow: string;
    readonly inputs: Readonly<Record<string, string>>;
  }[];
}

type EffectOf<Kind extends EffectKind> = Extract<Effect, { kind: Kind }>;

const MARKER = "**Contract**";
const FILES: readonly ChangedFile[] = [
  { path: "AGENTS.md", deleted: true },
  {
    path: "data.bin",
    mode: "100644",
    encoding: "base64",
    content: Buffer.from([0, 255, 1]).toString("base64"),
  },
  { path: "run.sh", mode: "100755", encoding: "utf-8", content: "#!/bin/sh\n" },
  { path: "src/deep/ä.ts", mode: "100644", encoding: "utf-8", content: "export {};\n" },
  { path: "src/greet.ts", mode: "100644", encoding: "utf-8", content: "export const a = 'ü';\n" },
];

function scope(issue?: number, more: Partial<Scope> = {}): Scope {
  return { prefix: STAGED.prefix, issues: issue === undefined ? [] : [issue], ...more };
}

function comment(issue: number, text: string, known: number | null = null) {
  return {
    kind: "write-comment",
    key: "contract",
    issue,
    marker: MARKER,
    body: `${MARKER}\n\n${text}`,
    comment: known,
  } as const satisfies EffectOf<"write-comment">;
}

async function applyOne(stage: GitHubStage, effect: Effect): Promise<Receipt> {
  const receipts = await stage.github.apply([effect]);
  expect(receipts).toHaveLength(1);
  expect(receipts[0]).toMatchObject({ kind: effect.kind, key: effect.key });
  return receipts[0] as Receipt;
}

async function succeed<Kind extends EffectKind>(
  stage: GitHubStage,
  effect: Effect & { readonly kind: Kind },
): Promise<DoneOf<Kind>> {
  const { kind, key } = effect;
  const receipt = receiptOf([await applyOne(stage, effect)], { kind, key });
  if (!wasDone(receipt)) throw new Error(`${kind}: ${JSON.stringify(receipt)}`);
  return receipt;
}

/** What was seen of the one issue that was asked for. */
async function seenOf(stage: GitHubStage, issue: number): Promise<IssueSnapshot> {
  const [seen] = (await stage.github.observe(scope(issue))).issues;
  if (seen === undefined) throw new Error(`issue ${issue} was not seen`);
  return seen;
}

/** An issue whose first attempt is claimed and published, and what belongs to it. */
async function published(stage: GitHubStage) {
  const issue = await stage.addIssue({ author: "writer", title: "Greet", body: "Please." });
  const branch = `factory/${issue}-1`;
  const { repository } = await stage.github.observe(scope());
  const base = repository.head;
  await succeed(stage, { kind: "claim-branch", key: "claim", branch, sha: base });
  const changeSet: ChangeSet = { base, files: [...FILES] };
  const tree = await stage.treeWith(changeSet);
  const publish = {
    kind: "publish-commit",
    key: "publish",
    branch,
    changeSet,
    expectedTree: tree,
    message: "Greet\n\nIn German.",
  } as const satisfies Effect;
  return { issue, branch, base, changeSet, tree, publish };
}

/** The same with its pull request. */
async function opened(stage: GitHubStage) {
  const work = await published(stage);
  const { sha } = await succeed(stage, work.publish);
  const open = {
    kind: "open-pull-request",
    key: "pull-request",
    head: work.branch,
    base: "main",
    title: "Greet",
    body: `Closes #${work.issue}`,
  } as const satisfies Effect;
  const { number } = await succeed(stage, open);
  if (sha === undefined || number === undefined) throw new Error("no commit or no pull request");
  const merge = {
    kind: "merge-pull-request",
    key: "merge",
    pullRequest: number,
    base: "main",
    sha,
    title: "Greet",
    message: `Of issue ${work.issue}.`,
    expectedTree: work.tree,
    expectedParent: work.base,
  } as const satisfies Effect;
  return { ...work, open, merge, number, sha };
}

async function pullOf(stage: GitHubStage, issue: number): Promise<PullRequestState | undefined> {
  return (await stage.github.observe(scope(issue))).pullRequests[0];
}

function observing(open: () => Promise<GitHubStage>): void {
  test("sees the repository, its config and its paths", async () => {
    await using stage = await open();
    const snapshot = await stage.github.observe(scope(undefined, { paths: true }));
    expect(snapshot.repository).toMatchObject({ name: "OWNER/app", defaultBranch: "main" });
    expect(snapshot.repository.head).toMatch(/^[0-9a-f]{40}$/);
    expect(snapshot.repository.headTree).toMatch(/^[0-9a-f]{40}$/);
    expect(snapshot.self).toEqual({ ...stage.identity, type: "Bot" });
    expect(snapshot.configText).toBe(STAGED.files[".github/factory.yml"]);
    const paths = "known" in snapshot.paths ? snapshot.paths.known : [];
    expect([...paths].sort()).toEqual(Object.keys(STAGED.files).sort());
    expect(snapshot).toMatchObject({ issues: [], pullRequests: [], andon: { known: [] } });
  });

  test("sees an issue and its comments in order, with what each author may do", async () => {
    await using stage = await open();
    const labels = ["bug", "factory:queued"];
    const asked = { author: "triager", title: "Greet", body: "Please.", labels } as const;
    const issue = await stage.addIssue(asked);
    await stage.addIssue({ author: "writer", title: "Other", body: "" });
    const authors = ["writer", "reader", "triager"] as const;
    for (const author of authors) await stage.addComment({ issue, author, body: `by ${author}` });
    await succeed(stage, comment(issue, "by itself"));
    const seen = await seenOf(stage, issue);
    expect(seen.issue).toMatchObject({
      number: issue,
      title: "Greet",
      body: "Please.",
      state: "open",
      labels,
      author: { login: "triager", type: "User", permission: "triage" },
    });
    expect(
      seen.comments.map(({ author, body }) => [author.login, author.permission, body]),
    ).toEqual([
      ["writer", "write", "by writer"],
      ["reader", "read", "by reader"],
      ["triager", "triage", "by triager"],
      [stage.identity.login, "none", `${MARKER}\n\nby itself`],
    ]);
  });

  test("sees more than a page of comments", async () => {
    await using stage = await open();
    const issue = await stage.addIssue({ author: "writer", title: "Long", body: "" });
    const bodies = Array.from({ length: 101 }, (_, index) => `comment ${index}`);
    for (const body of bodies) await stage.addComment({ issue, author: "writer", body });
    const { comments } = await seenOf(stage, issue);
    expect(comments.map(({ body }) => body)).toEqual(bodies);
  });

  test("sees this issue's attempts and no other's", async () => {
    await using stage = await open();
    const work = await opened(stage);
    const sha = work.base;
    const other = `factory/${work.issue}1-1`;
    await succeed(stage, { kind: "claim-branch", key: "other", branch: other, sha });
    const second = `factory/${work.issue}-2`;
    await succeed(stage, { kind: "claim-branch", key: "second", branch: second, sha });
    const snapshot = await stage.github.observe(scope(work.issue));
    expect(snapshot.issues[0]?.branches).toEqual([
      { name: work.branch, sha: work.sha },
      { name: second, sha, untouched: true },
    ]);
    expect(snapshot.pullRequests).toMatchObject([
      {
        number: work.number,
        head: { branch: work.branch, sha: work.sha },
        base: { branch: "main" },
        state: "open",
        merged: false,
        mergeSha: null,
        mergedBy: null,
        body: `Closes #${work.issue}`,
      },
    ]);
    expect((await stage.github.observe(scope())).pullRequests).toEqual([]);
  });

  test("sees a pull request that it is asked for, and who merged it", async () => {
    await using stage = await open();
    const work = await opened(stage);
    await stage.mergeByPerson(work.number, "writer");
    const snapshot = await stage.github.observe(scope(undefined, { pullRequest: work.number }));
    expect(snapshot.pullRequests).toMatchObject([
      {
        number: work.number,
        state: "closed",
        merged: true,
        mergeSha: snapshot.repository.head,
        mergedBy: { login: "writer" },
      },
    ]);
  });

  test("sees the andon on any open issue, and all open issues only when asked", async () => {
    await using stage = await open();
    const work = await opened(stage);
    const body = "Stop.";
    const labels = ["factory:andon"];
    const andon = await stage.addIssue({ author: "writer", title: "Andon", body, labels });
    const closed = await stage.addIssue({ author: "writer", title: "Old", body, labels });
    await succeed(stage, { kind: "close-issue", key: "close", issue: closed });
    const few = await stage.github.observe(scope());
    const raised = { issue: andon, by: { known: { login: "writer", permission: "write" } } };
    expect(few.andon).toMatchObject({ known: [raised] });
    expect("unknown" in few.openIssues).toBe(true);
    const all = await stage.github.observe(scope(undefined, { openIssues: true }));
    expect(all.andon).toMatchObject({ known: [raised] });
    const standing = "known" in all.openIssues ? all.openIssues.known : [];
    const found = standing.map(({ number, author }) => [number, author.login]);
    expect(found.sort()).toEqual([
      [work.issue, "writer"],
      [andon, "writer"],
    ]);
  });

  test("sees the issues that alerts opened, and no bait of others; opens one again", async () => {
    await using stage = await open();
    const labels = ["factory:incident"];
    const marker = `Fingerprint: \`millwright:alert:${"a".repeat(64)}\``;
    const text = { title: "Incident", body: `Seen.\n\n${marker}\n` };
    await stage.addIssue({ author: "writer", ...text, labels });
    expect((await stage.github.observe(scope())).incidents).toBeUndefined();
    const seen = async () =>
      (await stage.github.observe(scope(undefined, { incidents: true }))).incidents;
    expect(await seen()).toEqual([]);
    const opened = await succeed(stage, { kind: "open-issue", key: "o", marker, ...text, labels });
    const number = "number" in opened ? opened.number : 0;
    const known = { number, marker, labels: ["factory:incident"], dismissed: false };
    expect(await seen()).toEqual([{ ...known, state: "open" }]);
    await succeed(stage, { kind: "close-issue", key: "close", issue: number });
    expect(await seen()).toEqual([{ ...known, state: "closed" }]);
    const again = { kind: "reopen-issue", key: "again", issue: number } as const;
    expect(await succeed(stage, again)).toMatchObject({ outcome: "done" });
    expect(await succeed(stage, again)).toMatchObject({ outcome: "already" });
    expect(await seen()).toEqual([{ ...known, state: "open" }]);
  });

  test("writes an issue of its own anew, and none that lost the marker or is somebody else's", async () => {
    await using stage = await open();
    const marker = "Fingerprint: `millwright:board`";
    const text = { title: "Board", body: `Old.\n\n${marker}` };
    const opened = await succeed(stage, {
      kind: "open-issue",
      key: "o",
      marker,
      ...text,
      labels: [],
    });
    const issue = "number" in opened ? opened.number : 0;
    const edit = {
      kind: "edit-issue",
      key: "e",
      issue,
      marker,
      body: `New.\n\n${marker}`,
    } as const;
    expect(await succeed(stage, edit)).toMatchObject({ outcome: "done" });
    expect(await succeed(stage, edit)).toMatchObject({ outcome: "already" });
    const all = await stage.github.observe(scope(undefined, { openIssues: true }));
    const [board] = "known" in all.openIssues ? all.openIssues.known : [];
    expect(board).toMatchObject({ number: issue, title: "Board", body: edit.body });
    const named = { ...edit, key: "n", title: "The board" };
    expect(await succeed(stage, named)).toMatchObject({ outcome: "done" });
    expect(await succeed(stage, named)).toMatchObject({ outcome: "already" });
    const again = await stage.github.observe(scope(undefined, { openIssues: true }));
    expect("known" in again.openIssues ? again.openIssues.known[0] : undefined).toMatchObject({
      title: "The board",
      body: edit.body,
    });
    const before = { issue, wasPinned: false, pinned: 0 };
    const seen = await stage.github.pinningOf(issue);
    expect(seen).toMatchObject({ known: before });
    const node = "known" in seen ? seen.known.node : "";
    const pin = { kind: "pin-issue", key: "p", issue, node } as const;
    expect(await succeed(stage, pin)).toMatchObject({ outcome: "done" });
    expect(await stage.github.pinningOf(issue)).toEqual({
      known: { issue, node, wasPinned: true, pinned: 1 },
    });
    const others = await stage.addIssue({ author: "writer", ...text });
    const [refused] = await stage.github.apply([{ ...edit, issue: others }]);
    expect(refused).toMatchObject({ outcome: "refused", code: "issue-changed", did: "nothing" });
  });

  test("sees the ledgers of all issues that were written to since then, and no bait of others", async () => {
    await using stage = await open();
    const [one, two] = [
      await stage.addIssue({ author: "writer", title: "One", body: "" }),
      await stage.addIssue({ author: "writer", title: "Two", body: "" }),
    ];
    await stage.addComment({ issue: one, author: "writer", body: `${MARKER}\n\nforged` });
    await succeed(stage, comment(one, "of one"));
    await succeed(stage, { ...comment(two, "other"), marker: "**Other**", body: "**Other**\n" });
    await succeed(stage, comment(two, "of two"));
    const seen = async (since: string) =>
      (await stage.github.observe(scope(undefined, { ledgers: { marker: MARKER, since } })))
        .ledgers;
    const bodies = [`${MARKER}\n\nof one`, `${MARKER}\n\nof two`];
    expect(await seen("2020-01-01T00:00:00Z")).toMatchObject({
      known: [
        { issue: one, body: bodies[0] },
        { issue: two, body: bodies[1] },
      ],
    });
    expect(await seen("2100-01-01T00:00:00Z")).toEqual({ known: [] });
    expect((await stage.github.observe(scope())).ledgers).toBeUndefined();
  });

  test("tells who put the andon label on, last", async () => {
    await using stage = await open();
    const labels = ["factory:andon"];
    const issue = await stage.addIssue({ author: "triager", title: "Stop", body: "", labels });
    const seen = async () => (await stage.github.observe(scope())).andon;
    const triager = { login: "triager", permission: "triage" };
    expect(await seen()).toMatchObject({ known: [{ issue, by: { known: triager } }] });
    const change = { kind: "set-labels", issue } as const;
    await succeed(stage, { ...change, key: "off", add: [], remove: labels });
    expect(await seen()).toEqual({ known: [] });
    await succeed(stage, { ...change, key: "on", add: labels, remove: [] });
    const own = { known: { id: stage.identity.id } };
    expect(await seen()).toMatchObject({ known: [{ issue, by: own }] });
  });

  test("asks what further people may do", async () => {
    await using stage = await open();
    for (const author of ["writer", "triager", "reader"] as const) {
      await stage.addIssue({ author, title: author, body: "" });
    }
    const { openIssues } = await stage.github.observe(scope(undefined, { openIssues: true }));
    const authors = "known" in openIssues ? openIssues.known.map(({ author }) => author) : [];
    const actors = [...authors, { id: 7_777, login: "stranger" }];
    const asked = await stage.github.observe(scope(undefined, { actors }));
    expect(asked.permissions).toEqual(STAGED.people);
    // Whoever held a login before its owner of today is nobody.
    const before = actors.map(({ id, login }) => ({ id: id + 5_000, login }));
    const old = await stage.github.observe(scope(undefined, { actors: before }));
    expect(new Set(Object.values(old.permissions))).toEqual(new Set(["none"]));
  });

  test("names an issue that is not there, rather than hand over a part in silence", async () => {
    await using stage = await open();
    const { issues, gone } = await stage.github.observe(scope(99));
    expect(issues).toEqual([]);
    expect(gone).toEqual([{ number: 99, branches: [] }]);
  });
}

function writing(open: () => Promise<GitHubStage>): void {
  test("writes a comment once and edits it in place", async () => {
    await using stage = await open();
    const issue = await stage.addIssue({ author: "writer", title: "Greet", body: "" });
    const first = await succeed(stage, comment(issue, "one"));
    expect(first.outcome).toBe("done");
    expect((await succeed(stage, comment(issue, "one"))).outcome).toBe("already");
    const found = await succeed(stage, comment(issue, "two"));
    const known = await succeed(stage, comment(issue, "three", first.number ?? 0));
    expect([found.number, known.number]).toEqual([first.number, first.number]);
    const { comments } = await seenOf(stage, issue);
    expect(comments).toMatchObject([{ id: first.number, body: `${MARKER}\n\nthree` }]);
  });

  test("takes nobody else's comment for its own", async () => {
    await using stage = await open();
    const issue = await stage.addIssue({ author: "writer", title: "Greet", body: "" });
    const forged = `${MARKER}\n\nforged`;
    await stage.addComment({ issue, author: "writer", body: forged });
    expect((await succeed(stage, comment(issue, "mine"))).outcome).toBe("done");
    const { comments } = await seenOf(stage, issue);
    expect(comments.map(({ body }) => body)).toEqual([forged, `${MARKER}\n\nmine`]);
  });

  test("stops after the first refusal and says what was refused", async () => {
    await using stage = await open();
    const issue = await stage.addIssue({ author: "writer", title: "Greet", body: "" });
    const close = { kind: "close-issue", key: "close", issue } as const;
    const receipts = await stage.github.apply([
      comment(issue, "short"),
      { ...comment(issue, "x".repeat(65_536)), key: "long" },
      close,
    ]);
    expect(receipts).toMatchObject([
      { key: "contract", outcome: "done" },
      { key: "long", outcome: "refused", status: 422, reason: expect.stringContaining("too long") },
    ]);
    expect((await seenOf(stage, issue)).issue.state).toBe("open");
  });

  test("sets the labels that are given and lets the others stand", async () => {
    await using stage = await open();
    const labels = ["bug", "factory:queued"];
    const issue = await stage.addIssue({ author: "writer", title: "Greet", body: "", labels });
    const effect = {
      kind: "set-labels",
      key: "labels",
      issue,
      add: ["factory:ready"],
      remove: ["factory:queued", "factory:building"],
    } as const;
    expect((await succeed(stage, effect)).outcome).toBe("done");
    expect((await succeed(stage, effect)).outcome).toBe("already");
    const seen = await seenOf(stage, issue);
    expect([...seen.issue.labels].sort()).toEqual(["bug", "factory:ready"]);
  });

  test("closes an issue once", async () => {
    await using stage = await open();
    const issue = await stage.addIssue({ author: "writer", title: "Greet", body: "" });
    const effect = { kind: "close-issue", key: "close", issue } as const;
    expect((await succeed(stage, effect)).outcome).toBe("done");
    expect((await succeed(stage, effect)).outcome).toBe("already");
    expect((await seenOf(stage, issue)).issue.state).toBe("closed");
  });

  test("opens one issue per marker while that is open", async () => {
    await using stage = await open();
    const effect = {
      kind: "open-issue",
      key: "andon",
      marker: "Cause: smoke",
      title: "The line stands",
      body: "Smoke failed.",
      labels: ["factory:andon"],
    } as const;
    await stage.addIssue({ author: "writer", title: "Forged", body: "Cause: smoke" });
    const first = await succeed(stage, effect);
    expect(first.outcome).toBe("done");
    expect(await succeed(stage, effect)).toMatchObject({
      outcome: "already",
      number: first.number,
    });
    expect((await stage.github.observe(scope())).andon).toMatchObject({
      known: [{ issue: first.number, by: { known: { id: stage.identity.id } } }],
    });
    await succeed(stage, { kind: "close-issue", key: "close", issue: first.number ?? 0 });
    const second = await succeed(stage, effect);
    expect(second.outcome).toBe("done");
    expect(second.number).not.toBe(first.number);
  });

  test("rings a workflow, and is refused one that is not there", async () => {
    await using stage = await open();
    const ring = (workflow: string) =>
      applyOne(stage, {
        kind: "dispatch-workflow",
        key: "deploy",
        workflow,
        ref: "main",
        inputs: { issue: "7" },
      });
    expect((await ring("deploy.yml")).outcome).toBe("done");
    expect(await ring("nothing.yml")).toMatchObject({ outcome: "refused", status: 404 });
    expect(stage.dispatches()).toEqual([{ workflow: "deploy.yml", inputs: { issue: "7" } }]);
  });

  test("writes a check run on a commit, twice without harm", async () => {
    await using stage = await open();
    const { repository } = await stage.github.observe(scope());
    const effect = {
      kind: "write-check-run",
      key: "gate-1",
      name: "Gate",
      sha: repository.head,
      conclusion: "success",
      title: "Merged",
      summary: "All of it.",
    } as const;
    expect((await succeed(stage, effect)).outcome).toBe("done");
    await succeed(stage, effect);
    await succeed(stage, { ...effect, conclusion: "failure" });
  });

  test("writes the record, labels and closing of an issue that it looked at, once", async () => {
    await using stage = await open();
    const issue = await stage.addIssue({
      author: "writer",
      title: "Greet",
      body: "Please.",
      labels: ["bug", "factory:smoking"],
    });
    await stage.github.observe(scope(issue));
    const effects: readonly Effect[] = [
      comment(issue, "seen live"),
      {
        kind: "set-labels",
        key: "labels",
        issue,
        add: ["factory:done"],
        remove: ["factory:smoking"],
      },
      { kind: "close-issue", key: "close", issue },
    ];
    const receipts = await stage.github.apply(effects);
    expect(receipts.map(({ kind, key, outcome }) => ({ kind, key, outcome }))).toEqual(
      effects.map(({ kind, key }) => ({ kind, key, outcome: "done" })),
    );
    const again = { ...comment(issue, "seen live"), key: "again" };
    expect(await stage.github.apply([again])).toMatchObject([{ outcome: "already" }]);
    const seen = await seenOf(stage, issue);
    expect(seen.comments.map(({ body }) => body)).toEqual([comment(issue, "seen live").body]);
    expect([...seen.issue.labels].sort()).toEqual(["bug", "factory:done"]);
    expect(seen.issue.state).toBe("closed");
  });
}

function landing(open: () => Promise<GitHubStage>): void {
  test("claims a branch for one of many", async () => {
    await using stage = await open();
    const { repository } = await stage.github.observe(scope());
    const claim = {
      kind: "claim-branch",
      key: "claim",
      branch: "factory/7-1",
      sha: repository.head,
    } as const;
    const receipts = await Promise.all([applyOne(stage, claim), applyOne(stage, claim)]);
    expect(receipts.map(({ outcome }) => outcome).sort()).toEqual(["already", "done"]);
  });

  test("writes nothing behind a claim that somebody else holds, and what it writes behind its own", async () => {
    await using stage = await open();
    const labels = ["factory:queued"];
    const issue = await stage.addIssue({ author: "writer", title: "Greet", body: "", labels });
    const { number } = await succeed(stage, comment(issue, "before"));
    const { repository } = await stage.github.observe(scope(issue));
    const branch = `factory/${issue}-1`;
    const claim = { kind: "claim-branch", key: "claim", branch, sha: repository.head } as const;
    const effects = [
      claim,
      { ...comment(issue, "behind", number), key: "behind" },
      { kind: "set-labels", key: "labels", issue, add: ["factory:ready"], remove: labels },
    ] satisfies readonly Effect[];
    const keysOf = (receipts: readonly Receipt[]) =>
      receipts.map(({ key, outcome }) => `${key} ${outcome}`);
    expect(keysOf(await stage.github.apply(effects))).toEqual([
      "claim done",
      "behind done",
      "labels done",
    ]);
    const held = await seenOf(stage, issue);
    expect(held.comments[0]?.body).toBe(`${MARKER}\n\nbehind`);
    const other = { ...comment(issue, "of another", number), key: "other" };
    expect(keysOf(await stage.github.apply([claim, other]))).toEqual(["claim already"]);
    const after = await seenOf(stage, issue);
    expect(after.comments.map(({ body }) => body)).toEqual([`${MARKER}\n\nbehind`]);
    expect(after.issue.labels).toEqual(["factory:ready"]);
  });

  test("publishes exactly the verified tree on its base, once", async () => {
    await using stage = await open();
    const work = await published(stage);
    const first = await succeed(stage, work.publish);
    expect(first).toMatchObject({ outcome: "done", tree: work.tree });
    const again = await succeed(stage, work.publish);
    expect(again).toMatchObject({ outcome: "already", sha: first.sha, tree: work.tree });
    const { branches } = await seenOf(stage, work.issue);
    expect(branches).toEqual([{ name: work.branch, sha: first.sha }]);
  });

  test("moves nothing when the tree is another, the branch was moved or is not there", async () => {
    await using stage = await open();
    const work = await published(stage);
    const branches = async () => (await seenOf(stage, work.issue)).branches;
    const claimed = await branches();
    const wrong = await applyOne(stage, { ...work.publish, expectedTree: "1".repeat(40) });
    expect(wrong).toMatchObject({ cause: "refused-by-us", code: "tree-mismatch", did: "nothing" });
    const missing = await applyOne(stage, { ...work.publish, branch: `factory/${work.issue}-9` });
    expect(missing).toMatchObject({ cause: "refused-by-us", code: "claim-lost", did: "nothing" });
    expect(await branches()).toEqual(claimed);
    await stage.moveBranch(work.branch);
    const moved = await branches();
    expect(await applyOne(stage, work.publish)).toMatchObject({
      cause: "refused-by-us",
      code: "claim-lost",
      did: "nothing",
    });
    expect(await branches()).toEqual(moved);
  });

  test("opens one pull request per branch", async () => {
    await using stage = await open();
    const work = await opened(stage);
    expect(await succeed(stage, work.open)).toMatchObject({
      outcome: "already",
      number: work.number,
    });
    expect((await stage.github.observe(scope(work.issue))).pullRequests).toHaveLength(1);
  });

  test("goes on with an open one: a commit on its head and the base, which merges as the verified tree", async () => {
    await using stage = await open();
    const { branch, sha, number, issue, merge, open: opening } = await opened(stage);
    const base = await stage.moveHead();
    const changeSet: ChangeSet = { base, files: FILES.slice(3) };
    const expectedTree = await stage.treeWith(changeSet);
    const publish = {
      kind: "publish-commit",
      key: "second",
      branch,
      changeSet,
      expectedTree,
      message: "Greet again",
      parents: [sha, base],
    } as const satisfies Effect;
    const onOther = { ...publish, parents: [base] };
    expect(await applyOne(stage, onOther)).toMatchObject({ cause: "refused-by-us" });
    const made = await succeed(stage, publish);
    expect(made).toMatchObject({ outcome: "done", tree: expectedTree });
    expect(await succeed(stage, publish)).toMatchObject({ outcome: "already", sha: made.sha });
    const body = `${opening.body}\n\nAgain.`;
    const update = { kind: "update-pull-request", key: "update", pullRequest: number } as const;
    for (const _time of [1, 2]) await succeed(stage, { ...update, title: "Greet", body });
    expect(await pullOf(stage, issue)).toMatchObject({ number, head: { sha: made.sha }, body });
    const merging = { ...merge, sha: made.sha, expectedTree, expectedParent: base };
    expect(await succeed(stage, merging)).toMatchObject({ tree: expectedTree });
  });

  test("opens another one where the branch was made anew since the first was merged", async () => {
    await using stage = await open();
    const work = await opened(stage);
    await stage.mergeByPerson(work.number, "writer");
    expect(await succeed(stage, work.open)).toMatchObject({
      outcome: "already",
      number: work.number,
    });
    await stage.moveBranch(work.branch);
    const second = await succeed(stage, work.open);
    expect(second.outcome).toBe("done");
    expect(second.number).not.toBe(work.number);
    expect(await succeed(stage, work.open)).toMatchObject({
      outcome: "already",
      number: second.number,
    });
  });

  test("merges exactly what was verified, once, and the issue that it closes is closed", async () => {
    await using stage = await open();
    const work = await opened(stage);
    const merged = await succeed(stage, work.merge);
    expect(merged).toMatchObject({ outcome: "done", tree: work.tree });
    expect(await succeed(stage, work.merge)).toMatchObject({
      outcome: "already",
      sha: merged.sha,
      tree: work.tree,
    });
    const snapshot = await stage.github.observe(scope(work.issue));
    expect(snapshot.repository).toMatchObject({ head: merged.sha, headTree: work.tree });
    expect(snapshot.issues[0]?.issue.state).toBe("closed");
    expect(snapshot.pullRequests).toMatchObject([
      { state: "closed", merged: true, mergeSha: merged.sha, mergedBy: { id: stage.identity.id } },
    ]);
  });

  test("tells of a commit which issue brought it, and of a merge what it was merged onto", async () => {
    await using stage = await open();
    const work = await opened(stage);
    await succeed(stage, comment(work.issue, "one"));
    await stage.addComment({ issue: work.issue, author: "writer", body: "mine" });
    const { sha } = await succeed(stage, work.merge);
    const at = async (before: NonNullable<Scope["before"]>) =>
      (await stage.github.observe(scope(undefined, { before }))).before;
    const issue = { number: work.issue, comments: [{ body: expect.stringContaining("one") }] };
    expect(await at({ parent: sha })).toMatchObject({ parent: sha, issue });
    expect((await at({ parent: sha }))?.issue?.comments).toHaveLength(1);
    expect(await at({ merge: sha })).toEqual({ parent: work.base });
    expect(await at({ merge: "9".repeat(40) })).toBeUndefined();
  });

  test("does not merge a head that nobody verified", async () => {
    await using stage = await open();
    const work = await opened(stage);
    await stage.moveBranch(work.branch);
    const refused = await applyOne(stage, work.merge);
    expect(refused).toMatchObject({ outcome: "refused" });
    expect((await pullOf(stage, work.issue))?.merged).toBe(false);
  });

  test("says so when main moved and the merge is not the verified tree", async () => {
    await using stage = await open();
    const work = await opened(stage);
    await stage.moveHead();
    const receipt = await applyOne(stage, work.merge);
    expect(receipt).toMatchObject({
      cause: "refused-by-us",
      code: "tree-mismatch",
      did: "something-else",
      reason: expect.stringContaining("merged as"),
    });
    expect((await pullOf(stage, work.issue))?.merged).toBe(true);
  });
}

/** One behaviour for every GitHub: the adapter over a real API, and the fake that control is tested with. */
export function githubSuite(name: string, open: () => Promise<GitHubStage>): void {
  describe(`github port: ${name}`, () => {
    describe("observes", () => observing(open));
    describe("writes", () => writing(open));
    describe("lands", () => landing(open));
  });
}
