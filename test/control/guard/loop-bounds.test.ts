import { expect, test } from "vitest";
import { keepWithin, refuseOutOfBounds } from "../../../src/control/guard/bounds.ts";
import type { View } from "../../../src/control/observed/issue-view.ts";
import { digestOf } from "../../../src/domain/digest.ts";
import type { Effect } from "../../../src/domain/github/effect.ts";
import type { LoopIssue } from "../../../src/domain/github/loop-issue.ts";
import type { LoopOrder } from "../../../src/domain/order.ts";
import { findingMarker } from "../../../src/wording/loops/finding.ts";
import { loopMarker } from "../../../src/wording/loops/issue.ts";
import { CRON, fileOf, loopLine, PATH } from "../tasks/loops/loop-line.ts";
import { viewWith } from "./fitting.ts";

/** A run of the loop `tidy`, whose file lets it start so many; issue 7 is of its own, 8 tells of it, 9 is another loop's. */
async function settling(start: number): Promise<View> {
  const matter = `on: { schedule: "${CRON}" }\ngather: { command: x }\neffects: { start: ${start} }`;
  const { order } = await loopLine({ [PATH]: fileOf(matter) }).open();
  const seen = viewWith("loop-settle", { order: order as LoopOrder });
  const issue = (number: number, marker: string): LoopIssue => ({
    ...{ number, marker, title: "", body: marker, state: "open", dismissed: false, labels: [] },
  });
  const loopIssues = [
    issue(7, findingMarker("tidy", digestOf("a"))),
    issue(8, loopMarker("tidy")),
    issue(9, findingMarker("other", digestOf("a"))),
  ];
  return { ...seen, snapshot: { ...seen.snapshot, loopIssues } };
}

const labels = (
  issue: number,
  more: { readonly add?: string[]; readonly remove?: string[] } = {},
) =>
  ({
    ...{ kind: "set-labels", key: `labels/${issue}`, issue, remove: [] },
    add: ["factory:queued", "factory:waiting"],
    ...more,
  }) satisfies Effect;

test.each([
  ["its own issue, as one that waits", 1, labels(7), true],
  ["its own issue, where its file starts none", 0, labels(7), false],
  ["the issue that tells of it", 1, labels(8), false],
  ["an issue of another loop", 1, labels(9), false],
  ["an issue of people", 1, labels(10), false],
  ["its own, as one that is ready to be built", 1, labels(7, { add: ["factory:ready"] }), false],
  ["its own, with the andon taken off", 1, labels(7, { remove: ["factory:andon"] }), false],
] as const)("a loop labels %s: %s starts", async (_what, start, effect, isWithin) => {
  expect(refuseOutOfBounds(effect, await settling(start)) === undefined).toBe(isWithin);
});

test("a loop labels no more issues in a run than its file lets it start", async () => {
  const view = await settling(1);
  const kept = keepWithin([labels(7), { ...labels(7), key: "another" }], view);
  expect(kept.within).toHaveLength(1);
  expect(kept.refused).toBeDefined();
});
