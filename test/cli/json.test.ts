import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProgram } from "../../src/cli/program.ts";
import { root } from "../repository/bundles.ts";
import { git } from "./git.ts";
import { typed } from "./typed.ts";

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-json-")));
  mkdirSync(join(folder, ".github/workflows"), { recursive: true });
  writeFileSync(join(folder, ".github/workflows/a.yml"), "on: push\njobs: {}\n");
  writeFileSync(join(folder, "README.md"), "# A\n");
  git("-C", folder, "init", "--quiet", "--initial-branch=main");
  git("-C", folder, "add", "--all");
  git("-C", folder, "commit", "--quiet", "--message", "Begin");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A line of each command with `--json` that plays nothing; `@` stands for a clone. In order: init comes before what undoes it. */
const LINES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  init: [
    ["--repo", "@", "--yes", "--dry-run", "--no-try"],
    ["--repo", "@", "--yes", "--no-try", "--uses", "acme/millwright@v0"],
  ],
  doctor: [["--repo", "@"]],
  "blast-radius": [["--repo", "@"]],
  upgrade: [["--repo", "@", "--uses", "acme/millwright@v0"]],
  uninstall: [
    ["--repo", "@", "--dry-run"],
    ["--repo", "@"],
  ],
  loop: [
    ["list", "--repo", "@"],
    ["lint", "--repo", "@"],
  ],
  simulate: [["--issues", "20", "--hours", "1"]],
  report: [["--git", "@"]],
  gather: [["documentation", "--repo", "@"]],
  learn: [["--git", "@"]],
};

/** Their own tests read the object that they end with: each plays a line, or measures for minutes. */
const PLAYED = ["demo", "rehearse", "prove", "bench", "chaos", "eval", "act"];

describe("--json", () => {
  test("is asked of every command that has it", () => {
    const program = createProgram({
      ...{ millwright: root, environment: {}, parts: {}, placeOf: () => root },
      ...{ write: () => undefined, say: () => undefined, end: () => undefined },
    });
    const having = program.commands.filter(({ options }) =>
      options.some(({ long }) => long === "--json"),
    );
    const names = having.map((command) => command.name());
    expect([...Object.keys(LINES), ...PLAYED].sort()).toEqual([...names].sort());
  });

  const lines = Object.entries(LINES).flatMap(([name, all]) =>
    all.map((words) => [name, words] as const),
  );

  test.each(lines)(
    "%s %j: standard output is one document, and nothing else",
    async (name, words) => {
      const line = words.map((word) => (word === "@" ? folder : word));
      using asked = await typed([name, ...line, "--json"]);
      expect(asked.stdout, asked.stderr).toMatch(/^[^\n]+\n$/);
      expect(JSON.parse(asked.stdout)).toBeTypeOf("object");
      expect([0, 1]).toContain(asked.code);
    },
    60_000,
  );
});
