import type { Refusal } from "../refusal.ts";
import type { Incident } from "./incident.ts";

/** A polled alert, and when its source says that it was last seen (ISO 8601). */
export interface Found {
  readonly incident: Incident;
  readonly lastSeen: string;
}

/** Answer of a source. Alerts that it does not name were not seen, but only if there is no refusal. */
export interface Polled {
  readonly found: readonly Found[];
  readonly refusals: readonly Refusal[];
}
