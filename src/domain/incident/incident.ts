/** Makers of alerts. Each is also the key of its alert in the payload of the dispatch. */
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
  /** The source says that the code is foreign, or the path goes through a folder of dependencies. */
  readonly foreign: boolean;
}

/**
 * One alert in our words. All of it is untrusted text, cut to its bounds; nothing in it is authority. Sightings are
 * timed by the factory's own clock, never by the payload.
 */
export interface Incident {
  readonly source: Source;
  /** `over`: the source says that it ended; `other`: a message that is no alarm. */
  readonly status: "firing" | "over" | "other";
  /** The type of the error, or the name of the alert. */
  readonly type: string;
  readonly message: string;
  readonly frames: readonly Frame[];
  /** Distinguishes alerts of the same type if there is no stack. */
  readonly group: readonly string[];
  readonly release?: string;
  readonly url?: string;
  /** The source's own count, over all time. */
  readonly reported?: number;
  /** User agent of the request that failed, as it stated it. */
  readonly userAgent?: string;
}

/** Undefined or absent alike. */
type Loose<Value> = { readonly [Key in keyof Value]: Value[Key] | undefined };

/** Result of a source's reader. `incidentOf` leaves out unknown fields. */
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
