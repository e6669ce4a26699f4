import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import type { HandedIn } from "../../../../src/cli/init/hand-in/hand-in.ts";
import { quoted } from "../../../../src/cli/init/hand-in/quoted.ts";
import { stepsOfBranch } from "../../../../src/cli/init/hand-in/say-hand-in.ts";

test.each(["millwright", "a/b", "x;y", "it's", "$(date)", "a&b", "`id`"])(
  "a shell reads %j as one word",
  (word) => {
    const read = execFileSync("sh", ["-c", `printf "%s|" ${quoted(word)}`]).toString("utf8");
    expect(read).toBe(`${word}|`);
  },
);

const MADE: HandedIn = {
  branch: "millwright",
  fate: "made",
  base: "a".repeat(40),
  commit: "b".repeat(40),
  files: 7,
};
const BY_HAND = [/^git diff a{12} millwright$/, /^git push origin millwright$/, /^gh pr create /];

test.each<[string, HandedIn, readonly RegExp[]]>([
  ["a branch", MADE, BY_HAND],
  [
    "a branch whose pull request nobody opened",
    { ...MADE, remote: "fork", pullRequest: { fate: "left", because: "no" } },
    [/^git diff /, /^git push fork millwright$/, /^gh pr create /],
  ],
  [
    "a pull request",
    {
      ...MADE,
      remote: "origin",
      pullRequest: { fate: "opened", url: "https://github.com/o/n/pull/7" },
    },
    [/^gh pr view --web https:\/\/github\.com\/o\/n\/pull\/7$/],
  ],
  [
    "a pull request whose address gh did not say",
    { ...MADE, remote: "origin", pullRequest: { fate: "opened" } },
    [/^gh pr view --web millwright$/],
  ],
  ["a plan", { ...MADE, fate: "planned" }, []],
])("what is left to do for %s", (_title, handed, commands) => {
  const steps = stepsOfBranch(handed);
  expect(steps).toHaveLength(commands.length);
  for (const [index, pattern] of commands.entries()) expect(steps[index]?.command).toMatch(pattern);
});
