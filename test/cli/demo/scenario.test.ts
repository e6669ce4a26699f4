import { expect, test } from "vitest";
import { type Ending, missedEnding } from "../../../src/cli/demo/scenario.ts";

const ending: Ending = {
  stage: "gating",
  merged: false,
  criteria: { AC1: "proven", AC2: "unproven" },
  refusals: ["criterion-unproven"],
  sentBack: 1,
};
const run: Parameters<typeof missedEnding>[1] = {
  issue: { number: 1, state: "open", stage: "gating", labels: [] },
  pullRequest: null,
  criteria: [
    { id: "AC2", kind: "changes", status: "unproven", tests: [], notices: [] },
    { id: "AC1", kind: "changes", status: "proven", tests: ["a"], notices: [] },
  ],
  refusals: [{ code: "criterion-unproven", subject: "AC2" }],
  sentBack: [{ attempt: 1, findings: [] }],
};

test("a run that ended as its scenario says misses nothing, whatever the order of its criteria", () => {
  expect(missedEnding(ending, run)).toEqual([]);
});

test.each([
  ["stage", { ...run, issue: { ...run.issue, stage: "done" } }],
  ["merged", { ...run, pullRequest: { number: 2, merged: true, headSha: "a", mergeSha: "b" } }],
  ["criteria", { ...run, criteria: run.criteria.slice(1) }],
  ["refusals", { ...run, refusals: [] }],
  ["sentBack", { ...run, sentBack: [] }],
])("another %s is told", (key, other) => {
  expect(missedEnding(ending, other)).toEqual([expect.stringContaining(`${key}: the scenario`)]);
});
