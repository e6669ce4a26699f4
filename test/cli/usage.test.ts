import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommandLine } from "../../src/cli/command-line.ts";
import { holdOutput } from "../held-output.ts";
import { start } from "./command-line.ts";

let folder: string;
const taken = createServer();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "millwright-usage-"));
  writeFileSync(join(folder, "slip.yml"), "version: 1\nroles:\n  coder:\n    - txt: hello\n");
  writeFileSync(join(folder, "torn.yml"), "version: 1\nroles: [\n");
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  taken.close();
});

const portTaken = () => `${(taken.address() as AddressInfo).port}`;

/** The command line in this process: what it says, and the exit code that it would end with. */
async function typed(words: readonly string[]) {
  const held = holdOutput();
  try {
    const code = await runCommandLine(words);
    return { code, stdout: held.stdout(), stderr: held.stderr() };
  } finally {
    held.release();
  }
}

describe("wrong usage ends with exit code 2 and a sentence", () => {
  test.each([
    {
      title: "a port that is taken",
      words: () => ["demo", "--port", portTaken()],
      says: [/--port: port [0-9]+ is taken; choose another/],
    },
    {
      title: "a port that is none",
      words: () => ["demo", "--port", "eighty"],
      says: ['--port: expected a whole number from 0 to 65535, found "eighty"'],
    },
    {
      title: "an unknown scenario",
      words: () => ["demo", "--scenario", "sad"],
      says: ['--scenario: there is no "sad". Choose from: happy, '],
    },
    {
      title: "an unknown weather",
      words: () => ["demo", "--weather", "fog"],
      says: ['--weather: there is no "fog". Choose from: all, merge-refused-first, '],
    },
    {
      title: "a weather from a file that is not there",
      words: () => ["demo", "--weather", "nowhere.json"],
      says: [/--weather: .*nowhere\.json cannot be read: there is no such file/],
    },
    {
      title: "a weather from another file",
      words: () => ["demo", "--weather", "package.json"],
      says: [/--weather: .*package\.json is no conformance\.json: /, "Take the artifact"],
    },
    {
      title: "an unknown option",
      words: () => ["demo", "--jsn"],
      says: ["--jsn. Did you mean --json?", "Try `millwright demo --help`"],
    },
    {
      title: "help for a command that is none",
      words: () => ["help", "inti"],
      says: ['there is no command "inti". Did you mean init?'],
    },
    {
      title: "a word that is missing",
      words: () => ["loop"],
      says: ["loop needs one of these words: lint, list, run"],
    },
    {
      title: "a word that is none of a list",
      words: () => ["gather", "documentatoin"],
      says: ['millwright: there is no "documentatoin". Did you mean "documentation"?'],
    },
    {
      title: "a week with what it would not play",
      words: () => ["demo", "--week", "--scenario", "rework", "--port", "80"],
      says: ["--week plays a week of its own: leave out --scenario and --port"],
    },
    {
      title: "an unknown option of bench",
      words: () => ["bench", "--jsn"],
      says: ["--jsn", "Try `millwright bench --help`"],
    },
    {
      title: "an unknown command",
      words: () => ["dmo"],
      says: ['there is no command "dmo". Did you mean demo?'],
    },
    {
      title: "an option without its value",
      words: () => ["demo", "--scenario"],
      says: ["--scenario needs a value: --scenario <name>"],
    },
    {
      title: "a word too many",
      words: () => ["bench", "surplus"],
      says: ['bench takes no word beside its options, found "surplus"'],
    },
    {
      title: "two words too many",
      words: () => ["loop", "run", "tidy", "twice"],
      says: ['loop takes 2 words beside its options, found "twice"'],
    },
    {
      title: "a shell that is none of those",
      words: () => ["completion", "csh"],
      says: ['there is no "csh"', "Choose from: zsh, bash, fish"],
    },
    {
      title: "a hint is said once",
      words: () => ["eval"],
      says: [/^millwright: --cases FOLDER is missing\nTry `millwright eval --help`\.\n$/],
    },
    {
      title: "a page that cannot be written, before anything is played",
      words: () => ["simulate", "--html", join(folder, "slip.yml/page.html")],
      says: [/--html: .*slip\.yml is a file, expected a folder/],
    },
    {
      title: "a script that is not there",
      words: () => ["demo", "--script", join(folder, "none.yml")],
      says: [/--script: there is no file .*none\.yml/],
    },
    {
      title: "a script that is a folder",
      words: () => ["demo", "--script", folder],
      says: [/--script: .* is a folder, expected a file/],
    },
    {
      title: "a script with an unknown key",
      words: () => ["demo", "--script", join(folder, "slip.yml")],
      says: [/slip\.yml:4:[0-9]+: .*unknown key "txt"; did you mean "text"\?/],
    },
    {
      title: "a script that is no YAML",
      words: () => ["demo", "--script", join(folder, "torn.yml")],
      says: [/torn\.yml:[0-9]+:[0-9]+: /],
    },
  ])("$title", async ({ words, says }) => {
    const { code, stdout, stderr } = await typed(words());
    for (const sentence of says) expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
    expect(stdout).not.toContain('"ok"');
  });

  test("help is no error", async () => {
    const { code, stdout } = await typed(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Usage: millwright <command>");
  });

  test("as a process of its own", async () => {
    using command = start(["dmo"]);
    expect(await command.ended).toEqual({
      code: 2,
      stdout: "",
      stderr:
        'millwright: there is no command "dmo". Did you mean demo?\nTry `millwright --help`.\n',
    });
  });
});
