import type { Digest } from "../../../domain/digest.ts";
import type { IncidentIssue, Scope } from "../../../domain/github/snapshot.ts";
import { fingerprintOf } from "../../../domain/incident/fingerprint.ts";
import type { Incident } from "../../../domain/incident/incident.ts";
import { type OwnFrame, ownFrames } from "../../../domain/incident/own-frames.ts";
import { readAlert as readPayload } from "../../../domain/incident/read-alert.ts";
import { incidentLabel, stagesOf } from "../../../domain/label.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { ALERT_MARKER, alertMarker } from "../../../wording/issue/alert-issue.ts";
import { isOnIssue, type OnIssue, type View } from "../issue-view.ts";
import { fixOf } from "./fix.ts";

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
  const { incident } = reading;
  const { paths } = snapshot;
  if ("unknown" in paths && incident.frames.length > 0) {
    return {
      refusal: { code: "state-unknown", subject: "the files at the head", found: paths.unknown },
    };
  }
  const own = ownFrames(incident.frames, "known" in paths ? paths.known : []);
  const fingerprint = fingerprintOf(incident, own);
  return { alert: { incident, own, fingerprint, marker: alertMarker(fingerprint) } };
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
const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9_+-]*(\.[A-Za-z0-9_+-]+)*$/;
const MOST_PLACES = 5;
/** As many as alerts may have open. */
const MOST_LOOKED_AT = 20;

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

/** Whether the release that an alert names holds the fix of its issue: asked once the ledger has named the fix. */
export function containmentToAsk(view: View): Scope["containment"] {
  if (view.input.task !== "incident" || !isOnIssue(view)) return undefined;
  const reading = readAlert(view);
  const fix = fixOf(view);
  if ("refusal" in reading || fix === undefined || fix.escaped) return undefined;
  const { release = "" } = reading.alert.incident;
  return REFERENCE.test(release) ? { release, commit: fix.commit } : undefined;
}

/**
 * What has to be looked at closely, once the first look has shown what the alert is about: the issue that it has already, or
 * the merges of the release that it comes from.
 */
export function alertToAsk(view: View): Pick<Scope, "suspect"> | Pick<Scope, "issues"> | undefined {
  const { incidents } = view.snapshot;
  if (view.input.task !== "incident" || incidents === undefined) return undefined;
  if (view.trigger?.kind === "schedule") {
    const mended = mendedIncidents(view).map(({ number }) => number);
    return mended.length === 0 ? undefined : { issues: mended.slice(0, MOST_LOOKED_AT) };
  }
  const reading = readAlert(view);
  if ("refusal" in reading) return undefined;
  const { marker, own, incident } = reading.alert;
  const known = incidentOf(incidents, marker);
  if (known !== undefined) return { issues: [known.number] };
  const { release = "" } = incident;
  if (own.length === 0 || !REFERENCE.test(release)) return undefined;
  const places = own
    .slice(0, MOST_PLACES)
    .map(({ file, line }) => ({ file, ...(line === undefined ? {} : { line }) }));
  return { suspect: { release, places } };
}
