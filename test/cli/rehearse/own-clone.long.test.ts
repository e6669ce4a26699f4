import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createConductor } from "../../line/in-process/conductor.ts";
import { skippedFor } from "../../skipped.ts";
import { git } from "../git.ts";
import { typed } from "../typed.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PACKAGES = realpathSync(join(ROOT, "node_modules"));
/** "Say how many files a coverage figure saw": two files of source, and the tests that ask for it. */
const FIX = "8ed335219316c825ca836ae7c4be805bb51bdb42";
/** Not a bound on speed. */
const PATIENCE_MS = 600_000;

const isHere = (program: string, ...words: readonly string[]) =>
  spawnSync(program, words, { cwd: ROOT, stdio: "ignore" }).status === 0;
const lacks = [
  ...(isHere("git", "cat-file", "-e", `${FIX}^{commit}`) ? [] : ["the project's own history"]),
  ...(isHere("bwrap", "--version") ? [] : ["bubblewrap"]),
];

/** A folder of links: vitest writes what it makes of its config into node_modules. */
const CONFIG = `checks:
  setup: mkdir node_modules && ln -s "${PACKAGES}"/* "${PACKAGES}"/.bin node_modules/
  test:
    run: node node_modules/vitest/vitest.mjs run test/stages/quality-audit --reporter=junit --outputFile=coverage/junit.xml
    report: coverage/junit.xml
sandbox:
  read: [${PACKAGES}]
`;

test.skipIf(lacks.length > 0)(
  `the factory settles an issue of its own on its own clone${skippedFor(lacks.length > 0, `${lacks.join(", ")} is not here`)}`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "millwright-own-clone-"));
    try {
      const clone = join(folder, "clone");
      git("clone", "--quiet", "--no-local", ROOT, clone);
      const replay = join(ROOT, "scripts/replay-fix.mjs");
      execFileSync(process.execPath, [replay, "--repo", clone, "--fix", FIX, "--out", folder]);
      writeFileSync(join(folder, "factory.yml"), CONFIG);
      const words = [
        "rehearse",
        ...["--repo", clone, "--base", `${FIX}^`],
        ...["--issue", join(folder, "issue.md"), "--script", join(folder, "script.yml")],
        ...["--config", join(folder, "factory.yml"), "--json"],
      ];
      using ended = await typed(words, { runner: createConductor });
      expect(ended.code, ended.stderr).toBe(0);
      const result = JSON.parse(ended.stdout.trim().split("\n").at(-1) ?? "{}");
      expect(result.issue.stage).toBe("done");
      expect(result.evidence.failToPass).not.toEqual([]);
      expect(result.evidence.passToPass).toBeGreaterThan(50);
      expect(result.repository.digestAfter).toBe(result.repository.digestBefore);
      expect(existsSync(result.page)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  PATIENCE_MS,
);
