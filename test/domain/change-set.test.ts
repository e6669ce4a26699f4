import { describe, expect, test } from "vitest";
import {
  bytesOf,
  type ChangedFile,
  ChangeSet,
  refuseChangeSet,
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
    expect(bytesOf({ path: "c", deleted: true })).toBe(0);
  });
});
