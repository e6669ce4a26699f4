import { expect, test } from "vitest";
import { approvalShownIn, approvesVersion, versionWord } from "../../src/domain/command.ts";

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
