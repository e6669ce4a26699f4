import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { tryLoop } from "../../../src/cli/loop/try-loop.ts";
import { describeInside } from "../../adapters/sandbox/sandboxes.ts";
import { root } from "../../repository/bundles.ts";
import { git } from "../git.ts";

const LOOP = `---
gather: { command: node find.mjs }
measures: { files: { command: ls | wc -l } }
effects: { file: 1 }
---
Find notes.
`;
const FIND = `console.log(JSON.stringify({ items: [{ key: "a", title: "A" }, { key: "b", title: "B" }] }));\n`;
const AT = { signal: new AbortController().signal, path: process.env.PATH ?? "", millwright: root };

function newRepository(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "millwright-loops-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git("-C", folder, "init", "-q", "-b", "main");
  git("-C", folder, "add", "-A");
  git("-C", folder, "commit", "-qm", "Begin");
  return folder;
}

function asked(repo: string, name: string) {
  return { what: "run", name, repo, visible: undefined, json: false } as const;
}

describeInside("loop run", () => {
  test("gathers at HEAD in the sandbox, and says what would be filed", async () => {
    const repo = newRepository({ "find.mjs": FIND, ".github/factory/loops/notes.md": LOOP });
    const tried = await tryLoop(asked(repo, "notes"), AT);
    expect(tried).toMatchObject({
      ok: true,
      proposal: { gathered: { measures: { files: 1, items: 2 } } },
      plan: { kind: "acts", file: [{ title: "A" }], waiting: 1 },
    });
  });

  test("a loop that is not committed is wrong usage", async () => {
    const repo = newRepository({ "find.mjs": FIND });
    await expect(tryLoop(asked(repo, "notes"), AT)).rejects.toThrow(/HEAD has no loop "notes"/);
  });

  test("a file with a fault is told with its line", async () => {
    const repo = newRepository({ ".github/factory/loops/notes.md": "---\ngather: {}\n---\n" });
    await expect(tryLoop(asked(repo, "notes"), AT)).rejects.toThrow(/notes\.md: line 2: gather/);
  });
});
