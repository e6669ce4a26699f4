import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { View } from "../../../../src/control/observed/issue-view.ts";
import { ledgersSince } from "../../../../src/control/observed/turns/day.ts";
import { compareTurns, waitingInTurn } from "../../../../src/control/observed/turns/in-turn.ts";

const named = (number: number, ...labels: readonly string[]) => ({ number, labels });

describe("who comes first", () => {
  test.each<readonly [string, readonly string[], readonly string[], "first" | "second"]>([
    ["the older one", [], [], "first"],
    ["the urgent one", [], ["factory:priority-1"], "second"],
    ["the one that nobody calls idle", ["factory:priority-3"], [], "second"],
    ["the older one, where the usual is said", [], ["factory:priority-2"], "first"],
    [
      "by the most urgent of two labels",
      [],
      ["factory:priority-3", "factory:priority-1"],
      "second",
    ],
    ["the defect", ["enhancement"], ["Bug"], "second"],
    ["what an alert opened", [], ["factory:incident"], "second"],
    ["priority before kind", ["factory:priority-1"], ["bug"], "first"],
    ["no word in another label", [], ["bugs", "other:priority-1"], "first"],
  ])("%s: %j, %j", (_, first, second, winner) => {
    const sign = Math.sign(compareTurns("factory:", named(3, ...first), named(4, ...second)));
    expect(sign).toBe(winner === "first" ? -1 : 1);
  });

  test("is an order: every list has one first, whatever it was like", () => {
    const labels = fc.subarray(["bug", "factory:priority-1", "factory:priority-3", "docs"]);
    const issues = fc.uniqueArray(fc.record({ number: fc.nat(99), labels }), {
      selector: ({ number }) => number,
    });
    const sorted = (all: readonly ReturnType<typeof named>[]) =>
      all.toSorted((one, other) => compareTurns("factory:", one, other));
    fc.assert(
      fc.property(issues, (all) => {
        expect(sorted(all.toReversed())).toEqual(sorted(all));
      }),
    );
  });

  test("only those that wait are in it, in any case of letters", () => {
    const openIssues = {
      known: [
        named(9, "factory:waiting", "factory:ready"),
        named(3, "factory:ready"),
        named(7, "Factory:Waiting", "bug", "Factory:Queued"),
        named(5, "factory:waiting"),
        named(4, "factory:waiting", "factory:gating"),
        named(2, "factory:waiting", "factory:ready", "factory:done"),
      ],
    };
    const view = { snapshot: { openIssues }, prefix: "factory:" } as unknown as View;
    expect(waitingInTurn(view).map(({ number }) => number)).toEqual([7, 9]);
  });
});

test.each([
  ["2026-11-20T09:00:00Z", "2026-11-19T09:00:00Z"],
  ["2026-11-20T00:00:00.500Z", "2026-11-19T00:00:00Z"],
  ["2026-11-20T23:59:59.999Z", "2026-11-19T23:59:59Z"],
])("at %s ledgers count that were written since %s", (now, since) => {
  expect(ledgersSince(now)).toBe(since);
});
