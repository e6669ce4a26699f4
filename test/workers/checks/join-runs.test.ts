import { describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import { CheckRun } from "../../../src/domain/evidence.ts";
import { runCheck } from "../../../src/workers/checks/check.ts";
import { joinRuns } from "../../../src/workers/checks/join-runs.ts";
import { createFakeSandbox, exited } from "../../fakes/sandbox.ts";
import { junit } from "../verify/world.ts";

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };
const RUN: CheckRun = {
  ...{ kind: "check", name: "test", on: "change", subject: SUBJECT },
  ...{ command: "a", status: "passed", exitCode: 0, durationMs: 5, tail: "a ok", outputBytes: 4 },
};

describe("the runs of several packages are one", () => {
  test.each<readonly [string, readonly Partial<CheckRun>[], Partial<CheckRun>]>([
    ["that passed where all did", [{}, {}], { status: "passed", exitCode: 0, durationMs: 10 }],
    [
      "that failed where one did",
      [{}, { status: "failed", exitCode: 2 }],
      { status: "failed", exitCode: 2 },
    ],
    [
      "that was ended where one was",
      [
        { status: "failed", exitCode: 1 },
        { status: "timed-out", exitCode: null },
      ],
      { status: "timed-out", exitCode: 1 },
    ],
    [
      "that was killed where one was",
      [{}, { status: "failed", exitCode: null }],
      { status: "failed", exitCode: null },
    ],
    [
      "whose end shows what failed last",
      [{ status: "failed", tail: "no" }, {}],
      { tail: "a ok\nno" },
    ],
  ])("%s", (_title, parts, expected) => {
    const joined = joinRuns(parts.map((part) => ({ ...RUN, ...part })));
    expect(joined).toMatchObject(expected);
  });

  test("that tells its tests only where all of them did", () => {
    const tests = [{ name: "x", status: "passed" as const }];
    expect(
      joinRuns([
        { ...RUN, tests },
        { ...RUN, tests },
      ]).tests,
    ).toHaveLength(2);
    expect(joinRuns([{ ...RUN, tests }, RUN])).not.toHaveProperty("tests");
  });

  test("within the bounds of the evidence, however much each says", () => {
    const much = { command: "x".repeat(1_000), tail: "y".repeat(8_000), note: "z".repeat(400) };
    const joined = joinRuns([1, 2, 3].map(() => ({ ...RUN, ...much })));
    expect(CheckRun.parse(joined)).toEqual(joined);
  });
});

test("a check of two packages reads the report of each, and says what it was about", async () => {
  const { checks } = Config.parse({
    checks: {
      test: [
        { run: "test a", paths: ["a/**"], report: "a.xml" },
        { run: "test b", paths: ["b/**"], report: "b.xml" },
      ],
    },
  });
  const ran: string[] = [];
  const sandbox = createFakeSandbox({
    write: () => {},
    run: ({ command }) => {
      ran.push(command);
      return exited(command === "test b" ? 1 : 0, command);
    },
    readFile: (path) => {
      const name = path.slice(0, 1);
      return ran.includes(`test ${name}`) ? junit({ [name]: name === "a" }) : undefined;
    },
  });
  const workspace = await sandbox.workspace(async () => {});
  const heard: string[] = [];
  const run = await runCheck(workspace, {
    ...{ name: "test", on: "change", subject: SUBJECT, remainingMs: 1e9 },
    check: checks.test ?? [],
    hear: (output) => void heard.push(output),
  });
  expect(ran).toEqual(["test a", "test b"]);
  expect(heard).toEqual(["test a", "test b"]);
  expect(CheckRun.parse(run)).toMatchObject({
    ...{ status: "failed", exitCode: 1, command: "test a\ntest b", scopes: ["a/**", "b/**"] },
    tests: [
      { name: "a", status: "passed" },
      { name: "b", status: "failed" },
    ],
  });
});
