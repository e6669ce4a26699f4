import { expect, test } from "vitest";
import { withoutEscapes } from "../../../src/domain/text/without-escapes.ts";

const ESC = String.fromCharCode(0x1b);
const BELL = String.fromCharCode(0x07);
const CSI = String.fromCharCode(0x9b);

test.each([
  ["colours", `${ESC}[1m${ESC}[38;5;208mnot ok${ESC}[0m 1`, "not ok 1"],
  ["colours with colons", `${ESC}[38:2::1:2:3mred${ESC}[m`, "red"],
  ["a cursor that moves", `${ESC}[2K${ESC}[1Gdone${ESC}[?25h`, "done"],
  ["one character for both", `${CSI}31mred${CSI}0m`, "red"],
  ["a link", `${ESC}]8;;https://x.example${ESC}\\text${ESC}]8;;${ESC}\\`, "text"],
  ["a title", `${ESC}]0;title${BELL}rest`, "rest"],
  ["a character set and a keypad", `${ESC}(B${ESC}=plain${ESC}>`, "plain"],
  ["no escape", "a [31m that was typed, ] and \\", "a [31m that was typed, ] and \\"],
  ["one that is cut", `text${ESC}[3`, `text${ESC}[3`],
])("%s", (_title, text, plain) => {
  expect(withoutEscapes(text)).toBe(plain);
});
