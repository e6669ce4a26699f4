import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProgram } from "../../src/cli/program.ts";
import { root } from "../repository/bundles.ts";
import { git } from "./git.ts";
import { typed } from "./typed.ts";

const NONE = "/nowhere/at/all";
/** What a machine says, and no person: codes of errors, frames of a stack, parts of a schema or of an object. */
const RAW =
  /\bE[A-Z]{4,}\b|\berrno\b|^\s+at |node:internal|\w\.ts:\d|\{\s*"|\[object|undefined|\bZod|"code":|invalid_type|SyntaxError|TypeError|RangeError/m;

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-errors-")));
  writeFileSync(at("torn.json"), '{"a": ');
  writeFileSync(at("other.json"), '{"a": 1}');
  writeFileSync(at("torn.yml"), "a: [\n");
  writeFileSync(at("other.yml"), "a: 1\n");
  writeFileSync(at("issue.md"), "# A title\n\nA text.\n");
  mkdirSync(at("empty"));
  mkdirSync(at("bare"));
  git("-C", at("bare"), "init", "--quiet", "--initial-branch=main");
  mkdirSync(at("broken/.github/factory/loops"), { recursive: true });
  writeFileSync(at("broken/.github/factory.yml"), "checks: [\n");
  writeFileSync(at("broken/.github/factory/loops/nightly.md"), "---\ngather: 1\n---\n");
  git("-C", at("broken"), "init", "--quiet", "--initial-branch=main");
  git("-C", at("broken"), "add", "--all");
  git("-C", at("broken"), "commit", "--quiet", "--message", "Begin");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lines that no command can do anything with, by command. `@` stands for the folder of this test. */
const WRONG: Readonly<Record<string, readonly (readonly string[])[]>> = {
  init: [
    ["--repo", NONE],
    ["--repo", "@/empty"],
    ["--repo", "@/bare", "--yes"],
    ["--first-day", "never"],
  ],
  doctor: [
    ["--repo", NONE],
    ["--repo", "@/empty"],
    ["--repo", "@/broken"],
  ],
  "blast-radius": [["--repo", NONE]],
  upgrade: [
    ["--repo", NONE],
    ["--repo", "@/empty"],
    ["--repo", "@/bare"],
    ["--repo", "@/broken"],
  ],
  uninstall: [
    ["--repo", NONE],
    ["--repo", "@/empty"],
  ],
  loop: [
    [],
    ["dance"],
    ["check", "--repo", NONE],
    ["check", "--repo", "@/empty"],
    ["check", "--repo", "@/broken"],
    ["list", "--repo", NONE],
    ["try", "--repo", "@/bare"],
    ["try", "nightly", "--repo", NONE],
    ["try", "nightly", "--repo", "@/broken"],
    ["try", "nightly", "--repo", "@/bare"],
    ["try", "nightly", "--repo", root, "--visible", NONE],
    ["try", "nightly", "--repo", root, "--visible", "@/torn.json"],
  ],
  workflows: [["--repo", NONE], ["--branch"]],
  demo: [
    ["--scenario", "sad"],
    ["--script", NONE],
    ["--script", "@/torn.yml"],
    ["--script", "@/other.yml"],
    ["--script", "@/empty"],
    ["--port", "x"],
    ["--weather", "@/torn.json"],
    ["--weather", "@/other.json"],
    ["--weather", NONE],
  ],
  rehearse: [
    ["--repo", NONE, "--issue", "@/issue.md"],
    ["--repo", "@/empty", "--issue", "@/issue.md"],
    ["--repo", "@/bare", "--issue", "@/issue.md"],
    ["--repo", root, "--issue", NONE],
    ["--repo", root, "--issue", "@/issue.md", "--script", "@/torn.yml"],
    ["--repo", root, "--issue", "@/issue.md", "--config", "@/torn.yml", "--script", NONE],
    ["--repo", root, "--issue", "@/issue.md", "--base", "no-such"],
  ],
  prove: [
    ["--repo", NONE, "--base", "main"],
    ["--repo", "@/bare", "--base", "main"],
    ["--repo", root, "--base", "no-such"],
    ["--repo", root, "--base", "HEAD", "--config", "@/empty"],
  ],
  bench: [["--speed"], ["surplus"]],
  chaos: [
    ["--lines", "sad"],
    ["--every", "x"],
    ["--every", "0"],
  ],
  simulate: [
    ["--issues", "x"],
    ["--issues", "1", "--html", "@/issue.md/x.html"],
    ["--policy", "none"],
    ["--seed", "-"],
  ],
  report: [
    ["--import", NONE],
    ["--import", "@/torn.json"],
    ["--import", "@/other.json"],
    ["--import", "@/empty"],
    ["--git", NONE],
    ["--git", "@/empty"],
    ["--git", "@/bare"],
    ["--git", root, "--since", "soon"],
    ["--git", root, "--until", "tomorrow"],
    ["--repo", "not a name"],
    ["--git", "@/broken", "--html", "@/issue.md/x.html"],
  ],
  gather: [
    [],
    ["moss"],
    ["documentation", "--repo", NONE],
    ["documentation", "--repo", root, "--with", NONE],
    ["documentation", "--repo", root, "--with", "@/torn.yml"],
    ["documentation", "--repo", root, "--with", "@/other.yml"],
    ["plan", "--repo", root, "--history", NONE],
    ["plan", "--repo", root, "--history", "@/torn.json"],
    ["automation", "--repo", root, "--history", "@/other.json"],
  ],
  learn: [
    ["--import", NONE],
    ["--import", "@/torn.json"],
    ["--git", NONE],
    ["--git", "@/empty"],
    ["--import", "@/other.json", "--checkout", NONE],
    ["--until", "tomorrow"],
  ],
  eval: [
    [],
    ["--cases", NONE],
    ["--cases", "@/empty"],
    ["--cases", "@/empty", "--against", NONE],
    ["--cases", "@/broken", "--against", root],
    ["--record", NONE],
    ["--record", NONE, "--rehearsal", NONE],
    [
      "--record",
      "@/x.json",
      "--rehearsal",
      "@/torn.json",
      "--issue",
      "@/issue.md",
      "--config",
      NONE,
    ],
  ],
  act: [["surplus"], ["--port", "1"]],
  completion: [[], ["ksh"]],
};

const LINES = Object.entries(WRONG).flatMap(([name, lines]) =>
  lines.map((words) => [name, words] as const),
);

describe("what no command can do anything with is refused in words", () => {
  test("every command is among them", () => {
    const program = createProgram({
      ...{ millwright: root, environment: {}, parts: {}, placeOf: () => root },
      ...{ write: () => undefined, say: () => undefined, end: () => undefined },
    });
    const names = program.commands.map((command) => command.name());
    // The shell asks it, and no person.
    expect(Object.keys(WRONG)).toEqual(names.filter((name) => name !== "complete"));
  });

  test.each(LINES)("%s %j", { timeout: 60_000 }, async (name, words) => {
    const line = words.map((word) => (word.startsWith("@") ? at(word.slice(2)) : word));
    using asked = await typed([name, ...line]);
    const said = asked.stdout + asked.stderr;
    expect(said).not.toMatch(RAW);
    expect(asked.stderr + asked.stdout).not.toBe("");
    expect([1, 2], said).toContain(asked.code);
  });
});
