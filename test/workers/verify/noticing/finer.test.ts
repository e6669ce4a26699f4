import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../../src/domain/change-set.ts";
import { type NoticedHunk, rangeOf } from "../../../../src/domain/evidence/noticed.ts";
import { exited } from "../../../fakes/sandbox.ts";
import { junit, of, verified, type World } from "../world.ts";

const file = (path: string, content: string): ChangedFile => ({
  path,
  mode: "100644",
  encoding: "utf-8",
  content,
});
const TESTS = file("test/quote.test.ts", "old\nnew\n");
const GO = "package a\n\nfunc old() {\n\tx()\n}\n";
const NEW = "\nfunc price(zone int) int {\n\tif zone < 1 {\n\t\treport(zone)\n\t}\n\treturn 3\n}\n";

/** What the tests say of the file as it stands: undefined, it does not build. */
type Says = (text: string) => boolean | undefined;

function textOf(put: readonly ChangedFile[], path: string): string {
  const last = put.findLast((one) => one.path === path);
  if (last === undefined || "deleted" in last) return "";
  return Buffer.from(last.content, last.encoding).toString();
}

/** Notices a change to one file. What does not build leaves no report, and its command fails. */
async function notice(
  change: { readonly path?: string; readonly before?: string; readonly after: string },
  says: Says,
  world: World = {},
) {
  const { path = "src/a.go", before = GO, after } = change;
  const { proposal } = await verified({
    base: { [path]: before, "test/quote.test.ts": "old\n" },
    files: [file(path, after), TESTS],
    report: (on, put) => {
      if (on !== "change") return junit({ old: true, new: false });
      const said = says(textOf(put, path) || after);
      return said === undefined ? undefined : junit({ old: true, new: said });
    },
    // Also where all pass: what a command says beside its report tells no test from another.
    run: ({ command }, on) => (command === "npm test" && on === "change" ? exited(1) : undefined),
    ...world,
  });
  const [noticed] = of(proposal.evidence, "noticed");
  if (noticed === undefined) throw new Error("expected a piece");
  return { noticed, told: noticed.hunks.flatMap(sayHunk) };
}

function sayHunk(hunk: NoticedHunk): readonly string[] {
  const { pieces } = hunk;
  return [
    `${rangeOf(hunk)} ${hunk.noticed}`,
    ...(pieces?.tried ?? []).map(({ from, to, as, noticed }) => `  ${as} ${from}-${to} ${noticed}`),
    ...(pieces?.because === undefined ? [] : [`  ${pieces.left} left: ${pieces.because}`]),
  ];
}

describe("a part that does not build when it is taken back", () => {
  test("is tried by its statements, and only their lines count as noticed by tests", async () => {
    // The whole function is named by the tests; so is what it returns.
    const says: Says = (text) => {
      if (!text.includes("func price")) return undefined;
      if (text.includes("taken back") || !text.includes("return")) return undefined;
      return text.includes("if zone");
    };
    const { noticed, told } = await notice({ after: `${GO}${NEW}` }, says);
    expect(told).toEqual([
      "src/a.go:6-12 by-compiler",
      "  body 8-11 by-compiler",
      "  statement 8-10 by-tests",
      "  statement 11-11 by-compiler",
    ]);
    expect(noticed).toMatchObject({
      lines: { changed: 7, byTests: 3, byCompiler: 4, unnoticed: 0, untried: 0 },
      runs: 4,
    });
    expect(noticed.hunks[0]?.pieces?.tried[1]).toMatchObject({ tests: ["new"], criteria: ["AC1"] });
  });

  test("whose body fails in its place is not asked for what stands in it", async () => {
    const says: Says = (text) =>
      text.includes("func price") ? !text.includes("taken back") : undefined;
    const { noticed, told } = await notice({ after: `${GO}${NEW}` }, says);
    expect(told).toEqual(["src/a.go:6-12 by-compiler", "  body 8-11 by-tests"]);
    expect(noticed.lines).toMatchObject({ byTests: 4, byCompiler: 3 });
  });

  test("holds a statement that nobody notices: it stays the compiler's, and the statement is named", async () => {
    const says: Says = (text) => (text.includes("func price") ? true : undefined);
    const { noticed, told } = await notice({ after: `${GO}${NEW}` }, says);
    expect(told).toEqual([
      "src/a.go:6-12 by-compiler",
      "  body 8-11 unnoticed",
      "  statement 8-10 unnoticed",
      "  statement 9-9 unnoticed",
      "  statement 11-11 unnoticed",
    ]);
    expect(noticed.lines).toMatchObject({ changed: 7, byTests: 0, byCompiler: 7, unnoticed: 0 });
  });

  test("and stands in the place of other lines counts none of them for the tests", async () => {
    const after = GO.replace("x()", "if y() {\n\t\tstop()\n\t}\n\tx(1)");
    const says: Says = (text) => (text.includes("x(1)") ? text.includes("if y") : undefined);
    const { noticed, told } = await notice({ after }, says);
    expect(told).toEqual([
      "src/a.go:4-7 by-compiler",
      "  statement 4-6 by-tests",
      "  statement 7-7 by-compiler",
    ]);
    expect(noticed.lines).toMatchObject({ changed: 5, byTests: 0, byCompiler: 5 });
  });

  test("is not tried so where no grammar reads it, and that is told", async () => {
    const { told } = await notice({ path: "src/a.zig", before: "a\n", after: "a\nb\n" }, (text) =>
      text.includes("b") ? true : undefined,
    );
    expect(told).toEqual(["src/a.zig:2 by-compiler", "  0 left: no-grammar"]);
  });

  test("is not tried so where it puts in no statement, and that is told", async () => {
    const { told } = await notice({ after: `${GO}\ntype a int\n` }, (text) =>
      text.includes("type") ? true : undefined,
    );
    expect(told).toEqual(["src/a.go:6-7 by-compiler", "  0 left: no-statement"]);
  });
});

describe("parts that cut one statement", () => {
  const before = "package a\n\nfunc f() {\n\tgo(\n\t\t1,\n\t\tb,\n\t\tc,\n\t\t2)\n}\n";
  const after = before.replace("1,", "3,").replace("2)", "4,\n\t\t5)");
  const isHalf = (text: string) => text.includes("1,") !== text.includes("2)");

  test("and do not build alone are taken back together", async () => {
    const { noticed, told } = await notice({ before, after }, (text) =>
      isHalf(text) ? undefined : text.includes("3,"),
    );
    expect(told).toEqual(["src/a.go:5-9 by-tests"]);
    expect(noticed).toMatchObject({ lines: { changed: 5, byTests: 5 }, runs: 3 });
  });

  test("are one part too where nobody misses them together", async () => {
    const { noticed } = await notice({ before, after }, (text) =>
      isHalf(text) ? undefined : true,
    );
    expect(noticed.lines).toMatchObject({ changed: 5, unnoticed: 5 });
  });

  test("stay two where they do not build together either", async () => {
    const { told } = await notice({ before, after }, (text) =>
      text.includes("1,") || text.includes("2)") ? undefined : true,
    );
    expect(told).toEqual([
      "src/a.go:8-9 by-compiler",
      "  0 left: no-statement",
      "src/a.go:5 by-compiler",
      "  0 left: no-statement",
    ]);
  });

  test("stay two where one of them is noticed alone", async () => {
    const { told } = await notice({ before, after }, (text) =>
      text.includes("1,") ? undefined : text.includes("5)"),
    );
    expect(told).toEqual([
      "src/a.go:8-9 by-tests",
      "src/a.go:5 by-compiler",
      "  0 left: no-statement",
    ]);
  });
});

describe("left over, and so said", () => {
  const after = `${GO}${NEW}`;
  const builds = (text: string) => (text.includes("func price") ? true : undefined);

  test("what the minutes do not allow", async () => {
    const { told } = await notice({ after }, builds, {
      takesMs: 31_000,
      config: { verify: { noticeMinutes: 1 } },
    });
    expect(told).toEqual(["src/a.go:6-12 by-compiler", "  body 8-11 unnoticed", "  3 left: time"]);
  });

  test("what is beyond the count", async () => {
    const many = Array.from({ length: 25 }, (_, index) => `\ta${index}()\n`).join("");
    const { noticed } = await notice({ after: `${GO}\nfunc price() {\n${many}}\n` }, builds);
    expect(noticed.hunks[0]?.pieces).toMatchObject({ left: 6, because: "count" });
    expect(noticed.hunks[0]?.pieces?.tried).toHaveLength(20);
  });
});

test("an ordinary change that builds without each of its parts is tried in no finer grain", async () => {
  const { noticed } = await notice({ after: GO.replace("x()", "y()") }, (text) =>
    text.includes("y()"),
  );
  expect(noticed.hunks).toMatchObject([{ from: 4, to: 4, noticed: "by-tests" }]);
  expect(noticed.hunks[0]).not.toHaveProperty("pieces");
  expect(noticed.runs).toBe(1);
});
