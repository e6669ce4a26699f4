import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { sayTried } from "../../../src/cli/loop/loop.ts";
import { tryLoop } from "../../../src/cli/loop/try-loop.ts";
import { parseScript } from "../../../src/twin/model/script-file.ts";
import { startScriptedModel } from "../../../src/twin/model/scripted-model.ts";
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
const AT = {
  // Of the machine's toolchains Node alone: asking the others takes longer than what is tried here.
  ...{ signal: new AbortController().signal, path: dirname(process.execPath), millwright: root },
  model: { apiKey: "" },
};
const JUDGED = LOOP.replace(
  "effects: { file: 1 }",
  "roles: { judge: {} }\nbudget: { usd: 0.5, minutes: 5 }\neffects: { file: 1 }",
);

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
  return { what: "run", name, repo, visible: undefined, json: false, quiet: false } as const;
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

  test("without a key it says what a judge would be asked, and files nothing without it", async () => {
    const repo = newRepository({ "find.mjs": FIND, ".github/factory/loops/notes.md": JUDGED });
    const tried = await tryLoop(asked(repo, "notes"), AT);
    expect(tried).toMatchObject({
      ok: true,
      judge: { items: 2, usd: 0.5, taken: null },
      plan: { kind: "acts", file: [], unfiled: 2 },
    });
    const lines: string[] = [];
    sayTried(tried, (line) => lines.push(line));
    expect(lines.join("\n")).toContain("a judge would be asked about 2 items, for at most $0.50");
    expect(lines.join("\n")).toContain("Set ANTHROPIC_API_KEY");
  });

  test("with a key the judge is asked, and what nothing ties is said", async () => {
    const key = "sk-of-nobody";
    const reason = "It matters.";
    const line = { kind: "quote", path: "find.mjs", line: 9, text: "let x" };
    const model = await startScriptedModel({
      script: parseScript(
        JSON.stringify({
          roles: {
            judge: [
              {
                json: {
                  verdicts: [
                    { verdict: "file", key: "b", reason, evidence: [] },
                    { verdict: "drop", key: "a", reason, evidence: [line] },
                  ],
                  proposals: [],
                },
              },
            ],
          },
        }),
        "judge.yml",
      ),
      apiKey: key,
    });
    onTestFinished(() => model.close());
    const repo = newRepository({ "find.mjs": FIND, ".github/factory/loops/notes.md": JUDGED });
    const tried = await tryLoop(asked(repo, "notes"), {
      ...AT,
      model: { apiKey: model.apiKey, baseUrl: model.url },
    });
    expect(tried).toMatchObject({ plan: { file: [{ key: "b" }], unfiled: 1 } });
    const lines: string[] = [];
    sayTried(tried, (text) => lines.push(text));
    expect(lines.join("\n")).toContain("find.mjs:9");
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
