import { describe, expect, test } from "vitest";
import { readCommand } from "../../../src/control/observed/command.ts";
import { createSecretScan, suspect } from "../../../src/domain/secrets/scan.ts";
import { showHidden, withoutHidden } from "../../../src/domain/text/hidden-text.ts";
import { parseContractComment } from "../../../src/wording/issue/contract-comment.ts";
import { parseLedgerComment } from "../../../src/wording/issue/ledger-comment.ts";
import { boundBody, safeBlock, safePlain, safeText } from "../../../src/wording/safe-text.ts";
import { holdsTests } from "../../../src/workers/proof/compare/where-tests-stand.ts";
import { countWrittenTests } from "../../../src/workers/quality-audit/static-tests.ts";

const scan = createSecretScan([{ name: "A_KEY", value: "correct-horse-battery-staple" }]);

/** Everything of these rooms that reads what others wrote, at whatever length. */
const READERS: readonly (readonly [string, (text: string) => unknown])[] = [
  ["the scan for known secrets", scan],
  ["the scan for what looks like one", (text) => suspect(text)],
  ["the same beside the very text", (text) => suspect(text, text)],
  ["safeText", safeText],
  ["safePlain", safePlain],
  ["safeBlock", safeBlock],
  ["boundBody", boundBody],
  ["showHidden", showHidden],
  ["withoutHidden", withoutHidden],
  ["readCommand", (text) => readCommand(`/factory approve${text}x`)],
  ["readCommand of many lines", (text) => readCommand(`/factory rework\n${text}`)],
  ["parseContractComment", parseContractComment],
  ["parseLedgerComment", parseLedgerComment],
  ["countWrittenTests in Python", (text) => countWrittenTests("test_a.py", text)],
  ["countWrittenTests in Ruby", (text) => countWrittenTests("a_spec.rb", text)],
  ["countWrittenTests in TypeScript", (text) => countWrittenTests("a.test.ts", text)],
  ["countWrittenTests in PHP", (text) => countWrittenTests("ATest.php", text)],
  ["holdsTests", (text) => holdsTests({ path: "src/a.rs", text }, ["a"])],
];

/** What such text is made of, again and again: what made one of them slow, and its kin. */
const UNITS: readonly (readonly [string, string])[] = [
  ["combining marks of two classes", "\u0301\u0327"],
  ["half-width voiced marks", "\uff9e\u0345"],
  ["blank lines", "\n"],
  ["blanks", " "],
  ["tabs and line breaks", "\t\r\n"],
  ["backticks", "`"],
  ["single backticks between words", "a ` "],
  ["beginnings of a web token", "-eyJ"],
  ["beginnings of a private key", `${"-----BEGIN PRIVATE"} KEY-----\n`],
  ["attributes of Rust", "#[cfg("],
  ["beginnings of keys", "-xoxb-1"],
  ["escapes", "\\u0"],
  ["colons", ":a"],
  ["rules of a contract", "---\n"],
  ["joined pictures", "\u{1F468}\u200d"],
];

const SHORT = 12_000;
const TIMES = 8;

/** Processor time of the fastest of three runs, in ms. No more are made once one is as fast as is asked. */
function costOf(read: (text: string) => unknown, text: string, enough = 0): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let runs = 0; runs < 3 && fastest >= enough; runs += 1) {
    const before = process.cpuUsage();
    read(text);
    const { user, system } = process.cpuUsage(before);
    fastest = Math.min(fastest, (user + system) / 1_000);
  }
  return fastest;
}

describe("what reads the words of others takes time in proportion to them", () => {
  test.each(READERS)("%s", (_name, read) => {
    for (const [what, unit] of UNITS) {
      // Ends in something else, so that what is looked for at the end is looked for in vain.
      const textOf = (length: number) => `${unit.repeat(Math.ceil(length / unit.length))}#`;
      const short = costOf(read, textOf(SHORT));
      // In proportion it is 8 times; in its square 64 times. The first runs and the collector get their share.
      const most = short * TIMES * 3 + 30;
      const long = costOf(read, textOf(SHORT * TIMES), most);
      expect(long, `${what}: ${short} ms, then ${long} ms`).toBeLessThan(most);
    }
  });

  test("a private key's beginning followed by blanks ends at once", () => {
    const text = `${"-----BEGIN PRIVATE"} KEY-----${" ".repeat(79)}#`;
    expect(costOf((one) => suspect(one), text, 50)).toBeLessThan(50);
  });

  test("a megabyte of combining marks is a matter of a second", () => {
    const text = "\u0301\u0327\u0328".repeat(160_000);
    expect(costOf(scan, text, 5_000)).toBeLessThan(5_000);
  });
});
