import { expect, test } from "vitest";
import type { LedgerEvent } from "../../src/domain/ledger.ts";
import { restoredAfter, timeToRestore } from "../../src/measures/restored.ts";

const BAD = "a".repeat(40);
const BACK = "b".repeat(40);
const TREE = "c".repeat(40);
const landed = { pullRequest: 2, tree: TREE, by: "factory" } as const;

const STORY: readonly { readonly at: string; readonly event: LedgerEvent }[] = [
  { at: "2026-11-20T09:00:00Z", event: { kind: "merged", commit: BAD, ...landed } },
  { at: "2026-11-20T09:01:00Z", event: { kind: "smoked", commit: BAD, status: "failed" } },
  {
    at: "2026-11-20T09:02:00Z",
    event: { kind: "reverted", reverts: BAD, commit: BACK, ...landed },
  },
  { at: "2026-11-20T09:03:30Z", event: { kind: "smoked", commit: BACK, status: "passed" } },
  { at: "2026-11-21T09:00:00Z", event: { kind: "smoked", commit: BACK, status: "passed" } },
];

test("production was broken from the merge to the first smoke test that saw it well", () => {
  expect(restoredAfter(STORY)).toBe(210_000);
  expect(timeToRestore(STORY, "2026-11-20T09:00:10Z")).toBe(10_000);
});

test.each([
  ["nobody saw it well", STORY.slice(0, 3)],
  [
    "it failed again",
    [
      ...STORY.slice(0, 3),
      { ...STORY[1], event: { kind: "smoked", commit: BACK, status: "failed" } },
    ],
  ],
  ["no merge was taken back", STORY.slice(0, 2)],
] as const)("not restored, where %s", (_, entries) => {
  expect(restoredAfter(entries as typeof STORY)).toBeUndefined();
});
