import { expect, test } from "vitest";
import { createConductor } from "../../line/in-process/conductor.ts";
import { typed } from "../typed.ts";
import { scenariosThatMerge } from "./endings.ts";

/** Not a bound on speed. */
const PATIENCE_MS = 600_000;

test.each(scenariosThatMerge(false))(
  "scenario %s ends as it says",
  { timeout: PATIENCE_MS },
  async (name) => {
    using ended = await typed(["demo", "--json", "--scenario", name], { runner: createConductor });
    const result: unknown = JSON.parse(ended.stdout);
    expect(result, ended.stderr).toMatchObject({ ok: true, scenario: name });
    expect(ended.code).toBe(0);
  },
);
