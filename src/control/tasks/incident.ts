import type { EffectOf } from "../../domain/github/effect.ts";
import { receiptOf, wasDone } from "../../domain/github/receipt.ts";
import { PROBE_AGENT } from "../../domain/incident/probe-agent.ts";
import { beginPulse } from "../../domain/incident/pulse.ts";
import { incidentLabel } from "../../domain/label.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { renderAlertIssue } from "../../wording/issue/alert-issue.ts";
import type { Headline } from "../../wording/summaries/headlines.ts";
import { type Alert, incidentOf, readAlert } from "../observed/incident/alert.ts";
import { isOnIssue, repositoryUrl, type View } from "../observed/issue-view.ts";
import type { Decision } from "../observed/situation.ts";
import { conclude, stayQuiet } from "../outcome/conclude.ts";
import { refuseActor } from "../vetoes/preconditions.ts";
import { pulseEffect } from "./incident/pulse-effect.ts";
import { see } from "./incident/see.ts";
import { watchIncidents } from "./incident/watch.ts";

/** The most issues of alerts that are open at a time: beyond them a person has to look, and not at more issues. */
const MOST_OPEN = 20;

/**
 * By the clock: what time alone decides. One alert: its issue is opened, counted on or opened again. It moves no work, so it does not ask the andon: production may
 * fail while the line stands still.
 */
export function decideIncident(view: View): Decision {
  if (view.trigger?.kind === "schedule") return watchIncidents(view);
  const stranger = view.configRefusal ?? refuseSender(view);
  if (stranger !== undefined) return endRed(view, stranger);
  const reading = readAlert(view);
  if ("refusal" in reading) return endRed(view, reading.refusal);
  const { alert } = reading;
  if (alert.incident.status !== "firing") return quiet(view, "alert-over");
  if (alert.incident.userAgent?.startsWith(PROBE_AGENT)) return quiet(view, "alert-is-ours");
  const known = incidentOf(view.snapshot.incidents ?? [], alert.marker);
  if (known === undefined) return open(view, alert);
  if (known.dismissed) return quiet(view, "alert-dismissed");
  return isOnIssue(view) && view.issue.number === known.number
    ? see(view, alert)
    : endRed(view, {
        code: "state-unknown",
        subject: `issue ${known.number}`,
        found: "it could not be looked at",
      });
}

/**
 * GitHub takes a dispatch from nobody who may not write. Of a person that is asked again, because it may have changed since;
 * of an app nobody can ask, and an alert commands nothing.
 */
function refuseSender({ trigger, triggerRefusal, actor }: View): Refusal | undefined {
  if (trigger === undefined) return triggerRefusal;
  return actor?.type === "Bot" ? undefined : refuseActor(actor);
}

/** An alert that leads to nothing has no issue that could show it: the run itself has to. */
function endRed(view: View, refusal: Refusal): Decision {
  return { ...stayQuiet(view, [refusal]), ok: false };
}

function quiet(view: View, headline: Headline): Decision {
  return conclude(view, { headline, effects: [] });
}

function open(view: View, alert: Alert): Decision {
  const { fingerprint } = alert;
  const { incidents = [] } = view.snapshot;
  if (incidents.filter(({ state }) => state === "open").length >= MOST_OPEN) {
    return endRed(view, {
      code: "limit-exceeded",
      subject: "open issues of alerts",
      found: `${MOST_OPEN} are open`,
      accepted: `fewer than ${MOST_OPEN}`,
      hint: "close-incidents",
    });
  }
  const opening: EffectOf<"open-issue"> = {
    kind: "open-issue",
    key: `alert/${fingerprint}`,
    ...renderAlertIssue({
      ...alert,
      suspect: view.snapshot.suspect,
      repository: repositoryUrl(view),
    }),
    labels: [incidentLabel(view.prefix)],
  };
  const opened = receiptOf(view.receipts, opening);
  const pulse = beginPulse(fingerprint, { now: view.now, ...alert.incident });
  return conclude(view, {
    headline: "alert-opened",
    // Its number is known once it is there.
    effects: wasDone(opened)
      ? [opening, pulseEffect(view, { issue: opened.number, pulse, comment: null })]
      : [opening],
  });
}
