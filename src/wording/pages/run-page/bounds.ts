import type { Contract } from "../../../domain/contract.ts";
import { type Html, html } from "./html.ts";

/** What bounds the work of a contract, list by list. */
export function boundsOf(contract: Contract): readonly Html[] {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ["Not part of this", contract.nonGoals],
    ["Files", contract.context.files],
    ["Tests", contract.context.tests],
    ["Documents", contract.context.docs],
    ["Decisions", contract.context.decisions],
    ["Could not be found", contract.context.notFound],
    ["Tools", [...contract.tools.mcp, ...contract.tools.readOnly, ...contract.tools.mutating]],
    ["Tools denied", contract.tools.denied],
    ["May change", contract.boundaries.paths],
    ["May run", contract.boundaries.commands],
    ["May reach", contract.boundaries.network],
    ["Secrets", contract.boundaries.secrets],
    ["Checks", contract.checks],
    ["Stop and ask when", contract.stop],
    ["Split off", contract.split],
  ];
  return lists.flatMap(([title, lines]) =>
    lines.length === 0
      ? []
      : [html`<dt>${title}</dt><dd>${lines.map((line) => html`<div>${line}</div>`)}</dd>`],
  );
}
