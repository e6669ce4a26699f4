import { z } from "zod";
import { maybeLine, namedLine } from "../bounded.ts";
import { withoutFigures } from "../fingerprint.ts";
import type { Draft } from "../incident.ts";

const Webhook = z.object({
  event: z.object({
    event_type: z.string().max(100),
    data: z.object({
      title: namedLine(300),
      html_url: maybeLine(500),
      service: z
        .object({ summary: maybeLine(200) })
        .nullish()
        .catch(null),
    }),
  }),
});
const STATUS: Readonly<Record<string, Draft["status"]>> = {
  "incident.triggered": "firing",
  "incident.reopened": "firing",
  "incident.resolved": "over",
};

/** Version 3 of PagerDuty's webhooks: an incident that was triggered, reopened or resolved; anything else is no alarm. */
export function readPagerDuty(body: unknown): Draft {
  const { event } = Webhook.parse(body);
  const { title, service, html_url: url } = event.data;
  return {
    status: STATUS[event.event_type] ?? "other",
    type: withoutFigures(title),
    message: title,
    group: service?.summary === undefined ? [] : [service.summary],
    url,
  };
}
