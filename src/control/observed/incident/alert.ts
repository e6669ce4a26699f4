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

/** An alert: its meaning, its place in the repository, and the key of its issue. */
export interface Alert {
  readonly incident: Incident;
  readonly own: readonly OwnFrame[];
  readonly fingerprint: Digest;
  readonly marker: string;
}

/** The tree at the head tells which frames belong to the repository. Without that list it is unknown. */
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

/** Without the list of files, nobody can tell which frames belong to the repository. */
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

/** A polled alert, and when it was last seen. */
export interface PolledAlert extends Alert {
  readonly lastSeen: string;
}

/** Results of a poll, one for each fingerprint, and the reason if they are incomplete. */
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

/** The issue with this marker: open before closed, and the newest of several. */
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

/** A tag or a commit id, without characters that could change an address. */
export const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9_+-]*(\.[A-Za-z0-9_+-]+)*$/;
const MOST_PLACES = 5;
/** Twice as many as alerts may have open, because a closed one may come back. */
const MOST_LOOKED_AT = 40;

/** Issues of alerts whose fix may be live, by the label alone. A closer look reads the ledger. */
export function mendedIncidents({
  snapshot,
  prefix,
}: Pick<View, "snapshot" | "prefix">): readonly IncidentIssue[] {
  return (snapshot.incidents ?? []).filter(
    ({ state, labels }) => state === "open" && stagesOf(prefix, labels).join() === "done",
  );
}

/** Whether an alert opened this issue: the factory's own text, label and last line. */
export function isAlertIssue({ issue, input, prefix }: OnIssue): boolean {
  const label = incidentLabel(prefix).toLowerCase();
  return (
    issue.author.id === input.identity.id &&
    issue.labels.some((one) => one.toLowerCase() === label) &&
    ALERT_MARKER.test(issue.body.trimEnd().split(/\r?\n/).at(-1) ?? "")
  );
}

/**
 * What to look up after the first look has shown the alert's subject: its existing issue, or the merges of the release
 * that it comes from.
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

/** On a schedule: the issues of polled alerts, those that may be resolved, and the origin of the first new alert. */
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
