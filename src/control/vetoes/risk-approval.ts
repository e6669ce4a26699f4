import { versionWord } from "../../domain/command.ts";
import { type Digest, digestOfValue } from "../../domain/digest.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Risk } from "../../domain/trust/risk.ts";
import { sayApprovedRisk } from "../../wording/issue/findings.ts";
import type { View } from "../observed/issue-view.ts";
import { lastOf } from "../observed/ledger/ledger.ts";
import { commandedSinceProposal, shownSinceClaim, stillSaid } from "../observed/recorded-word.ts";
import type { NewEntry } from "../outcome/ledger-entry.ts";

const RECORDED = /^approve risk (medium|high) ([0-9a-f]{64})$/;

/** Identifies a risk approval: which risk is allowed for which contract. Differs from every word of a contract version. */
export function digestOfRisk(contract: Digest, risk: Risk): Digest {
  return digestOfValue({ version: 1, contract, risk });
}

/** The highest risk that people approved for this contract beyond what it showed; undefined if none. */
export function approvedRisk(view: View, contract: Digest): Risk | undefined {
  const risks = commandedSinceProposal(view).flatMap((entry): readonly Risk[] => {
    const [, risk, digest = ""] = RECORDED.exec(entry.event.command) ?? [];
    if (risk !== "medium" && risk !== "high") return [];
    const holds =
      digest === digestOfRisk(contract, risk) &&
      stillSaid(view, entry, (said) => said?.name === "approve" && isOf(said.version, digest));
    return holds ? [risk] : [];
  });
  return risks.includes("high") ? "high" : risks[0];
}

/** Here a word is needed even if the contract needs none, because nobody approves a risk that was not shown. */
function isOf(version: string | undefined, digest: Digest): boolean {
  return version?.startsWith(versionWord(digest)) === true && digest.startsWith(version);
}

/** The risk that waits for approval, because the last attempt was refused for it. */
function waitingRisk(view: View) {
  const hint = shownSinceClaim(view, "risk-unapproved")?.hint;
  return typeof hint === "object" && hint.code === "approve-risk" ? hint : undefined;
}

/** Undefined if the word is that of the risk for which the last attempt was refused. */
export function refuseRiskApproval(view: View, version: string | undefined): Refusal | undefined {
  const shown = waitingRisk(view);
  if (shown === undefined) {
    return {
      code: "approval-stale",
      subject: "the contract",
      accepted: "nothing: neither a contract nor a risk waits for an approval",
      hint: "see-the-status",
    };
  }
  if (isOf(version, shown.digest)) return undefined;
  return {
    code: "approval-stale",
    subject: "the risk",
    found: version ?? "no word",
    accepted: versionWord(shown.digest),
    hint: shown,
  };
}

/** A person's approval, for the next attempt. */
export function riskApproval(view: View): readonly NewEntry[] {
  const shown = waitingRisk(view);
  const attempt = lastOf(view.ledger.entries, "claimed")?.event.attempt;
  const { comment, actor } = view;
  if (shown === undefined || actor === undefined || comment === undefined || attempt === undefined)
    return [];
  const { risk, digest } = shown;
  const command = `approve risk ${risk} ${digest}`;
  return [
    {
      stage: "ready",
      by: "person",
      event: { kind: "commanded", by: actor.id, command, comment: comment.id },
    },
    {
      stage: "ready",
      by: "person",
      event: {
        kind: "sent-back",
        attempt,
        findings: [sayApprovedRisk(risk)],
        mistakes: [],
      },
    },
  ];
}
