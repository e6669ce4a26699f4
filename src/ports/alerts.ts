import type { Sentry } from "../domain/config/incidents.ts";
import type { Polled } from "../domain/incident/polled.ts";

/** A source of alerts, asked for those of the last hours, newest first. A failure is an outcome, never a throw. */
export interface Alerts {
  poll(from: Sentry): Promise<Polled>;
}
