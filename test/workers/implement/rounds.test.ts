import { expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import type { Bench } from "../../../src/workers/implement/bench.ts";
import { joinAnswers, recorded } from "../../../src/workers/implement/join-answers.ts";
import { leftToVerify, runChecks } from "../../../src/workers/implement/round-checks.ts";
import { lineOrder } from "../orders.ts";

const order = lineOrder({
  config: Config.parse({ checks: { setup: "npm ci", lint: "npm run lint", test: "npm test" } }),
});

function notRun(said: string) {
  return ["lint", "test"].map((name) => ({ name, status: "not-run", said, lines: "" }));
}

test("no check is run when the time is spent, and each says so", async () => {
  const bench = { order, remainingMs: () => 0 } as unknown as Bench;
  expect(await runChecks(bench, [])).toEqual(notRun("was not run: the time is spent"));
});

test("checks of approved dependencies are left to verify, each by its name", () => {
  const bench = { order } as unknown as Bench;
  expect(leftToVerify(bench)).toEqual(
    notRun("was not run: verify installs the approved dependencies first"),
  );
});

test("what a coder runs is noted as it asked for it, and what it asked wrongly is not", async () => {
  const commands: string[] = [];
  const tool = (name: string) =>
    recorded({ name, description: name, inputSchema: {}, run: async () => "done" }, commands);
  for (const input of [{ command: "ls" }, { command: 7 }, { name: "x" }, {}, null, undefined]) {
    expect(await tool("bash").run(input)).toBe("done");
  }
  await tool("run_check").run({ command: "ls", name: "test" });
  await tool("write").run({ command: "ls" });
  expect(commands).toEqual(["bash ls", "run_check test"]);
});

test("answers of all rounds are one, each thing said once and no more than may be", () => {
  const assumptions = Array.from({ length: 9 }, (_, index) => `a${index}`);
  expect(
    joinAnswers([
      { summary: "first", assumptions },
      { summary: "second", assumptions: ["a0", "b", "c"] },
      { summary: "first", assumptions: [] },
    ]),
  ).toEqual({ summary: "first\n\nThen: second", assumptions: [...assumptions, "b"] });
});
