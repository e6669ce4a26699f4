import { z } from "zod";
import { incidentLabel } from "../../domain/label.ts";
import type { Twin } from "../../twin/shape.ts";
import { parsePulse } from "../../wording/issue/pulse-comment.ts";
import type { AlertsPlayed } from "../story/result.ts";

const Alert = z.strictObject({
  /** `client_payload` of the dispatch. */
  payload: z.record(z.string(), z.unknown()),
  /** How often it is sent, without waiting in between. */
  times: z.int().positive().max(10_000).default(1),
});

/** Alerts that production sends in a scenario. */
export const Alerts = z.strictObject({
  /** They open the issue that the scenario is about. */
  before: z.array(Alert).min(1),
  /** Sent when the line has ended. */
  after: z.array(Alert).default([]),
});
export type Alerts = z.infer<typeof Alerts>;

interface Place {
  readonly twin: Twin;
  readonly repository: string;
  readonly prefix: string;
}

/** As many requests at a time as a busy sender would make. */
const AT_ONCE = 20;

/** Sends alerts, in order, each after what the one before it caused. How many were sent. */
async function sendAlerts(
  place: Place,
  alerts: Alerts["before"],
  signal: AbortSignal,
): Promise<number> {
  const { twin, repository } = place;
  let sent = 0;
  for (const { payload, times } of alerts) {
    const body = { event_type: "alert", client_payload: await released(place, payload) };
    for (let left = times; left > 0; left -= AT_ONCE) {
      signal.throwIfAborted();
      const batch = Array.from({ length: Math.min(left, AT_ONCE) }, () =>
        twin.request("POST", `/repos/${repository}/dispatches`, body),
      );
      await Promise.all(batch);
      sent += batch.length;
    }
    await twin.runner.idle();
  }
  return sent;
}

const Head = z.object({ sha: z.string() });

/** The payload with the commit that is the head now, where a scenario writes `$HEAD` for its release. */
async function released(
  { twin, repository }: Place,
  payload: Alerts["before"][number]["payload"],
): Promise<unknown> {
  const text = JSON.stringify(payload);
  if (!text.includes('"$HEAD"')) return payload;
  const { sha } = Head.parse(await twin.request("GET", `/repos/${repository}/commits/HEAD`));
  return JSON.parse(text.replaceAll('"$HEAD"', JSON.stringify(sha)));
}

interface IssueAnswer {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: string;
}

/** The issues that alerts opened, the first one first. */
async function issuesOfAlerts(place: Place): Promise<readonly IssueAnswer[]> {
  const query = `state=all&labels=${encodeURIComponent(incidentLabel(place.prefix))}&direction=asc`;
  const path = `/repos/${place.repository}/issues?${query}`;
  return (await place.twin.request("GET", path)) as readonly IssueAnswer[];
}

async function countAlerts(place: Place, sent: number): Promise<AlertsPlayed> {
  const { twin, repository } = place;
  const issues = await issuesOfAlerts(place);
  const issue = issues.at(-1);
  const comments =
    issue === undefined
      ? []
      : ((await twin.request(
          "GET",
          `/repos/${repository}/issues/${issue.number}/comments?per_page=100`,
        )) as readonly { readonly id: number; readonly body: string }[]);
  const comment = comments.find(({ body }) => parsePulse(body) !== undefined);
  const pulse = comment === undefined ? undefined : parsePulse(comment.body);
  const edits = twin.github
    .requests()
    .filter(
      ({ method, path }) =>
        method === "PATCH" && path.endsWith(`/issues/comments/${comment?.id ?? 0}`),
    );
  const runs = twin.runner.runs().filter(({ event }) => event === "repository_dispatch");
  return {
    sent,
    worked: runs.filter(({ conclusion }) => conclusion !== "cancelled").length,
    issues: issues.length,
    counted: pulse?.count ?? 0,
    edits: edits.length,
    returns: pulse?.returns.length ?? 0,
    state: issue?.state ?? "none",
  };
}

/** Alerts under way: the issue that the first ones opened, and how it goes on. */
export interface Alarm {
  readonly issue: IssueAnswer;
  /** Sends those that come after the line has ended, and says what came of all. */
  end(): Promise<AlertsPlayed>;
}

/** Sends the alerts that come before anything else; undefined where a scenario has none. */
export async function beginAlerts(
  place: Place,
  alerts: Alerts | undefined,
  signal: AbortSignal,
): Promise<Alarm | undefined> {
  if (alerts === undefined) return undefined;
  const sent = await sendAlerts(place, alerts.before, signal);
  const [issue] = await issuesOfAlerts(place);
  if (issue === undefined) throw new Error(`${sent} alerts were sent, and no issue was opened`);
  return {
    issue,
    end: async () => countAlerts(place, sent + (await sendAlerts(place, alerts.after, signal))),
  };
}
