import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { SandboxCommand } from "../../../src/ports/sandbox.ts";
import { runLoop } from "../../../src/workers/run-loop/run.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { createFakeSandbox, exited } from "../../fakes/sandbox.ts";
import { loopOrder } from "../orders.ts";
import { syntax } from "../syntax.ts";

const BEFORE = Array.from({ length: 12 }, (_none, index) => ({
  commit: `${index}`.padStart(40, "0"),
  at: "2026-11-01T00:00:00Z",
  sizes: { bundle: { bytes: 10, gzip: 30 } },
  probes: { search: [index < 9 ? 100 + index : 200 + index] },
}));
const WITH = {
  setup: "node --run build",
  sizes: [{ name: "bundle", files: ["dist/*.js"] }],
  probes: [{ name: "search", run: "node bench.mjs", prints: true }],
};
// What cannot be made smaller: its size after gzip is about its own.
const BUNDLE = randomBytes(500).toString("hex");

async function play(committed: string | undefined, files: readonly string[] = ["dist/a.js"]) {
  const repository = createFakeRepository();
  const base = repository.commit(
    committed === undefined ? { "a.ts": "" } : { "performance.json": committed },
  );
  const ran: SandboxCommand[] = [];
  const sandbox = createFakeSandbox({
    run: (command) => {
      ran.push(command);
      return exited(0, "213\n214\n215\n");
    },
    find: () => files,
    readFile: () => BUNDLE,
  });
  const visitor = {
    chromium: undefined,
    program: () => Promise.reject(new Error("no program")),
    keep: () => Promise.reject(new Error("no picture")),
  };
  const gather = { use: "performance", with: WITH };
  const proposal = await runLoop(loopOrder({ base }, { gather }), {
    ...{ repository, sandbox, clock: createFakeClock(), visitor },
    syntax,
  });
  return { proposal, ran, sandbox };
}

test("compares what setup built with the committed runs, without a network", async () => {
  const { proposal, ran, sandbox } = await play(JSON.stringify({ version: 1, runs: BEFORE }));
  expect(proposal).toMatchObject({
    worker: "run-loop",
    gathered: { items: [{ key: "size bundle" }, { key: "probe search" }] },
  });
  expect(ran.map(({ command, network }) => [command, network])).toEqual([
    ["node --run build", true],
    ["node bench.mjs", undefined],
  ]);
  // Nothing of what strangers wrote stands where these commands run.
  expect(sandbox.calls.some(({ method }) => method === "write")).toBe(false);
});

test("without runs before there is nothing to compare with", async () => {
  const { proposal } = await play(undefined);
  expect(proposal).toMatchObject({ worker: "run-loop", gathered: { items: [] } });
});

test.each([
  ["no file matches", JSON.stringify({ version: 1, runs: [] }), [], "no file matches"],
  ["the committed file is no file of runs", '{"runs":1}', ["dist/a.js"], "performance.json: "],
])("is refused where %s", async (_what, committed, files, found) => {
  const { proposal } = await play(committed, files);
  expect(proposal).toMatchObject({
    worker: "failed",
    refusal: { subject: "the gatherer performance", found: expect.stringContaining(found) },
  });
});
