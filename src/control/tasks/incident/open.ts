import type { Effect, EffectOf } from "../../../domain/github/effect.ts";
import type { Suspect } from "../../../domain/github/incident-issue.ts";
import { receiptOf, wasDone } from "../../../domain/github/receipt.ts";
import type { Part } from "../../../domain/github/snapshot.ts";
import { beginPulse } from "../../../domain/incident/pulse.ts";
import { incidentLabel } from "../../../domain/label.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { renderAlertIssue } from "../../../wording/issue/alert-issue.ts";
import type { Alert } from "../../observed/incident/alert.ts";
import { repositoryUrl, type View } from "../../observed/issue-view.ts";
import { pulseEffect } from "./pulse-effect.ts";

/** The most open issues of alerts. Beyond it a person has to look, and more issues would not help. */
const MOST_OPEN = 20;

/** Undefined if that many more may be opened. */
export function refuseMore({ snapshot }: View, more: number): Refusal | undefined {
  const { incidents = [] } = snapshot;
  const open = incidents.filter(({ state }) => state === "open").length;
  if (open + more <= MOST_OPEN) return undefined;
  return {
    code: "limit-exceeded",
    subject: "open issues of alerts",
    found: `${open} are open`,
    accepted: `fewer than ${MOST_OPEN}`,
    hint: "close-incidents",
  };
}

/** The issue of a new alert, and, once its number is known, the comment that counts. */
export function openAlert(
  view: View,
  { alert, suspect }: { readonly alert: Alert; readonly suspect: Part<Suspect | null> | undefined },
): readonly Effect[] {
  const { fingerprint, incident } = alert;
  const opening: EffectOf<"open-issue"> = {
    kind: "open-issue",
    key: `alert/${fingerprint}`,
    ...renderAlertIssue({ ...alert, suspect, repository: repositoryUrl(view) }),
    labels: [incidentLabel(view.prefix)],
  };
  const opened = receiptOf(view.receipts, opening);
  const pulse = beginPulse(fingerprint, { now: view.now, ...incident });
  return wasDone(opened)
    ? [opening, pulseEffect(view, { issue: opened.number, pulse, comment: null })]
    : [opening];
}
