import { newFailures } from "../../domain/evidence/failure-comparison.ts";
import type { CheckRun } from "../../domain/evidence.ts";
import { tellingLines } from "./check-lines.ts";
import { type CheckRecord, failingTests, sayRun } from "./checks.ts";

/** One check of the change as a coder sees it; never evidence, which only verify makes. */
export interface CheckOutcome {
  readonly name: string;
  /** `known`: it does not pass, but nothing fails that did not fail on the base in the same way. */
  readonly status: "passed" | "known" | "failed" | "not-run";
  readonly said: string;
  /** Important lines of a failed check; empty otherwise. */
  readonly lines: string;
  /** Test ids in its report, if one was read. */
  readonly tests?: readonly string[];
}

/** The most names shown of one list. */
const NAMES = 30;

/**
 * Compares a run on the change with a failed one on the base: test by test if both have a report; otherwise by how it
 * ended and by new lines, ignoring numbers. A compiler that had one error and has two now fails for a new reason, with
 * the same exit code.
 */
export function judgeAgainstBase(now: CheckRecord, base: CheckRecord | undefined): CheckOutcome {
  const { run, output } = now;
  const said = sayRun(run);
  if (run.status === "passed") return { name: run.name, status: "passed", said, lines: "" };
  const failed = (lines: string): CheckOutcome => ({
    name: run.name,
    status: "failed",
    said,
    lines,
  });
  if (base === undefined) return failed(tellingLines(output));
  const fresh = newFailures(base.run, run);
  if (fresh !== undefined) {
    if (fresh.length === 0) return knownOf(run, countTests(failingTests(run).length));
    return failed(
      `does not pass now and did not fail on the base: ${nameSome(fresh)}\n${tellingLines(output)}`,
    );
  }
  const sameEnd = run.status === base.run.status && run.exitCode === base.run.exitCode;
  if (!sameEnd) return failed(tellingLines(output));
  const added = now.outputCut || base.outputCut ? [] : linesNotIn(base.output, output);
  if (added.length === 0) return knownOf(run, "the same output");
  const intro = "it failed on the base too; it did not say there:";
  return failed(`${intro}\n${tellingLines(added.join("\n"))}`);
}

function knownOf(run: CheckRun, what: string): CheckOutcome {
  const said = `${sayRun(run)}, as on the base (${what})`;
  return { name: run.name, status: "known", said, lines: "" };
}

/** Lines with new words, in any order and ignoring numbers, because durations and positions change. */
function linesNotIn(base: string, now: string): readonly string[] {
  const known = new Set(base.split("\n").map(withoutNumbers));
  return now.split("\n").filter((line) => !known.has(withoutNumbers(line)));
}

/** Hexadecimal words too: names of temporary folders and addresses. */
function withoutNumbers(line: string): string {
  return line
    .replace(/\b(?:0x)?(?=[0-9a-f]*\d)[0-9a-f]{6,}\b/gi, "#")
    .replace(/\d+(?:[.,]\d+)*/g, "#")
    .replace(/#\s?(?:ms|s|m|µs|ns)\b/g, "#")
    .trim();
}

function countTests(count: number): string {
  return count === 1 ? "1 test" : `${count} tests`;
}

/** Text for the coder about a check that it ran. */
export function sayOutcome({ name, status, said, lines }: CheckOutcome): string {
  if (status === "known") return `${name} ${said}: leave it`;
  return lines === "" ? `${name} ${said}` : `${name} ${said}\n${lines}`;
}

/** Text for the coder, before it starts, about a check that fails on the base. */
export function sayBaseFailure({ run, output }: CheckRecord): string {
  const tests = failingTests(run);
  const named = tests.length === 0 ? "" : `\nfailing tests: ${nameSome(tests)}`;
  return `${sayRun(run)}${named}\n${tellingLines(output)}`;
}

function nameSome(names: readonly string[]): string {
  const more = names.length > NAMES ? [`and ${names.length - NAMES} more`] : [];
  return [...names.slice(0, NAMES), ...more].join("; ");
}
