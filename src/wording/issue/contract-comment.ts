import type { Contract } from "../../domain/contract.ts";
import type { Digest } from "../../domain/digest.ts";
import type { Risk } from "../../domain/trust/risk.ts";
import { typed, typedApproval } from "../commands.ts";
import { type Consequences, sayConsequences } from "../consequences.ts";
import { parseContract, renderContract } from "../contract-markdown.ts";

/** First line of the contract comment: visible, like all that the factory writes. */
export const CONTRACT_MARKER = "### Millwright · contract";

const RULE = "---";

export interface ContractComment {
  readonly contract: Contract;
  readonly digest: Digest;
  /** 1 for the first contract of an issue; an edit makes a new one. */
  readonly version: number;
  readonly approvalNeeded: boolean;
  /** Predicted from the paths that the contract names. */
  readonly risk?: Risk;
  /** What approving leads to; absent where nobody worked it out. */
  readonly leadsTo?: Consequences;
}

/** The comment a person approves. Between the two rules stands exactly what the machine reads. */
export function renderContractComment(comment: ContractComment): string {
  const risk = comment.risk === undefined ? "" : ` · predicted risk ${comment.risk}`;
  return [
    CONTRACT_MARKER,
    "",
    ...askOf(comment),
    "",
    RULE,
    "",
    renderContract(comment.contract),
    "",
    RULE,
    "",
    ...(comment.leadsTo === undefined ? [] : [...sayConsequences(comment.leadsTo), ""]),
    `Version ${comment.version}${risk} · digest \`${comment.digest}\``,
    "",
  ].join("\n");
}

/** The exact reply, for either answer. */
function askOf({ approvalNeeded, digest }: ContractComment): readonly string[] {
  return approvalNeeded
    ? [
        `**Please check this plan. To start the work, comment ${typedApproval(digest)}.**`,
        `To change it first, comment ${typed("rework")} and what should be different.`,
      ]
    : [
        "The factory builds this, and nothing else. The config requires no approval, so work starts by itself.",
        `To change it, comment ${typed("rework")}; to stop it, ${typed("stop")}.`,
      ];
}

/** The contract that stands in a comment, or what is wrong with it and on which line of the comment (1-based). */
export function parseContractComment(
  body: string,
): { readonly contract: Contract } | { readonly fault: string; readonly line: number } {
  const lines = body.replaceAll("\r\n", "\n").split("\n");
  if (lines[0]?.trimEnd() !== CONTRACT_MARKER) {
    return { fault: `expected "${CONTRACT_MARKER}"`, line: 1 };
  }
  const rules = lines.flatMap((line, index) => (line.trimEnd() === RULE ? [index] : []));
  const [start, end] = rules;
  if (start === undefined || end === undefined || rules.length !== 2) {
    return {
      fault: `expected the contract between two lines "${RULE}", found ${rules.length}`,
      line: 1,
    };
  }
  const parsed = parseContract(lines.slice(start + 1, end).join("\n"));
  return "fault" in parsed ? { fault: parsed.fault, line: parsed.line + start + 1 } : parsed;
}
