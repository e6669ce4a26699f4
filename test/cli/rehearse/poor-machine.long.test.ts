import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findBubblewrap } from "../../../src/adapters/sandbox/process/find-programs.ts";
import { skippedFor } from "../../skipped.ts";
import { start } from "../command-line.ts";
import { git } from "../git.ts";
import { scriptOf } from "./script.ts";

const BUBBLEWRAP = findBubblewrap();
let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-poor-")));
  for (const name of ["small", "home"]) mkdirSync(at(name));
  writeFileSync(at("issue.md"), "# A weight below 0 has a price\n\nIt must not.\n");
  writeFileSync(at("script.yml"), scriptOf({ "weights.mjs": "export const none = 0;\n" }));
  git("init", "--quiet", "--initial-branch=main", at("repository"));
  writeFileSync(at("repository/weights.mjs"), "export const one = 1;\n");
  git("-C", at("repository"), "add", "-A");
  git("-C", at("repository"), "commit", "--quiet", "-m", "Begin");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A rehearsal by somebody who may read only what the modes of files say, root or not. */
async function rehearse(
  more: readonly string[] = [],
): Promise<{ code: number | null; said: string }> {
  const host = ["--bind", "/", "/", "--dev-bind", "/dev", "/dev", "--proc", "/proc"];
  using command = start(
    [
      "rehearse",
      "--repo",
      at("repository"),
      "--issue",
      at("issue.md"),
      "--script",
      at("script.yml"),
    ],
    {
      under: [BUBBLEWRAP ?? "", ...host, "--cap-drop", "ALL", ...more],
      environment: { HOME: at("home"), ...(more.length > 0 && { TMPDIR: at("small") }) },
    },
  );
  const { code, stderr } = await command.ended;
  return { code, said: stderr };
}

describe.skipIf(BUBBLEWRAP === undefined)(
  `a machine that gives little${skippedFor(BUBBLEWRAP === undefined, "there is no bubblewrap")}`,
  () => {
    test("too small a disk is told before anything begins, with how much is needed", async () => {
      const { code, said } = await rehearse(["--size", "3000000", "--tmpfs", at("small")]);
      expect(said).toMatch(
        /^only 3 MB are free at .*small.* and this rehearsal may need \d+ MB; make room, or set TMPDIR/mu,
      );
      expect(code).toBe(1);
    });

    test.each([".git", ".git/HEAD", ".git/config", ".git/objects", ".git/refs", "an object"])(
      "%s that may not be read is named, with what to type",
      async (name) => {
        const blob = git("-C", at("repository"), "rev-parse", "HEAD");
        const object = `.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`;
        const path = join(at("repository"), name === "an object" ? object : name);
        const mode = name === "an object" ? 0o444 : 0o755;
        chmodSync(path, 0);
        try {
          const { code, said } = await rehearse();
          expect(said).toContain(`--repo: ${path} cannot be read by this user;`);
          expect(said).toContain(`chmod -R a+rX ${path}`);
          expect(code).toBe(2);
        } finally {
          chmodSync(path, mode);
        }
      },
    );
  },
);
