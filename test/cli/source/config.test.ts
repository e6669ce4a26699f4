import { describe, expect, test } from "vitest";
import { UsageError } from "../../../src/cli/command/usage-error.ts";
import { readChosen } from "../../../src/cli/source/config.ts";

const about = (toolchains: readonly string[]) =>
  ({ origin: "given", name: "--config: a.yml", toolchains }) as const;

describe("the toolchains of the machine join what the config binds", () => {
  test.each([
    { what: "none", text: "version: 1\n", folders: [], read: [] },
    { what: "an empty file", text: "", folders: ["/opt/rust"], read: ["/opt/rust"] },
    {
      what: "beside others, once",
      text: "sandbox:\n  read: [/opt/a] # tools\n",
      folders: ["/opt/a", "/opt/b"],
      read: ["/opt/a", "/opt/b"],
    },
    {
      what: "with a sandbox that reads nothing",
      text: "sandbox: {}\nchecks:\n  test: npm test # as CI\n",
      folders: ["/opt/b"],
      read: ["/opt/b"],
    },
  ])("$what", ({ text, folders, read }) => {
    const chosen = readChosen(text, about(folders));
    expect(chosen.config.sandbox.read).toEqual(read);
    for (const comment of text.match(/# .*/g) ?? []) expect(chosen.text).toContain(comment);
  });
});

describe("a config that is none names file, line, key and what was expected", () => {
  test.each([
    {
      text: "version: 1\nlimts:\n  wip: 1\n",
      says: /^--config: a\.yml: line 2: limts: unknown key "limts"; did you mean "limits"\?/,
    },
    {
      text: "limits:\n  wip: many\n",
      says: /line 2: limits\.wip: expected a number, found "/,
    },
    { text: "checks: [\n", says: /line \d: / },
    { text: "- a\n- b\n", says: /expected keys with values, found a list/ },
  ])("$text", ({ text, says }) => {
    expect(() => readChosen(text, about([]))).toThrow(says);
    expect(() => readChosen(text, about([]))).toThrow(UsageError);
  });
});
