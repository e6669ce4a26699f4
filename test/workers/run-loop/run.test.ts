import { describe, expect, test } from "vitest";
import { digestOf } from "../../../src/domain/digest.ts";
import { digestOfOrder } from "../../../src/domain/order.ts";
import type { SandboxCommand } from "../../../src/ports/sandbox.ts";
import type { Visitor } from "../../../src/workers/run-loop/product.ts";
import { runLoop } from "../../../src/workers/run-loop/run.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { createFakeSandbox, exited, timedOut } from "../../fakes/sandbox.ts";
import { loopOrder } from "../orders.ts";
import { syntax } from "../syntax.ts";

const FOUND = { items: [{ key: "a", title: "A" }], measures: { size: 3 } };

function shown(issues: readonly object[]): string {
  return JSON.stringify({
    version: 1,
    url: "https://github.com/OWNER/example",
    at: "2026-11-20T09:00:00Z",
    history: { unknown: "nobody asked" },
    issues,
  });
}

const kept: string[] = [];
function visitorWith(chromium: string | undefined): Visitor {
  return {
    chromium,
    program: () => Promise.resolve("// visits"),
    keep: async (file) => {
      kept.push(file);
      return `${file} in an artifact`;
    },
  };
}

/** Plays a loop whose commands print this, each by its own line. */
async function play(
  printed: Readonly<Record<string, string | undefined>>,
  front: object = {},
  run: (command: SandboxCommand) => ReturnType<typeof exited> = () => exited(0),
  visible = shown([]),
  visitor: Visitor = visitorWith(undefined),
) {
  const repository = createFakeRepository();
  const base = repository.commit({ "find.mjs": "" });
  const made = loopOrder({ base }, front);
  const order = { ...made, loop: { ...made.loop, visible } };
  const lines: string[] = [];
  const sandbox = createFakeSandbox({
    run: (command) => {
      lines.push(command.arguments?.[0] ?? command.command);
      return run(command);
    },
    readFile: (path) =>
      path === ".millwright/printed" ? printed[lines.at(-1) ?? ""] : printed[path],
  });
  const proposal = await runLoop(order, {
    ...{ repository, sandbox, clock: createFakeClock(), visitor },
    syntax,
  });
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

  test("a gatherer of the factory reads the base and what is shown of GitHub, and runs nothing", async () => {
    const body = "### Page\n\n/quote\n\n### Kind\n\nIt is wrong\n";
    const issue = { title: "Wrong", body, labels: ["Feedback"], updatedAt: "2026-11-20T09:00:00Z" };
    const visible = shown([
      { ...issue, number: 3 },
      { ...issue, number: 4 },
      { ...issue, number: 5, labels: [] },
    ]);
    const { proposal, sandbox } = await play(
      {},
      { gather: { use: "feedback" } },
      undefined,
      visible,
    );
    expect(proposal).toMatchObject({
      worker: "run-loop",
      gathered: {
        items: [{ title: '2 reports of "It is wrong" on /quote' }],
        measures: { reports: 2 },
      },
    });
    expect(sandbox.calls).toEqual([]);
  });

  test("discussions that a loop asks for and the order does not show are refused", async () => {
    const gather = { use: "feedback", with: { discussions: true } };
    const { proposal } = await play({}, { gather });
    expect(proposal).toMatchObject({
      worker: "failed",
      refusal: {
        subject: "the gatherer feedback",
        found: expect.stringContaining("none are shown"),
      },
    });
  });

  test("what a loop file says to it and it does not know is refused", async () => {
    const { proposal } = await play({}, { gather: { use: "feedback", with: { least: 0 } } });
    expect(proposal).toMatchObject({
      worker: "failed",
      refusal: { subject: "the gatherer feedback", found: expect.stringContaining("least") },
    });
  });

  test("a figure that both give is refused: nobody can tell which holds", async () => {
    const { proposal } = await play(
      { [GATHER]: JSON.stringify(FOUND), count: "3" },
      { measures: { size: { command: "count" } } },
    );
    expect(proposal).toMatchObject({ worker: "failed", refusal: { accepted: "one of the two" } });
  });

  describe("a look at the running application", () => {
    const gather = {
      use: "product",
      setup: true,
      with: {
        setup: "node --run build",
        start: "node server.mjs",
        url: "http://127.0.0.1:3000",
        pages: [{ name: "home", path: "/" }],
      },
    };
    const page = {
      ...{ name: "home", url: "http://127.0.0.1:3000/", status: 200, errors: [], exceptions: [] },
      failures: [{ method: "GET", url: "http://127.0.0.1:3000/no.json", why: "404" }],
      ...{ blocked: [], violations: [] },
      picture: { file: "../elsewhere.png", sha256: "0".repeat(64) },
    };
    const files = (more: object = {}) => ({
      ".millwright-visit/seen.json": JSON.stringify({
        ...{ browser: "Chromium 1", axe: "4", pages: [page] },
        ...more,
      }),
      ".millwright-visit/home.png": "PNG",
    });
    const look = (printed: Readonly<Record<string, string>>, chromium: string | undefined) =>
      play(printed, { gather }, undefined, shown([]), visitorWith(chromium));

    test("runs every setup before, with the network that the look itself has not", async () => {
      const { proposal, sandbox } = await look(files(), "/usr/bin/chromium");
      expect(proposal).toMatchObject({
        worker: "run-loop",
        gathered: { items: [{ key: "request home GET /no.json" }] },
      });
      const runs = sandbox.calls.filter(({ method }) => method === "run");
      expect(runs.map(({ argument }) => argument)).toMatchObject([
        { command: "npm ci", network: true },
        { command: "node --run build", network: true },
        {
          arguments: [expect.stringContaining('"chromium":"/usr/bin/chromium"'), expect.anything()],
        },
      ]);
      expect(runs.at(-1)?.argument).not.toHaveProperty("network");
    });

    test("keeps a picture as what its bytes are, by the name of its page", async () => {
      kept.length = 0;
      const { proposal } = await look(files(), "/usr/bin/chromium");
      const [item] = proposal.worker === "run-loop" ? proposal.gathered.items : [];
      expect(kept).toEqual(["home.png"]);
      expect(item?.evidence.at(-1)).toEqual({
        what: "picture of the page home",
        at: "home.png in an artifact",
        output: `sha256 ${digestOf("PNG")}`,
      });
    });

    test.each([
      ["there is no browser", undefined, files(), "no browser was found"],
      ["the application does not come up", "/c", files({ notReady: "it ended" }), "it ended"],
      ["the program saw nothing", "/c", {}, "the browser came back with nothing"],
    ])("is refused where %s", async (_what, chromium, printed, found) => {
      const { proposal } = await look(printed, chromium);
      expect(proposal).toMatchObject({
        worker: "failed",
        refusal: { subject: "the gatherer product", found: expect.stringContaining(found) },
      });
    });
  });

  describe("asking which dependencies are outdated", () => {
    const gather = { use: "dependencies", with: { sources: [{ tool: "npm", folder: "web" }] } };
    const printed = {
      ".millwright/answered": '{"a":{"current":"1.0.0","wanted":"1.0.0","latest":"2.0.0"}}',
    };

    test("has a network on the bytes of the base, and nothing of strangers stands there", async () => {
      const { proposal, sandbox } = await play(printed, { gather }, () => exited(1));
      expect(proposal).toMatchObject({
        worker: "run-loop",
        gathered: { items: [{ key: "npm a" }], measures: { outdated: 1, major: 1 } },
      });
      const [fill, run] = sandbox.calls;
      expect([fill?.method, run?.method]).toEqual(["fill", "run"]);
      expect(run?.argument).toMatchObject({
        arguments: ["npm outdated --json --long", "web"],
        network: true,
      });
      expect(sandbox.calls.some(({ method }) => method === "write")).toBe(false);
    });

    test("reads what its makers say where the loop wants it, each name an argument of its own", async () => {
      const noting = {
        use: "dependencies",
        with: { sources: [{ tool: "npm", notes: "cat notes/$1" }] },
      };
      const results = [exited(1), exited(3, "no notes")];
      const { proposal, sandbox } = await play(
        printed,
        { gather: noting },
        () => results.shift() ?? exited(0),
      );
      expect(proposal).toMatchObject({
        gathered: { items: [{ body: expect.stringContaining("exit code 3: no notes") }] },
      });
      const runs = sandbox.calls.filter(({ method }) => method === "run");
      expect(runs[1]?.argument).toMatchObject({
        arguments: ["cat notes/$1", ".", "a", "2.0.0"],
        network: true,
      });
    });

    test.each([
      ["failed", exited(2, "no registry"), printed, "exit code 2: no registry"],
      ["took too long", timedOut(), printed, "it took too long"],
      ["printed nothing that is read", exited(0), {}, "its output is no file any more"],
    ])("is refused where it %s", async (_what, result, files, found) => {
      const { proposal } = await play(files, { gather }, () => result);
      expect(proposal).toMatchObject({
        worker: "failed",
        refusal: { subject: "the gatherer dependencies", found: expect.stringContaining(found) },
      });
    });
  });
});
