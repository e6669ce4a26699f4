import { z } from "zod";
import { cutLine, lastOf, maybeCount, maybeLine } from "../bounded.ts";
import type { Draft } from "../incident.ts";

const MOST_LABELS = 20;

/** Label names with their values, the first ones by name. */
const Labels = z.unknown().optional().transform(pairsOf);
const Alert = z.object({ status: z.string(), labels: Labels, annotations: Labels });

/** Version 4 of Alertmanager's webhook. Grafana's alerting sends it as well, with more keys. */
const Webhook = z.object({
  status: z.enum(["firing", "resolved"]),
  groupLabels: Labels,
  commonLabels: Labels,
  commonAnnotations: Labels,
  alerts: lastOf(Alert, 50),
  truncatedAlerts: maybeCount,
  externalURL: maybeLine(500),
});

/**
 * A group of alerts is one incident. The receiver groups by labels that its owner chose, and those distinguish groups.
 * The key and fingerprints in the payload are ignored.
 */
export function readAlertmanager(body: unknown): Draft {
  const webhook = Webhook.parse(body);
  const firing = webhook.alerts.find((alert) => alert?.status === "firing");
  const label = (name: string) =>
    labelled(webhook.commonLabels, name) ??
    labelled(webhook.groupLabels, name) ??
    labelled(firing?.labels ?? [], name);
  const note = (name: string) =>
    labelled(webhook.commonAnnotations, name) ?? labelled(firing?.annotations ?? [], name);
  return {
    status: webhook.status === "firing" ? "firing" : "over",
    type: label("alertname") ?? "alert",
    message: note("summary") ?? note("description"),
    group: webhook.groupLabels.map(([name, value]) => `${name}=${value}`),
    release: label("release") ?? note("release"),
    url: webhook.externalURL,
  };
}

type Pairs = readonly (readonly [name: string, value: string])[];

function pairsOf(value: unknown): Pairs {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value)
    .slice(0, 200)
    .toSorted(byName)
    .slice(0, MOST_LABELS)
    .flatMap(([name, one]) =>
      typeof one === "string" ? [[cutLine(name, 100), cutLine(one, 200)] as const] : [],
    );
}

function labelled(pairs: Pairs, wanted: string): string | undefined {
  return pairs.find(([name, value]) => name === wanted && value !== "")?.[1];
}

function byName([left]: [string, unknown], [right]: [string, unknown]): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
