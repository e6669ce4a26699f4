import type { Digest } from "../../../domain/digest.ts";
import type { IncidentIssue } from "../../../domain/github/incident-issue.ts";
import type { Scope } from "../../../domain/github/snapshot.ts";
import { fingerprintOf } from "../../../domain/incident/fingerprint.ts";
import type { Incident } from "../../../domain/incident/incident.ts";
import { type OwnFrame, ownFrames } from "../../../domain/incident/own-frames.ts";
import { readAlert as readPayload } from "../../../domain/incident/read-alert.ts";
import { incidentLabel, stagesOf } from "../../../domain/label.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { millisecondsBetween } from "../../../domain/text/time.ts";
import { ALERT_MARKER, alertMarker } from "../../../wording/issue/alert-issue.ts";
import type { OnIssue, View } from "../issue-view.ts";

/** An alert as the factory understands it: what it is, where in the repository, and by what its issue is found. */
export interface Alert {
  readonly incident: Incident;
  readonly own: readonly OwnFrame[];
  readonly fingerprint: Digest;
  readonly marker: string;
}

/** Which frames are the repository's own is asked of the tree at the head: without that list nobody can tell. */
export function readAlert({
  trigger,
  triggerRefusal,
  snapshot,
}: Pick<View, "trigger" | "triggerRefusal" | "snapshot">):
  | { readonly alert: Alert }
  | { readonly refusal: Refusal } {
  if (trigger?.kind !== "alerted") {
    const refusal: Refusal = triggerRefusal ?? {
      code: "event-not-understood",
      subject: trigger?.kind ?? "nothing",
      accepted: "a repository_dispatch of the type alert",
    };
    return { refusal };
  }
  const reading = readPayload(trigger.payload);
  if ("refusal" in reading) return reading;
  return alertOf(reading.incident, snapshot);
}

/** Without the list of files nobody can tell which of its frames are the repository's own. */
function alertOf(
  incident: Incident,
  { paths }: View["snapshot"],
): { readonly alert: Alert } | { readonly refusal: Refusal } {
  if ("unknown" in paths && incident.frames.length > 0) {
    return {
      refusal: { code: "state-unknown", subject: "the files at the head", found: paths.unknown },
    };
  }
  const own = ownFrames(incident.frames, "known" in paths ? paths.known : []);
  const fingerprint = fingerprintOf(incident, own);
  return { alert: { incident, own, fingerprint, marker: alertMarker(fingerprint) } };
}

/** An alert that was asked for, and when it was last seen. */
export interface PolledAlert extends Alert {
  readonly lastSeen: string;
}

/** What a poll found, once for each fingerprint, and what keeps it from being all that there is. */
export function polledAlerts({ polled, snapshot }: Pick<View, "polled" | "snapshot">): {
  readonly alerts: readonly PolledAlert[];
  readonly refusals: readonly Refusal[];
} {
  const refusals: Refusal[] = [...(polled?.refusals ?? [])];
  const alerts = new Map<string, PolledAlert>();
  for (const { incident, lastSeen } of polled?.found ?? []) {
    const reading = alertOf(incident, snapshot);
    if ("refusal" in reading) return { alerts: [], refusals: [...refusals, reading.refusal] };
    const { alert } = reading;
    const known = alerts.get(alert.marker);
    if (known === undefined || millisecondsBetween(known.lastSeen, lastSeen) > 0) {
      alerts.set(alert.marker, { ...alert, lastSeen });
    }
  }
  return { alerts: [...alerts.values()], refusals };
}

/** The issue of this marker: an open one before a closed one, the newest of several. */
export function incidentOf(
  incidents: readonly IncidentIssue[],
  marker: string,
): IncidentIssue | undefined {
  const same = incidents.filter((one) => one.marker === marker);
  const open = same.filter(({ state }) => state === "open");
  return (open.length > 0 ? open : same)
    .toSorted((left, right) => left.number - right.number)
    .at(-1);
}

/** A tag or a commit id, and nothing that could lead elsewhere in an address. */
export const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9_+-]*(\.[A-Za-z0-9_+-]+)*$/;
const MOST_PLACES = 5;
/** Twice as many as alerts may have open: a closed one may come back. */
const MOST_LOOKED_AT = 40;

/** The issues of alerts whose fix may be live, by the label alone: whoever looks closely reads the ledger. */
export function mendedIncidents({
  snapshot,
  prefix,
}: Pick<View, "snapshot" | "prefix">): readonly IncidentIssue[] {
  return (snapshot.incidents ?? []).filter(
    ({ state, labels }) => state === "open" && stagesOf(prefix, labels).join() === "done",
  );
}

/** Whether this issue is one that an alert opened: the factory's own text, label and last line. */
export function isAlertIssue({ issue, input, prefix }: OnIssue): boolean {
  const label = incidentLabel(prefix).toLowerCase();
  return (
    issue.author.id === input.identity.id &&
    issue.labels.some((one) => one.toLowerCase() === label) &&
    ALERT_MARKER.test(issue.body.trimEnd().split(/\r?\n/).at(-1) ?? "")
  );
}

/**
 * What has to be looked at closely, once the first look has shown what the alert is about: the issue that it has already, or
 * the merges of the release that it comes from.
 */
export function alertToAsk(view: View): Partial<Pick<Scope, "suspect" | "issues">> | undefined {
  const { incidents } = view.snapshot;
  if (view.input.task !== "incident" || incidents === undefined) return undefined;
  if (view.trigger?.kind === "schedule") return beatToAsk(view, incidents);
  const reading = readAlert(view);
  if ("refusal" in reading) return undefined;
  const { marker, own, incident } = reading.alert;
  const known = incidentOf(incidents, marker);
  return known === undefined ? suspectToAsk({ own, incident }) : { issues: [known.number] };
}

function suspectToAsk({
  own,
  incident,
}: Pick<Alert, "own" | "incident">): Pick<Scope, "suspect"> | undefined {
  const { release = "" } = incident;
  if (own.length === 0 || !REFERENCE.test(release)) return undefined;
  const places = own
    .slice(0, MOST_PLACES)
    .map(({ file, line }) => ({ file, ...(line === undefined ? {} : { line }) }));
  return { suspect: { release, places } };
}

/** By the clock: the issues of what was polled, those that may be resolved, and what the first new alert comes from. */
function beatToAsk(
  view: View,
  incidents: readonly IncidentIssue[],
): Partial<Pick<Scope, "suspect" | "issues">> | undefined {
  const { alerts } = polledAlerts(view);
  const polled = alerts.map((alert) => ({ alert, known: incidentOf(incidents, alert.marker) }));
  const known = polled.flatMap((one) => (one.known === undefined ? [] : [one.known.number]));
  const mended = mendedIncidents(view).map(({ number }) => number);
  const issues = [...new Set([...known, ...mended])].slice(0, MOST_LOOKED_AT);
  const fresh = polled.find((one) => one.known === undefined);
  const suspect = fresh === undefined ? undefined : suspectToAsk(fresh.alert);
  if (issues.length === 0 && suspect === undefined) return undefined;
  return { ...(issues.length === 0 ? {} : { issues }), ...suspect };
}
