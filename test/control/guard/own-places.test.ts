import { describe, expect, test } from "vitest";
import { isOwnBranch } from "../../../src/control/guard/own-places.ts";
import type { View } from "../../../src/control/observed/issue-view.ts";
import type { Order } from "../../../src/domain/order.ts";
import { issue, order, RECEIPTS, view, viewWith } from "./fitting.ts";

const HEX = "0123456789ab";
const FOREIGN = ["main", "factory/", "factory/guide", "release"];

/** Branches of a run are names and nothing around them. */
const around = (branch: string) => [`x${branch}`, `refs/${branch}`, `${branch}x`, `${branch}/x`];

const reverting = {
  ...order,
  kind: "revert",
  revert: { issue, attempt: 2 },
} as unknown as Order;
/** The same run before an order stands. */
function withoutOrder(of: View): View {
  const { order: _, ...input } = of.input;
  return { ...of, input };
}

describe("a run writes to its own branch alone", () => {
  test.each<readonly [string, View, readonly string[], readonly string[]]>([
    [
      "learn",
      viewWith("learn", {}),
      [`factory/guide-${HEX}`, `factory/lesson-${HEX}`, `factory/lesson-${HEX}-checked`],
      [`factory/other-${HEX}`, `factory/guide-${HEX.slice(1)}`, `factory/guide-${HEX}-done`],
    ],
    [
      "nightly-settle",
      viewWith("nightly-settle", {}),
      ["factory/quality-20261120"],
      ["factory/quality-2026112", `factory/guide-${HEX}`],
    ],
    [
      "an attempt",
      view("settle"),
      [`factory/${issue}-1`],
      [`factory/${issue}-2`, `factory/${issue + 1}-1`, `factory/${issue}-1-revert`],
    ],
    [
      "a revert",
      view("settle", RECEIPTS, reverting),
      [`factory/${issue}-2-revert`],
      [`factory/${issue}-2`, `factory/${issue}-1-revert`, `factory/${issue + 1}-2-revert`],
    ],
    [
      "a task of an issue without an order",
      withoutOrder(view("claim")),
      [`factory/${issue}-1`, `factory/${issue}-9999`],
      [`factory/${issue}-0`, `factory/${issue}-10000`, `factory/${issue + 1}-1`],
    ],
    ["a task without an issue", viewWith("heartbeat", {}), [], [`factory/${issue}-1`]],
  ])("%s", (_, seen, own, foreign) => {
    for (const branch of own) expect([branch, isOwnBranch(branch, seen)]).toEqual([branch, true]);
    for (const branch of [...foreign, ...own.flatMap(around), ...FOREIGN]) {
      expect([branch, isOwnBranch(branch, seen)]).toEqual([branch, false]);
    }
  });
});
