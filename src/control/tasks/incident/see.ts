import type { Effect } from "../../../domain/github/effect.ts";
import {
  beat,
  beginPulse,
  hasReturned,
  mayBeat,
  type Pulse,
} from "../../../domain/incident/pulse.ts";
import { recordable } from "../../guard/withhold.ts";
import type { Alert } from "../../observed/incident/alert.ts";
import { holdsFix } from "../../observed/incident/contained.ts";
import { type Fix, fixOf } from "../../observed/incident/fix.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { ledgerEffect } from "../../outcome/ledger-entry.ts";
import { pulseEffect, pulseOn } from "./pulse-effect.ts";

/** Outcome for an alert that has an issue. */
export interface Sight {
  readonly headline: "alert-escaped" | "alert-returned" | "alert-seen" | "alert-too-soon";
  readonly effects: readonly Effect[];
}

/** Counts an alert on its issue, and reopens the issue if the alert came back. */
export function see(view: OnIssue, alert: Alert): Sight {
  const { issue, input, now } = view;
  const { comment, pulse: before } = pulseOn(view);
  const { release, reported } = alert.incident;
  const { returned, escaped } = judge(view, { alert, before });
  // A return is reported at once. The minute limits only counting.
  if (before !== undefined && !returned && !mayBeat(before, now)) {
    return { headline: "alert-too-soon", effects: [] };
  }
  const seen = { now, release, reported };
  const pulse =
    before === undefined || before.fingerprint !== alert.fingerprint
      ? beginPulse(alert.fingerprint, seen)
      : beat(before, { ...seen, returned });
  const reopening: Effect = {
    kind: "reopen-issue",
    key: `reopen/${issue.number}/${input.run.id}`,
    issue: issue.number,
  };
  return {
    headline: headlineOf({ returned, escaped }),
    effects: [
      pulseEffect(view, { issue: issue.number, pulse, comment: comment?.id ?? null }),
      ...(escaped === undefined ? [] : [escapeEffect(view, alert, escaped)]),
      ...(returned && issue.state === "closed" ? [reopening] : []),
    ],
  };
}

interface Judged {
  /** Whether it came back after its issue was closed, or after its fix went live. */
  readonly returned: boolean;
  /** The change that a defect is known to have escaped; reported once for each change. */
  readonly escaped?: Fix | undefined;
}

function headlineOf({ returned, escaped }: Judged) {
  if (escaped !== undefined) return "alert-escaped";
  return returned ? "alert-returned" : "alert-seen";
}

/**
 * Judges whether an alert has escaped its fix. A release that holds the fix and still shows the alert proves it. A
 * release without the fix proves nothing, however new its name is. If neither is known, an alert that was resolved by
 * its long silence after the fix has escaped when it returns. For an issue that a person closed, only the return is
 * reported.
 */
function judge(
  view: OnIssue,
  { alert, before }: { readonly alert: Alert; readonly before: Pulse | undefined },
): Judged {
  const fix = fixOf(view);
  const escaped = fix?.escaped === false ? fix : undefined;
  const isClosed = view.issue.state === "closed";
  const { release } = alert.incident;
  const holds = holdsFix(view, { release, commit: fix?.commit });
  if (holds === true) return { returned: isClosed || escaped !== undefined, escaped };
  if (holds === false) return { returned: false };
  const returned = isClosed && (before === undefined || hasReturned(before, release));
  return returned && before?.resolved !== undefined ? { returned, escaped } : { returned };
}

function escapeEffect(view: OnIssue, { fingerprint, incident }: Alert, fix: Fix): Effect {
  const { pullRequest, commit } = fix;
  const release = recordable(incident.release ?? "").slice(0, 200);
  const event = {
    kind: "escaped",
    pullRequest,
    commit,
    fingerprint,
    ...(release === "" ? {} : { release }),
  } as const;
  return ledgerEffect(view, { entries: [{ stage: "done", event }] });
}
