import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { Proposal } from "../../../src/domain/proposal.ts";
import { runVerify } from "../../../src/workers/verify/run.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { createFakeSandbox, exited } from "../../fakes/sandbox.ts";
import { createFakeWeb } from "../../fakes/web.ts";
import { unblockOrder } from "../orders.ts";
import { syntax } from "../syntax.ts";
import { brief, CHECKS, junit, of } from "./world.ts";

type Files = Readonly<Record<string, string>>;

const utf8 = { mode: "100644", encoding: "utf-8" } as const;

/** A test file of these tests: each line is the name of a test, and a word that the source has to hold for it to pass. */
const RATES = "test/rates.test.ts";
const ZONES = "test/zones.test.ts";
const PARTED: Files = { "src/a.ts": "one\n", [RATES]: "old one\n" };
const HEAD: Files = { "src/a.ts": "one head\n", [RATES]: "old one\n", [ZONES]: "mine head\n" };
const BASE: Files = { "src/a.ts": "one base\n", [RATES]: "old one\ntheirs base\n" };
const BOTH: Files = { "src/a.ts": "one head base\n", [ZONES]: "mine head\n" };

function runTests(files: Files): Readonly<Record<string, boolean>> {
  const source = files["src/a.ts"] ?? "";
  const lines = Object.entries(files)
    .filter(([path]) => path.startsWith("test/"))
    .flatMap(([, text]) => text.trim().split("\n"));
  return Object.fromEntries(
    lines.map((line) => line.split(" ")).map(([name, word]) => [name, source.includes(`${word}`)]),
  );
}

interface Scene {
  readonly parted?: Files;
  readonly head?: Files;
  readonly base?: Files;
  /** Files of the result that are not as on the base; null takes one out. */
  readonly result?: Readonly<Record<string, string | null>>;
  readonly checks?: unknown;
  readonly exits?: (command: string, files: Files) => number | undefined;
  readonly reports?: boolean;
}

async function verifyResult(scene: Scene) {
  const { parted = PARTED, head = HEAD, base = BASE, result = BOTH, exits, reports = true } = scene;
  const repository = createFakeRepository();
  const commits = {
    parted: repository.commit(parted, "parted"),
    head: repository.commit(head, "head"),
    base: repository.commit(base, "base"),
  };
  const inWorkspace = new Map<number, Record<string, string>>();
  const kept = new Map<number, Record<string, string>>();
  const of = (workspace: number) => inWorkspace.get(workspace) ?? { ...base };
  const sandbox = createFakeSandbox({
    run: ({ command }, workspace) => {
      const files = of(workspace);
      const isRed = command === "npm test" && Object.values(runTests(files)).includes(false);
      return exited(exits?.(command, files) ?? (isRed ? 1 : 0));
    },
    write: (changed, workspace) => {
      const files = { ...of(workspace) };
      for (const file of changed) {
        if ("deleted" in file) delete files[file.path];
        else files[file.path] = file.content;
      }
      inWorkspace.set(workspace, files);
    },
    keep: (workspace) => void kept.set(workspace, { ...of(workspace) }),
    restore: (workspace) => void inWorkspace.set(workspace, { ...kept.get(workspace) }),
    readFile: (path, workspace) =>
      reports && path === "reports/junit.xml" ? junit(runTests(of(workspace))) : undefined,
  });
  const order = unblockOrder(
    { base: commits.base, config: Config.parse({ checks: scene.checks ?? CHECKS }) },
    { head: commits.head },
  );
  const files = Object.entries(result).map(
    ([path, content]): ChangedFile =>
      content === null ? { path, deleted: true } : { path, ...utf8, content },
  );
  const changeSet = { base: commits.base, files };
  const proposal = Proposal.parse(
    await runVerify(
      order,
      { changeSet },
      {
        repository: { ...repository, mergeBase: async () => commits.parted },
        ...{ sandbox, clock: createFakeClock(), web: createFakeWeb({}), syntax },
      },
    ),
  );
  return { proposal, commits };
}

async function sidesOf(scene: Scene = {}) {
  const { proposal, commits } = await verifyResult(scene);
  if (proposal.worker !== "verify") throw new Error(JSON.stringify(proposal));
  return { proposal, commits, twoSides: proposal.twoSides };
}

const NONE = { total: 0, names: [] };
const KEPT = { lost: NONE, known: NONE, removed: NONE };

describe("runVerify on a pull request that was mended", () => {
  test("runs each check on the result, and the tests of both sides and of where they parted", async () => {
    const { proposal, commits, twoSides } = await sidesOf();
    expect(brief(proposal.evidence)).toEqual([
      "setup on change: passed",
      "lint on change: passed",
      "test on change: passed",
      "setup on base: passed",
      "test on base: passed",
    ]);
    expect(twoSides).toEqual({
      head: commits.head,
      mergeBase: commits.parted,
      conflicts: ["src/a.ts"],
      edited: [],
      sides: {
        head: {
          tests: { added: 1, kept: 2, ...KEPT },
          dropped: { total: 1, hunks: [expect.objectContaining({ path: "src/a.ts" })] },
        },
        base: {
          tests: { added: 1, kept: 2, ...KEPT },
          dropped: { total: 1, hunks: [expect.objectContaining({ path: "src/a.ts" })] },
        },
      },
    });
  });

  test("says which tests of a side do not pass on the result", async () => {
    const { twoSides } = await sidesOf({ result: { ...BOTH, "src/a.ts": "one base\n" } });
    expect(twoSides?.sides.head.tests).toEqual({
      ...{ added: 1, kept: 1, lost: { total: 1, names: ["mine"] }, known: NONE, removed: NONE },
    });
    expect(twoSides?.sides.base.tests).toEqual({ added: 1, kept: 2, ...KEPT });
  });

  test("plays the test files of a side as that side wrote them", async () => {
    // The result asks something easier under the same name.
    const { twoSides } = await sidesOf({
      result: { "src/a.ts": "one base\n", [ZONES]: "mine one\n" },
    });
    expect(twoSides?.sides.head.tests?.lost).toEqual({ total: 1, names: ["mine"] });
  });

  test("says what else was edited, and which hunks are gone", async () => {
    const { twoSides } = await sidesOf({
      result: { ...BOTH, [RATES]: "old one\n", "src/more.ts": "more\n" },
    });
    expect(twoSides?.edited).toEqual(["src/more.ts", RATES]);
    expect(twoSides?.sides.base.dropped.hunks.map(({ path }) => path)).toEqual(["src/a.ts", RATES]);
    expect(twoSides?.sides.base.tests?.lost).toEqual({ total: 1, names: ["theirs"] });
  });

  test("asks the base only about what fails on the result, and about the tests", async () => {
    const { proposal } = await sidesOf({ exits: (command) => (/lint/.test(command) ? 1 : 0) });
    expect(brief(proposal.evidence)).toEqual([
      "setup on change: passed",
      "lint on change: failed",
      "test on change: passed",
      "setup on base: passed",
      "lint on base: failed",
      "test on base: passed",
    ]);
    const notes = of(proposal.evidence, "check").map(({ name, on, note }) => [name, on, !!note]);
    expect(notes.filter(([, , hasNote]) => hasNote)).toEqual([["lint", "change", true]]);
  });

  test("takes the base for where both parted when it did not move", async () => {
    const { twoSides } = await sidesOf({
      base: PARTED,
      head: HEAD,
      result: { "src/a.ts": HEAD["src/a.ts"] ?? "", [ZONES]: "mine head\n" },
    });
    expect(twoSides).toMatchObject({
      conflicts: [],
      edited: [],
      sides: {
        head: { tests: { added: 1, kept: 2, ...KEPT }, dropped: { total: 0, hunks: [] } },
        base: { tests: { added: 0, kept: 1, ...KEPT }, dropped: { total: 0, hunks: [] } },
      },
    });
  });

  test.each<[string, Scene]>([
    ["no test is configured", { checks: { setup: "npm ci", lint: "npm run lint" } }],
    ["no run names its tests", { reports: false }],
  ])("cannot tell of tests where %s", async (_what, scene) => {
    const { twoSides } = await sidesOf(scene);
    expect([twoSides?.sides.head.tests, twoSides?.sides.base.tests]).toEqual([null, null]);
    expect(twoSides?.conflicts).toEqual(["src/a.ts"]);
  });

  test.each<[string, Scene, object]>([
    [
      "setup fails",
      { exits: (command) => (command === "npm ci" ? 1 : 0) },
      { code: "check-failed", subject: "setup" },
    ],
    [
      "no merge reads what both changed",
      { base: { ...BASE, "src/a.ts": "one \0 base\n" } },
      { code: "change-set-invalid" },
    ],
    [
      "a dependency came that nobody approved",
      { result: { ...BOTH, "package.json": '{"dependencies":{"left-pad":"1.3.0"}}\n' } },
      { code: "dependencies-unapproved" },
    ],
    ["nothing was changed", { result: BASE }, { code: "nothing-produced" }],
  ])("is refused where %s", async (_what, scene, refusal) => {
    const { proposal } = await verifyResult(scene);
    expect(proposal).toMatchObject({ worker: "failed", refusal });
  });
});
