import { describe, expect, test } from "vitest";
import type { SandboxCommand } from "../../../src/ports/sandbox.ts";
import { runLoop } from "../../../src/workers/run-loop/run.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { createFakeSandbox, exited } from "../../fakes/sandbox.ts";
import { loopOrder } from "../orders.ts";
import { syntax } from "../syntax.ts";

const BUDGET_MS = 600_000;
const PAGE = {
  ...{ name: "home", url: "http://127.0.0.1:3000/", status: 200, errors: [], exceptions: [] },
  ...{ failures: [], blocked: [], violations: [] },
};
const SEEN = JSON.stringify({ browser: "Chromium 1", axe: "4", pages: [PAGE] });
const FILES: Readonly<Record<string, string>> = {
  ".millwright-visit/seen.json": SEEN,
  ".millwright/answered": "{}",
};

/** Plays a loop whose commands take this long, in ms, on a clock that has already run. */
async function play(front: object, takes: readonly number[] = []) {
  const repository = createFakeRepository();
  const base = repository.commit({ "find.mjs": "" });
  const clock = createFakeClock();
  clock.advance(5_000);
  const left = [...takes];
  const ran: SandboxCommand[] = [];
  const sandbox = createFakeSandbox({
    run: (command) => {
      ran.push(command);
      const ms = left.shift() ?? 0;
      clock.advance(ms);
      return exited(0, "3\n", ms);
    },
    readFile: (path) => {
      if (path !== ".millwright/printed") return FILES[path];
      const isGather = ran.at(-1)?.arguments?.[0] === "find";
      return isGather ? JSON.stringify({ items: [], measures: { size: 3 } }) : "8\n";
    },
    find: () => [],
  });
  const order = loopOrder({ base }, front);
  const proposal = await runLoop(order, {
    ...{ repository, sandbox, clock, syntax },
    visitor: {
      chromium: "/usr/bin/chromium",
      program: async () => "// visits",
      keep: () => Promise.reject(new Error("no picture")),
    },
  });
  return { proposal, sandbox, limits: ran.map(({ timeoutMs }) => timeoutMs), ran };
}

const FIND = { command: "find" };

describe("the time of a loop", () => {
  test.each([
    ["the gatherer's minutes", 3, 180_000],
    ["the order's, where that is less", 30, BUDGET_MS],
  ])("is %s", async (_what, minutes, limit) => {
    const { limits } = await play({ gather: { ...FIND, minutes } });
    expect(limits).toEqual([limit]);
  });

  test("of a measure is what those before it left, and at least 1 ms", async () => {
    const count = { command: "count", minutes: 2 };
    const measures = { first: count, second: count, third: count, fourth: count };
    const { limits } = await play({ gather: FIND, measures }, [470_000, 20_000, 100_000, 20_000]);
    expect(limits).toEqual([BUDGET_MS, 120_000, 110_000, 10_000, 1]);
  });

  test("is told for each command, with the figures of all", async () => {
    const measures = { tests: { command: "count" } };
    const { proposal } = await play({ gather: FIND, measures }, [42, 7]);
    expect(proposal).toMatchObject({
      worker: "run-loop",
      gathered: { items: [], measures: { size: 3, items: 0, tests: 8 } },
      ran: [
        { what: "gather", durationMs: 42 },
        { what: "tests", durationMs: 7 },
      ],
    });
  });

  const sources = {
    sources: [
      { tool: "npm", folder: "a" },
      { tool: "npm", folder: "b" },
    ],
  };
  test.each([
    ["the gatherer's minutes", 3, [], [180_000, 180_000]],
    ["the order's, where that is less", 30, [470_000], [BUDGET_MS, 130_000]],
    ["at least 1 ms", 30, [BUDGET_MS + 1], [BUDGET_MS, 1]],
  ])("that a gatherer of the factory has is %s", async (_what, minutes, takes, expected) => {
    const gather = { use: "dependencies", minutes, with: sources };
    const { limits, proposal } = await play({ gather }, takes);
    expect(limits).toEqual(expected);
    const durationMs = takes.reduce((sum, ms) => sum + ms, 0);
    expect(proposal).toMatchObject({ ran: [{ what: "gather", durationMs }] });
  });

  test("that a look at the application has is what the setup left", async () => {
    const { limits, ran, sandbox } = await play(
      {
        gather: {
          ...{ use: "product", minutes: 9 },
          with: {
            ...{ setup: "node --run build", start: "node server.mjs" },
            ...{ url: "http://127.0.0.1:3000", pages: [{ name: "home", path: "/" }] },
          },
        },
      },
      [400_000],
    );
    expect(ran[0]).toMatchObject({ command: "node --run build", network: true });
    expect(limits).toEqual([BUDGET_MS, 200_000]);
    const written = sandbox.calls.filter(({ method }) => method === "write");
    expect(JSON.stringify(written)).not.toContain("visible.json");
  });

  test("that probes have is what the setup and other probes left", async () => {
    const probe = (name: string) => ({ name, run: name, prints: true });
    const gather = { use: "performance", with: { probes: [probe("one"), probe("two")] } };
    const { limits, proposal } = await play({ gather }, [470_000, 1]);
    expect(limits).toEqual([BUDGET_MS, 130_000]);
    expect(proposal).toMatchObject({ ran: [{ what: "gather", durationMs: 470_001 }] });
  });
});

test("a figure that the gatherer and a command both give is refused by its name", async () => {
  const { proposal } = await play({ gather: FIND, measures: { size: { command: "count" } } });
  expect(proposal).toMatchObject({
    ...{ worker: "failed", of: "run-loop" },
    refusal: {
      ...{ code: "nothing-produced", subject: "the measure size" },
      ...{ found: "the gatherer and a command both give it", accepted: "one of the two" },
    },
  });
});

test("a gatherer that fails is named", async () => {
  const setup = { minutes: 3, setup: true };
  const { proposal } = await play({
    gather: { use: "dependencies", ...setup, with: { sources: 3 } },
  });
  expect(proposal).toMatchObject({
    worker: "failed",
    refusal: {
      subject: "the gatherer dependencies",
      found: expect.stringMatching(/^sources: \S/),
    },
  });
});
