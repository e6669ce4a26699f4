import { expect, test } from "vitest";
import { jobNameFromAct, ownJobName } from "../../../src/cli/shared/job-name.ts";
import { DOING } from "../../../src/cli/shared/progress.ts";

test.each([
  ["GitHub, a job of its own", "claim", "claim"],
  ["GitHub, a job of a called workflow", "line / line / claim", "claim"],
  ["GitHub, a name with a slash", "line / build (node/24)", "build (node/24)"],
  ["GitHub, a name with a slash and no caller", "build (node/24)", "build (node/24)"],
  ["the twin", "again / revert / verify / verify", "verify"],
  ["act, a job of its own", jobNameFromAct("Factory/claim  "), "claim"],
  ["act, a job of a called workflow", jobNameFromAct("line/line/implement  "), "implement"],
])("%s: %s is %s", (_who, name, own) => {
  expect(ownJobName(name)).toBe(own);
});

test("a job on act is told with the words of what it does", () => {
  expect(DOING.get(ownJobName(jobNameFromAct("line/verify/verify  ")))).toMatch(/^[a-z]/);
});
