import { z } from "zod";
import { lastOf, maybeCount, maybeLine, namedLine } from "../bounded.ts";
import { Frames, frameOf, framesOf } from "../frame.ts";
import type { Draft } from "../incident.ts";

const Exception = z.object({
  type: maybeLine(200),
  value: maybeLine(1_000),
  stacktrace: z.object({ frames: Frames }).nullish().catch(null),
});
const Header = z.tuple([z.string(), z.string()]);

/** Of the hooks `event_alert` and `error`: one event with its stack. */
const Event = z.object({
  title: maybeLine(300),
  message: maybeLine(1_000),
  culprit: maybeLine(300),
  release: maybeLine(200),
  web_url: maybeLine(500),
  exception: z
    .object({ values: lastOf(Exception, 10) })
    .nullish()
    .catch(null),
  request: z
    .object({ headers: lastOf(Header, 100) })
    .nullish()
    .catch(null),
});
/** Of the hook `issue`: Sentry's own summary, without a stack. */
const Issue = z.object({
  title: namedLine(300),
  culprit: maybeLine(300),
  count: maybeCount,
  web_url: maybeLine(500),
  permalink: maybeLine(500),
  metadata: z
    .object({
      type: maybeLine(200),
      value: maybeLine(1_000),
      filename: maybeLine(300),
      function: maybeLine(200),
    })
    .nullish()
    .catch(null),
});
const Hook = z.object({
  action: z.string().max(50),
  data: z.union([
    z.object({ event: Event }),
    z.object({ error: Event }),
    z.object({ issue: Issue }),
  ]),
});

/** Sentry's webhooks of its integration platform: an issue alert, an error or an issue. */
export function readSentry(body: unknown): Draft {
  const { action, data } = Hook.parse(body);
  if ("issue" in data) return draftOfIssue(action, data.issue);
  return draftOfEvent("event" in data ? data.event : data.error);
}

function draftOfEvent(event: z.infer<typeof Event>): Draft {
  // The chain runs from the first cause to the last thrown error, a stack from the oldest call to the newest.
  const thrown = event.exception?.values.findLast((one) => one !== null);
  const frames = framesOf(thrown?.stacktrace?.frames ?? []).toReversed();
  const type = thrown?.type ?? event.title ?? event.message;
  return {
    status: "firing",
    type: type ?? "error",
    message: thrown?.value ?? event.message ?? event.title,
    frames,
    group: event.culprit === undefined ? [] : [event.culprit],
    release: event.release,
    url: event.web_url,
    userAgent: userAgentOf(event),
  };
}

function draftOfIssue(action: string, issue: z.infer<typeof Issue>): Draft {
  const { metadata } = issue;
  const filename = metadata?.filename;
  const place =
    filename === undefined
      ? undefined
      : frameOf({
          path: filename,
          filename,
          abs_path: undefined,
          function: metadata?.function,
          line: undefined,
          lineno: undefined,
          in_app: undefined,
        });
  return {
    status: STATUS[action] ?? "other",
    type: metadata?.type ?? issue.title,
    message: metadata?.value ?? issue.title,
    frames: place === undefined ? [] : [place],
    group: issue.culprit === undefined ? [] : [issue.culprit],
    reported: issue.count,
    url: issue.web_url ?? issue.permalink,
  };
}

const STATUS: Readonly<Record<string, Draft["status"]>> = {
  created: "firing",
  unresolved: "firing",
  resolved: "over",
};

function userAgentOf({ request }: z.infer<typeof Event>): string | undefined {
  const header = request?.headers.find((one) => one?.[0].toLowerCase() === "user-agent");
  return header?.[1].slice(0, 300);
}
