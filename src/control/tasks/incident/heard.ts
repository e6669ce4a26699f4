import type { Effect, EffectOf } from "../../../domain/github/effect.ts";
import { PROBE_AGENT } from "../../../domain/incident/probe-agent.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { millisecondsBetween } from "../../../domain/text/time.ts";
import { renderUnread } from "../../../wording/issue/alerts-unread.ts";
import { incidentOf, type PolledAlert, polledAlerts } from "../../observed/incident/alert.ts";
import type { View } from "../../observed/issue-view.ts";
import { openAlert, refuseMore } from "./open.ts";
import { pulseOn } from "./pulse-effect.ts";
import { see } from "./see.ts";

/** The most new issues, and the most counts, of one poll. The rest follows in the next beat. */
const MOST_OPENED = 3;
const MOST_COUNTED = 10;

/** Result of a poll. */
export interface Heard {
  readonly effects: readonly Effect[];
  readonly refusals: readonly Refusal[];
  /** Issues of new alerts, none of them quiet. */
  readonly loud: ReadonlySet<number>;
  /** Whether the poll was complete, so that an alert that is not in it was not seen. */
  readonly isWhole: boolean;
}

/** Treats polled alerts like sent ones: one issue for each fingerprint, whoever reported it first. */
export function hear(view: View): Heard {
  const { alerts, refusals } = polledAlerts(view);
  const known = alerts.flatMap((alert) => newsOn(view, alert));
  const fresh = alerts.filter((alert) => isAlarm(alert) && issueOf(view, alert) === undefined);
  const wanted = fresh.slice(0, MOST_OPENED);
  const full = wanted.length === 0 ? undefined : refuseMore(view, wanted.length);
  const opened = full === undefined ? wanted.flatMap((alert, at) => openOne(view, alert, at)) : [];
  const counted = known.slice(0, MOST_COUNTED);
  const left = leftOver(fresh.length - wanted.length + known.length - counted.length);
  const unread = refusals.length === 0 ? [] : [unreadEffect(view, refusals)];
  return {
    effects: [...counted.flatMap(({ effects }) => effects), ...opened, ...unread],
    refusals: [...refusals, ...(full === undefined ? [] : [full]), ...left],
    loud: new Set(known.map(({ issue }) => issue)),
    isWhole: refusals.length === 0,
  };
}

function isAlarm({ incident }: PolledAlert): boolean {
  return incident.userAgent?.startsWith(PROBE_AGENT) !== true;
}

function issueOf({ snapshot }: View, { marker }: PolledAlert) {
  return incidentOf(snapshot.incidents ?? [], marker);
}

/** Seen since the last count, by the source's own time. Being in the list again is no news. */
function newsOn(
  view: View,
  alert: PolledAlert,
): readonly { readonly issue: number; readonly effects: readonly Effect[] }[] {
  const known = issueOf(view, alert);
  const seen = view.issues.find(({ issue }) => issue.number === known?.number);
  if (!isAlarm(alert) || known === undefined || known.dismissed || seen === undefined) return [];
  const there = { ...view, ...seen };
  const { pulse } = pulseOn(there);
  if (pulse !== undefined && millisecondsBetween(pulse.last, alert.lastSeen) <= 0) return [];
  return [{ issue: known.number, effects: see(there, alert).effects }];
}

/** Searches the merges of a release for only one alert of a poll. */
function openOne(view: View, alert: PolledAlert, at: number): readonly Effect[] {
  const { suspect } = view.snapshot;
  const others = {
    unknown: "a poll looks through the merges of one new alert, and this is another",
  };
  return openAlert(view, { alert, suspect: at === 0 ? suspect : others });
}

function leftOver(count: number): readonly Refusal[] {
  if (count === 0) return [];
  return [
    {
      code: "limit-exceeded",
      subject: "alerts of this poll",
      found: `${count} more`,
      accepted: `${MOST_OPENED} new ones and ${MOST_COUNTED} known ones`,
      hint: "goes-on-by-itself",
    },
  ];
}

/** One rolling issue for a source that cannot be asked, for as many beats as that lasts. */
function unreadEffect(view: View, refusals: readonly Refusal[]): EffectOf<"open-issue"> {
  return {
    kind: "open-issue",
    key: `alerts-unread/${view.input.run.id}`,
    ...renderUnread(refusals),
    labels: [],
  };
}
