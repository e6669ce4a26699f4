import type { ObjectId } from "../../../domain/digest.ts";
import type { Scope } from "../../../domain/github/snapshot.ts";
import type { View } from "../issue-view.ts";
import { type Alert, incidentOf, polledAlerts, REFERENCE, readAlert } from "./alert.ts";
import { fixOf } from "./fix.ts";

/** The most lookups of one look. Each costs two requests. */
const MOST_ASKED = 5;

/** Whether the releases that alerts name contain the fixes of their issues. Asked once the ledgers have named the fixes. */
export function containedToAsk(view: View): NonNullable<Scope["contained"]> {
  if (view.input.task !== "incident") return [];
  const { incidents = [] } = view.snapshot;
  const asked = alertsOf(view).flatMap((alert) => {
    const known = incidentOf(incidents, alert.marker);
    const seen = view.issues.find(({ issue }) => issue.number === known?.number);
    const fix = seen === undefined ? undefined : fixOf(seen);
    const { release = "" } = alert.incident;
    if (fix === undefined || fix.escaped || !REFERENCE.test(release)) return [];
    return [{ release, commit: fix.commit }];
  });
  return asked.slice(0, MOST_ASKED);
}

function alertsOf(view: View): readonly Alert[] {
  if (view.trigger?.kind === "schedule") return polledAlerts(view).alerts;
  const reading = readAlert(view);
  return "refusal" in reading ? [] : [reading.alert];
}

/** Undefined if unknown. */
export function holdsFix(
  { snapshot }: Pick<View, "snapshot">,
  asked: { readonly release: string | undefined; readonly commit: ObjectId | undefined },
): boolean | undefined {
  const found = snapshot.contained?.find(
    ({ release, commit }) => release === asked.release && commit === asked.commit,
  );
  return found !== undefined && "known" in found.holds ? found.holds.known : undefined;
}
