import { describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import { runVerify } from "../../../src/workers/verify/run.ts";
import { createFakeSandbox, exited, timedOut } from "../../fakes/sandbox.ts";
import { nightlyOrder } from "../orders.ts";
import { brief, of, play, reportOfGoodChange, verified, verify, type World } from "./world.ts";

/** A world without isolation, in which trees are prepared one after the other, and the setup of one of them fails. */
function whereSetupFails(tree: number, parts: World = {}): World {
  let setups = 0;
  return {
    isolation: "none",
    ...parts,
    run: (command, on) => {
      if (command.command !== "npm ci") return parts.run?.(command, on);
      setups += 1;
      return setups === tree ? exited(1, `setup ${tree} went wrong`) : undefined;
    },
  };
}

const lintFails: NonNullable<World["run"]> = ({ command }) =>
  command === "npm run lint" ? exited(1, "1 problem") : undefined;

describe("a tree that cannot be prepared is the reason, whichever it is", () => {
  test.each<readonly [string, World]>([
    ["the change", whereSetupFails(1)],
    ["the base", whereSetupFails(2)],
    ["the base with the changed tests", whereSetupFails(3)],
    ["the change with the base's tests", whereSetupFails(4)],
    [
      "the base that is asked about a check",
      whereSetupFails(2, { checks: { setup: "npm ci", lint: "npm run lint" }, run: lintFails }),
    ],
  ])("%s", async (_what, world) => {
    expect((await verify(world)).proposal).toMatchObject({
      worker: "failed",
      refusal: {
        code: "check-failed",
        subject: "setup",
        found: expect.stringMatching(/^exit code 1: setup \d went wrong$/),
        accepted: "`checks.setup` succeeds on the base commit",
        hint: "mend-setup",
      },
    });
  });

  test("the base of a night", async () => {
    const { order, ports } = play();
    const sandbox = createFakeSandbox({ run: () => timedOut("so slow") });
    const nightly = nightlyOrder({ base: order.base, config: order.config });
    expect(await runVerify(nightly, {}, { ...ports, sandbox })).toMatchObject({
      worker: "failed",
      refusal: { code: "check-failed", subject: "setup", found: "timed out: so slow" },
    });
  });

  test("what is thrown on the base is told, too", async () => {
    const { proposal } = await verify({
      run: ({ command }, on) => {
        if (command === "npm test" && on === "base") throw new Error("bwrap went away");
        return undefined;
      },
    });
    expect(proposal).toMatchObject({
      worker: "failed",
      refusal: { code: "worker-failed", found: "bwrap went away" },
    });
  });
});

describe("the trees that are prepared", () => {
  const trees = async (world: World) => {
    const { proposal, sandbox } = await verified(world);
    const fills = sandbox.calls.filter(({ method }) => method === "fill").length;
    return {
      fills,
      ran: brief(proposal.evidence),
      kinds: proposal.evidence.map(({ kind }) => kind),
    };
  };

  test("are one where the config has no test check and nothing fails", async () => {
    expect(await trees({ checks: { lint: "npm run lint" } })).toEqual({
      fills: 1,
      ran: ["lint on change: passed"],
      kinds: ["check", "criterion", "criterion", "noticed"],
    });
  });

  test("are two where a check fails and the config has no test check", async () => {
    expect(await trees({ checks: { lint: "npm run lint" }, run: lintFails })).toMatchObject({
      fills: 2,
      ran: ["lint on change: failed", "lint on base: failed"],
    });
  });

  test("are asked once about their tests, also where those fail", async () => {
    const { ran } = await trees({
      report: (on) => (on === "change" ? "<testsuites/>" : reportOfGoodChange(on)),
    });
    expect(ran.filter((line) => line.startsWith("test on base:"))).toHaveLength(1);
  });

  test("are worked on two at a time where each is isolated", async () => {
    const { sandbox } = await verified();
    const of = (workspace: number, method: string) =>
      sandbox.calls.findIndex((call) => call.workspace === workspace && call.method === method);
    expect(of(2, "fill")).toBeLessThan(of(1, "write"));
  });
});

describe("a night", () => {
  const nightOf = async (checks: unknown, reports: Readonly<Record<string, string>> = {}) => {
    const { order, ports } = play();
    const sandbox = createFakeSandbox({
      run: () => exited(0),
      readFile: (path) => reports[path],
    });
    const nightly = nightlyOrder({ base: order.base, config: Config.parse({ checks }) });
    const proposal = await runVerify(nightly, {}, { ...ports, sandbox });
    if (proposal.worker !== "verify") throw new Error(JSON.stringify(proposal));
    return { proposal, sandbox };
  };

  test("writes nothing into the base", async () => {
    const { sandbox } = await nightOf({ lint: "npm run lint" });
    expect(sandbox.calls.filter(({ method }) => method === "write")).toEqual([]);
  });

  test.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    ["no report", {}, []],
    ["one that cannot be read", { "coverage/lcov.info": "nonsense" }, []],
    [
      "one that can be read behind it",
      {
        "coverage/lcov.info": "nonsense",
        "coverage.xml":
          '<coverage><packages><package><classes><class filename="a.py"/></classes></package></packages></coverage>',
      },
      ["coverage.xml"],
    ],
  ])("with %s of coverage", async (_what, reports, sources) => {
    const { proposal } = await nightOf({ lint: "npm run lint" }, reports);
    expect(of(proposal.evidence, "coverage").map(({ source }) => source)).toEqual(sources);
  });
});
