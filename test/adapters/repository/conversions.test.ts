import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openRepository } from "../../../src/adapters/repository/repository.ts";
import { createGitFixture } from "./fixture.ts";

test("git itself says what attributes make of a path, nested files and macros included", async () => {
  const fixture = createGitFixture();
  const scratch = mkdtempSync(join(tmpdir(), "conversions-"));
  const file = (content: string) => ({ mode: "100644", content });
  const commit = fixture.commit({
    ".gitattributes": file(
      "[attr]large filter=lfs diff=lfs -text\n* text=auto\n*.png large\n*.bat eol=crlf\n*.sh text\n*.bin binary\n*.ps1 working-tree-encoding=UTF-16\nid.c ident\nplain/** -text\n",
    ),
    "assets/.gitattributes": file("*.svg filter=clean\nsmall.png !filter\n"),
    "a.png": file("pointer"),
  });
  const repository = await openRepository(fixture.directory, { scratch });
  onTestFinished(async () => {
    await repository.close();
    fixture.remove();
    rmSync(scratch, { recursive: true });
  });
  const asked = {
    "a.png": { filter: "lfs", ident: false, lines: "kept" },
    "deep/new.png": { filter: "lfs", ident: false, lines: "kept" },
    "assets/x.svg": { filter: "clean", ident: false, lines: "guessed" },
    "assets/small.png": { ident: false, lines: "kept" },
    "x.svg": { ident: false, lines: "guessed" },
    "run.bat": { ident: false, lines: "guessed" },
    "run.sh": { ident: false, lines: "normalised" },
    "x.bin": { ident: false, lines: "kept" },
    "x.ps1": { encoding: "UTF-16", ident: false, lines: "guessed" },
    "id.c": { ident: true, lines: "guessed" },
    "plain/a\nb.txt": { ident: false, lines: "kept" },
  };
  const found = await repository.conversions(commit, Object.keys(asked));
  expect(Object.fromEntries(found)).toEqual(asked);
  const again = await repository.conversions(await repository.treeOf(commit), ["a.png"]);
  expect([...again.keys()]).toEqual(["a.png"]);
});
