import { describe, expect, test } from "vitest";
import { keepWithin, refuseOutOfBounds } from "../../../src/control/guard/bounds.ts";
import type { View } from "../../../src/control/observed/issue-view.ts";
import type { Effect } from "../../../src/domain/github/effect.ts";
import type { Order } from "../../../src/domain/order.ts";
import { LEDGER_MARKER } from "../../../src/wording/issue/ledger-comment.ts";
import { fakeId } from "../../fakes/github.ts";
import { COMMIT, FITTING, issue, order, TASK_OF, view, viewWith } from "./fitting.ts";

const OTHER = fakeId("other");

/** The property that is out of bounds; undefined for an effect that is within them. */
function outOfBounds(effect: Effect, seen: View): string | undefined {
  const refusal = refuseOutOfBounds(effect, seen);
  expect(refusal?.accepted).toBe(refusal && "what belongs to this run's own order");
  return refusal?.subject.replace(/^the (.*) of [a-z-]+$/, "$1");
}

/** The longest that each may be, and one more. */
const LENGTHS: readonly (readonly [Effect["kind"], string, number, (length: number) => object])[] =
  [
    ["write-comment", "body", 65_536, (length) => ({ body: `${LEDGER_MARKER}\n`.padEnd(length) })],
    ["publish-commit", "message", 10_000, (length) => ({ message: "x".repeat(length) })],
    ["open-pull-request", "body", 65_536, (length) => ({ body: "x".repeat(length) })],
    ["open-pull-request", "title", 256, (length) => ({ title: "x".repeat(length) })],
    ["write-check-run", "summary", 65_536, (length) => ({ summary: "x".repeat(length) })],
    ["merge-pull-request", "message", 10_000, (length) => ({ message: "x".repeat(length) })],
    ["open-issue", "body", 65_536, (length) => ({ body: "x".repeat(length) })],
  ];

describe("the longest that GitHub takes", () => {
  test.each(LENGTHS)("of a %s: the %s of %i characters and no more", (kind, name, most, make) => {
    const seen = view(TASK_OF[kind]);
    const [longest, longer] = [most, most + 1].map(
      (length) => ({ ...FITTING[kind], ...make(length) }) as Effect,
    );
    if (longest === undefined || longer === undefined) throw new Error("there are two");
    expect(outOfBounds(longest, seen)).toBeUndefined();
    expect(outOfBounds(longer, seen)).toBe(name);
  });
});

describe("the first line of what is ours", () => {
  const comment = (marker: string) => ({
    ...FITTING["write-comment"],
    marker,
    body: `${marker}\n`,
  });
  test.each([
    ["### Millwright · a", true],
    [`### Millwright · ${"a".repeat(80)}`, true],
    [`### Millwright · ${"a".repeat(81)}`, false],
    ["### Millwright · ", false],
    ["> ### Millwright · ledger", false],
    ["### Millwright · ledger\r", false],
  ])("%j marks a comment: %j", (marker, fits) => {
    expect(outOfBounds(comment(marker), view())).toBe(fits ? undefined : "marker");
  });

  test.each([
    ["Fingerprint: `millwright:a`", true],
    [`Fingerprint: \`millwright:${"a".repeat(200)}\``, true],
    [`Fingerprint: \`millwright:${"a".repeat(201)}\``, false],
    ["Fingerprint: `millwright:`", false],
    ["Fixes #1. Fingerprint: `millwright:a`", false],
    ["Fingerprint: `millwright:a` and more", false],
  ])("%j marks an issue: %j", (marker, fits) => {
    const effect = { ...FITTING["open-issue"], marker };
    expect(outOfBounds(effect, view("record"))).toBe(fits ? undefined : "marker");
  });
});

describe("a branch before there is an attempt", () => {
  test.each([
    [`factory/${issue}-1`, true],
    [`factory/${issue}-9999`, true],
    [`factory/${issue}-10000`, false],
    [`factory/${issue}-0`, false],
    [`factory/${issue}-`, false],
    [`factory/${issue}1-1`, false],
    [`x/factory/${issue}-1`, false],
    [`factory/${issue}-1/x`, false],
  ])("%s may be claimed: %j", (branch, fits) => {
    const { order: _, ...input } = view("claim").input;
    const effect = { ...FITTING["claim-branch"], branch };
    expect(outOfBounds(effect, { ...view("claim"), input })).toBe(fits ? undefined : "branch");
  });

  test("is claimed at the head that was seen", () => {
    const { order: _, ...input } = view("claim").input;
    const seen = { ...view("claim"), input };
    const effect = FITTING["claim-branch"];
    expect(outOfBounds({ ...effect, sha: seen.snapshot.repository.head }, seen)).toBeUndefined();
    expect(outOfBounds({ ...effect, sha: OTHER }, seen)).toBe("sha");
  });
});

describe("a run that works on no issue", () => {
  const seen = viewWith("settle", { order });
  test.each([
    ["write-comment", "issue"],
    ["set-labels", "issue"],
    ["publish-commit", "branch"],
    ["open-pull-request", "head"],
    ["dispatch-workflow", "workflow and inputs"],
  ] as const)("does no %s", (kind, property) => {
    expect(outOfBounds(FITTING[kind], seen)).toBe(property);
  });

  test("closes none", () => {
    expect(outOfBounds(FITTING["close-issue"], viewWith("record", {}))).toBe("issue");
  });

  test.each([
    ["factory/quality-20261120", true],
    ["x/factory/quality-20261120", false],
    ["factory/quality-20261120-2", false],
    ["factory/quality-2026112", false],
    [`factory/${issue}-1`, false],
  ])("at night pushes to %s: %j", (branch, fits) => {
    const effect = { ...FITTING["publish-commit"], branch };
    const night = viewWith("nightly-settle", { order });
    expect(outOfBounds(effect, night)).toBe(fits ? undefined : "branch");
  });

  test("the heartbeat rings for open issues and no others", () => {
    const ring = (number: number): Effect => ({
      ...FITTING["dispatch-workflow"],
      inputs: { issue: `${number}` },
    });
    const beat = viewWith("heartbeat", { openIssues: [3, 4] });
    expect([3, 4, 5].map((number) => outOfBounds(ring(number), beat))).toEqual([
      undefined,
      undefined,
      "workflow and inputs",
    ]);
    const blind = { openIssues: { unknown: "503" } };
    const unknown = { ...beat, snapshot: { ...beat.snapshot, ...blind } };
    expect(outOfBounds(ring(3), unknown)).toBe("workflow and inputs");
    const other = viewWith("settle", { order, openIssues: [3] });
    expect(outOfBounds(ring(3), other)).toBe("workflow and inputs");
  });
});

describe("a run without an order", () => {
  test.each([
    ["publish-commit", "changeSet"],
    ["merge-pull-request", "expectedParent"],
  ] as const)("does no %s", (kind, property) => {
    const { order: _, ...input } = view().input;
    expect(outOfBounds(FITTING[kind], { ...view(), input })).toBe(property);
  });

  test("deploys nothing", () => {
    const deploy = { ...FITTING["dispatch-workflow"], workflow: "deploy.yml", inputs: {} };
    const { order: _, ...input } = view().input;
    expect(outOfBounds(deploy, { ...view(), input })).toBe("workflow and inputs");
  });
});

describe("a review", () => {
  const review = {
    ...order,
    kind: "review",
    pullRequest: { number: 7, head: COMMIT },
  } as unknown as Order;
  const seen = viewWith("review-settle", { order: review });
  const check = { ...FITTING["write-check-run"], name: "factory/review", conclusion: "neutral" };

  test.each<readonly [string, object, string | undefined]>([
    ["what it says", {}, undefined],
    ["the gate's name", { name: "factory/gate" }, "name"],
    ["another commit", { sha: OTHER }, "sha"],
    ["a success", { conclusion: "success" }, "conclusion"],
    ["a failure", { conclusion: "failure" }, "conclusion"],
  ])("shows on the commit that it read %s: %#", (_name, change, property) => {
    expect(outOfBounds({ ...check, ...change } as Effect, seen)).toBe(property);
  });

  test.each([
    ["none", {}],
    ["one of another kind", { order }],
  ])("without its order, with %s, says nothing at all", (_name, given) => {
    const lost = viewWith("review-settle", given);
    expect(outOfBounds(check as Effect, lost)).toBe("sha");
    expect(outOfBounds(FITTING["write-comment"], lost)).toBe("issue");
  });

  test("speaks on the pull request that it read", () => {
    const comment = { ...FITTING["write-comment"], comment: null };
    expect(outOfBounds({ ...comment, issue: 7 }, seen)).toBeUndefined();
    expect(outOfBounds({ ...comment, issue }, seen)).toBe("issue");
  });
});

describe("the check run of a check", () => {
  const check = { ...FITTING["write-check-run"], name: "factory/test" };
  const place = { path: "src/a.ts", line: 1, level: "failure", message: "odd" };
  const many = (count: number) => ({ annotations: Array(count).fill(place) });

  test.each<readonly [string, object, string | undefined]>([
    ["a check of the order's config", {}, undefined],
    ["a check that the config has not", { name: "factory/build" }, "name"],
    ["no check", { name: "factory/other" }, "name"],
    ["a name of others", { name: "test" }, "name"],
    ["another commit", { sha: OTHER }, "sha"],
    ["as many places as are kept", many(100), undefined],
    ["one place more", many(101), "annotations"],
    ["a path out of the tree", { annotations: [{ ...place, path: "../a" }] }, "places"],
    ["line 0", { annotations: [{ ...place, line: 0 }] }, "places"],
    ["half a column", { annotations: [{ ...place, column: 1.5 }] }, "places"],
    ["no words", { annotations: [{ ...place, message: "" }] }, "places"],
    ["too many words", { annotations: [{ ...place, message: "x".repeat(10_001) }] }, "places"],
  ])("is of %s, or refused: %#", (_name, change, property) => {
    expect(outOfBounds({ ...check, ...change } as Effect, view())).toBe(property);
  });

  test("is written once for each check there may be, and not without end", () => {
    const written = (count: number) =>
      keepWithin(
        Array.from({ length: count }, (_, index) => ({ ...check, key: `${index}` }) as Effect),
        view(),
      );
    expect(written(11).refused).toBeUndefined();
    expect(written(12).within).toHaveLength(11);
  });
});

describe("a kind that the task may not write", () => {
  test("is refused with what it may", () => {
    expect(refuseOutOfBounds(FITTING["open-issue"], view("claim"))).toEqual({
      code: "proposal-invalid",
      subject: "open-issue by claim",
      accepted: "write-comment, set-labels, claim-branch",
    });
    expect(refuseOutOfBounds(FITTING["open-issue"], view("open"))).toMatchObject({
      accepted: "no write at all",
    });
  });

  test("does not fill the page with its name", () => {
    const effect = { kind: "x".repeat(400), key: "k" } as unknown as Effect;
    expect(refuseOutOfBounds(effect, view())?.subject).toBe("x".repeat(300));
  });
});

describe("how often a run writes one kind", () => {
  const labels = [1, 2, 3].map((key) => ({ ...FITTING["set-labels"], key: `${key}` }));
  const answered = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      kind: "set-labels" as const,
      key: `earlier ${index}`,
      outcome: "done" as const,
    }));

  test("counts what was answered before", () => {
    expect(keepWithin(labels, view("settle", answered(1)))).toEqual({ within: labels });
    expect(keepWithin(labels, view("settle", answered(2)))).toMatchObject({
      within: labels.slice(0, 2),
      refused: {
        key: "3",
        refusal: {
          code: "proposal-invalid",
          subject: "set-labels, written 5 times",
          accepted: "at most 4 in a run",
        },
      },
    });
  });

  test("does not count another kind", () => {
    const effects = [FITTING["write-comment"], ...labels, FITTING["publish-commit"]];
    expect(keepWithin(effects, view("settle", answered(1)))).toEqual({ within: effects });
  });
});
