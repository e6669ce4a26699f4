import { describe, expect, test } from "vitest";
import {
  addressesFactory,
  approvalShownIn,
  approvesVersion,
  COMMAND_NAMES,
  COMMANDS,
  type CommandName,
  commandLine,
  commandsTaking,
  nearestCommand,
  versionWord,
} from "../../src/domain/command.ts";

const CONTRACT = "1a2b3c4d".repeat(8);

test("the word of a version is the beginning of its digest", () => {
  expect(versionWord(CONTRACT)).toBe("1a2b3c4");
});

test.each([
  [undefined, 1, true],
  [undefined, 2, false],
  ["1a2b3c4", 1, true],
  ["1a2b3c4", 3, true],
  ["1a2b3c", 1, false],
  ["2b3c4d1", 1, false],
] as const)("an approval with the word %j of version %i: %j", (version, number, approves) => {
  const said = version === undefined ? {} : { version };
  expect(approvesVersion(said, { contract: CONTRACT, version: number })).toBe(approves);
});

test("what approves the version that is shown last", () => {
  const shows = (word: string) => `To start the work, comment \`/factory approve ${word}\`.`;
  expect(approvalShownIn([])).toBe("/factory approve");
  expect(approvalShownIn(["no word here"])).toBe("/factory approve");
  expect(approvalShownIn([shows("1a2b3c4"), "x", shows("5d6e7f8")])).toBe(
    "/factory approve 5d6e7f8",
  );
});

describe("the command that a line probably means", () => {
  test.each<readonly [string, CommandName | undefined]>([
    ["/factory aprove", "approve"],
    ["/factory Approve 1234567", "approve"],
    ["/factory approve!", "approve"],
    ["/factory approve lockfile abc", "approve-lockfile"],
    ["/factory aprove lockfle", "approve-lockfile"],
    ["/factory rework", "rework"],
    ["/factory  statsu", "status"],
    ["/factory resum", "resume"],
    ["/factory shop", "stop"],
    ["/factory go", undefined],
    ["/factory unstoppable", undefined],
    ["/factory please merge this", undefined],
    ["/factory", undefined],
    ["", undefined],
    [`/factory ${"x".repeat(191)}`, undefined],
    [`/factory stop${"x".repeat(191)}`, undefined],
    // A letter is a letter, whatever it takes in memory.
    ["/factory stop\u{1F600}\u{1F600}\u{1F600}x", undefined],
    ["/factory resume\u{1F600}\u{1F600}x", "resume"],
  ])("of %j it is %s", (line, name) => {
    expect(nearestCommand(line)).toBe(name);
  });

  test("is that command, where it is typed as it is", () => {
    for (const name of COMMAND_NAMES) expect(nearestCommand(commandLine(name))).toBe(name);
  });
});

test.each([
  ["/factory", true],
  ["/FACTORY approve", true],
  ["/factory\nmore", true],
  ["/factory: approve", true],
  ["/factory-line", false],
  ["/factory_line", false],
  ["/factoryx", false],
  ["please /factory approve", false],
  [" /factory", false],
  ["", false],
])("%j speaks to the factory: %j", (body, speaks) => {
  expect(addressesFactory(body)).toBe(speaks);
});

test("each command takes one thing, and is found by it", () => {
  const found = new Set<string>();
  for (const name of COMMAND_NAMES) {
    const { takes } = COMMANDS[name];
    expect(commandsTaking(takes)).toEqual(
      COMMAND_NAMES.filter((other) => COMMANDS[other].takes === takes),
    );
    for (const other of commandsTaking(takes)) found.add(other);
  }
  expect([...found].sort()).toEqual([...COMMAND_NAMES].sort());
});
