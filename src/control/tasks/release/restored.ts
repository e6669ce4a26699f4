import type { Refusal } from "../../../domain/refusal.ts";
import { timeToRestore } from "../../../measures/restored.ts";
import { linesOfRefusal } from "../../../wording/issue/ask-comment.ts";
import { askForRefusals } from "../../../wording/issue/asks.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { lastOf } from "../../observed/ledger/ledger.ts";
import type { Decision } from "../../observed/situation.ts";
import { askEffect } from "../../outcome/ask.ts";
import { conclude } from "../../outcome/conclude.ts";
import { labelEffects } from "../../outcome/labels.ts";
import { ledgerEffect, type NewEntry } from "../../outcome/ledger-entry.ts";
import { refuseAttempts } from "../attempt/claim.ts";
import { lowerAndons } from "./lower-andon.ts";

/**
 * The merge is reverted and production is well. The andon of this failure is lowered, and the issue waits for its next
 * attempt, which is told what was seen. Without attempts left, a person is asked.
 */
export function restored(view: OnIssue, smoked: NewEntry): Decision {
  const { entries } = view.ledger;
  const reverting = lastOf(entries, "reverting");
  const findings = reverting?.event.findings ?? [];
  const sentBack: NewEntry = {
    stage: "ready",
    event: {
      kind: "sent-back",
      attempt: reverting?.event.attempt ?? 1,
      findings: ["its merge broke production and was taken back", ...findings],
      mistakes: [{ cause: "broke-production" }],
    },
  };
  const exhausted = refuseAttempts(view);
  const stage = exhausted === undefined ? "ready" : "needs-human";
  const written = [smoked, sentBack, ...asked(exhausted)];
  return conclude(view, {
    headline: { code: "restored", took: timeToRestore(entries, view.now) ?? 0 },
    effects: [
      ...lowerAndons(view),
      ledgerEffect(view, {
        entries: written,
        ...(exhausted === undefined ? {} : { ask: askForRefusals([exhausted]) }),
      }),
      ...labelEffects(view, { stage }),
      ...(exhausted === undefined
        ? []
        : [askEffect(view, { entries: written, lines: linesOfRefusal(exhausted) })]),
    ],
    stage,
    refusals: exhausted === undefined ? [] : [exhausted],
  });
}

function asked(refusal: Refusal | undefined): NewEntry[] {
  return refusal === undefined
    ? []
    : [{ stage: "needs-human", event: { kind: "refused", refusal } }];
}
