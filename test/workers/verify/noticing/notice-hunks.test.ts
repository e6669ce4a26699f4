import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../../src/domain/change-set.ts";
import { rangeOf } from "../../../../src/domain/evidence/noticed.ts";
import { exited } from "../../../fakes/sandbox.ts";
import { junit, of, verified, type World } from "../world.ts";

const BASE = {
  "src/quote.ts": "const a = 1;\nx();\ny();\nconst b = 1;\n",
  "src/old.ts": "old\n",
  "test/quote.test.ts": "old\n",
};
const file = (path: string, content: string): ChangedFile => ({
  path,
  mode: "100644",
  encoding: "utf-8",
  content,
});
const QUOTE = file("src/quote.ts", "const a = 2;\nx();\ny();\nconst b = 2;\nconst c = 2;\n");
const TESTS = file("test/quote.test.ts", "old\nnew\n");

/** What stands in `src/quote.ts` while the tests run. */
function seen(put: readonly ChangedFile[]): string {
  const [first] = put;
  if (first === undefined || "deleted" in first) return "";
  return Buffer.from(first.content, first.encoding).toString();
}

/** The named test passes while `a` is 2; nobody asks for the rest. */
function report(on: string, put: readonly ChangedFile[]): string {
  if (on === "base" || on === "change-with-base-tests") return junit({ old: true });
  return junit({ old: true, new: on === "change" && !seen(put).includes("a = 1") });
}

async function notice(world: World = {}) {
  const { proposal, sandbox } = await verified({
    base: BASE,
    files: [QUOTE, TESTS],
    report,
    ...world,
  });
  const [noticed, ...others] = of(proposal.evidence, "noticed");
  if (noticed === undefined || others.length > 0) throw new Error("expected one piece");
  const told = noticed.hunks.map(
    ({ noticed: by, because, ...hunk }) => `${rangeOf(hunk)} ${because ?? by}`,
  );
  return { noticed, told, sandbox };
}

test("each part is taken back alone, the biggest first, and the named tests say who misses it", async () => {
  const { noticed, told, sandbox } = await notice();
  expect(told).toEqual(["src/quote.ts:4-5 unnoticed", "src/quote.ts:1 by-tests"]);
  expect(noticed).toMatchObject({
    lines: { changed: 5, byTests: 2, byCompiler: 0, unnoticed: 3, untried: 0 },
    ran: "whole",
    runs: 2,
    silentLines: 0,
  });
  expect(noticed.hunks[1]).toMatchObject({ tests: ["new"], criteria: ["AC1"] });
  const put = sandbox.calls.flatMap(({ method, argument }) =>
    method === "write" ? (argument as readonly ChangedFile[]) : [],
  );
  const texts = put.filter(({ path }) => path === "src/quote.ts").map((one) => seen([one]));
  expect(texts.slice(-2)).toEqual([
    "const a = 2;\nx();\ny();\nconst b = 1;\n",
    "const a = 1;\nx();\ny();\nconst b = 2;\nconst c = 2;\n",
  ]);
});

test("each run begins with what was prepared, so that nothing of the run before it counts", async () => {
  const { sandbox } = await notice();
  const [last] = sandbox.calls.filter(({ method }) => method === "run").slice(-1);
  const own = sandbox.calls.filter(({ workspace }) => workspace === last?.workspace);
  const methods = own.map(({ method }) => method);
  expect(methods.filter((method) => method === "run")).toHaveLength(7);
  // Set-up, lint, the tests three times, and one run for each part: all but the first two begin afresh.
  expect(methods.filter((method) => method === "restore")).toHaveLength(5);
});

test("what does not build without a part notices it, apart from the tests", async () => {
  const { noticed, told } = await notice({
    report: (on, put) =>
      put.length > 0 && seen(put).includes("b = 1") ? undefined : report(on, put),
    run: (command, on) =>
      on === "change" && command.command === "npm test" ? exited(1) : undefined,
  });
  expect(told).toEqual(["src/quote.ts:4-5 by-compiler", "src/quote.ts:1 by-tests"]);
  expect(noticed.lines).toMatchObject({ byTests: 2, byCompiler: 3, unnoticed: 0 });
});

describe("the named tests alone", () => {
  const checks = {
    test: {
      run: "npm test",
      report: "reports/junit.xml",
      only: { run: 'npm test -- "$@"', by: "names" },
    },
  };
  const wordsOf = (sandbox: Awaited<ReturnType<typeof notice>>["sandbox"]) =>
    sandbox.calls.flatMap(({ method, argument }) => {
      const { arguments: words } = (argument ?? {}) as { arguments?: readonly string[] };
      return method === "run" && words !== undefined ? [words] : [];
    });

  test("run where the config says how, after they were seen to pass so with the change whole", async () => {
    const { noticed, sandbox } = await notice({ checks });
    // Twice more on each tree for the proof, once before the parts, and once for each of the two.
    expect(wordsOf(sandbox)).toEqual(Array.from({ length: 7 }, () => ["new"]));
    expect(noticed).toMatchObject({ ran: "only", runs: 3, lines: { byTests: 2, unnoticed: 3 } });
  });

  test("are left alone where they do not pass so: then the whole check runs", async () => {
    let isAlone = false;
    const { noticed, sandbox } = await notice({
      checks,
      run: ({ arguments: words }) => {
        isAlone = words !== undefined;
        return undefined;
      },
      report: (on, put) => (isAlone ? junit({ old: true }) : report(on, put)),
    });
    // Twice on each tree for the proof, and once before the parts.
    expect(wordsOf(sandbox)).toHaveLength(5);
    expect(noticed).toMatchObject({ ran: "whole", runs: 3, lines: { byTests: 2, unnoticed: 3 } });
  });
});

describe("not tried, and so said", () => {
  test("what the minutes leave over", async () => {
    const { noticed, told } = await notice({
      takesMs: 31_000,
      config: { verify: { noticeMinutes: 0.5 } },
    });
    expect(told).toEqual(["src/quote.ts:4-5 unnoticed", "src/quote.ts:1 time"]);
    expect(noticed.lines).toMatchObject({ unnoticed: 3, untried: 2 });
  });

  test("what could not end in time is not begun", async () => {
    const { noticed, told } = await notice({
      run: () => exited(0, "", 40_000),
      config: { verify: { noticeMinutes: 0.5 } },
    });
    expect(told).toEqual(["src/quote.ts:4-5 time", "src/quote.ts:1 time"]);
    expect(noticed).toMatchObject({ ran: "nothing", runs: 0 });
  });

  test("all of it where no minutes are given", async () => {
    const { noticed, told } = await notice({ config: { verify: { noticeMinutes: 0 } } });
    expect(told).toEqual(["src/quote.ts:4-5 time", "src/quote.ts:1 time"]);
    expect(noticed).toMatchObject({ ran: "nothing", runs: 0 });
  });

  test("what is beyond the count", async () => {
    const lines = (word: string) =>
      Array.from({ length: 45 }, (_, index) => `${word}${index};\n\n\n`).join("");
    const { noticed } = await notice({
      base: { ...BASE, "src/many.ts": lines("a") },
      files: [file("src/many.ts", lines("b")), TESTS],
    });
    const reasons = noticed.hunks.map(({ because }) => because);
    expect([noticed.runs, reasons.filter((because) => because === "count").length]).toEqual([
      40, 5,
    ]);
  });

  test.each<readonly [string, World, string]>([
    ["no test that is named passes", { namings: [] }, "no-test"],
    [
      "no test is named for what it changes",
      { criteria: [{ id: "AC1", statement: "It is nice.", kind: "judgement" }] },
      "no-test",
    ],
    ["the report names no test", { checks: { test: "npm test" } }, "no-report"],
    ["there is no test check", { checks: { lint: "npm run lint" } }, "no-test"],
  ])("where %s", async (_title, world, because) => {
    const { told } = await notice(world);
    expect(told).toEqual([`src/quote.ts:4-5 ${because}`, `src/quote.ts:1 ${because}`]);
  });

  test("files of which no part can be taken back", async () => {
    const binary: ChangedFile = {
      path: "src/data.bin",
      mode: "100644",
      encoding: "base64",
      content: Buffer.from([0, 1]).toString("base64"),
    };
    const moved: readonly ChangedFile[] = [
      { path: "src/old.ts", deleted: true },
      file("src/new.ts", "old\n"),
    ];
    const { told } = await notice({ files: [binary, ...moved, TESTS] });
    expect(told).toEqual(["src/data.bin:1 binary", "src/old.ts:1 renamed", "src/new.ts:1 renamed"]);
  });
});

describe("an ordinary change", () => {
  test("to prose and tests alone leaves nothing to notice", async () => {
    const { noticed } = await notice({ files: [file("README.md", "# A\n"), TESTS] });
    expect(noticed).toMatchObject({ hunks: [], lines: { changed: 0 }, ran: "nothing", runs: 0 });
  });

  test("to comments alone leaves nothing to notice, and is counted", async () => {
    const commented = `// Says why.\n${BASE["src/quote.ts"]}`;
    const { noticed } = await notice({ files: [file("src/quote.ts", commented), TESTS] });
    expect(noticed).toMatchObject({ hunks: [], lines: { changed: 0 }, silentLines: 1 });
  });

  test("a file that is new is taken back by taking it away, one that is gone by putting it back", async () => {
    const { told, sandbox } = await notice({
      files: [file("src/new.ts", "a\nb\nc\n"), { path: "src/old.ts", deleted: true }, TESTS],
    });
    expect(told).toEqual(["src/new.ts:1-3 unnoticed", "src/old.ts:1 unnoticed"]);
    const put = sandbox.calls.flatMap(({ method, argument }) =>
      method === "write" ? [argument] : [],
    );
    expect(put).toContainEqual([{ path: "src/new.ts", deleted: true }]);
    expect(put).toContainEqual([
      {
        path: "src/old.ts",
        mode: "100644",
        encoding: "base64",
        content: Buffer.from("old\n").toString("base64"),
      },
    ]);
  });
});
