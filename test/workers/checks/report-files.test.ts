import { describe, expect, test } from "vitest";
import { runVerify } from "../../../src/workers/verify/run.ts";
import { createFakeSandbox, exited } from "../../fakes/sandbox.ts";
import { junit, of, play, verified } from "../verify/world.ts";

describe("where per-test results are read", () => {
  test("reads the report from the output, whole, where the config names no file", async () => {
    const lines = (statuses: Readonly<Record<string, "pass" | "fail">>) =>
      Object.entries(statuses).map(([Test, Action]) =>
        JSON.stringify({ Action, Package: "p", Test, Output: `--- ${Action} ${Test}\n` }),
      );
    const { proposal, sandbox } = await verified({
      checks: { test: { run: "go test -json ./...", report: { format: "go-test" } } },
      run: (_command, on) => {
        const statuses = { TestOld: "pass", TestNew: on === "change" ? "pass" : "fail" } as const;
        return exited(on === "change" ? 0 : 1, `${lines(statuses).join("\n")}\n`);
      },
    });
    expect(of(proposal.evidence, "test-comparison")[0]?.failToPass).toEqual(["p > TestNew"]);
    expect(of(proposal.evidence, "check")[0]?.tail).toBe("--- pass TestOld\n--- pass TestNew\n");
    const commands = sandbox.calls.filter(({ method }) => method === "run");
    for (const { argument } of commands) expect(argument).toMatchObject({ keepBytes: 50_000_000 });
  });

  test("does not believe an output that was too long to keep", async () => {
    const { proposal } = await verified({
      checks: { test: { run: "cargo test", report: { format: "cargo-test" } } },
      run: () => ({ ...exited(0, "running 0 tests\n"), outputBytes: 50_000_001 }),
    });
    expect(of(proposal.evidence, "check")[0]).toMatchObject({
      status: "failed",
      note: expect.stringMatching(
        /^the cargo-test report in the output is larger than 50000000 bytes/,
      ),
    });
  });

  test("joins all reports that a glob finds, and clears them before", async () => {
    const { order, changeSet, ports, repository } = play({
      checks: { test: { run: "mvn test", report: "**/target/TEST-*.xml" } },
    });
    const deleted: string[] = [];
    const ran = new Set<number>();
    const sandbox = createFakeSandbox({
      run: (_command, workspace) => {
        ran.add(workspace);
        return exited(0);
      },
      find: (pattern, workspace) => {
        expect(pattern).toBe("**/target/TEST-*.xml");
        return ran.has(workspace)
          ? ["a/target/TEST-A.xml", "b/target/TEST-B.xml"]
          : ["target/TEST-old.xml"];
      },
      readFile: (path) => junit({ [path.slice(-5, -4)]: true }),
      write: (files) => {
        for (const file of files) if ("deleted" in file) deleted.push(file.path);
      },
    });
    const proposal = await runVerify(order, { changeSet }, { ...ports, repository, sandbox });
    if (proposal.worker !== "verify") throw new Error(JSON.stringify(proposal));
    expect(new Set(deleted)).toEqual(new Set(["target/TEST-old.xml"]));
    expect(of(proposal.evidence, "check")[0]?.tests?.map(({ name }) => name)).toEqual(["A", "B"]);
  });

  test("does not run a check whose old reports cannot be cleared", async () => {
    const { order, changeSet, ports, repository } = play({
      checks: { test: { run: "mvn test", report: "**/*.xml" } },
    });
    const sandbox = createFakeSandbox({
      write: () => {},
      find: (pattern) => {
        throw new RangeError(`${pattern} matches more than 2000 files`);
      },
    });
    const proposal = await runVerify(order, { changeSet }, { ...ports, repository, sandbox });
    if (proposal.worker !== "verify") throw new Error(JSON.stringify(proposal));
    expect(of(proposal.evidence, "check")[0]).toMatchObject({
      status: "failed",
      note: expect.stringMatching(
        /^the report \*\*\/\*\.xml is not to be found: .* matches more than 2000 files/,
      ),
    });
  });
});
