import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { PathOption } from "../../src/cli/command/named-path.ts";
import { createProgram } from "../../src/cli/program.ts";
import { root } from "../repository/bundles.ts";
import { typed } from "./typed.ts";

const SHELLS = ["bash", "zsh", "fish"];

function program(): CommandUnknownOpts {
  return createProgram({
    millwright: root,
    environment: {},
    parts: {},
    placeOf: () => root,
    write: () => undefined,
    say: () => undefined,
    end: () => undefined,
  });
}

function helpOf(command: CommandUnknownOpts, width: number): string {
  let text = "";
  command.configureOutput({
    writeOut: (more) => {
      text += more;
    },
    getOutHelpWidth: () => width,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text;
}

const commands = program().commands.filter((command) => command.name() !== "complete");

describe("what a command reads or writes by name", () => {
  const paths = commands.flatMap((command) =>
    command.options
      .filter(({ flags }) => /<(?:path|file|folder)(?:\.\.\.)?>/.test(flags))
      .map((option) => [command.name(), option] as const),
  );
  /** Reads a number of an issue as well as a file. */
  const BOTH = "init --issue";

  test.each(paths)("%s: $flags is looked at before it begins", (name, option) => {
    if (`${name} ${option.long}` === BOTH) expect(option).not.toBeInstanceOf(PathOption);
    else expect(option).toBeInstanceOf(PathOption);
  });
});

describe("each command says what it does", () => {
  test.each(commands.map((command) => [command.name(), command] as const))(
    "%s",
    (name, command) => {
      const help = helpOf(command, 80);
      expect(help).toMatch(new RegExp(`^Usage: millwright ${name}|^Usage: ${name}`));
      expect(help).toContain("Examples:\n  $ ");
      expect(command.summary() || command.description()).not.toBe("");
    },
  );

  test.each(commands.map((command) => [command.name(), command] as const))(
    "%s: its text wraps by words at 60 columns",
    (_, command) => {
      const [prose = ""] = helpOf(command, 60).split("\nExamples:");
      expect(prose.split("\n").filter((line) => line.length > 60)).toEqual([]);
    },
  );

  test("the list of commands wraps by words at 60 columns, down to its last line", () => {
    vi.stubEnv("COLUMNS", "60");
    onTestFinished(() => void vi.unstubAllEnvs());
    const help = helpOf(program(), 60);
    expect(help.replaceAll("\n", " ")).toContain("and --quiet, which hides progress.");
    expect(help).toContain("130 interrupted");
    expect(help.split("\n").filter((line) => line.length > 60)).toEqual([]);
  });

  test.each([
    ["millwright", program()] as const,
    ...commands.map((one) => [one.name(), one] as const),
  ])("%s: its help fits 80 columns, examples and all", (_, command) => {
    const lines = helpOf(command, 80).split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  test("what stands in an example can be typed", () => {
    const lines = commands.flatMap((command) =>
      [...helpOf(command, 80).matchAll(/^ {2}\$ .*?(?:millwright|npm run) (.*)$/gm)].map(
        ([, words = ""]) => words.replace(/^(\S+) -- /, "$1 "),
      ),
    );
    expect(lines.length).toBeGreaterThan(10);
    const unknown = lines.flatMap((line) => {
      const [name, ...words] = line.split(" ");
      const command = commands.find((one) => one.name() === name);
      if (command === undefined) return [line];
      return words
        .filter((word) => /^--[a-z]/.test(word))
        .filter((word) => !command.options.some(({ long }) => long === word));
    });
    expect(unknown).toEqual([]);
  });
});

describe("completion", () => {
  /** The library prints by the console, which the test runner holds. */
  async function printed(words: readonly string[]): Promise<string> {
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    onTestFinished(() => log.mockRestore());
    using asked = await typed(words);
    expect(asked.code).toBe(0);
    return log.mock.calls.flat().join("\n");
  }

  test.each([
    [["demo", "--scen"], "--scenario\t"],
    [["demo", "--scenario", "rew"], "rework\t"],
    [["chaos", "--lines", "ha"], "happy\t"],
    [["reh"], "rehearse\t"],
    [["completion", "--q"], "--quiet\t"],
    [["workflows", "--j"], "--json\t"],
  ])("of %j knows what may follow", async (words, says) => {
    expect(await printed(["complete", "--", ...words])).toContain(says);
  });

  test("of nothing typed yet names every command", async () => {
    const said = await printed(["complete", "--", ""]);
    const named = said.split("\n").map((line) => line.split("\t")[0]);
    for (const command of commands) expect(named).toContain(command.name());
  });

  test.each(SHELLS)("prints a script for %s", async (shell) => {
    using asked = await typed(["completion", shell]);
    expect(asked.stdout).toContain("millwright complete --");
    expect(asked.code).toBe(0);
  });

  test("prints a script in an object, with --json", async () => {
    using asked = await typed(["completion", "fish", "--json"]);
    using alone = await typed(["completion", "fish"]);
    expect(JSON.parse(asked.stdout)).toEqual({ shell: "fish", script: alone.stdout });
  });

  test("of a shell that is none is wrong usage", async () => {
    using asked = await typed(["completion", "ksh"]);
    expect(asked.stderr).toContain(
      'there is no "ksh". Did you mean "zsh"? Choose from: zsh, bash, fish',
    );
    expect(asked.code).toBe(2);
  });
});

describe("what is asked of the command line itself", () => {
  test.each([[["--version"]], [["-V"]]])("%j prints the version", async (words) => {
    using asked = await typed(words);
    expect(asked.stdout).toMatch(/^[0-9]+\.[0-9]+\.[0-9]+\n$/);
    expect(asked.code).toBe(0);
  });

  test("nothing typed prints the help, and is wrong usage", async () => {
    using asked = await typed([]);
    expect(asked.stdout).toContain("Usage: millwright <command>");
    expect(asked.code).toBe(2);
  });

  test.each([
    [["help", "demo"], "Usage: millwright demo"],
    [["chaos", "-h"], "Usage: millwright chaos"],
  ])("%j prints help", async (words, says) => {
    using asked = await typed(words);
    expect(asked.stdout).toContain(says);
    expect(asked.code).toBe(0);
  });
});

describe("what cannot be read is said in words", () => {
  const none = "/nowhere/at/all";
  test.each([
    [["demo", "--weather", `${none}.json`]],
    [["demo", "--script", none]],
    [["rehearse", "--repo", none, "--issue", none]],
    [["rehearse", "--repo", root, "--issue", none]],
    [["rehearse", "--repo", root, "--issue", root]],
    [["rehearse", "--repo", root, "--issue", `${root}/README.md/x`]],
    [["prove", "--repo", none, "--base", "main"]],
    [["prove", "--repo", root, "--base", "no-such-branch"]],
    [["prove", "--repo", root, "--base", "HEAD", "--config", none]],
    [["workflows", "--repo", none]],
    [["demo", "surplus"]],
    [["demo", "--port"]],
    [["simulate", "--html", `${root}/README.md/x.html`, "--issues", "1"]],
    [["completion"]],
  ])("%j", async (words) => {
    using asked = await typed(words);
    expect(asked.code).toBe(2);
    expect(asked.stderr).toMatch(/^millwright: /);
    expect(asked.stderr).not.toMatch(
      /\bE[A-Z]{4,}\b|^\s+at |node:internal|\{\s*"|\[object|undefined/m,
    );
  });
});
