/** Whose words an alert is in. The key under which it lies in the payload of the dispatch. */
export const SOURCES = [
  "sentry",
  "alertmanager",
  "grafana",
  "pagerduty",
  "datadog",
  "alert",
] as const;
export type Source = (typeof SOURCES)[number];

/** A place in a stack, as the source named it. The innermost call comes first. */
export interface Frame {
  /** Without scheme, drive and query; segments joined by slashes. */
  readonly path: string;
  readonly function?: string;
  readonly line?: number;
  /** The source says that it is somebody else's code, or its path goes through a folder of dependencies. */
  readonly foreign: boolean;
}

/**
 * One alert in our words. All of it is a stranger's text, cut to its bounds; nothing in it is authority. When it was seen is
 * said by the factory's own clock, never by the payload.
 */
export interface Incident {
  readonly source: Source;
  /** `over`: the source says that it ended; `other`: it says something about it that is no alarm. */
  readonly status: "firing" | "over" | "other";
  /** The type of the error, or the name of the alert. */
  readonly type: string;
  readonly message: string;
  readonly frames: readonly Frame[];
  /** What tells alerts of the same type apart where there is no stack. */
  readonly group: readonly string[];
  readonly release?: string;
  readonly url?: string;
  /** How many the source counts by itself, over all time. */
  readonly reported?: number;
  /** Who asked for what failed, as the request said. */
  readonly userAgent?: string;
}

/** Undefined or absent alike. */
type Loose<Value> = { readonly [Key in keyof Value]: Value[Key] | undefined };

/** What a source's reader makes out; `incidentOf` leaves out what is not known. */
export type Draft = Pick<Incident, "status" | "type"> &
  Partial<Loose<Omit<Incident, "source" | "status" | "type">>>;

export function incidentOf(source: Source, draft: Draft): Incident {
  const { status, type, release, url, reported, userAgent } = draft;
  return {
    source,
    status,
    type,
    message: draft.message ?? "",
    frames: draft.frames ?? [],
    group: draft.group ?? [],
    ...(release === undefined ? {} : { release }),
    ...(url === undefined ? {} : { url }),
    ...(reported === undefined ? {} : { reported }),
    ...(userAgent === undefined ? {} : { userAgent }),
  };
}
