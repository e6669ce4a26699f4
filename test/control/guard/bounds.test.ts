import { describe, expect, test } from "vitest";
import { keepWithin, refuseOutOfBounds } from "../../../src/control/guard/bounds.ts";
import type { Effect, EffectOf } from "../../../src/domain/github/effect.ts";
import type { Receipt } from "../../../src/domain/github/receipt.ts";
import { TASKS } from "../../../src/station.ts";
import { BOARD_MARKER } from "../../../src/wording/issue/board.ts";
import { LEDGER_MARKER } from "../../../src/wording/issue/ledger-comment.ts";
import { fakeId } from "../../fakes/github.ts";
import {
  BOARD,
  CONTINUES,
  commentedOn,
  FITTING,
  issue,
  OPENED,
  order,
  PUBLISHED,
  RECEIPTS,
  strangers,
  view,
  viewFor,
} from "./fitting.ts";

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
    { parents: [OTHER] },
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
  "update-pull-request": [
    { pullRequest: 3 },
    { title: "" },
    { title: "two\nlines" },
    { body: LONG },
  ],
  "answer-thread": [
    { pullRequest: 3 },
    { thread: 4_712 },
    { marker: "**Approved**", body: "**Approved**\n" },
    { body: "another first line" },
    { body: `**Millwright · attempt 2**\n${LONG}` },
  ],
  "resolve-thread": [{ pullRequest: 3 }, { thread: 4_712 }, { node: "PRRT_other" }],
  "request-review": [{ pullRequest: 3 }, { people: ["mallory"] }, { teams: ["strangers"] }],
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
  "run-jobs-again": [{ run: 8 }, { attempt: 2 }],
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
  "reopen-issue": [{ issue: issue + 1 }],
  "open-issue": [
    { marker: "Fixes #1" },
    { marker: "Fingerprint: `millwright:a` `b`" },
    { title: "x".repeat(257) },
    { body: LONG },
    { labels: ["factory:queued"] },
    { labels: ["deploy"] },
  ],
  "edit-issue": [
    { issue },
    { issue: BOARD - 1 },
    { marker: "Fingerprint: `millwright:smoke:1`" },
    { marker: "Fixes #1", body: "Fixes #1" },
    { body: "without its last line" },
    { body: `${LONG}\n${BOARD_MARKER}` },
  ],
  "pin-issue": [{ issue }, { node: "I_another" }],
};

/** What the refusal names: the first property that was changed. */
function propertyOf(kind: Effect["kind"], change: object): string | undefined {
  return kind === "dispatch-workflow" && !("ref" in change)
    ? "workflow and inputs"
    : Object.keys(change)[0];
}

const KINDS = Object.keys(FITTING) as Effect["kind"][];

describe("the bounds of an effect", () => {
  test.each(KINDS)("a fitting %s is within them", (kind) => {
    expect(refuseOutOfBounds(FITTING[kind], viewFor(kind))).toBeUndefined();
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
    expect(refuseOutOfBounds(effect, viewFor(kind))).toMatchObject({
      code: "proposal-invalid",
      subject: `the ${propertyOf(kind, change)} of ${kind}`,
    });
  });

  test("an attempt that goes on with a pull request publishes there, on its head and the base, and nowhere else", () => {
    const seen = viewFor("update-pull-request");
    const fits = { ...FITTING["publish-commit"], parents: [CONTINUES.head, order.base] };
    expect(refuseOutOfBounds(fits, seen)).toBeUndefined();
    const others: readonly (readonly [string, Partial<EffectOf<"publish-commit">>])[] = [
      ["branch", { branch: `factory/${issue}-2` }],
      ["branch", { branch: `factory/${issue + 1}-1` }],
      ["parents", { parents: [CONTINUES.head] }],
      ["parents", { parents: [order.base, CONTINUES.head] }],
      ["parents", { parents: [OTHER, order.base] }],
      ["parents", { parents: [] }],
    ];
    for (const [property, change] of others) {
      expect(refuseOutOfBounds({ ...fits, ...change }, seen)).toMatchObject({
        subject: `the ${property} of publish-commit`,
      });
    }
    expect(refuseOutOfBounds(FITTING["publish-commit"], seen)).toBeDefined();
    const merge = FITTING["merge-pull-request"];
    expect(refuseOutOfBounds(merge, view("settle", [PUBLISHED]))).toBeDefined();
    const own = view("settle", [PUBLISHED], { ...order, continues: CONTINUES });
    expect(refuseOutOfBounds(merge, own)).toBeUndefined();
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
    ["a receipt of another comment", commentedOn(999_998), false],
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
    for (const task of ["open", "nightly-open", "loop-open"] as const) {
      for (const kind of KINDS) expect(refuseOutOfBounds(FITTING[kind], view(task))).toBeDefined();
    }
    expect(TASKS).toHaveLength(21);
  });

  const LESSON = "factory/lesson-0123456789ab";
  const lessonOf = (path: string, fields: object = {}): Effect => ({
    ...FITTING["publish-commit"],
    branch: LESSON,
    changeSet: {
      base: view("learn").snapshot.repository.head,
      files: [{ path, mode: "100644", encoding: "utf-8", content: "" }],
    },
    ...fields,
  });

  test.each<readonly [string, Effect, boolean]>([
    ["its own file", lessonOf(".github/factory/lessons/0123456789ab.yml"), true],
    ["the guide", lessonOf("AGENTS.md"), true],
    ["the config", lessonOf(".github/factory.yml"), false],
    ["a file below", lessonOf(".github/factory/lessons/a/b.yml"), false],
    ["the branch of an attempt", lessonOf("AGENTS.md", { branch: "factory/7-1" }), false],
    [
      "a file that goes",
      lessonOf("AGENTS.md", {
        changeSet: {
          base: view("learn").snapshot.repository.head,
          files: [{ path: "AGENTS.md", deleted: true }],
        },
      }),
      false,
    ],
  ])("a lesson may change %s: %#", (_, effect, may) => {
    expect(refuseOutOfBounds(effect, view("learn")) === undefined).toBe(may);
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
