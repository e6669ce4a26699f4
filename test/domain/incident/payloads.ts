import { readFileSync } from "node:fs";

export type PayloadName =
  | "sentry-event-alert"
  | "sentry-issue"
  | "sentry-api-event"
  | "alertmanager"
  | "grafana"
  | "pagerduty"
  | "datadog"
  | "generic";

/** A webhook's body: the fields that its vendor documents, with values of our own. */
export function payloadOf(name: PayloadName): unknown {
  return JSON.parse(readFileSync(new URL(`./payloads/${name}.json`, import.meta.url), "utf8"));
}
