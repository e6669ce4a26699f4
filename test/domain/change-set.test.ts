import { describe, expect, test } from "vitest";
import {
  bytesOf,
  type ChangedFile,
  ChangeSet,
  refuseChangeSet,
  refuseShadows,
} from "../../src/domain/change-set.ts";

const base = "a".repeat(40);

function file(path: string, content = "x"): ChangedFile {
  return { path, mode: "100644", encoding: "utf-8", content };
}

describe("refuseChangeSet", () => {
  test("takes ordinary files, executables, deletions and binaries", () => {
    const files: ChangedFile[] = [
      file("src/a.ts"),
      { path: "bin/run", mode: "100755", encoding: "utf-8", content: "#!/bin/sh\n" },
      { path: "image.png", mode: "100644", encoding: "base64", content: "iVBORw0KGgo=" },
      { path: "old.ts", deleted: true },
    ];
    expect(refuseChangeSet({ base, files })).toEqual([]);
  });

  test("takes a name that only changes its case, and a file in the place of a folder", () => {
    const files: ChangedFile[] = [
      { path: "docs/readme.md", deleted: true },
      file("docs/README.md"),
      { path: "src/parse/index.js", deleted: true },
      file("src/parse"),
    ];
    expect(refuseChangeSet({ base, files })).toEqual([]);
  });

  test.each([
    ["one path twice", [file("a"), { path: "a", deleted: true } as const], "change-set-invalid"],
    ["a path that leaves", [file("../x")], "change-set-invalid"],
    ["two names of one file", [file("README.md"), file("readme.MD")], "change-set-invalid"],
    ["a large file", [file("a", "x".repeat(1_000_001))], "limit-exceeded"],
    [
      "many large files",
      Array.from({ length: 6 }, (_, n) => file(`f${n}`, "x".repeat(900_000))),
      "limit-exceeded",
    ],
    ["too many files", Array.from({ length: 301 }, (_, n) => file(`f${n}`)), "limit-exceeded"],
  ])("refuses %s", (_, files, code) => {
    expect(refuseChangeSet({ base, files }).map((refusal) => refusal.code)).toContain(code);
  });

  test.each([
    ["src/aux.js", true],
    ["docs/con.md", true],
    ["notes: today.txt", true],
    ["trailing.", true],
    ["de\u0301composed.md", true],
    [`${"long/".repeat(50)}name.ts`, true],
    // No base of git's own making holds these.
    ["../aux.js", false],
    ["/etc/passwd", false],
    ["a/.git/config", false],
    ["a/.git::$INDEX_ALLOCATION/config", false],
    ["GIT~1/config", false],
    [".gitmodules", false],
    ["back\\slash", false],
  ])("a base that has %j lets it be changed and deleted: %s", (path, isTaken) => {
    const changes: ChangedFile[] = [file(path), { path, deleted: true }];
    for (const change of changes) {
      const changeSet = { base, files: [change] };
      expect(refuseChangeSet(changeSet)).toHaveLength(1);
      expect(refuseChangeSet(changeSet, (known) => known === path)).toHaveLength(isTaken ? 0 : 1);
      expect(refuseChangeSet(changeSet, (known) => known === "other")).toHaveLength(1);
    }
  });

  const LONG = "d/".repeat(400);

  test.each([
    ["300 files", Array.from({ length: 300 }, (_, n) => file(`f${n}`)), []],
    [
      "301 files",
      Array.from({ length: 301 }, (_, n) => file(`f${n}`)),
      [["files in the change", "301", "at most 300"]],
    ],
    ["a file of 1,000,000 bytes", [file("a", "x".repeat(1_000_000))], []],
    [
      "a file of 1,000,001 bytes",
      [file("a", "x".repeat(1_000_001))],
      [['bytes in "a"', "1000001", "at most 1000000"]],
    ],
    [
      "5,000,000 bytes",
      Array.from({ length: 5 }, (_, n) => file(`f${n}`, "x".repeat(1_000_000))),
      [],
    ],
    [
      "5,000,001 bytes",
      [
        file("f", "x"),
        ...Array.from({ length: 5 }, (_, n) => file(`f${n}`, "x".repeat(1_000_000))),
      ],
      [["bytes in the change", "5000001", "at most 5000000"]],
    ],
  ])("of %s it says how many there are and how many there may be", (_, files, expected) => {
    const refusals = refuseChangeSet({ base, files });
    expect(refusals.map(({ subject, found, accepted }) => [subject, found, accepted])).toEqual(
      expected,
    );
  });

  test("of a file with a long name it shows the beginning of the name", () => {
    const [refusal] = refuseChangeSet({
      base,
      files: [file(`${LONG}a`, "x".repeat(1_000_001))],
    }).filter(({ code }) => code === "limit-exceeded");
    expect(refusal?.subject).toBe(`bytes in ${JSON.stringify(LONG).slice(0, 250)}`);
  });

  test("of two names of one file it says both, each bounded", () => {
    expect(refuseChangeSet({ base, files: [file("README.md"), file("readme.MD")] })).toEqual([
      {
        code: "change-set-invalid",
        subject: '"readme.MD"',
        found: 'the same file as "README.md" on a case-folding file system',
      },
    ]);
    const deep = "d/".repeat(2_000);
    const refusals = refuseChangeSet({ base, files: [file(`${deep}a`), file(`${deep}A`)] });
    const collision = refusals.find(({ found }) => found?.startsWith("the same file"));
    expect(collision?.subject).toHaveLength(300);
    expect(collision?.found).toHaveLength(2_000);
  });

  test("the schema has no room for links, submodules or other modes", () => {
    for (const mode of ["120000", "160000", "040000", "100664"]) {
      expect(ChangeSet.safeParse({ base, files: [{ ...file("a"), mode }] }).success).toBe(false);
    }
    expect(ChangeSet.safeParse({ base: "abc", files: [] }).success).toBe(false);
  });

  test("bytes are counted decoded", () => {
    expect(bytesOf(file("a", "é"))).toBe(2);
    expect(bytesOf({ path: "b", mode: "100644", encoding: "base64", content: "AAAA" })).toBe(3);
    expect(bytesOf({ path: "b", mode: "100644", encoding: "base64", content: "AAA=" })).toBe(2);
    expect(bytesOf({ path: "b", mode: "100644", encoding: "base64", content: "AA==" })).toBe(1);
    expect(bytesOf({ path: "c", deleted: true })).toBe(0);
  });
});

describe("refuseShadows", () => {
  const BASE = ["README.md", "src/Parse/index.ts", "src/Parse/lex.ts", "docs/a.md"];

  test.each<readonly [string, readonly ChangedFile[], readonly (readonly [string, string])[]]>([
    ["nothing", [], []],
    ["a file of the base, written again", [file("README.md")], []],
    ["a new file in a folder of the base", [file("src/Parse/new.ts")], []],
    ["a new file that is nowhere near", [file("lib/b.ts")], []],
    ["another spelling of a file", [file("Readme.md")], [["Readme.md", "README.md"]]],
    [
      "another spelling of a folder",
      [file("src/parse/new.ts")],
      [["src/parse/new.ts", "src/Parse"]],
    ],
    [
      "another spelling of a folder at the top",
      [file("SRC/Parse/index.ts")],
      [["SRC/Parse/index.ts", "src"]],
    ],
    ["a file in the place of a folder", [file("src/parse")], [["src/parse", "src/Parse"]]],
    ["a folder in the place of a file", [file("readme.md/a")], [["readme.md/a", "README.md"]]],
    ["a deletion in another spelling", [{ path: "readme.md", deleted: true }], []],
    [
      "a file whose other spelling goes",
      [{ path: "README.md", deleted: true }, file("readme.md")],
      [],
    ],
    [
      "a folder of which only a part goes",
      [{ path: "src/Parse/lex.ts", deleted: true }, file("src/parse/lex.ts")],
      [["src/parse/lex.ts", "src/Parse"]],
    ],
    [
      "each of several",
      [file("readme.md"), file("Docs/a.md"), file("docs/b.md")],
      [
        ["readme.md", "README.md"],
        ["Docs/a.md", "docs"],
      ],
    ],
  ])("%s", (_, files, expected) => {
    expect(refuseShadows({ base, files: [...files] }, BASE)).toEqual(
      expected.map(([path, shadowed]) => ({
        code: "change-set-invalid",
        subject: `"${path}"`,
        found: `the same as "${shadowed}" of the base on a case-folding file system`,
      })),
    );
  });

  test("a base that has both spellings may keep them", () => {
    expect(refuseShadows({ base, files: [file("a.md"), file("A.md")] }, ["a.md", "A.md"])).toEqual(
      [],
    );
  });

  test("what is shown of long names is bounded", () => {
    const long = "d".repeat(3_000);
    const [refusal] = refuseShadows({ base, files: [file(long.toUpperCase())] }, [long]);
    expect(refusal?.subject).toHaveLength(300);
    expect(refusal?.found).toHaveLength(2_000);
  });
});
