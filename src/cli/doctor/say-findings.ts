import type { Terminal } from "../shared/terminal.ts";
import { wrapWords } from "../shared/wrap-words.ts";
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
export function sayFindings(terminal: Terminal, findings: readonly Finding[]): void {
  for (const state of ["good", "unknown", "warning", "bad"] as const) {
    for (const finding of findings.filter((one) => one.state === state))
      sayFinding(terminal, finding);
  }
  terminal.line();
  terminal.line(sayCount(findings));
}

function sayFinding(terminal: Terminal, { about, state, found, why, mend }: Finding): void {
  const [colour, mark] = MARKS[state];
  const { width } = terminal;
  const said = wrapWords(`    ${about}: ${found}`, width, 4).slice(4);
  terminal.line(`  ${terminal.style(colour, mark)} ${said}`);
  if (why !== undefined) terminal.line(terminal.style("dim", wrapWords(`      ${why}`, width, 6)));
  if (mend !== undefined) terminal.line(`      → ${mend}`);
}

function sayCount(findings: readonly Finding[]): string {
  const counts = (["bad", "warning", "unknown", "good"] as const).flatMap((state) => {
    const count = findings.filter((finding) => finding.state === state).length;
    return count === 0 ? [] : [`${count} ${COUNTED[state]}`];
  });
  return counts.join(", ");
}
