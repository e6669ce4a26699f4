import { expect, test } from "vitest";
import type { View } from "../../../../src/control/observed/issue-view.ts";
import { ledgersSince } from "../../../../src/control/observed/turns/day.ts";
import { urgencyOf, waitingInTurn } from "../../../../src/control/observed/turns/in-turn.ts";

const named = (number: number, ...labels: readonly string[]) => ({ number, labels });

test.each<readonly [readonly string[], number, boolean]>([
  [[], 2, false],
  [["factory:priority-1"], 1, false],
  [["factory:priority-3"], 3, false],
  [["factory:priority-3", "Factory:Priority-1"], 1, false],
  [["enhancement", "Bug"], 2, true],
  [["factory:incident"], 2, true],
  [["bugs", "other:priority-1"], 2, false],
])("%j is priority %i, a defect: %s", (labels, priority, isDefect) => {
  expect(urgencyOf("factory:", { labels })).toEqual({ priority, isDefect });
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
  expect(waitingInTurn(view).map(({ number }) => number)).toEqual([9, 7]);
});

test.each([
  ["2026-11-20T09:00:00Z", "2026-11-19T09:00:00Z"],
  ["2026-11-20T00:00:00.500Z", "2026-11-19T00:00:00Z"],
  ["2026-11-20T23:59:59.999Z", "2026-11-19T23:59:59Z"],
])("at %s ledgers count that were written since %s", (now, since) => {
  expect(ledgersSince(now)).toBe(since);
});
