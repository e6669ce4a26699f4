import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { scenarioNames } from "../../../src/cli/demo/scenario.ts";
import { typed } from "../typed.ts";

const MILLWRIGHT = fileURLToPath(new URL("../../..", import.meta.url));
/** Not a bound on speed. */
const PATIENCE_MS = 600_000;

const [, ...variants] = scenarioNames(MILLWRIGHT);

// On the twin's own runner, whose jobs deploy what was merged.
test.each(variants)("the scenario %s ends as it should", { timeout: PATIENCE_MS }, async (name) => {
  using ended = await typed(["demo", "--json", "--scenario", name]);
  expect(ended.stderr).not.toContain("not as it should");
  expect(JSON.parse(ended.stdout)).toMatchObject({ ok: true, scenario: name });
  expect(ended.code).toBe(0);
});
