import { describe, expect, test } from "vitest";
import { readAutomations } from "../../../src/domain/github/automation.ts";

/** Runs of one workflow, the newest first, a day apart. */
function runsOf(path: string, conclusions: readonly (string | null)[]) {
  return conclusions.map((conclusion, days) => ({
    path,
    conclusion,
    at: `2026-11-${20 - days}T03:17:00Z`,
  }));
}

const NIGHT = ".github/workflows/night.yml";

describe("a scheduled workflow", () => {
  test.each<[string, readonly (string | null)[], boolean, string | undefined]>([
    ["succeeds", ["success", "success", "success"], false, "20"],
    ["failed twice", ["failure", "failure", "success"], false, "18"],
    ["failed twice and has no more runs", ["failure", "failure"], false, undefined],
    ["failed three times", ["failure", "timed_out", "startup_failure"], true, undefined],
    ["failed three times since", ["failure", "cancelled", "failure", "success"], true, "17"],
    ["runs, and failed twice", [null, "failure", "failure", "success"], false, "17"],
    ["runs, and failed three times", [null, "failure", "failure", "failure"], true, undefined],
    ["had nothing to do between", ["failure", "skipped", "failure", "neutral"], false, undefined],
    ["recovered", ["success", "failure", "failure", "failure"], false, "20"],
    ["ended in a way that nobody knows", ["new", "new", "new"], true, undefined],
  ])("that %s", (_, conclusions, isDead, day) => {
    const lastSuccess = day === undefined ? {} : { lastSuccess: `2026-11-${day}T03:17:00Z` };
    expect(readAutomations(runsOf(NIGHT, conclusions))).toEqual([
      { name: "night.yml", lastRun: "2026-11-20T03:17:00Z", isDead, ...lastSuccess },
    ]);
  });

  test("is told apart from others, the dead first, then by name", () => {
    const dead = ["failure", "failure", "failure"];
    const runs = [
      ...runsOf(".github/workflows/b.yml", ["success"]),
      ...runsOf(".github/workflows/a.yml", ["success"]),
      ...runsOf(".github/workflows/z.yml", dead),
    ];
    expect(readAutomations(runs).map(({ name }) => name)).toEqual(["z.yml", "a.yml", "b.yml"]);
    expect(readAutomations([])).toEqual([]);
  });

  test("has a name that holds nothing unusual", () => {
    const [one] = readAutomations(runsOf(".github/workflows/`@all` | <x>, y.yml", [null]));
    expect(one?.name).toBe("??all? ? ?x?? y.yml".replaceAll(" ", "?"));
  });
});
