import { expect, test } from "vitest";
import { of, verified } from "./world.ts";

const CHECKS = {
  lint: { run: "lint docs", paths: ["docs/**"] },
  test: [
    { run: "npm test", report: "reports/junit.xml", paths: ["{src,test}/**"] },
    { run: "other test", report: "other.xml", paths: ["docs/**"] },
  ],
};

test("only the checks of what a change touches run, on the base and the change alike", async () => {
  const { proposal, order } = await verified({ checks: CHECKS });
  const runs = of(proposal.evidence, "check");
  expect(new Set(runs.map(({ command }) => command))).toEqual(new Set(["npm test"]));
  expect(new Set(runs.map(({ on }) => on))).toContain("base");
  expect(runs.every(({ scopes }) => scopes?.[0] === "{src,test}/**")).toBe(true);
  expect(of(proposal.evidence, "test-comparison")[0]?.failToPass).toEqual(["new"]);
  // What the proposal answers is the order as it came.
  expect(Array.isArray(order.config.checks.test)).toBe(true);
});
