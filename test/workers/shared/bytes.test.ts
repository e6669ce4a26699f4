import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import { refuseBytes } from "../../../src/workers/shared/bytes.ts";
import { createFakeRepository } from "../../fakes/repository.ts";

const text = (path: string, content: string): ChangedFile => ({
  path,
  mode: "100644",
  encoding: "utf-8",
  content,
});
const binary = (path: string, content: string): ChangedFile => ({
  path,
  mode: "100644",
  encoding: "base64",
  content: Buffer.from(content, "latin1").toString("base64"),
});

describe("refuseBytes", () => {
  const repository = createFakeRepository();
  const base = repository.commit({
    ".gitattributes": "*.png filter=lfs\n",
    "assets/logo.png": "version 1\n",
    "src/a.js": "a\n",
    "latin.js": { mode: "100644", content: Buffer.from("caf\xe9\n", "latin1") },
  });
  for (const path of ["assets/logo.png", "assets/new.png", "brand.png"]) {
    repository.setConversion(path, { filter: "lfs" });
  }

  test.each<[string, readonly ChangedFile[], readonly string[]]>([
    ["ordinary work beside a pointer", [text("src/a.js", "b\n")], []],
    [
      "pictures for pointers",
      [binary("assets/logo.png", "\x89PNG"), binary("assets/new.png", "\x89PNG")],
      ['"assets/logo.png"', '"assets/new.png"'],
    ],
    [
      "a pointer that is moved",
      [{ path: "assets/logo.png", deleted: true }, text("brand.png", "version 1\n")],
      [],
    ],
    ["lost bytes", [text("latin.js", "caf\uFFFD!\n")], ['"latin.js"']],
    [
      "lost bytes in another place",
      [{ path: "latin.js", deleted: true }, text("src/latin.js", "caf\uFFFD\n")],
      ['"src/latin.js"'],
    ],
    ["its own bytes", [binary("latin.js", "caf\xe9!\n")], []],
    ["nothing but deletions", [{ path: "latin.js", deleted: true }], []],
  ])("%s", async (_, files, subjects) => {
    const refusals = await refuseBytes({ base, files: [...files] }, repository);
    expect(refusals.map(({ subject }) => subject)).toEqual(subjects);
  });

  test("attributes count as the change leaves them, too", async () => {
    const plain = repository.commit({ "a.bin": "x" });
    repository.setConversion("b.bin", { filter: "lfs" });
    const only = { base: plain, files: [text("b.bin", "y")] };
    expect(await refuseBytes(only, repository)).toEqual([]);
    const both = {
      base: plain,
      files: [text(".gitattributes", "*.bin filter=lfs\n"), ...only.files],
    };
    expect(await refuseBytes(both, repository)).toHaveLength(1);
  });
});
