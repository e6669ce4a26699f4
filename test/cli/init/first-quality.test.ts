import { expect, test } from "vitest";
import { evidenceOf } from "../../../src/cli/init/first-quality.ts";
import type { CheckRun } from "../../../src/domain/evidence.ts";

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };

function runOf(name: CheckRun["name"], command: string, parts: Partial<CheckRun> = {}): CheckRun {
  return {
    ...{ kind: "check", name, on: "base", subject: SUBJECT, command },
    ...{ status: "passed", exitCode: 0, durationMs: 5, tail: "", outputBytes: 0 },
    ...parts,
  };
}

const passing = (name: string): NonNullable<CheckRun["tests"]> => [{ name, status: "passed" }];

test("the tests of all projects count, and not those of the first alone", () => {
  const [setup, tests, ...others] = evidenceOf([
    { run: runOf("setup", "npm ci"), keep: true },
    { run: runOf("test", "cd web && npm test", { tests: passing("shows") }), keep: true },
    { run: runOf("test", "cd api && go test", { tests: passing("answers") }), keep: true },
  ]);
  expect(setup).toMatchObject({ name: "setup", command: "npm ci" });
  expect(tests?.tests?.map(({ name }) => name)).toEqual(["shows", "answers"]);
  expect(tests?.command).toBe("cd web && npm test\ncd api && go test");
  expect(others).toEqual([]);
});

test("no test is named where the report of one project is missing", () => {
  const [tests] = evidenceOf([
    { run: runOf("test", "npm test", { tests: passing("shows") }), keep: true },
    { run: runOf("test", "make check"), keep: true },
  ]);
  expect(tests).not.toHaveProperty("tests");
});

test("what stays out of the config does not count beside what is in it, and counts where nothing is", () => {
  const failed = {
    run: runOf("test", "go test", { status: "failed", exitCode: 1 }),
    keep: false,
  };
  const kept = { run: runOf("test", "npm test"), keep: true };
  expect(evidenceOf([kept, failed]).map(({ status }) => status)).toEqual(["passed"]);
  expect(evidenceOf([failed]).map(({ status }) => status)).toEqual(["failed"]);
  expect(evidenceOf([])).toEqual([]);
});
