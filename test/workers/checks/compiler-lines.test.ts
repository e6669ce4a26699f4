import { expect, test } from "vitest";
import { compilerLines } from "../../../src/workers/checks/compiler-lines.ts";

test.each([
  ["./flags_test.go:12:3: undefined: SliceValue", "undefined: SliceValue"],
  ["vet: ./flags_test.go:12:3: undefined: SliceValue", "undefined: SliceValue"],
  [
    "error[E0425]: cannot find function `quote` in this scope",
    "cannot find function `quote` in this scope",
  ],
  ["[ERROR] /src/test/java/T.java:[12,5] cannot find symbol", "cannot find symbol"],
  ["src/test/java/T.java:12: error: cannot find symbol", "cannot find symbol"],
  [
    "test/a.ts(3,4): error TS2305: Module has no exported member 'b'.",
    "TS2305: Module has no exported member 'b'.",
  ],
  ["test/a.test.ts:3:4 - error TS2305: No member 'b'.", "TS2305: No member 'b'."],
  [
    "E   ImportError: cannot import name 'part' from 'greet'",
    "ImportError: cannot import name 'part' from 'greet'",
  ],
  [
    "SyntaxError: The requested module './a.js' does not provide an export named 'b'",
    "SyntaxError: The requested module './a.js' does not provide an export named 'b'",
  ],
])("reads %s", (line, reason) => {
  expect(compilerLines(`before\n${line}\n${line}\nafter`)).toEqual([reason]);
});

test.each([
  "error: could not compile `shop` (lib) due to 1 previous error",
  "a.js:12:3: something",
  "AssertionError: expected 1",
])("leaves %s alone", (line) => {
  expect(compilerLines(line)).toEqual([]);
});

test("is bounded", () => {
  const many = Array.from({ length: 50 }, (_, index) => `./a.go:1:1: ${index}${"x".repeat(400)}`);
  const said = compilerLines(many.join("\n"));
  expect(said).toHaveLength(10);
  expect(said.every((line) => line.length <= 200)).toBe(true);
});
