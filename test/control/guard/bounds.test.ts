import { describe, expect, test } from "vitest";
import { keepWithin, refuseOutOfBounds } from "../../../src/control/guard/bounds.ts";
import { NO_FILES } from "../../../src/control/observed/files.ts";
import { readSituation, type View } from "../../../src/control/observed/issue-view.ts";
import type { Effect, EffectOf } from "../../../src/domain/github/effect.ts";
import type { Receipt } from "../../../src/domain/github/receipt.ts";
import { TASKS, type Task } from "../../../src/line.ts";
import { LEDGER_MARKER } from "../../../src/wording/issue/ledger-comment.ts";
import { fakeId } from "../../fakes/github.ts";
import { controlInput, newLine, toBuilding } from "../line.ts";

const COMMIT = fakeId("commit of this run");
const line = newLine();
const building = await toBuilding(line);
const { issue, order } = building;
const snapshot = await line.github.observe({ prefix: "factory:", issues: [issue] });
const comments = snapshot.issues.flatMap((seen) => seen.comments);
const own = comments.find(({ body }) => body.startsWith(LEDGER_MARKER))?.id ?? 0;
const strangers = comments.find(({ author }) => author.login === "ada")?.id ?? 0;

const PUBLISHED = {
  kind: "publish-commit",
  key: "publish",
  outcome: "done",
  sha: COMMIT,
  tree: order.base,
} as const;
const OPENED = { kind: "open-pull-request", key: "open", outcome: "done", number: 2 } as const;
const RECEIPTS: readonly Receipt[] = [PUBLISHED, OPENED];

function commentedOn(number: number): Receipt {
  return { kind: "write-comment", key: "comment", outcome: "done", number };
}

/** What a run of this task knows while it settles the attempt of the order. */
function view(task: Task = "settle", receipts = RECEIPTS): View {
  const input = controlInput(
    task,
    { event: building.event, issue, order },
    { github: line.github, run: order.runId, sealKey: line.sealKey },
  );
  return readSituation({ input, snapshot, now: "2026-11-20T09:00:00Z", receipts, files: NO_FILES });
}

/** One of each kind as this very run would do it. */
const FITTING: { readonly [Kind in Effect["kind"]]: EffectOf<Kind> } = {
  "write-comment": {
    kind: "write-comment",
    key: "k",
    issue,
    marker: LEDGER_MARKER,
    body: `${LEDGER_MARKER}\n`,
    comment: own,
  },
  "set-labels": {
    kind: "set-labels",
    key: "k",
    issue,
    add: ["factory:gating"],
    remove: ["factory:building"],
  },
  "claim-branch": { kind: "claim-branch", key: "k", branch: `factory/${issue}-1`, sha: order.base },
  "publish-commit": {
    kind: "publish-commit",
    key: "k",
    branch: `factory/${issue}-1`,
    changeSet: { base: order.base, files: [] },
    expectedTree: order.base,
    message: "Greet",
  },
  "open-pull-request": {
    kind: "open-pull-request",
    key: "k",
    head: `factory/${issue}-1`,
    base: "main",
    title: "Greet",
    body: "",
  },
  "write-check-run": {
    kind: "write-check-run",
    key: "k",
    name: "factory/gate",
    sha: COMMIT,
    conclusion: "success",
    title: "Met",
    summary: "",
  },
  "merge-pull-request": {
    kind: "merge-pull-request",
    key: "k",
    pullRequest: 2,
    base: "main",
    sha: COMMIT,
    title: "Greet",
    message: "",
    expectedTree: order.base,
    expectedParent: order.base,
  },
  "dispatch-workflow": {
    kind: "dispatch-workflow",
    key: "k",
    workflow: "factory.yml",
    ref: "main",
    inputs: { issue: `${issue}` },
  },
  "close-issue": { kind: "close-issue", key: "k", issue },
  "open-issue": {
    kind: "open-issue",
    key: "k",
    marker: "Fingerprint: `millwright:smoke:1`",
    title: "Incident",
    body: "",
    labels: ["factory:andon"],
  },
};

const OTHER = fakeId("other");
const LONG = "x".repeat(65_537);

/** What each may not be, one property at a time. */
const OUTSIDE: { readonly [Kind in Effect["kind"]]: readonly Partial<EffectOf<Kind>>[] } = {
  "write-comment": [
    { issue: issue + 1 },
    { issue: 0 },
    { marker: "### Approved by security", body: "### Approved by security\n" },
    { marker: `${LEDGER_MARKER}\n@everyone`, body: `${LEDGER_MARKER}\n@everyone\n` },
    { body: "another first line\n" },
    { body: `${LEDGER_MARKER}\n${LONG}` },
    { comment: strangers },
    { comment: 999_999 },
  ],
  "set-labels": [
    { issue: issue + 1 },
    { add: ["deploy"] },
    { add: ["safe-to-test"] },
    { add: ["factory:gating\n"] },
    { add: ["other:gating"] },
    { remove: ["security"] },
    { remove: ["factory:priority-1"] },
  ],
  "claim-branch": [
    { branch: "main" },
    { branch: `factory/${issue + 1}-1` },
    { branch: `factory/${issue}-2` },
    { branch: `refs/heads/factory/${issue}-1` },
    { branch: `factory/${issue}-1/../../main` },
    { branch: `factory/${issue}-1\n` },
    { branch: "v1.0.0" },
    { branch: "@" },
    { branch: OTHER },
    { sha: OTHER },
  ],
  "publish-commit": [
    { branch: "main" },
    { branch: `factory/${issue}-2` },
    { changeSet: { base: OTHER, files: [] } },
    { message: LONG },
  ],
  "open-pull-request": [
    { head: "main" },
    { head: "someone:factory/1-1" },
    { base: "release" },
    { base: "" },
    { title: "" },
    { title: "two\nlines" },
    { title: "x".repeat(257) },
    { body: LONG },
  ],
  "write-check-run": [
    { name: "ci/build" },
    { sha: OTHER },
    { sha: order.base },
    { summary: LONG },
    { title: "\u0007" },
  ],
  "merge-pull-request": [
    { pullRequest: 3 },
    { base: "release" },
    { sha: OTHER },
    { expectedParent: OTHER },
    { title: "two\nlines" },
    { message: LONG },
  ],
  "dispatch-workflow": [
    { workflow: "release.yml" },
    { ref: `factory/${issue}-1` },
    { ref: "refs/tags/main" },
    { inputs: { issue: `${issue + 1}` } },
    { inputs: {} },
    { inputs: { issue: `${issue}`, deploy: "now" } },
    { workflow: "deploy.yml" },
    { workflow: "deploy.yml", inputs: { version: "1" } },
  ],
  "close-issue": [{ issue: issue + 1 }],
  "open-issue": [
    { marker: "Fixes #1" },
    { marker: "Fingerprint: `millwright:a` `b`" },
    { title: "x".repeat(257) },
    { body: LONG },
    { labels: ["factory:queued"] },
    { labels: ["deploy"] },
  ],
};

const TASK_OF: Partial<Record<Effect["kind"], Task>> = {
  "claim-branch": "claim",
  "close-issue": "record",
  "open-issue": "record",
};
const KINDS = Object.keys(FITTING) as Effect["kind"][];

describe("the bounds of an effect", () => {
  test.each(KINDS)("a fitting %s is within them", (kind) => {
    expect(refuseOutOfBounds(FITTING[kind], view(TASK_OF[kind]))).toBeUndefined();
  });

  test("so is the deploy that the config names", () => {
    const deploy = { ...FITTING["dispatch-workflow"], workflow: "deploy.yml", inputs: {} };
    expect(refuseOutOfBounds(deploy, view())).toBeUndefined();
  });

  const rows = KINDS.flatMap((kind) =>
    OUTSIDE[kind].map((change) => [kind, JSON.stringify(change).slice(0, 80), change] as const),
  );
  test.each(rows)("a %s with %s is not", (kind, _shown, change) => {
    const effect = { ...FITTING[kind], ...change } as Effect;
    expect(refuseOutOfBounds(effect, view(TASK_OF[kind]))).toMatchObject({
      code: "proposal-invalid",
      subject: expect.stringContaining(kind),
    });
  });

  test("before this run has published, nothing can be merged or marked", () => {
    for (const kind of ["merge-pull-request", "write-check-run"] as const) {
      expect(refuseOutOfBounds(FITTING[kind], view("settle", []))).toBeDefined();
    }
  });

  test.each<readonly [string, readonly Receipt[], boolean]>([
    ["published and opened it", RECEIPTS, true],
    [
      "found both there already",
      RECEIPTS.map((receipt) => ({ ...receipt, outcome: "already" }) as Receipt),
      true,
    ],
    ["published it and only commented there", [PUBLISHED, commentedOn(2)], false],
    ["opened another", [PUBLISHED, { ...OPENED, number: 3 }], false],
    ["opened it and published something else", [{ ...PUBLISHED, sha: OTHER }, OPENED], false],
    ["opened it and published nothing", [OPENED], false],
  ])("a run that %s may merge a pull request: %#", (_, receipts, may) => {
    const refusal = refuseOutOfBounds(FITTING["merge-pull-request"], view("settle", receipts));
    expect(refusal === undefined).toBe(may);
  });

  test.each([
    ["its own kind of receipt", commentedOn(999_999), true],
    ["a pull request of that number", { ...OPENED, number: 999_999 }, false],
  ])("a comment that is known by %s: %#", (_, receipt, may) => {
    const effect = { ...FITTING["write-comment"], comment: 999_999 };
    expect(refuseOutOfBounds(effect, view("settle", [receipt])) === undefined).toBe(may);
  });

  test("a kind that nobody knows is refused, and so is a name of the prototype", () => {
    for (const kind of ["delete-repository", "constructor", "__proto__"]) {
      const effect = { kind, key: "k" } as unknown as Effect;
      expect(refuseOutOfBounds(effect, view())).toMatchObject({ code: "proposal-invalid" });
    }
  });

  test("the tasks that only read may do nothing at all", () => {
    for (const task of ["open", "nightly-open"] as const) {
      for (const kind of KINDS) expect(refuseOutOfBounds(FITTING[kind], view(task))).toBeDefined();
    }
    expect(TASKS).toHaveLength(12);
  });

  test("a run that writes the same kind again and again is ended", () => {
    const effects = [1, 2, 3, 4, 5].map((key) => ({ ...FITTING["set-labels"], key: `${key}` }));
    const { within, refused } = keepWithin(effects, view());
    expect(within).toHaveLength(4);
    expect(refused).toMatchObject({ key: "5", outcome: "refused", cause: "withheld" });
  });

  test("what stands before the first that is out of bounds is done, nothing behind it", () => {
    const stray = { ...FITTING["set-labels"], add: ["deploy"] };
    const effects = [FITTING["write-comment"], stray, FITTING["open-pull-request"]];
    const { within, refused } = keepWithin(effects, view());
    expect(within).toEqual([FITTING["write-comment"]]);
    expect(refused?.refusal.subject).toBe("the add of set-labels");
  });
});
