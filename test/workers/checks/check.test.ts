import { describe, expect, test } from "vitest";
import type { Check } from "../../../src/domain/config/check.ts";
import { runCheck } from "../../../src/workers/checks/check.ts";
import { createFakeSandbox, exited, type FakeSandboxScript } from "../../fakes/sandbox.ts";
import { junit } from "../verify/world.ts";

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };
const JUNIT: Check = { run: "npm test", report: { format: "junit", files: "junit.xml" } };
const GLOB: Check = { run: "npm test", report: { format: "junit", files: "out/*.xml" } };
const TAP: Check = { run: "npm test", report: { format: "tap" } };

/** Runs a check in a workspace whose files appear when its command has run. */
async function check(
  check: Check,
  after: Omit<FakeSandboxScript, "run"> & { readonly result?: ReturnType<typeof exited> } = {},
) {
  let hasRun = false;
  const sandbox = createFakeSandbox({
    write: () => {},
    run: () => {
      hasRun = true;
      return after.result ?? exited(0);
    },
    ...(after.readFile === undefined
      ? {}
      : { readFile: (path, number) => (hasRun ? after.readFile?.(path, number) : undefined) }),
    ...(after.find === undefined
      ? {}
      : { find: (pattern, number) => (hasRun ? (after.find?.(pattern, number) ?? []) : []) }),
  });
  const workspace = await sandbox.workspace(async () => {});
  const about = { name: "test", on: "change", subject: SUBJECT, remainingMs: 1e9 } as const;
  const run = await runCheck(workspace, { ...about, check });
  return { run, methods: sandbox.calls.map(({ method }) => method) };
}

test("what steers a terminal is no part of what a check said", async () => {
  const output = "\u001b[31mnot ok\u001b[0m 1\u001b]0;title\u0007\n";
  const { run } = await check({ run: "npm test" }, { result: exited(1, output) });
  expect(run.tail).toBe("not ok 1\n");
});

describe("a check with a report", () => {
  test("names tests by their paths in the repository, however the sandbox names them", async () => {
    const report = '<testsuite name="/fake/workspace-1/a.ts"><testcase name="x"/></testsuite>';
    const { run } = await check(JUNIT, { readFile: () => report });
    expect(run.tests).toEqual([{ name: "a.ts > x", status: "passed" }]);
  });

  test("in its output asks for no file", async () => {
    const { run, methods } = await check(TAP, { result: exited(0, "1..1\nok 1 - a\n") });
    expect(run).toMatchObject({ status: "passed", tests: [{ name: "a", status: "passed" }] });
    expect(methods).toEqual(["fill", "run"]);
  });

  test("in its output is believed up to the last byte that is kept", async () => {
    const whole = { ...exited(0, "1..1\nok 1 - a\n"), outputBytes: 50_000_000 };
    expect((await check(TAP, { result: whole })).run.status).toBe("passed");
  });

  test("of which some tests were skipped passes", async () => {
    const result = exited(0, "1..2\nok 1 - a\nok 2 - b # skip\n");
    expect((await check(TAP, { result })).run).toMatchObject({ status: "passed" });
  });

  test("of which all tests were skipped fails, and lists them", async () => {
    const { run } = await check(TAP, { result: exited(0, "1..1\nok 1 - b # skip\n") });
    expect(run).toMatchObject({
      status: "failed",
      tests: [{ name: "b", status: "skipped" }],
      note: "every test was skipped",
    });
  });

  test("whose command was killed says so beside its tests", async () => {
    const { run } = await check(JUNIT, {
      result: { ...exited(0), exitCode: null },
      readFile: () => junit({ a: true }),
    });
    expect(run).toMatchObject({
      status: "failed",
      tests: [{ name: "a", status: "passed" }],
      note: "killed: it used more than it may",
    });
  });

  test.each<readonly [string, Check, Omit<FakeSandboxScript, "run">, string]>([
    [
      "cannot be read",
      JUNIT,
      {
        readFile: () => {
          throw new Error("a link that leaves the workspace");
        },
      },
      "the report junit.xml is unreadable: a link that leaves the workspace",
    ],
    [
      "cannot be found",
      GLOB,
      {
        find: () => {
          throw new RangeError("more than 2000 files");
        },
      },
      "the report out/*.xml is not to be found: more than 2000 files",
    ],
    [
      "is too large over all its files",
      GLOB,
      { find: () => ["out/a.xml", "out/b.xml"], readFile: () => " ".repeat(16_000_001) },
      "the report out/*.xml is larger than 32000000 bytes in all",
    ],
  ])("that %s is never green", async (_what, asked, script, note) => {
    const { run } = await check(asked, script);
    expect(run).toMatchObject({ status: "failed", exitCode: 0, note });
    expect(run.tests).toBeUndefined();
  });

  test("of several files is joined of those that are there", async () => {
    const { run } = await check(GLOB, {
      find: () => ["out/a.xml", "out/gone.xml"],
      readFile: (path) => (path === "out/a.xml" ? junit({ a: true }) : undefined),
    });
    expect(run.tests).toEqual([{ name: "a", status: "passed" }]);
  });
});
