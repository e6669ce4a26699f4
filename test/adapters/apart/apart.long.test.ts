import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openApart } from "../../../src/adapters/apart/apart.ts";
import { answerReports, readTestsApart } from "../../../src/workers/checks/reports/read-apart.ts";

const PROGRAM = fileURLToPath(new URL("program.ts", import.meta.url));

/** Of few bytes `apart.test.ts` reads what these read of many. */
const large = (format: "jest" | "tap", content: string) =>
  ({ format, roots: ["/ws"], sources: [{ content }] }) as const;

/** Lists in a list: of three bytes each, and an object to whoever parses it. */
const hostile = (megabytes: number) =>
  `{"testResults":[${"[],".repeat((megabytes * 1_000_000) / 3)}[]]}`;

describe("a report of many MB", () => {
  test("in the output is as long as output may be", async () => {
    const content = `TAP version 13\n1..1\nok 1 - says much\n${"# noise\n".repeat(4_500_000)}`;
    expect(content.length).toBeGreaterThan(32_000_000);
    const reading = await readTestsApart(
      large("tap", content),
      await openApart(answerReports, { program: PROGRAM }),
    );
    expect("tests" in reading && reading.tests).toHaveLength(1);
  });

  test.each([
    ["jest", hostile(64), "JSON of more than 2000000 values"],
    ["jest", `"${"x".repeat(16_000_000)}"`, expect.any(String)],
    ["tap", "ok 1 - x\n".repeat(2_000_000), expect.any(String)],
  ] as const)("that means harm ends with a clear result: %s", async (format, content, problem) => {
    const readApart = await openApart(answerReports, { program: PROGRAM, memoryMb: 300 });
    expect(await readTestsApart(large(format, content), readApart)).toEqual({ problem });
  });
});
