import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { loopScenarioNames } from "../../../src/cli/demo/loops/loop-scenario.ts";
import { scenarioNames } from "../../../src/cli/demo/scenario.ts";
import { CHROMIUM } from "../../chromium.ts";
import { start } from "../command-line.ts";

const MILLWRIGHT = fileURLToPath(new URL("../../..", import.meta.url));
/** Not a bound on speed: twenty of them, several at a time. */
const PATIENCE_MS = 900_000;

const [, ...variants] = [...scenarioNames(MILLWRIGHT), ...loopScenarioNames(MILLWRIGHT)];

// On the twin's own runner, whose jobs deploy what was merged; processes of their own, because each has its folders. Some
// wait for probes and deploys.
describe.concurrent("a scenario of the demo", { timeout: PATIENCE_MS }, () => {
  test.for(variants)("%s ends as it should", async (name, { expect, skip }) => {
    const looks = name === "improver";
    skip(looks && CHROMIUM === undefined, "there is no Chromium");
    using command = start(["demo", "--json", "--scenario", name]);
    const { code, stdout, stderr } = await command.ended;
    expect(stderr).not.toContain("not as it should");
    expect(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({
      ok: true,
      scenario: name,
    });
    expect(code).toBe(0);
  });
});
