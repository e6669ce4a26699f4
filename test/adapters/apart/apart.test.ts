import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { type ApartOptions, openApart } from "../../../src/adapters/apart/apart.ts";
import { answerReports, readTestsApart } from "../../../src/workers/checks/reports/read-apart.ts";
import { readTests } from "../../../src/workers/checks/reports/read-tests.ts";

const PROGRAM = fileURLToPath(new URL("program.ts", import.meta.url));

const starting = (options: ApartOptions = {}) =>
  openApart(answerReports, { program: PROGRAM, ...options });

/** A program that is not ours. */
function programOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "millwright-apart-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "program.mjs"), text);
  return join(folder, "program.mjs");
}

const large = (format: "jest" | "tap", content: string) =>
  ({ format, roots: ["/ws"], sources: [{ content }] }) as const;

const tap = (tests: number) =>
  `TAP version 13\n1..${tests}\n${Array.from({ length: tests }, (_, index) => `ok ${index + 1} - adds ${index} and é\n`).join("")}`;

describe("a large report", () => {
  test("is read in another process, and says the same as here", async () => {
    const content = tap(40_000);
    expect(content.length).toBeGreaterThan(1_000_000);
    const reading = await readTestsApart(large("tap", content), await starting());
    expect(reading).toEqual(readTests("tap", [{ content }], ["/ws"]));
    expect("tests" in reading && reading.tests).toHaveLength(40_000);
  });

  test("of several files keeps them apart", async () => {
    const sources = [1, 2].map((file) => ({
      path: `reports/${file}.tap`,
      content: new TextEncoder().encode(tap(20_000 * file)),
    }));
    const reports = { format: "tap", roots: [], sources } as const;
    const reading = await readTestsApart(reports, await starting());
    expect(reading).toEqual(readTests("tap", sources, []));
  });
});

const HOARDS = "const held = []; for (;;) held.push(Array(10_000).fill(held.length));";

test("a small report costs no process", async () => {
  const never = () => Promise.reject(new Error("nobody is asked"));
  const reading = await readTestsApart(large("tap", tap(10)), never);
  expect("tests" in reading && reading.tests).toHaveLength(10);
});

describe("a reader that gives no answer", () => {
  const content = tap(40_000);
  test.each([
    ["hangs", "setInterval(() => {}, 1000);", /SIGKILL; it may take 50 MB and 0.4 s/],
    ["takes more memory than it may", HOARDS, /^more than a reader can take \(SIGABRT; it may/],
    ["fails", "process.exit(7);", /exit code 7/],
    ["answers without end", "for (;;) process.stdout.write('x'.repeat(1e6));", /can take/],
    ["says nothing", "", /its reader gave no answer/],
    ["says something else", "console.log('{}');", /its reader gave no answer/],
    ["is not there", undefined, /exit code 1/],
  ])("%s", async (_name, text, problem) => {
    const program = text === undefined ? "/nowhere/program.mjs" : programOf(text);
    const timeoutMs = text?.startsWith("setInterval") === true ? 400 : 20_000;
    const readApart = await starting({ program, timeoutMs, memoryMb: 50 });
    const reading = await readTestsApart(large("tap", content), readApart);
    expect(reading).toEqual({ problem: expect.stringMatching(problem) });
  });
});

test("it gets nothing of the environment", async () => {
  const program = programOf("process.stdout.write(JSON.stringify(process.env));");
  const readApart = await openApart(answerReports, { program });
  const end = await readApart(new Uint8Array());
  const said = "answer" in end ? new TextDecoder().decode(end.answer) : end.died;
  expect(Object.keys(JSON.parse(said) as object).filter((name) => !name.startsWith("__"))).toEqual(
    [],
  );
});
