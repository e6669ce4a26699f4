import { spawnSync } from "node:child_process";
import { globSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../repository/bundles.ts";

/** Lets a Node take itself for an older one, which only the scripts that start others ask about. */
const OLDER =
  'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.11.0"}})';

function started(script: string, words: readonly string[], options: readonly string[] = []) {
  const line = [...options, join(root, "scripts", script), ...words];
  return spawnSync(process.execPath, line, { encoding: "utf8", cwd: tmpdir() });
}

describe("the command line on the Node that is there", () => {
  test("is a program, so that an installation has no mode to change", () => {
    expect(statSync(join(root, "scripts/millwright.mjs")).mode & 0o111).toBe(0o111);
    const listed = spawnSync("git", ["ls-files", "--stage", "scripts/millwright.mjs"], {
      cwd: root,
      encoding: "utf8",
    });
    expect(listed.stdout).toMatch(/^100755 /);
  });

  test.each([
    ["new enough", []],
    ["of the version that the README names, which hands over", ["--import", OLDER]],
  ])("%s: answers, and ends as the command ends", (_title, options) => {
    const help = started("millwright.mjs", ["--help"], options);
    expect([help.status, help.stderr]).toEqual([0, ""]);
    expect(help.stdout).toContain("Usage: millwright");
    const wrong = started("millwright.mjs", ["fly"], options);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('there is no command "fly"');
  });

  test("a script that is started by an older Node says which one is here", () => {
    const { status, stderr } = started("require-node.mjs", [], ["--import", OLDER]);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /need Node 24, this is 20\.11\.0\. There is one here: start it by `npm run`, or with \/.+\/node in/,
    );
    expect(started("require-node.mjs", []).status).toBe(0);
  });

  test("what is started by its address is there in the build, too, which is JavaScript", () => {
    const files = globSync("src/**/*.ts", { cwd: root });
    const fixed = files.filter((file) =>
      /new URL\(\s*["'][^"']*\.ts["']/.test(readFileSync(join(root, file), "utf8")),
    );
    expect(files.length).toBeGreaterThan(500);
    expect(fixed).toEqual([]);
  });
});
