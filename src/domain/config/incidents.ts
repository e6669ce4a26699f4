import { z } from "zod";
import { Origin } from "./origin.ts";

/** The place where the heartbeat asks for errors. */
export const Sentry = z.strictObject({
  /** The only host that gets the token. */
  url: Origin.default("https://sentry.io"),
  organization: z.string().regex(/^[a-z0-9][a-z0-9-_]{0,99}$/, "expected the organization's slug"),
  /** Its number, which narrows the list. */
  project: z.int().positive(),
});
export type Sentry = z.infer<typeof Sentry>;

/** Handling of alerts. */
export const Incidents = z.strictObject({
  /** Hours without a sighting, after its fix was seen live, until an alert's issue is closed. */
  resolveAfterHours: z.int().positive().max(2_160).default(24),
  sentry: Sentry.optional(),
});
export type Incidents = z.infer<typeof Incidents>;
