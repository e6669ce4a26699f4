/** An open discussion, as a digest of feedback reads it. */
export interface Discussion {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  /** Login of who started it. */
  readonly author: string;
  readonly labels: readonly string[];
  /** ISO 8601. */
  readonly createdAt: string;
}

/** The open discussions with one label. */
export interface DiscussionsSeen {
  /** The newest first. */
  readonly discussions: readonly Discussion[];
  /** Older ones, of whose labels nobody knows: so many were not read. */
  readonly unread: number;
}
