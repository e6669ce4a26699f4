import { z } from "zod";
import type { Refusal } from "../refusal.ts";
import { type Draft, type Incident, incidentOf, SOURCES, type Source } from "./incident.ts";
import { readAlertmanager } from "./sources/alertmanager.ts";
import { readDatadog } from "./sources/datadog.ts";
import { readGeneric } from "./sources/generic.ts";
import { readPagerDuty } from "./sources/pagerduty.ts";
import { readSentry } from "./sources/sentry.ts";

const READERS: Readonly<Record<Source, (body: unknown) => Draft>> = {
  sentry: readSentry,
  alertmanager: readAlertmanager,
  grafana: readAlertmanager,
  pagerduty: readPagerDuty,
  datadog: readDatadog,
  alert: readGeneric,
};
/** The key beside the alert, by which the workflow queues. Ignored here. */
const QUEUE_KEY = "key";

/** The incident in the `client_payload` of a dispatch, or a refusal that names what was not understood. */
export function readAlert(
  payload: unknown,
): { readonly incident: Incident } | { readonly refusal: Refusal } {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) {
    return refuse("client_payload", "no object", SOURCES.join(", "));
  }
  const keys = Object.keys(payload).filter((key) => key !== QUEUE_KEY);
  const [source, ...others] = SOURCES.filter((known) => keys.includes(known));
  if (source === undefined || others.length > 0 || keys.length !== 1) {
    const found = keys.length === 0 ? "no key" : keys.slice(0, 10).join(", ");
    return refuse("client_payload", found.slice(0, 300), `exactly one of ${SOURCES.join(", ")}`);
  }
  const body: unknown = Object.entries(payload).find(([key]) => key === source)?.[1];
  try {
    return { incident: incidentOf(source, READERS[source](body)) };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return refuseFault(source, error);
  }
}

function refuseFault(source: Source, error: z.ZodError): { readonly refusal: Refusal } {
  const [fault] = error.issues;
  const place = [source, ...(fault?.path ?? [])].join(".");
  return refuse(`client_payload.${place}`, fault?.message ?? "not readable");
}

function refuse(subject: string, found: string, accepted?: string): { readonly refusal: Refusal } {
  return {
    refusal: {
      code: "event-not-understood",
      subject: subject.slice(0, 300),
      found: found.slice(0, 300),
      ...(accepted === undefined ? {} : { accepted }),
      hint: "read-how-alerts-are-sent",
    },
  };
}
