import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import { exited } from "../../fakes/sandbox.ts";
import { BASE, brief, CHANGE, junit, type On, of, verified, type World } from "./world.ts";

const altered = ({ proposal }: Awaited<ReturnType<typeof verified>>) =>
  of(proposal.evidence, "test-comparison").map((piece) => piece.altered);

const [SOURCE, TESTS] = CHANGE as readonly [ChangedFile, ChangedFile];
const NEW_TESTS: ChangedFile = { ...TESTS, path: "test/new.test.ts" };

/** What the old tests say on the change, in a world where everything else is fine. */
function whenOldTestsSay(report: string | undefined, exitCode: number): World {
  return {
    run: ({ command }, on) =>
      command === "npm test" && on === "change-with-base-tests" ? exited(exitCode) : undefined,
    report: (on) => {
      if (on === "change-with-base-tests") return report;
      const old = { old: true, same: true };
      return junit(on === "base" ? old : { ...old, new: on === "change" });
    },
  };
}

describe("the tests of the base on the change", () => {
  test.each<readonly [string, string | undefined, number, readonly string[] | undefined]>([
    ["still pass", junit({ old: true, same: true }), 0, undefined],
    ["fail", junit({ old: false, same: true }), 1, ["old"]],
    ["are gone", junit({ same: true }), 0, ["old"]],
    ["do not load", undefined, 1, ["test/quote.test.ts (as it was, it does not run)"]],
    ["are killed", undefined, 137, ["test/quote.test.ts (as it was, it does not run)"]],
  ])("are altered when they %s", async (_what, report, exitCode, expected) => {
    expect(altered(await verified(whenOldTestsSay(report, exitCode)))).toEqual([expected]);
  });

  test("veto nothing", async () => {
    const { proposal } = await verified(whenOldTestsSay(junit({ old: false, same: true }), 1));
    expect(of(proposal.evidence, "test-comparison")[0]?.passToFail).toEqual([]);
    expect(of(proposal.evidence, "criterion")[0]?.status).toBe("proven");
  });

  test("run as one where only exit codes speak", async () => {
    const checks = { test: "npm test" };
    const run = (failing: readonly On[]): NonNullable<World["run"]> => {
      return (_command, on) => (failing.includes(on) ? exited(1) : undefined);
    };
    const fails: readonly On[] = ["base-with-changed-tests", "change-with-base-tests"];
    expect(altered(await verified({ checks, run: run(fails) }))).toEqual([
      ["npm test (exit code only)"],
    ]);
    expect(altered(await verified({ checks, run: run(fails.slice(0, 1)) }))).toEqual([undefined]);
  });

  test.each<readonly [string, readonly On[]]>([
    ["the base", ["base", "base-with-changed-tests", "change-with-base-tests"]],
    ["the change", ["change", "change-with-base-tests"]],
  ])(
    "say nothing by an exit code alone where the tests of %s fail, too",
    async (_what, failing) => {
      const checks = { test: "npm test" };
      const run: World["run"] = (_command, on) => (failing.includes(on) ? exited(1) : undefined);
      expect(altered(await verified({ checks, run }))).toEqual([undefined]);
    },
  );

  test("say nothing where no test passed on the base", async () => {
    const world = whenOldTestsSay(junit({ old: false }), 1);
    const report = (on: On) =>
      on === "base" ? junit({ old: false }) : (world.report?.(on, []) ?? undefined);
    const run: World["run"] = (command, on) =>
      on === "base" && command.command === "npm test" ? exited(1) : world.run?.(command, on);
    expect(altered(await verified({ ...world, run, report }))).toEqual([undefined]);
  });

  test("that no longer pass are told in order", async () => {
    const names = { c: true, a: true, b: true };
    const none = { c: false, a: false, b: false };
    const world = whenOldTestsSay(junit(none), 1);
    const report = (on: On) =>
      on === "change-with-base-tests"
        ? junit({ ...none, same: true })
        : junit({ ...names, same: true });
    expect(altered(await verified({ ...world, report }))).toEqual([["a", "b", "c"]]);
  });

  const ranOld = (done: Awaited<ReturnType<typeof verified>>) =>
    brief(done.proposal.evidence).some((line) => line.includes("change-with-base-tests"));

  test.each<readonly [string, readonly ChangedFile[], boolean]>([
    ["edits a test file of the base", CHANGE, true],
    ["deletes a test file of the base", [SOURCE, { path: TESTS.path, deleted: true }], true],
    ["adds a test file", [SOURCE, NEW_TESTS], false],
    ["touches code alone", [SOURCE], false],
    ["touches tests alone", [TESTS, NEW_TESTS], false],
  ])("run when the change %s, and only then", async (_what, files, expected) => {
    expect(ranOld(await verified({ files }))).toBe(expected);
  });

  test("see the code of the change and none of its test files", async () => {
    const { sandbox } = await verified({ files: [...CHANGE, NEW_TESTS] });
    const writes = sandbox.calls.filter(({ method }) => method === "write");
    expect(writes.map(({ argument }) => argument)).toContainEqual([SOURCE]);
  });

  test("cannot be told from the code in a file that holds both", async () => {
    const path = "src/lib.rs";
    const base = { ...BASE, [path]: "#[cfg(test)]\nmod tests {}\n" };
    const file: ChangedFile = { ...SOURCE, path };
    expect(altered(await verified({ base, files: [file, NEW_TESTS] }))).toEqual([
      ["src/lib.rs (holds tests beside code, both changed)"],
    ]);
    expect(altered(await verified({ files: [file, NEW_TESTS] }))).toEqual([undefined]);
  });
});
