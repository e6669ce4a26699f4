import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./bundles.ts";
import { type Sentence, sentencesIn, strayedSentences } from "./sentences.ts";

/** What stands outside of the room for a reason. */
const ALLOWED: readonly (readonly [path: string, text: string])[] = [
  // The table of commands is where the word is defined.
  ["src/domain/command.ts", "/factory"],
  // How cargo names a doc test, which is no quotation.
  ["src/workers/verify/removed-tests.ts", "> … "],
];

function say({ path, line, why, text }: Sentence): string {
  return `${path}:${line} ${why}: ${JSON.stringify(text)}`;
}

test("only the wording room holds sentences for people", () => {
  const strayed = strayedSentences(root).filter(
    ({ path, text }) => !ALLOWED.some(([at, what]) => at === path && what === text),
  );
  expect(strayed.map(say)).toEqual([]);
});

test.each<readonly [Sentence["why"], string]>([
  ["command", 'const ask = "comment `/factory retry`";'],
  ["command", "const ask = `answer /factory rework: ${word}`;"],
  ["command", 'const ask = "/factory";'],
  ["markdown", 'const body = ["# Incident", body];'],
  ["markdown", 'const body = "one\\n## Two";'],
  ["markdown", "const row = `| ${name} | ${value} |`;"],
  ["markdown", 'const ask = "**A person merges this.** See below.";'],
  ["markdown", "const items = names.map((name) => `- ${name}`);"],
  ["markdown", 'const link = "[the run](https://github.com/OWNER/NAME)";'],
  ["markdown", 'const fold = "<details><summary>More</summary>";'],
  ["advice", 'const refusal = { code: "check-failed", hint: "look at the log" };'],
  ["advice", 'const refusal = { next: failed ? "revert the merge" : "retry" };'],
  ["advice", "const parts = { headline: `attempt ${n} is claimed` };"],
])("a text for people is found: %s in %s", (why, source) => {
  expect(sentencesIn("seeded.ts", source).map((found) => found.why)).toContain(why);
});

test.each([
  'const path = ".github/factory.yml";',
  'const ref = "heads/factory/7-1";',
  'const globs = ["src/**/*.ts", "**/{a,b}/**", "*** "];',
  "// comment `/factory retry`\nconst pattern = /^- \\*\\*(AC[0-9]+)\\*\\*/;",
  'const step = { next: "intake", headline: "seen-live", hint: "retry" };',
  'const refusal = { found: "it is still open", accepted: "one at a time" };',
])("data is left alone: %s", (source) => {
  expect(sentencesIn("seeded.ts", source)).toEqual([]);
});

test("a seeded file in any room but the speaking ones is named with its line", () => {
  const folder = mkdtempSync(join(tmpdir(), "millwright-sentences-"));
  try {
    for (const room of [
      "control/tasks",
      "workers/verify",
      "domain",
      "adapters/github",
      "wording",
    ]) {
      mkdirSync(join(folder, "src", room), { recursive: true });
      const text = 'const one = 1;\nexport const ask = "then `/factory retry`";\n';
      writeFileSync(join(folder, "src", room, "seeded.ts"), text);
    }
    expect(strayedSentences(folder).map(({ path, line }) => `${path}:${line}`)).toEqual([
      "src/adapters/github/seeded.ts:2",
      "src/control/tasks/seeded.ts:2",
      "src/domain/seeded.ts:2",
      "src/workers/verify/seeded.ts:2",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
