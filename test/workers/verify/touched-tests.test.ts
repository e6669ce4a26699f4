import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import type { CheckRun } from "../../../src/domain/evidence.ts";
import type { Task } from "../../../src/workers/checks/workbench.ts";
import { alteredTests, readTouchedTests } from "../../../src/workers/verify/old-tests.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { lineOrder } from "../orders.ts";
import { failed, passed, runOf, skipped } from "./runs.ts";

const written = (path: string, content: string): ChangedFile => ({
  ...{ path, mode: "100644", encoding: "utf-8", content },
});

describe("what a change does to existing tests", () => {
  async function read(changed: readonly ChangedFile[], other: "a link" | undefined = undefined) {
    const repository = createFakeRepository();
    const base = repository.commit({
      "src/a.ts": "code",
      "src/gone.ts": "gone code",
      "test/a.test.ts": "old",
      "test/gone.test.ts": "gone",
      ...(other === undefined ? {} : { "test/b.test.ts": { mode: "120000", content: "x" } }),
    });
    const order = lineOrder({ base });
    return readTouchedTests({ order, ports: { repository } as unknown as Task["ports"] }, changed);
  }

  test("has tests and sources apart, old ones and new ones, each with its text", async () => {
    const source = written("src/a.ts", "new code");
    const fresh = written("src/new.ts", "fresh");
    const goneSource = { path: "src/gone.ts", deleted: true } as const;
    const bytes = Buffer.from("bytes").toString("base64");
    const found = await read([
      ...[source, fresh, goneSource, written("test/a.test.ts", "new")],
      { path: "test/gone.test.ts", deleted: true },
      { path: "test/new.test.ts", mode: "100644", encoding: "base64", content: bytes },
    ]);
    expect(found).toEqual({
      files: ["test/a.test.ts", "test/gone.test.ts"],
      tests: [
        { path: "test/a.test.ts", text: "old" },
        { path: "test/gone.test.ts", text: "gone" },
      ],
      written: [
        { path: "test/a.test.ts", before: "old", after: "new" },
        { path: "test/new.test.ts", before: "", after: "bytes" },
      ],
      code: [source, fresh, goneSource],
      sources: [
        { path: "src/a.ts", text: "code" },
        { path: "src/gone.ts", text: "gone code" },
      ],
    });
  });

  test("has no text of what was no regular file", async () => {
    const found = await read([written("test/b.test.ts", "new")], "a link");
    expect(found.tests).toEqual([{ path: "test/b.test.ts", text: "" }]);
    expect(found.written).toEqual([{ path: "test/b.test.ts", before: "", after: "new" }]);
  });
});

describe("tests that a change altered", () => {
  const FILE = "test/a.test.ts";
  const TOUCHED = { files: [FILE], tests: [], written: [], code: [], sources: [] };
  const unread = `${FILE} (as it was, it does not run)`;
  const named = (...tests: NonNullable<CheckRun["tests"]>) => runOf({ tests });
  const byExit = (status: CheckRun["status"]) => runOf({ status });

  test.each<[string, CheckRun, CheckRun | undefined, CheckRun, readonly string[]]>([
    ["are unknown without a run", named(passed("t")), undefined, named(passed("t")), []],
    ["pass on all", named(passed("t")), named(passed("t")), named(passed("t")), []],
    [
      "fail as they were, sorted",
      named(passed("t"), passed("b"), passed("c")),
      named(failed("t"), failed("b"), passed("c")),
      named(passed("t"), passed("b"), passed("c")),
      ["b", "t"],
    ],
    [
      "failed on the base",
      named(failed("t"), passed("u")),
      named(failed("t"), passed("u")),
      named(passed("t"), passed("u")),
      [],
    ],
    [
      "fail on the change",
      named(passed("t"), passed("u")),
      named(failed("t"), passed("u")),
      named(failed("t"), passed("u")),
      [],
    ],
    [
      "were skipped on the base",
      named(skipped("t"), passed("u")),
      named(failed("t"), passed("u")),
      named(passed("t"), passed("u")),
      [],
    ],
    ["all fail as they were", named(passed("t")), named(failed("t")), named(passed("t")), [unread]],
    [
      "left no report as they were",
      named(passed("t")),
      byExit("failed"),
      named(passed("t")),
      [unread],
    ],
    [
      "had none that passed, and left no report",
      named(failed("t")),
      byExit("failed"),
      named(passed("t")),
      [],
    ],
    [
      "are one by exit codes",
      byExit("passed"),
      byExit("failed"),
      byExit("passed"),
      ["npm test (exit code only)"],
    ],
    [
      "are one where the base names none",
      byExit("passed"),
      byExit("failed"),
      named(passed("t")),
      ["npm test (exit code only)"],
    ],
    [
      "are one where the change names none",
      named(passed("t")),
      byExit("failed"),
      byExit("passed"),
      ["npm test (exit code only)"],
    ],
    ["pass by exit codes", byExit("passed"), byExit("passed"), byExit("passed"), []],
    ["failed on the base by exit codes", byExit("failed"), byExit("failed"), byExit("passed"), []],
    ["fail on the change by exit codes", byExit("passed"), byExit("failed"), byExit("failed"), []],
  ])("%s", (_what, base, old, change, expected) => {
    expect(alteredTests({ base, old, change }, TOUCHED)).toEqual(expected);
  });

  test("stand beside code that the change touches, which is told even without a run", () => {
    const sources = [
      { path: "src/lib.rs", text: "#[test]\nfn t() {}\n" },
      { path: "src/price.py", text: "" },
      { path: "src/rate.py", text: "" },
    ];
    const base = named(passed("src.price > t"), failed("src.rate > t"));
    const beside = (path: string) => `${path} (holds tests beside code, both changed)`;
    const runs = { base, old: undefined, change: base };
    expect(alteredTests(runs, { ...TOUCHED, sources })).toEqual([
      beside("src/lib.rs"),
      beside("src/price.py"),
    ]);
    expect(alteredTests({ ...runs, base: byExit("passed") }, { ...TOUCHED, sources })).toEqual([
      beside("src/lib.rs"),
    ]);
  });
});
