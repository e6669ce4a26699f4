import type { Lines } from "../shared/terminal.ts";
import type { Finding, State } from "./finding.ts";

const MARKS: Readonly<Record<State, readonly ["green" | "yellow" | "red" | "dim", string]>> = {
  good: ["green", "✓"],
  warning: ["yellow", "!"],
  bad: ["red", "✗"],
  unknown: ["dim", "?"],
};

const COUNTED: Readonly<Record<State, string>> = {
  good: "good",
  warning: "to check",
  bad: "to fix",
  unknown: "unknown",
};

/** Says each finding, what is to fix last: there a reader looks first. */
export function sayFindings(terminal: Lines, findings: readonly Finding[]): void {
  for (const state of ["good", "unknown", "warning", "bad"] as const) {
    for (const finding of findings.filter((one) => one.state === state))
      sayFinding(terminal, finding);
  }
  terminal.line();
  terminal.line(sayCount(findings));
}

function sayFinding(terminal: Lines, { about, state, found, why, mend }: Finding): void {
  const [colour, mark] = MARKS[state];
  terminal.line(`  ${terminal.style(colour, mark)} ${about}: ${found}`);
  if (why !== undefined) terminal.line(`      ${terminal.style("dim", why)}`);
  if (mend !== undefined) terminal.line(`      → ${mend}`);
}

function sayCount(findings: readonly Finding[]): string {
  const counts = (["bad", "warning", "unknown", "good"] as const).flatMap((state) => {
    const count = findings.filter((finding) => finding.state === state).length;
    return count === 0 ? [] : [`${count} ${COUNTED[state]}`];
  });
  return counts.join(", ");
}
