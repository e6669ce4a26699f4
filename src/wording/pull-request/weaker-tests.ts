import type { RatchetRule } from "../../domain/evidence/ratchet.ts";
import type { Ratchet } from "../../domain/evidence.ts";
import { safeText } from "../safe-text.ts";

/** More of them than this are counted: the body is read in a minute. */
const SHOWN = 5;

/** What a finding of the ratchet says of its line. */
export const WEAKER: Readonly<Record<RatchetRule, string>> = {
  "test-deleted": "a test is gone",
  "test-skipped": "a test is skipped",
  "test-conditional": "a test depends on where it runs",
  "test-focused": "one test runs alone",
  "assertions-removed": "a test asserts less",
  "assertion-vacuous": "an assertion cannot fail",
  "assertion-weakened": "an assertion says less",
  "tolerance-loosened": "a bound is wider",
  "snapshots-rewritten": "most snapshots are new",
  "sleep-added": "a test waits by the clock",
  "retry-added": "a test is repeated until it passes",
  "suppression-added": "a check of types or style is switched off",
  "check-lowered": "a check asks for less",
  "unit-mocked": "a test asserts an answer that it gave itself",
  "source-grep": "a test reads the source instead of running it",
  "base-told": "a test asks which commit it runs on",
  unreadable: "could not be read",
  "test-detected": "the code asks whether a test runs it",
};

/** What the change takes away from tests, as one line of the pull request. */
export function sayRatchet({ findings, more }: Ratchet): string {
  const shown = findings
    .slice(0, SHOWN)
    .map(({ path, line, rule }) => `${safeText(`${path}:${line}`)} ${WEAKER[rule]}`);
  const left = findings.length - shown.length + more;
  const rest = left === 0 ? [] : [`${left} more`];
  return `- **Weaker tests** ${[...shown, ...rest].join("; ")}`;
}
