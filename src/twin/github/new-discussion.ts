/** Who starts a discussion, by login, and what it says. */
export interface NewDiscussion {
  readonly author: string;
  readonly title: string;
  readonly body: string;
  readonly labels?: readonly string[] | undefined;
}
