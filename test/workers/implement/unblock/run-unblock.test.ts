import { describe, expect, test } from "vitest";
import type { ChangeSet } from "../../../../src/domain/change-set.ts";
import { Config } from "../../../../src/domain/config/schema.ts";
import type { RedCheck } from "../../../../src/domain/github/unblock.ts";
import { digestOfOrder } from "../../../../src/domain/order.ts";
import { FailedProposal, ImplementProposal } from "../../../../src/domain/proposal.ts";
import type { Refusal } from "../../../../src/domain/refusal.ts";
import type { SandboxCommand } from "../../../../src/ports/sandbox.ts";
import { runImplement } from "../../../../src/workers/implement/run.ts";
import { createFakeClock } from "../../../fakes/clock.ts";
import { type FakeTask, fakeModel } from "../../../fakes/model.ts";
import { createFakeRepository } from "../../../fakes/repository.ts";
import { createFakeSandbox, exited } from "../../../fakes/sandbox.ts";
import { unblockOrder } from "../../orders.ts";

type Files = Readonly<Record<string, string>>;
type Results = Readonly<Record<string, readonly number[]>>;

const CONFIG = Config.parse({ checks: { setup: "npm ci", test: "npm test" } });
const CODER: FakeTask = { role: "coder", answer: { summary: "kept both", assumptions: [] } };
const PARTED = { "src/zones.ts": "NO: 1\n", "src/rates.ts": "a\n" };
const OTHERS = { ...PARTED, "src/rates.ts": "b\n" };
const MINE = { ...PARTED, "src/zones.ts": "NO: 2\n" };
const RESOLVED: ChangeSet["files"] = [
  { path: "src/zones.ts", mode: "100644", encoding: "utf-8", content: "NO: 3\n" },
];

interface Scene {
  readonly base?: Files;
  readonly head?: Files;
  readonly tasks?: readonly FakeTask[];
  readonly red?: readonly RedCheck[];
  /** Exit codes of each command in turn; one that is not named, or no more, ends well. */
  readonly exits?: Results;
  /** What the workspace became. */
  readonly files?: ChangeSet["files"];
  /** In place of what it became: why that cannot be taken. */
  readonly uncollected?: Refusal;
  readonly config?: Config;
  /** A fault of the sandbox when the coder's session opens. */
  readonly opens?: () => never;
}

async function unblock({
  base: onBase = OTHERS,
  head: onHead = MINE,
  tasks = [],
  red = [],
  exits = {},
  files = RESOLVED,
  uncollected,
  config = CONFIG,
  opens,
}: Scene) {
  const repository = createFakeRepository();
  const parted = repository.commit(PARTED, "parted");
  const base = repository.commit(onBase, "base");
  const head = repository.commit(onHead, "head");
  const order = unblockOrder({ base, config }, { head, red: [...red] });
  const left = new Map(Object.entries(exits).map(([command, codes]) => [command, [...codes]]));
  const sandbox = createFakeSandbox({
    run: ({ command }) => exited(left.get(command)?.shift() ?? 0),
    open: opens ?? (() => () => "done"),
    collect: ({ commit }) =>
      uncollected === undefined
        ? { changeSet: { base: commit, files: [...files] } }
        : { refusals: [uncollected] },
  });
  const model = fakeModel(tasks);
  const proposal = await runImplement(order, {
    ...{ model, sandbox, clock: createFakeClock() },
    repository: { ...repository, mergeBase: async () => parted },
    toolbox: { program: "/opt/toolbox.js", tools: () => [] },
  });
  const schema = proposal.worker === "failed" ? FailedProposal : ImplementProposal;
  expect(schema.safeParse(proposal).error).toBeUndefined();
  expect(model.unplayed()).toEqual([]);
  const of = (wanted: string) => sandbox.calls.filter(({ method }) => method === wanted);
  expect(of("close")).toHaveLength(of("fill").length);
  const commands = of("run").map(({ argument }) => (argument as SandboxCommand).command);
  const written = of("write").map(({ argument }) => argument);
  return { proposal, order, commands, written, model };
}

const CONFLICT: Scene = { base: { ...PARTED, "src/zones.ts": "NO: 9\n" } };
const NOTHING = {
  worker: "failed",
  refusal: { code: "nothing-produced", subject: "the pull request" },
};

describe("a pull request that is mended", () => {
  test("with a conflict is resolved by the coder, on what the merge by code left", async () => {
    const { proposal, order, commands, written } = await unblock({ ...CONFLICT, tasks: [CODER] });
    expect(proposal).toMatchObject({
      worker: "implement",
      order: digestOfOrder(order),
      plan: { files: ["src/zones.ts"], steps: [expect.stringContaining("src/zones.ts")] },
      changeSet: { base: order.base, files: RESOLVED },
      summary: "kept both",
      assumptions: [],
      ran: ["check test passed in 0.0 s"],
      baseline: [{ name: "test", status: "passed", failing: [] }],
    });
    // On the base, then after the round: what holds marks is not run.
    expect(commands).toEqual(["npm ci", "npm test", "npm test"]);
    expect(written).toEqual([
      [expect.objectContaining({ content: expect.stringContaining("<<<<<<< base ") })],
    ]);
  });

  test("that no fact blocks asks no model", async () => {
    const { proposal, commands } = await unblock({});
    expect(proposal).toMatchObject(NOTHING);
    expect(commands).toEqual(["npm ci", "npm test", "npm test"]);
  });

  test("whose checks fail on the result alone is mended", async () => {
    const exits = { "npm test": [0, 1, 0] };
    const { proposal, commands } = await unblock({ exits, tasks: [CODER] });
    expect(proposal).toMatchObject({ worker: "implement", summary: "kept both" });
    expect(commands).toEqual(["npm ci", "npm test", "npm test", "npm test"]);
  });

  test.each<[RedCheck["cause"], boolean]>([
    ["change", true],
    ["test", true],
    ["unknown", false],
    ["base", false],
    ["flaky", false],
    ["infrastructure", false],
  ])("whose own check is red by %s is mended: %s", async (cause, isMended) => {
    const red = [
      { name: "docs", cause: "base" as const, lines: [] },
      { name: "ci", cause, lines: ["boom"] },
    ];
    const { proposal } = await unblock({ red, tasks: isMended ? [CODER] : [] });
    expect(proposal).toMatchObject(isMended ? { worker: "implement" } : NOTHING);
  });

  test("is refused where setup fails, and no check runs", async () => {
    const { proposal, commands } = await unblock({ ...CONFLICT, exits: { "npm ci": [1] } });
    expect(proposal).toMatchObject({
      worker: "failed",
      refusal: { code: "check-failed", subject: "setup" },
    });
    expect(commands).toEqual(["npm ci"]);
  });

  test("is refused where a dependency came that nobody approved", async () => {
    const head = { ...MINE, "package.json": '{"dependencies":{"left-pad":"1.3.0"}}\n' };
    const { proposal, commands } = await unblock({ head });
    expect(proposal).toMatchObject({
      worker: "failed",
      refusal: { code: "dependencies-unapproved" },
    });
    expect(commands).toEqual([]);
  });

  test("is refused where both sides changed what no merge reads", async () => {
    const { proposal, commands } = await unblock({
      base: { ...PARTED, "src/zones.ts": "NO: \0 1\n" },
    });
    expect(proposal).toMatchObject({ worker: "failed", refusal: { code: "change-set-invalid" } });
    expect(commands).toEqual([]);
  });

  const MARKED = "<<<<<<< base 000000000000\nNO: 9\n=======\nNO: 2\n>>>>>>> head\n";
  test("is refused where a mark of the conflict still stands, and its draft is kept", async () => {
    const { order } = await unblock({ ...CONFLICT, tasks: [CODER] });
    const mark = `<<<<<<< base ${order.base.slice(0, 12)}`;
    const files: ChangeSet["files"] = [
      { path: "src/other.ts", deleted: true },
      { path: "src/zones.ts", mode: "100644", encoding: "utf-8", content: `${mark}\nNO: 9\n` },
    ];
    const { proposal } = await unblock({ ...CONFLICT, tasks: [CODER], files });
    expect(proposal).toMatchObject({
      worker: "failed",
      refusal: {
        code: "change-set-invalid",
        subject: '"src/zones.ts"',
        found: "a mark of the conflict still stands in it",
        accepted: "no mark",
      },
      draft: { files },
    });
  });

  test.each<[string, ChangeSet["files"]]>([
    [
      "in a file that was not in conflict",
      [{ path: "docs/a.md", mode: "100644", encoding: "utf-8", content: MARKED }],
    ],
    [
      "of another merge",
      [{ path: "src/zones.ts", mode: "100644", encoding: "utf-8", content: MARKED }],
    ],
    [
      "in bytes that are no text",
      [{ path: "src/zones.ts", mode: "100644", encoding: "base64", content: "PDw8PDw8PA==" }],
    ],
  ])("may hold a mark %s", async (_where, files) => {
    const { proposal } = await unblock({ ...CONFLICT, tasks: [CODER], files });
    expect(proposal).toMatchObject({ worker: "implement", changeSet: { files } });
  });

  const TOO_LARGE: Refusal = { code: "change-set-invalid", subject: "its size", found: "too much" };
  test("is refused where its files cannot be taken", async () => {
    const { proposal } = await unblock({
      ...CONFLICT,
      tasks: Array.from({ length: 3 }, () => CODER),
      uncollected: TOO_LARGE,
    });
    expect(proposal).toMatchObject({ worker: "failed", refusal: TOO_LARGE });
    expect(proposal).not.toHaveProperty("draft");
  });

  test("tells the coder's own fault where its files cannot be taken either", async () => {
    const refusal: Refusal = { code: "model-failed", subject: "cut stream" };
    const tasks = [{ role: "coder", refusal }];
    const { proposal } = await unblock({ ...CONFLICT, tasks, uncollected: TOO_LARGE });
    expect(proposal).toMatchObject({ worker: "failed", refusal });
    expect(proposal).not.toHaveProperty("draft");
  });

  test("names no baseline where no check is configured", async () => {
    const config = Config.parse({ checks: { setup: "npm ci" } });
    const { proposal } = await unblock({ ...CONFLICT, tasks: [CODER], config });
    expect(proposal).toMatchObject({ worker: "implement", ran: [] });
    expect(proposal).not.toHaveProperty("baseline");
  });

  test("is told as a fault of the worker where the sandbox breaks, and its draft is kept", async () => {
    const opens = () => {
      throw new Error("no session");
    };
    const { proposal } = await unblock({ ...CONFLICT, opens });
    expect(proposal).toMatchObject({
      worker: "failed",
      refusal: { code: "worker-failed" },
      draft: { files: RESOLVED },
    });
  });

  test("with one failing check of two is mended", async () => {
    const config = Config.parse({ checks: { lint: "npm run lint", test: "npm test" } });
    const exits = { "npm test": [0, 1, 0] };
    const { proposal } = await unblock({ config, exits, tasks: [CODER] });
    expect(proposal).toMatchObject({ worker: "implement" });
  });

  test("keeps the draft where the coder fails", async () => {
    const failed: FakeTask = {
      role: "coder",
      refusal: { code: "model-failed", subject: "cut stream" },
    };
    const { proposal } = await unblock({ ...CONFLICT, tasks: [failed] });
    expect(proposal).toMatchObject({
      worker: "failed",
      refusal: { code: "model-failed", subject: "cut stream" },
      draft: { files: RESOLVED },
    });
  });
});
