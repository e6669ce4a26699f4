import type { ChangeProof, ProofOutcome } from "../../domain/evidence/change-proof.ts";
import { showHidden } from "../../domain/text/hidden-text.ts";
import { counted, sayDuration } from "../../wording/figures.ts";
import { type ProofLine, proofLines } from "../../wording/proof/lines.ts";
import { nameOutcome, sayNextOf, sayOutcome } from "../../wording/proof/outcome.ts";
import type { Progress } from "../shared/progress.ts";
import type { Terminal } from "../shared/terminal.ts";
import type { ProveArguments } from "./arguments.ts";
import type { ChangeOnDisk } from "./resolve-change.ts";

const OUTCOMES = {
  proven: { mark: "✓", colour: "green" },
  unproven: { mark: "–", colour: "yellow" },
  broken: { mark: "✗", colour: "red" },
  "not-measured": { mark: "?", colour: "yellow" },
} as const satisfies Record<ProofOutcome, unknown>;
const TONES = {
  good: { mark: "✓", colour: "green" },
  bad: { mark: "✗", colour: "red" },
  doubt: { mark: "–", colour: "yellow" },
  plain: { mark: "·", colour: "dim" },
} as const;

/** What is proven, before anything runs. */
export function sayChange(
  progress: Progress,
  about: {
    readonly change: ChangeOnDisk;
    readonly asked: ProveArguments;
    readonly terminal: Terminal;
  },
): void {
  const { change, asked, terminal } = about;
  const { source, head } = change;
  progress.heading("Millwright: what the tests prove of a change");
  progress.fact("repository", source.directory);
  progress.fact(
    "change",
    `${asked.head ?? "HEAD"} at ${head.slice(0, 10)}, ${terminal.style("dim", `which left ${asked.base} at ${source.base.slice(0, 10)}`)}`,
  );
}

/** Why no check could be run, in the words of what found it out. */
export function sayTrouble(terminal: Terminal, trouble: string): void {
  terminal.line();
  terminal.results.line(
    `  ${terminal.style("yellow", "?")} ${terminal.style("bold", "Not measured.")}`,
  );
  for (const line of trouble.split("\n")) {
    const shown = `    ${showHidden(line)}`;
    if (line.startsWith("  ")) terminal.results.verbatim(shown);
    else terminal.results.line(shown);
  }
  terminal.line();
}

export function sayProof(terminal: Terminal, proof: ChangeProof): void {
  const { outcome, changed, durationMs } = proof;
  const verdict = `${terminal.style("bold", nameOutcome(proof))}: ${oneLine(sayOutcome(proof))}.`;
  terminal.line();
  const { mark, colour } = OUTCOMES[outcome];
  terminal.results.line(`  ${terminal.style(colour, mark)} ${verdict}`);
  const next = sayNextOf(proof.refusal);
  if (next !== undefined) terminal.line(`    Next: ${next}.`);
  terminal.line();
  if (outcome === "not-measured") return;
  for (const line of proofLines(proof)) sayLine(terminal, line);
  terminal.line();
  const size = `${counted(changed.files, "file")}, ${counted(changed.lines, "changed line")}`;
  const runs = proof.checks.map(({ name, on, durationMs: took }) => {
    const place = on === "change" ? "" : ` (${on.replaceAll("-", " ")})`;
    return `${name}${place} ${sayDuration(took)}`;
  });
  terminal.line(
    `    ${terminal.style("dim", `${size}; ${runs.join(", ")}; in all ${sayDuration(durationMs)}`)}`,
  );
  terminal.line();
}

function sayLine(terminal: Terminal, { tone, text, names, more }: ProofLine): void {
  const { mark, colour } = TONES[tone];
  terminal.line(`    ${terminal.style(colour, mark)} ${text}`);
  const rest = more > 0 ? [`and ${more} more`] : [];
  for (const name of [...names.map(oneLine), ...rest]) {
    terminal.line(`        ${terminal.style("dim", name)}`);
  }
}

/** Names and notes are text of others: nothing in them moves the cursor or hides. */
function oneLine(text: string): string {
  return showHidden(text).replace(/\s+/g, " ").slice(0, 300);
}
