/** A discussion's author, by login, and its content. */
export interface NewDiscussion {
  readonly author: string;
  readonly title: string;
  readonly body: string;
  readonly labels?: readonly string[] | undefined;
}
