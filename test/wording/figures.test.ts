import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { counted, sayBytes, sayDuration, sayTokens, sayUsd } from "../../src/wording/figures.ts";

test.each([
  [0, "0 ms"],
  [479.6, "480 ms"],
  [4_240, "4.2 s"],
  [59_949, "59.9 s"],
  [59_960, "1 min"],
  [200_000, "3 min 20 s"],
  [3_599_600, "1 h"],
  [7_500_000, "2 h 5 min"],
])("%d ms is %s", (milliseconds, said) => {
  expect(sayDuration(milliseconds)).toBe(said);
});

test.each([
  [0, "$0"],
  [0.0123, "$0.0123"],
  [4.5, "$4.50"],
])("%d USD is %s", (usd, said) => {
  expect(sayUsd(usd)).toBe(said);
});

test.each([
  [940, "940"],
  [12_340, "12.3 k"],
  [999_960, "1.0 M"],
])("%d tokens are %s", (tokens, said) => {
  expect(sayTokens(tokens)).toBe(said);
});

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [12_340, "12.3 kB"],
  [999_960, "1.0 MB"],
])("%d bytes are %s", (bytes, said) => {
  expect(sayBytes(bytes)).toBe(said);
});

test.each([
  [0, ["test"], "0 tests"],
  [1, ["test"], "1 test"],
  [2, ["test"], "2 tests"],
  [1, ["branch", "branches"], "1 branch"],
  [3, ["branch", "branches"], "3 branches"],
] as const)("%d of %j", (count, [one, many], said) => {
  expect(counted(count, one, many)).toBe(said);
});

/** Nouns that are counted in texts, and counts that are never one: bounds, and texts that are longer than theirs. */
const COUNTED =
  /\$\{(?!counted|markdown\.length|rest\.length|size\.maximumBytes|[A-Z_]+\})[^{}]*\} (?:more |earlier |model |changed )?(?:attempts|branches|bytes|calls|characters|checks|commits|conditions|entries|files|findings|issues|jobs|labels|lines|packages|questions|requests|tests|turns)\b/g;

test("no text writes a plural of its own beside a count", () => {
  const folder = "src/wording";
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const sources = files.filter((file) => file.endsWith(".ts") && !file.endsWith("figures.ts"));
  const found = sources.flatMap((file) =>
    (readFileSync(join(folder, file), "utf8").match(COUNTED) ?? []).map(
      (text) => `${file}: ${text}`,
    ),
  );
  expect(sources.length).toBeGreaterThan(30);
  expect(found).toEqual([]);
  expect("`${commits} commits`".match(COUNTED)).toHaveLength(1);
});
