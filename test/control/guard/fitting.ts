import { NO_FILES } from "../../../src/control/observed/files.ts";
import { readSituation, type View } from "../../../src/control/observed/issue-view.ts";
import type { Effect, EffectOf } from "../../../src/domain/github/effect.ts";
import type { Receipt } from "../../../src/domain/github/receipt.ts";
import type { Order } from "../../../src/domain/order.ts";
import type { Task } from "../../../src/station.ts";
import { BOARD_MARKER } from "../../../src/wording/issue/board.ts";
import { LEDGER_MARKER } from "../../../src/wording/issue/ledger-comment.ts";
import { fakeId } from "../../fakes/github.ts";
import { controlInput, doorbell, newLine, toBuilding } from "../line.ts";

/** The issue that is the board; that of the order is none. */
export const BOARD = 40;
export const COMMIT = fakeId("commit of this run");
const line = newLine();
const building = await toBuilding(line);
export const { issue, order } = building;
const snapshot = await line.github.observe({ prefix: "factory:", issues: [issue] });
const comments = snapshot.issues.flatMap((seen) => seen.comments);
const own = comments.find(({ body }) => body.startsWith(LEDGER_MARKER))?.id ?? 0;
export const strangers = comments.find(({ author }) => author.login === "ada")?.id ?? 0;

export const PUBLISHED = {
  kind: "publish-commit",
  key: "publish",
  outcome: "done",
  sha: COMMIT,
  tree: order.base,
} as const;
export const OPENED = {
  kind: "open-pull-request",
  key: "open",
  outcome: "done",
  number: 2,
} as const;
export const RECEIPTS: readonly Receipt[] = [PUBLISHED, OPENED];

export function commentedOn(number: number): Receipt {
  return { kind: "write-comment", key: "comment", outcome: "done", number };
}

/** What a run of this task knows while it settles the attempt of the order. */
/** A comment of a person on a line of the pull request. */
const THREAD = 4_711;
const OWNED = {
  pullRequest: 2,
  comments: [],
  threads: [{ id: THREAD, path: "a.ts", line: 1, node: "PRRT_1", settled: false, comments: [] }],
  reviews: [],
  behind: false,
};

export function view(task: Task = "settle", receipts = RECEIPTS, of: Order = order): View {
  const input = controlInput(
    task,
    { event: building.event, issue, order: of },
    { github: line.github, run: order.runId, sealKey: line.sealKey },
  );
  return readSituation({ input, snapshot, now: "2026-11-20T09:00:00Z", receipts, files: NO_FILES });
}

/** The same for a run that works on no issue, and for an order of another kind. */
export function viewWith(
  task: Task,
  given: { readonly order?: Order; readonly openIssues?: readonly number[] },
): View {
  const input = controlInput(
    task,
    {
      event: doorbell(line.github, ""),
      ...(given.order === undefined ? {} : { order: given.order }),
    },
    { github: line.github, run: order.runId, sealKey: line.sealKey },
  );
  const known = (given.openIssues ?? []).map((number) => ({
    number,
    title: "",
    body: "",
    author: line.github.actor("ada"),
    labels: [],
    updatedAt: "2026-11-20T08:00:00Z",
  }));
  const seen = { ...snapshot, openIssues: { known } };
  return readSituation({
    input,
    snapshot: seen,
    now: "2026-11-20T09:00:00Z",
    receipts: RECEIPTS,
    files: NO_FILES,
  });
}

/** One of each kind as this very run would do it. */
export const FITTING: { readonly [Kind in Effect["kind"]]: EffectOf<Kind> } = {
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
  "update-pull-request": {
    kind: "update-pull-request",
    key: "k",
    pullRequest: 2,
    title: "Greet",
    body: "",
  },
  "answer-thread": {
    kind: "answer-thread",
    key: "k",
    pullRequest: 2,
    thread: THREAD,
    marker: "**Millwright · attempt 2**",
    body: "**Millwright · attempt 2**\n",
  },
  "resolve-thread": {
    kind: "resolve-thread",
    key: "k",
    pullRequest: 2,
    thread: THREAD,
    node: "PRRT_1",
  },
  "request-review": {
    kind: "request-review",
    key: "k",
    pullRequest: 2,
    people: ["ada"],
    teams: [],
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
  "run-jobs-again": { kind: "run-jobs-again", key: "k", run: 7, attempt: 1 },
  "close-issue": { kind: "close-issue", key: "k", issue },
  "reopen-issue": { kind: "reopen-issue", key: "k", issue },
  "open-issue": {
    kind: "open-issue",
    key: "k",
    marker: "Fingerprint: `millwright:smoke:1`",
    title: "Incident",
    body: "",
    labels: ["factory:andon"],
  },
  "edit-issue": {
    kind: "edit-issue",
    key: "k",
    issue: BOARD,
    marker: BOARD_MARKER,
    body: `### Millwright · board\n\n${BOARD_MARKER}`,
  },
  "pin-issue": { kind: "pin-issue", key: "k", issue: BOARD, node: "I_board" },
};

/** The task of the line that does each; settle where nothing is said. */
export const TASK_OF: Partial<Record<Effect["kind"], Task>> = {
  "claim-branch": "claim",
  "run-jobs-again": "route",
  "close-issue": "record",
  "reopen-issue": "incident",
  "open-issue": "record",
  "edit-issue": "board",
  "pin-issue": "board",
};

/** What the next attempt of the same issue goes on with: pull request 2, at a commit of an earlier base. */
export const CONTINUES = {
  pullRequest: 2,
  branch: `factory/${issue}-1`,
  head: COMMIT,
  base: fakeId("an earlier base"),
};

/** A run of the repository's own that is red at its first attempt. */
const RED = {
  head: COMMIT,
  checks: [
    {
      name: "CI / test",
      key: "actions:.github/workflows/ci.yml:test",
      state: "failed" as const,
      run: { id: 7, attempt: 1 },
      marks: [],
      tail: [],
    },
  ],
  bases: [],
  changed: [],
};

const PINNING = { issue: BOARD, node: "I_board", wasPinned: false, pinned: 2 };

/** The run that would do this effect. */
export function viewFor(kind: Effect["kind"]): View {
  if (kind === "run-jobs-again") return { ...view(TASK_OF[kind]), checks: { known: RED } };
  if (kind === "edit-issue") return onBoard(view(TASK_OF[kind]));
  if (kind === "pin-issue") return { ...onBoard(view(TASK_OF[kind])), pinning: { known: PINNING } };
  const goesOn = ["update-pull-request", "answer-thread", "resolve-thread"].includes(kind);
  return goesOn
    ? { ...view("settle", RECEIPTS, { ...order, attempt: 2, continues: CONTINUES }), owned: OWNED }
    : view(TASK_OF[kind]);
}

/** A look at the factory's own board, and at one that a person has made up. */
function onBoard(seen: View): View {
  const text = { title: "", body: `Old.\n\n${BOARD_MARKER}`, labels: [], updatedAt: seen.now };
  const { identity } = seen.input;
  const known = [
    { ...text, number: BOARD - 1, author: line.github.actor("ada") },
    { ...text, number: BOARD, author: { ...identity, type: "Bot" as const } },
  ];
  return { ...seen, snapshot: { ...seen.snapshot, openIssues: { known } } };
}
