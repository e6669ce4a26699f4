import { expect, test } from "vitest";
import { doorbell } from "../../../src/control/outcome/doorbell.ts";
import { input, snapshot, viewOf } from "./building.ts";

test("a bell carries the number of the issue and nothing else, once in a try of a run", () => {
  expect(doorbell(viewOf(), 17)).toEqual({
    kind: "dispatch-workflow",
    key: `doorbell/17/${input.run.id}/${input.run.attempt}`,
    workflow: input.run.workflowFile,
    ref: snapshot.repository.defaultBranch,
    inputs: { issue: "17" },
  });
});
