import { describe, expect, test } from "vitest";
import { digestOfOrder } from "../../../src/domain/order.ts";
import type { SandboxCommand } from "../../../src/ports/sandbox.ts";
import { runLoop } from "../../../src/workers/run-loop/run.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { createFakeSandbox, exited, timedOut } from "../../fakes/sandbox.ts";
import { loopOrder } from "../orders.ts";

const FOUND = { items: [{ key: "a", title: "A" }], measures: { size: 3 } };

/** Plays a loop whose commands print this, each by its own line. */
async function play(
  printed: Readonly<Record<string, string | undefined>>,
  front: object = {},
  run: (command: SandboxCommand) => ReturnType<typeof exited> = () => exited(0),
) {
  const repository = createFakeRepository();
  const base = repository.commit({ "find.mjs": "" });
  const order = loopOrder({ base }, front);
  const lines: string[] = [];
  const sandbox = createFakeSandbox({
    run: (command) => {
      lines.push(command.arguments?.[0] ?? command.command);
      return run(command);
    },
    readFile: (path) => (path === ".millwright/printed" ? printed[lines.at(-1) ?? ""] : undefined),
  });
  const proposal = await runLoop(order, { repository, sandbox, clock: createFakeClock() });
  return { proposal, order, sandbox, lines };
}

const GATHER = "node find.mjs";

describe("runLoop", () => {
  test("gathers on a fresh copy of the base, without a network, and answers the order", async () => {
    const { proposal, order, sandbox } = await play({ [GATHER]: JSON.stringify(FOUND) });
    expect(proposal).toMatchObject({
      worker: "run-loop",
      order: digestOfOrder(order),
      gathered: { items: [{ key: "a", title: "A" }], measures: { size: 3, items: 1 } },
      usage: { requests: 0 },
    });
    const [command] = sandbox.calls.filter(({ method }) => method === "run");
    expect(command?.argument).toMatchObject({
      arguments: [GATHER],
      environment: { MILLWRIGHT_VISIBLE: ".millwright/visible.json" },
    });
    expect(command?.argument).not.toHaveProperty("network");
    expect(sandbox.calls.map(({ method }) => method)).toEqual([
      "fill",
      "write",
      "run",
      "readFile",
      "close",
    ]);
  });

  test("each measure has a copy of its own", async () => {
    const { proposal, sandbox } = await play(
      { [GATHER]: JSON.stringify(FOUND), "count tests": "8\n" },
      { measures: { tests: { command: "count tests" } } },
    );
    expect(proposal).toMatchObject({ gathered: { measures: { size: 3, tests: 8, items: 1 } } });
    const runs = sandbox.calls.filter(({ method }) => method === "run");
    expect(runs.map(({ workspace }) => workspace)).toEqual([1, 2]);
  });

  test("setup alone has a network, and sees nothing of what strangers wrote", async () => {
    const { sandbox } = await play(
      { [GATHER]: JSON.stringify(FOUND) },
      { gather: { command: GATHER, setup: true } },
    );
    const calls = sandbox.calls.filter(({ method }) => method === "run" || method === "write");
    expect(calls.map(({ method }) => method)).toEqual(["run", "write", "run"]);
    expect(calls[0]?.argument).toMatchObject({ command: "npm ci", network: true });
  });

  test.each([
    ["prints nothing", "", "not one JSON value"],
    ["prints two documents", "{}{}", "not one JSON value"],
    ["prints another shape", '{"items":[{"key":"a"}]}', "items.0.title"],
    ["leaves no output", undefined, "its output is no file any more"],
  ])("a gatherer that %s is a refusal, never an empty list", async (_what, text, found) => {
    const { proposal } = await play({ [GATHER]: text });
    expect(proposal).toMatchObject({ worker: "failed", refusal: { code: "nothing-produced" } });
    expect(JSON.stringify(proposal)).toContain(found);
  });

  test.each([
    ["fails", exited(3, "no such module"), "exit code 3: no such module"],
    ["takes too long", timedOut(), "killed after 600 s"],
  ])("a gatherer that %s says how it ended", async (_what, result, found) => {
    const { proposal } = await play({ [GATHER]: JSON.stringify(FOUND) }, {}, () => result);
    expect(proposal).toMatchObject({ worker: "failed", refusal: { found } });
  });

  test.each(["", "many", "1 2", "1e9", "NaN", "0x10"])(
    "a measure that prints %j is refused",
    async (text) => {
      const { proposal } = await play(
        { [GATHER]: JSON.stringify(FOUND), count: text },
        { measures: { tests: { command: "count" } } },
      );
      expect(proposal).toMatchObject({
        worker: "failed",
        refusal: { subject: "the measure tests", accepted: "one number" },
      });
    },
  );

  test("a figure that both give is refused: nobody can tell which holds", async () => {
    const { proposal } = await play(
      { [GATHER]: JSON.stringify(FOUND), count: "3" },
      { measures: { size: { command: "count" } } },
    );
    expect(proposal).toMatchObject({ worker: "failed", refusal: { accepted: "one of the two" } });
  });
});
