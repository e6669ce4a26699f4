import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseScript } from "../../src/twin/model/script-file.ts";
import { git } from "../cli/git.ts";
import { root } from "./bundles.ts";

/** How often the factory tries by itself: `limits.attempts`. */
const ATTEMPTS = 3;

test("a replayed fix is a script that can be sent back: each attempt is planned, made and reviewed alike", () => {
  const folder = mkdtempSync(join(tmpdir(), "millwright-replay-"));
  try {
    const repo = join(folder, "repo");
    git("init", "--quiet", "--initial-branch=main", repo);
    for (const text of ["one\n", "two\n"]) {
      writeFileSync(join(repo, "a.txt"), text);
      git("-C", repo, "add", "-A");
      git("-C", repo, "commit", "--quiet", "-m", `Say ${text.trim()}`);
    }
    const words = ["--repo", repo, "--fix", "main", "--out", folder];
    const script = join(root, "scripts/replay-fix.mjs");
    execFileSync(process.execPath, [script, ...words, "--asserts", "a.txt:1"]);
    const file = join(folder, "script.yml");
    const { roles } = parseScript(readFileSync(file, "utf8"), file);
    const coder = roles.get("coder") ?? [];
    const repairs = coder.filter(({ when }) => when !== undefined);
    const works = coder.filter(({ when }) => when === undefined);
    // Those for a repair come first: of the sessions that fit, the first is played.
    expect(coder.slice(0, repairs.length)).toEqual(repairs);
    expect(repairs.length).toBeGreaterThanOrEqual(ATTEMPTS);
    const edits = works.map(({ turns }) => ({ ...turns[0], optional: undefined }));
    expect(edits).toEqual(Array.from({ length: ATTEMPTS }, () => edits[0]));
    expect(JSON.stringify(edits[0])).toContain("two");
    for (const role of ["architect", "reviewer"] as const) {
      expect(roles.get(role)).toHaveLength(ATTEMPTS);
    }
    expect(JSON.stringify(roles.get("reviewer"))).toContain('"text":"two"');
    const nowhere = [script, ...words, "--asserts", "a.txt:9"];
    expect(() => execFileSync(process.execPath, nowhere, { stdio: "pipe" })).toThrow("a.txt:9");
    // What a run that goes well does not ask for is no complaint at its end.
    const missed = [...roles.values()].flatMap((sessions) =>
      sessions.filter(({ turns }) => turns.some(({ optional }) => !optional)),
    );
    expect(missed).toHaveLength(4);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
