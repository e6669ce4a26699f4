import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { EvalResult } from "../../../src/cli/eval/eval.ts";
import { start } from "../command-line.ts";
import { git } from "../git.ts";
import { javascript } from "../rehearse/languages/javascript.ts";
import { scriptOf } from "../rehearse/script.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PATIENCE_MS = 600_000;

/** The coder of the side before leaves the weight as it is: its test says so, and the issue ends at a person. */
const BEFORE = { ...javascript.change, "src/price.mjs": "export const price = (w) => w * 4;\n" };

function lay(folder: string): string {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(javascript.files)) write(`weights/${path}`, text);
  const repo = join(folder, "weights");
  git("-C", repo, "init", "--quiet", "--initial-branch=trunk");
  git("-C", repo, "add", "--all");
  git("-C", repo, "commit", "--quiet", "--message", "Begin");
  write("eval/issue.md", "# A weight below 0 has a price\n\nIt must not.\n");
  write("eval/scripts/before.yml", scriptOf(BEFORE, javascript.shownBy));
  write("eval/scripts/after.yml", scriptOf(javascript.change, javascript.shownBy));
  write(
    "eval/weights.yml",
    `version: 1
repo: ../weights
base: ${git("-C", repo, "rev-parse", "HEAD")}
issue: issue.md
scripts: { before: scripts/before.yml, after: scripts/after.yml }
good: { stage: done, merged: true }
`,
  );
  return join(folder, "eval");
}

test(
  "a case is played on both sides, and the difference is said with what it is worth",
  async () => {
    using playing = start((folder) => [
      "eval",
      "--cases",
      lay(folder),
      "--against",
      ROOT,
      "--json",
    ]);
    const { code, stdout, stderr } = await playing.ended;
    expect(code, stderr).toBe(0);
    const result = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}") as EvalResult;
    const [weights] = result.comparison.cases;
    expect(result.plays.map(({ side, ended }) => [side, ended])).toMatchObject([
      ["before", { merged: false }],
      ["after", { stage: "done", merged: true }],
    ]);
    expect(weights?.measures.success).toEqual({ before: 0, after: 1 });
    expect(weights?.measures.findings.before).toBeGreaterThan(0);
    expect(result.comparison.tests.success).toMatchObject({ better: 1, worse: 0, p: 1 });
    expect(stderr).toContain("so few cases can show no difference");
  },
  PATIENCE_MS,
);
