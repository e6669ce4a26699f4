import type { Refusal } from "../refusal.ts";
import type { Incident } from "./incident.ts";

/** An alert that was asked for, and when its source says that it was last seen (ISO 8601). */
export interface Found {
  readonly incident: Incident;
  readonly lastSeen: string;
}

/** What a source answered. Only where there is no refusal, what it does not name was not seen. */
export interface Polled {
  readonly found: readonly Found[];
  readonly refusals: readonly Refusal[];
}
