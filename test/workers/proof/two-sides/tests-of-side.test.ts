import { describe, expect, test } from "vitest";
import type { CheckRun, TestStatus } from "../../../../src/domain/evidence.ts";
import { testsOfSide } from "../../../../src/workers/proof/two-sides/tests-of-side.ts";

type Results = Readonly<Record<string, TestStatus>>;

const ID = "0".repeat(40);

function run(results: Results | undefined): CheckRun {
  return {
    ...{ kind: "check", name: "test", on: "change", subject: { base: ID, tree: ID } },
    ...{ command: "test", status: "passed", exitCode: 0, durationMs: 1, tail: "", outputBytes: 0 },
    ...(results === undefined
      ? {}
      : { tests: Object.entries(results).map(([name, status]) => ({ name, status })) }),
  };
}

interface Told {
  readonly parted?: Results;
  readonly side?: Results;
  readonly other?: Results;
  readonly base?: Results;
  readonly result?: Results;
  /** As the result where nothing else is said. */
  readonly own?: Results;
}

/** The other side is the base where nothing else is said. */
const fates = ({
  parted = {},
  side = {},
  base = {},
  other = base,
  result = {},
  own = result,
}: Told) => {
  const found = testsOfSide({
    parted: run(parted),
    side: run(side),
    other: run(other),
    base: run(base),
    result: run(result),
    own: run(own),
  });
  if (found === null) return null;
  const { added, kept, lost, known, removed } = found;
  return { added, kept, lost: lost.names, known: known.names, removed: removed.names };
};
const NONE = { added: 0, kept: 0, lost: [], known: [], removed: [] };

describe("the tests of one side on the result", () => {
  test.each<[string, Told, object]>([
    [
      "a new one that passes",
      { side: { t: "passed" }, result: { t: "passed" } },
      { ...NONE, added: 1, kept: 1 },
    ],
    ["a new one that is absent", { side: { t: "passed" } }, { ...NONE, added: 1, lost: ["t"] }],
    [
      "a new one that fails",
      { side: { t: "passed" }, result: { t: "failed" } },
      { ...NONE, added: 1, lost: ["t"] },
    ],
    [
      "a new one that is skipped on the result",
      { side: { t: "passed" }, result: { t: "skipped" } },
      { ...NONE, added: 1, lost: ["t"] },
    ],
    [
      "a new one that failed on its side and is repaired",
      { side: { t: "failed" }, result: { t: "passed" } },
      { ...NONE, added: 1, kept: 1 },
    ],
    [
      "a new one that failed on its side and still does",
      { side: { t: "failed" }, result: { t: "failed" } },
      { ...NONE, added: 1, lost: ["t"] },
    ],
    [
      "a new one that passes in other words than its side's",
      { side: { t: "passed" }, result: { t: "passed" }, own: { t: "failed" } },
      { ...NONE, added: 1, lost: ["t"] },
    ],
    [
      "an old one that the other side made ask something else",
      {
        parted: { t: "passed" },
        side: { t: "passed" },
        base: { t: "passed" },
        result: { t: "passed" },
        own: { t: "failed" },
      },
      { ...NONE, kept: 1 },
    ],
    ["a new one that its own side skips", { side: { t: "skipped" } }, NONE],
    [
      "an old one that passed there and fails",
      {
        parted: { t: "passed" },
        side: { t: "passed" },
        base: { t: "passed" },
        result: { t: "failed" },
      },
      { ...NONE, lost: ["t"] },
    ],
    [
      "an old one that failed there already",
      { parted: { t: "passed" }, side: { t: "failed" }, result: { t: "failed" } },
      NONE,
    ],
    [
      "one that the other side took out",
      { parted: { t: "passed" }, side: { t: "passed" }, base: {} },
      { ...NONE, removed: ["t"] },
    ],
    [
      "one that nobody took out and is absent",
      { parted: { t: "passed" }, side: { t: "passed" }, base: { t: "passed" } },
      { ...NONE, lost: ["t"] },
    ],
    [
      "one that fails on the base, too",
      {
        parted: { t: "passed" },
        side: { t: "passed" },
        base: { t: "failed" },
        result: { t: "failed" },
      },
      { ...NONE, known: ["t"] },
    ],
    [
      "a new one that failed on its side and is skipped",
      { side: { t: "failed" }, result: { t: "skipped" } },
      { ...NONE, added: 1, lost: ["t"] },
    ],
    [
      "an old one that the other side removed and that fails",
      { parted: { t: "passed" }, side: { t: "passed" }, result: { t: "failed" } },
      { ...NONE, lost: ["t"] },
    ],
  ])("%s", (_, told, expected) => {
    expect(fates(told)).toEqual(expected);
  });

  test("of one name have to pass as often, and none may fail", () => {
    const several = (passed: number, failed: number): CheckRun => ({
      ...run({}),
      tests: [{ name: "t", status: "passed", several: { passed, failed, skipped: 0 } }],
    });
    const keptBy = (result: CheckRun) => {
      const side = several(2, 0);
      const found = { parted: side, side, other: side, base: side, result, own: result };
      return testsOfSide(found)?.kept;
    };
    expect(keptBy(several(2, 0))).toBe(1);
    expect(keptBy(several(1, 0))).toBe(0);
    expect(keptBy(several(2, 1))).toBe(0);
  });

  test("are listed by the first twenty names in their order, each of at most 300 characters", () => {
    const names = Array.from({ length: 21 }, (_none, at) => `${at + 10}${"x".repeat(300)}`);
    const side = run(Object.fromEntries(names.toReversed().map((name) => [name, "passed"])));
    const none = run({});
    const found = testsOfSide({
      ...{ parted: none, side, other: none, base: none, result: none, own: none },
    });
    expect(found?.lost).toEqual({
      total: 21,
      names: names.slice(0, 20).map((name) => name.slice(0, 300)),
    });
  });

  test.each(["parted", "side", "other", "base", "result", "own"] as const)(
    "nobody can tell where the run on %s named none",
    (which) => {
      const runs = {
        parted: run({}),
        side: run({}),
        other: run({}),
        base: run({}),
        result: run({}),
        own: run({}),
      };
      expect(testsOfSide(runs)).not.toBeNull();
      expect(testsOfSide({ ...runs, [which]: run(undefined) })).toBeNull();
    },
  );
});
