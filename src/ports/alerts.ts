import type { Sentry } from "../domain/config/incidents.ts";
import type { Polled } from "../domain/incident/polled.ts";

/** A source that is asked for its alerts of the last hours, newest first. What goes wrong is an outcome, never a throw. */
export interface Alerts {
  poll(from: Sentry): Promise<Polled>;
}
