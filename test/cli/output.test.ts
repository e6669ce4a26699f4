import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createProgram } from "../../src/cli/program.ts";
import { root } from "../repository/bundles.ts";
import { git, gitEarlier } from "./git.ts";
import { typed } from "./typed.ts";

/** Not a bound on speed. */
const PATIENCE_MS = 120_000;

interface Line {
  readonly name: string;
  readonly words: readonly string[];
  /** What `--quiet` prints, to the end. */
  readonly quiet: RegExp;
}

const NOTHING = /^$/;

/**
 * Lines of each command that play nothing; `@` stands for a clone that each test has for itself. In this order: init comes before
 * what undoes it.
 */
const LINES: readonly Line[] = [
  line("init", ["--repo", "@", "--dry-run", "--no-try"], /^--- \/dev\/null\n[\s\S]*\+\+\+ b\//),
  line("init", ["--repo", "@", "--yes", "--no-try", "--uses", "acme/millwright@v0"], NOTHING),
  line("doctor", ["--repo", "@"], /^ {2}[✓?!✗] [\s\S]*good\n$/),
  line("blast-radius", ["--repo", "@"], /reaches/),
  line("upgrade", ["--repo", "@", "--uses", "acme/millwright@v0"], NOTHING),
  line("uninstall", ["--repo", "@", "--dry-run"], /^(?: {2}- .*\n)+$/),
  line("uninstall", ["--repo", "@"], NOTHING),
  line("loop", ["list", "--repo", "@"], /^no loop files\n$/),
  line("loop", ["lint", "--repo", "@"], /^loop files: 0, faults: 0\n$/),
  line("workflows", ["--repo", "@"], /^1 workflow in [^\n]* none would run [^\n]*\n$/),
  line("simulate", ["--issues", "20", "--hours", "1"], /merged/),
  line("report", ["--git", "@"], /unknown/),
  line("gather", ["documentation", "--repo", "@"], /./),
  line("learn", ["--git", "@"], /^Lessons of /),
  line("completion", ["bash"], /millwright complete --/),
];

function line(name: string, words: readonly string[], quiet: RegExp): Line {
  return { name, words, quiet };
}

/** Each plays a line or measures for minutes: their own tests read what they print. */
const PLAYED = ["demo", "rehearse", "prove", "bench", "chaos", "eval", "act"];

/** A clone with a workflow that nothing is wrong with. */
function clone(): string {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), "millwright-output-")));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, "project");
  mkdirSync(join(folder, ".github/workflows"), { recursive: true });
  writeFileSync(join(folder, ".github/workflows/a.yml"), "on: push\njobs: {}\n");
  writeFileSync(join(folder, "README.md"), "# A\n");
  git("-C", folder, "init", "--quiet", "--initial-branch=main");
  git("-C", folder, "add", "--all");
  gitEarlier("-C", folder, "commit", "--quiet", "--message", "Begin");
  return folder;
}

/** Types all lines on a clone of their own, with these options added. */
async function typeAll(options: readonly string[]) {
  const folder = clone();
  const all = [];
  for (const { name, words, quiet } of LINES) {
    const own = words.map((word) => (word === "@" ? folder : word));
    using asked = await typed([name, ...own, ...options]);
    const { code, stdout, stderr } = asked;
    const title = [name, ...words, ...options].join(" ");
    all.push({ title, quiet, code, stdout, folder, stderr });
  }
  return all;
}

/** The same of each clone, whatever its folder and its commit are called, and however long something took. */
function linesOf(text: string, folder: string): readonly string[] {
  const named = text.replaceAll(folder, "@").replaceAll(/\b[0-9a-f]{7,40}\b/g, "COMMIT");
  return named
    .replaceAll(/[0-9.]+/g, "0")
    .replaceAll(/ {2,}/g, "  ")
    .split("\n");
}

const program = createProgram({
  ...{ millwright: root, environment: {}, parts: {}, placeOf: () => root },
  ...{ write: () => undefined, say: () => undefined, end: () => undefined },
});
/** The other one is hidden: the script of `completion` calls it, and reads its lines. */
const commands = program.commands.filter((command) => command.name() !== "complete");

describe("every command", () => {
  test.each(commands.map((command) => [command.name(), command] as const))(
    "%s takes --json and --quiet, which help lists behind its own options",
    (_, command) => {
      const shown = command.createHelp().visibleOptions(command);
      expect(shown.slice(-3).map(({ long }) => long)).toEqual(["--json", "--quiet", "--help"]);
    },
  );

  test("is typed below, or plays for longer", () => {
    const names = new Set([...LINES.map(({ name }) => name), ...PLAYED]);
    expect([...names].sort()).toEqual(commands.map((command) => command.name()).sort());
  });
});

describe("what is printed", { timeout: PATIENCE_MS }, () => {
  test("with --json is one document on standard output, and nothing else", async () => {
    for (const { title, code, stdout, stderr } of await typeAll(["--json"])) {
      expect(stdout, `${title}\n${stderr}`).toMatch(/^[^\n]+\n$/);
      expect(JSON.parse(stdout), title).toBeTypeOf("object");
      expect([0, 1], title).toContain(code);
    }
  });

  test("with --json and --quiet is the document alone", async () => {
    for (const { title, code, stdout, stderr } of await typeAll(["--quiet", "--json"])) {
      expect(JSON.parse(stdout), title).toBeTypeOf("object");
      expect(stderr, title).toBe("");
      expect([0, 1], title).toContain(code);
    }
  });

  test("with --quiet is what was asked for, in the lines that are printed without it", async () => {
    const full = await typeAll([]);
    const hushed = await typeAll(["--quiet"]);
    for (const [index, { title, quiet, code, stdout, stderr, folder }] of hushed.entries()) {
      expect(stdout, title).toMatch(quiet);
      expect(stderr, title).toBe("");
      expect(code, title).toBe(full[index]?.code);
      const known = new Set(linesOf(full[index]?.stdout ?? "", full[index]?.folder ?? ""));
      const added = linesOf(stdout, folder).filter((one) => !known.has(one));
      expect(added, title).toEqual([]);
    }
  });
});

test("wrong usage is said on standard error, with --quiet, too", async () => {
  using asked = await typed(["workflows", "--repo", "/nowhere", "--quiet"]);
  expect(asked.stdout).toBe("");
  expect(asked.stderr).toMatch(/^millwright: /);
  expect(asked.code).toBe(2);
});
