import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { processesOf, start, until } from "../command-line.ts";

// A rehearsal that is stopped by SIGTERM goes the same way through the command (`cli/rehearse/stopped.long.test.ts`).
test("SIGINT while implement of the demo runs leaves no process and no folder", {
  timeout: 600_000,
}, async () => {
  using command = start(["demo"]);
  await until("the claim", () => (command.said().includes("✓ claim") ? true : undefined));
  await until("implement", () =>
    processesOf(command.temporary).find((words) => words.includes("actions/implement")),
  );
  command.child.kill("SIGINT");
  const { code, stderr } = await command.ended;
  expect(stderr).toContain("Nothing is left running, nothing is left behind.");
  expect(code).toBe(130);
  expect(processesOf(command.temporary)).toEqual([]);
  expect(readdirSync(command.temporary)).toEqual([]);
  expect(existsSync(join(command.workingFolder, ".demo"))).toBe(false);
});
