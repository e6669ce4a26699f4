/** Parameters of a route, as in GitHub's own description of it. */
export type WireParameters = Readonly<Record<string, unknown>>;

/** One answer as it came. Status 0: nothing came back. */
export interface WireReply {
  readonly status: number;
  readonly body: unknown;
  /** What GitHub said went wrong; empty where nothing did. */
  readonly message: string;
  /** Seconds of `retry-after`, where it was said. */
  readonly retryAfter: number | undefined;
}

/** The REST API below one repository, each request sent once: for who measures GitHub, not for who works with it. */
export interface Wire {
  /** Route below the repository, as in "GET /git/ref/{ref}". Rejects for mistakes of our own alone. */
  ask(route: string, parameters?: WireParameters): Promise<WireReply>;
}
