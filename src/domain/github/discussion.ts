/** An open discussion, for a digest of feedback. */
export interface Discussion {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  /** Login of its author. */
  readonly author: string;
  readonly labels: readonly string[];
  /** ISO 8601. */
  readonly createdAt: string;
}

/** The open discussions with one label. */
export interface DiscussionsSeen {
  /** Newest first. */
  readonly discussions: readonly Discussion[];
  /** Number of older, unread ones, whose labels are unknown. */
  readonly unread: number;
}
