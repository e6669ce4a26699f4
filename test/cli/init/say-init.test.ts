import { expect, test } from "vitest";
import { type InitResult, sayInit } from "../../../src/cli/init/say-init.ts";
import { toldTerminal } from "../../fakes/terminal.ts";

const RESULT: InitResult = {
  ok: true,
  firstDay: "staged",
  pin: "acme/millwright@v0",
  isPinKnown: true,
  isCalled: true,
  checks: [],
  files: [{ path: ".github/factory.yml", fate: "written", lines: 9 }],
  notes: [],
  github: [],
  next: [],
  questions: 0,
  ms: 1,
};

const checkOf = (name: string, keep: boolean) => ({ name, command: "make", keep, said: "" });

/** What is said last, with a mark, of what would stop the first issue. */
function cautions(result: InitResult): readonly string[] {
  const lines: string[] = [];
  const terminal = toldTerminal((text, kind) => {
    if (kind === "line") lines.push(text);
  });
  sayInit(terminal, result, { dryRun: false });
  return lines.filter((line) => line.startsWith("  ! "));
}

test.each<[string, Partial<InitResult>, readonly RegExp[]]>([
  ["nothing where all is known", { checks: [checkOf("test", true)] }, []],
  [
    "nothing where one of them works",
    { checks: [checkOf("lint", false), checkOf("test", true)] },
    [],
  ],
  ["nothing of checks that were not tried", {}, []],
  ["that no check worked", { checks: [checkOf("setup", false)] }, [/No check worked here/]],
  [
    "that no check worked, where setup alone did",
    { checks: [checkOf("setup", true), checkOf("lint", false), checkOf("test", false)] },
    [/No check worked here/],
  ],
  [
    "that the tests did not, where another check worked",
    { checks: [checkOf("setup", true), checkOf("lint", true), checkOf("test", false)] },
    [/The tests did not work here/],
  ],
  [
    "nothing where the tests of one package work",
    { checks: [checkOf("test", false), checkOf("test", true)] },
    [],
  ],
  ["that nothing starts the factory", { isCalled: false }, [/Nothing starts the factory/]],
  [
    "that nothing starts the factory, and not whose the workflow is",
    { isCalled: false, isPinKnown: false },
    [/Rename it, commit that, and run init again/],
  ],
  [
    "that nothing starts the factory, where nothing else was missing",
    { isCalled: false, files: [{ path: ".github/factory.yml", fate: "same", lines: 9 }] },
    [/Nothing starts the factory/],
  ],
  [
    "that the config cannot be read, where nothing was missing",
    { configFault: "line 4: no", files: [{ path: "AGENTS.md", fate: "same", lines: 9 }] },
    [/refuses every issue: \.github\/factory\.yml cannot be read\. Mend line 4: no/],
  ],
  [
    "how a removed workflow comes back",
    {
      isCalled: false,
      files: [{ path: ".github/workflows/factory.yml", fate: "removed", lines: 9 }],
    },
    [/Take it back from git, or run uninstall and then init/],
  ],
  ["that the owner is unknown", { isPinKnown: false }, [/in place of OWNER/]],
])("it says %s", (_title, changed, says) => {
  const said = cautions({ ...RESULT, ...changed });
  expect(said).toHaveLength(says.length);
  for (const [index, pattern] of says.entries()) expect(said[index]).toMatch(pattern);
});
