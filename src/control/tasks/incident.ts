import { PROBE_AGENT } from "../../domain/incident/probe-agent.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Headline } from "../../wording/summaries/headlines.ts";
import { incidentOf, readAlert } from "../observed/incident/alert.ts";
import { isOnIssue, type View } from "../observed/issue-view.ts";
import type { Decision } from "../observed/situation.ts";
import { conclude, stayQuiet } from "../outcome/conclude.ts";
import { refuseActor } from "../vetoes/preconditions.ts";
import { openAlert, refuseMore } from "./incident/open.ts";
import { see } from "./incident/see.ts";
import { watchIncidents } from "./incident/watch.ts";

/**
 * Handles alerts. On the schedule, time and a polled source decide. For one alert that was sent, its issue is opened,
 * counted on or reopened. It moves no work, so it ignores the andon: production may fail while the line is stopped.
 */
export function decideIncident(view: View): Decision {
  return view.trigger?.kind === "schedule" ? watchIncidents(view) : decideSent(view);
}

function decideSent(view: View): Decision {
  const stranger = view.configRefusal ?? refuseSender(view);
  if (stranger !== undefined) return endRed(view, stranger);
  const reading = readAlert(view);
  if ("refusal" in reading) return endRed(view, reading.refusal);
  const { alert } = reading;
  if (alert.incident.status !== "firing") return quiet(view, "alert-over");
  if (alert.incident.userAgent?.startsWith(PROBE_AGENT)) return quiet(view, "alert-is-ours");
  const known = incidentOf(view.snapshot.incidents ?? [], alert.marker);
  if (known === undefined) {
    const refusal = refuseMore(view, 1);
    if (refusal !== undefined) return endRed(view, refusal);
    const { suspect } = view.snapshot;
    return conclude(view, {
      headline: "alert-opened",
      effects: openAlert(view, { alert, suspect }),
    });
  }
  if (known.dismissed) return quiet(view, "alert-dismissed");
  return isOnIssue(view) && view.issue.number === known.number
    ? conclude(view, see(view, alert))
    : endRed(view, {
        code: "state-unknown",
        subject: `issue ${known.number}`,
        found: "it could not be looked at",
      });
}

/**
 * Refuses senders without write access, as GitHub does for a dispatch. A person's permission is checked again, because
 * it may have changed since. An app's permission cannot be asked for, and an alert commands nothing.
 */
function refuseSender({ trigger, triggerRefusal, actor }: View): Refusal | undefined {
  if (trigger === undefined) return triggerRefusal;
  return actor?.type === "Bot" ? undefined : refuseActor(actor);
}

/** An alert that leads to nothing has no issue to show it, so the run ends red. */
function endRed(view: View, refusal: Refusal): Decision {
  return { ...stayQuiet(view, [refusal]), ok: false };
}

function quiet(view: View, headline: Headline): Decision {
  return conclude(view, { headline, effects: [] });
}
