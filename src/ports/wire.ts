/** Parameters of a route, as in GitHub's own description of it. */
export type WireParameters = Readonly<Record<string, unknown>>;

/** One raw answer. Status 0: nothing came back. */
export interface WireReply {
  readonly status: number;
  readonly body: unknown;
  /** GitHub's error message; empty if none. */
  readonly message: string;
  /** Seconds of `retry-after`, if given. */
  readonly retryAfter: number | undefined;
}

/** The REST API of one repository, each request sent once: to measure GitHub, not to work with it. */
export interface Wire {
  /** Route below the repository, as in "GET /git/ref/{ref}". Rejects only for mistakes of our own. */
  ask(route: string, parameters?: WireParameters): Promise<WireReply>;
}
