import { expect, test } from "vitest";
import { sayBytes, sayDuration, sayTokens, sayUsd } from "../../src/wording/figures.ts";

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
