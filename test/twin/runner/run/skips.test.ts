import { describe, expect, test } from "vitest";
import { conclusions, createWorld, expectSuccess, type Files } from "../world.ts";

const step = "runs-on: x, steps: [{ run: echo }]";
const CALLED: Files = {
  ".github/workflows/one.yml": `on: push
jobs:
  skipped: { if: false, ${step} }
  call: { needs: skipped, if: "!cancelled()", uses: ./.github/workflows/two.yml }
`,
  ".github/workflows/two.yml": `on: workflow_call
jobs:
  bare: { ${step} }
  condition: { if: "github.ref != ''", ${step} }
  asked: { if: "!cancelled()", ${step} }
  deeper: { if: "!cancelled()", uses: ./.github/workflows/three.yml }
`,
  ".github/workflows/three.yml": `on: workflow_call
jobs:
  bare: { ${step} }
  asked: { if: "!cancelled() && github.ref != ''", ${step} }
`,
};

describe("a job of a called workflow behind a skipped job of its caller", () => {
  test.each([
    ["strict", "skipped"],
    ["lenient", "success"],
  ] as const)("by the %s reading: %s without a status function", async (skips, bare) => {
    await using world = await createWorld(CALLED, { skips });
    const run = await world.run("push");
    expect(conclusions(run)).toEqual({
      skipped: "skipped",
      "call/bare": bare,
      "call/condition": bare,
      "call/asked": "success",
      "call/deeper/bare": bare,
      "call/deeper/asked": "success",
    });
    expectSuccess(run);
  });

  test("is read strictly unless somebody asks otherwise", async () => {
    await using world = await createWorld(CALLED);
    expect(conclusions(await world.run("push"))["call/bare"]).toBe("skipped");
  });
});
