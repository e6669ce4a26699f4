import fc from "fast-check";
import { expect, test } from "vitest";
import type { View } from "../../../src/control/observed/issue-view.ts";
import { type Reading, spentBy } from "../../../src/control/observed/proposals.ts";
import { commonOrder } from "../../../src/control/outcome/orders.ts";
import { allowanceOf } from "../../../src/domain/budget.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import type { Worker } from "../../../src/domain/order.ts";
import { NO_USAGE, type Usage } from "../../../src/domain/usage.ts";
import { OWNER } from "../../workers/orders.ts";

const LIMIT = 5;

/** What a run left of a worker: an account of a part of its allowance, or silence. */
type Part = number | "silent";

function viewOf(spent: readonly Usage[]): View {
  return {
    now: "2026-11-20T09:00:00Z",
    config: Config.parse({ limits: { usdPerIssue: LIMIT } }),
    ledger: { entries: spent.map((usage) => ({ usage })) },
    input: { run: { id: 7 }, jobResults: {}, proposals: [] },
    snapshot: { paths: { known: [] }, repository: { id: 1, head: "a".repeat(40) } },
  } as unknown as View;
}

function reading(part: Part, allowedUsd: number): Reading<Worker> {
  return part === "silent"
    ? ({ kind: "missing" } as Reading<Worker>)
    : ({
        kind: "failed",
        proposal: { usage: { ...NO_USAGE, usd: part * allowedUsd }, durationMs: 1 },
      } as Reading<Worker>);
}

/** One run of an issue: what its ledger then says it cost. */
function play(spent: readonly Usage[], [built, reviewed]: readonly [Part, Part]): Usage {
  const view = viewOf(spent);
  const order = { ...commonOrder(view, "line", OWNER), kind: "line" } as never;
  const allowed = (name: Worker, spentBeforeUsd: number) =>
    allowanceOf(order, { name, spentBeforeUsd }).usd;
  const implement = reading(built, allowed("implement", 0));
  const before = spentBy(view, { implement }, order).usage.usd;
  const review = reading(reviewed, allowed("review", before));
  return spentBy(view, { implement, review }, order).usage;
}

test("over all runs of an issue no more is spent than its limit, whatever each worker spends or keeps to itself", () => {
  const part = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom<Part>(0, 1, "silent"),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(part, part), { minLength: 1, maxLength: 8 }), (runs) => {
      const spent: Usage[] = [];
      const sum = () => spent.reduce((all, { usd }) => all + usd, 0);
      for (const run of runs) {
        if (LIMIT - sum() <= 0) break;
        spent.push(play(spent, run));
        expect(sum()).toBeLessThanOrEqual(LIMIT * (1 + 1e-9));
      }
    }),
    { numRuns: 300 },
  );
});
