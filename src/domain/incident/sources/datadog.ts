import { z } from "zod";
import { maybeLine, namedLine } from "../bounded.ts";
import { withoutFigures } from "../fingerprint.ts";
import type { Draft } from "../incident.ts";

/** Value of a variable in Datadog's webhooks when a monitor recovers. */
const RECOVERED = "Recovered";

/**
 * Datadog lets the owner write the payload. These keys are those of the how-to's template, filled from Datadog's
 * variables. Without the transition, an alarm looks like its end.
 */
const Webhook = z.object({
  title: namedLine(300),
  alert_transition: namedLine(50),
  alert_id: maybeLine(50),
  body: maybeLine(1_000),
  link: maybeLine(500),
  release: maybeLine(200),
});

export function readDatadog(body: unknown): Draft {
  const { title, alert_transition: transition, ...rest } = Webhook.parse(body);
  // A title has the place and the amount; the monitor stays the same.
  const type = rest.alert_id === undefined ? withoutFigures(title) : `monitor ${rest.alert_id}`;
  return {
    status: transition === RECOVERED ? "over" : "firing",
    type,
    message: rest.body === undefined ? title : `${title}: ${rest.body}`.slice(0, 1_000),
    release: rest.release,
    url: rest.link,
  };
}
