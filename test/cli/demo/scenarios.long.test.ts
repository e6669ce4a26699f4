import { expect, test } from "vitest";
import { start } from "../command-line.ts";
import { scenariosThatMerge } from "./endings.ts";

/** Not a bound on speed. */
const PATIENCE_MS = 600_000;

test.concurrent.each(scenariosThatMerge(true))(
  "scenario %s ends as it says",
  { timeout: PATIENCE_MS },
  async (name) => {
    using command = start(["demo", "--json", "--scenario", name]);
    const { code, stdout, stderr } = await command.ended;
    const result: unknown = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
    expect(result, stderr).toMatchObject({ ok: true, scenario: name });
    expect(code).toBe(0);
  },
);
