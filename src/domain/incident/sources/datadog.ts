import { z } from "zod";
import { maybeLine, namedLine } from "../bounded.ts";
import { withoutFigures } from "../fingerprint.ts";
import type { Draft } from "../incident.ts";

/** What the variable of Datadog's webhooks says when a monitor is well again. */
const RECOVERED = "Recovered";

/**
 * Datadog lets the owner write the payload: these are the keys that the how-to's template fills from Datadog's variables.
 * Without the transition nobody could tell an alarm from its end.
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
  // A title says where and how much; the monitor stays the same.
  const type = rest.alert_id === undefined ? withoutFigures(title) : `monitor ${rest.alert_id}`;
  return {
    status: transition === RECOVERED ? "over" : "firing",
    type,
    message: rest.body === undefined ? title : `${title}: ${rest.body}`.slice(0, 1_000),
    release: rest.release,
    url: rest.link,
  };
}
