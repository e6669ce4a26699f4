import { z } from "zod";
import { lastOf, maybeCount, maybeLine } from "../bounded.ts";
import { incidentOf } from "../incident.ts";
import type { Found } from "../polled.ts";
import { readSentry } from "./sentry.ts";

/** An issue in Sentry's list, whose latest event is then requested. */
export const ListedIssue = z.object({
  id: z.string().regex(/^[0-9]{1,20}$/, "expected the number of an issue"),
  lastSeen: z.iso.datetime({ offset: true }),
  count: maybeCount,
  permalink: maybeLine(500),
});
export type ListedIssue = z.infer<typeof ListedIssue>;

/** The API names the fields of a frame differently than a hook. */
const Frame = z.object({
  filename: z.unknown().optional(),
  absPath: z.unknown().optional(),
  function: z.unknown().optional(),
  lineNo: z.unknown().optional(),
  inApp: z.unknown().optional(),
});
const Exception = z.object({
  type: z.unknown().optional(),
  value: z.unknown().optional(),
  stacktrace: z
    .object({ frames: lastOf(Frame, 50) })
    .nullish()
    .catch(null),
});
const Entry = z.object({
  type: z.string(),
  data: z
    .object({ values: lastOf(Exception, 10), headers: z.unknown().optional() })
    .partial()
    .nullish()
    .catch(null),
});
const Event = z.object({
  title: z.unknown().optional(),
  message: z.unknown().optional(),
  culprit: z.unknown().optional(),
  release: z.object({ version: z.unknown().optional() }).nullish().catch(null),
  entries: lastOf(Entry, 50),
});

/**
 * Reads the latest event of an issue as an alert. It is converted to the hook's form and read by the same reader, so
 * that a sent error and a polled one are the same. Throws a `ZodError` if it is no event.
 */
export function readSentryEvent(event: unknown, listed: ListedIssue): Found {
  const { entries, release, ...said } = Event.parse(event);
  const dataOf = (type: string) => entries.find((entry) => entry?.type === type)?.data;
  const values = dataOf("exception")?.values?.flatMap((one) => (one === null ? [] : [inHook(one)]));
  const draft = readSentry({
    action: "triggered",
    data: {
      event: {
        ...said,
        release: release?.version,
        web_url: listed.permalink,
        exception: { values: values ?? [] },
        request: { headers: dataOf("request")?.headers },
      },
    },
  });
  const incident = incidentOf("sentry", { ...draft, reported: listed.count });
  return { incident, lastSeen: listed.lastSeen };
}

function inHook({ type, value, stacktrace }: z.infer<typeof Exception>) {
  const frames = stacktrace?.frames.flatMap((frame) => {
    if (frame === null) return [];
    const { absPath, lineNo, inApp, ...named } = frame;
    return [{ ...named, abs_path: absPath, lineno: lineNo, in_app: inApp }];
  });
  return { type, value, stacktrace: { frames: frames ?? [] } };
}
