import type { CommentState } from "../../../domain/github/snapshot.ts";

/** A comment with its author. */
export type Said = Pick<CommentState, "id" | "body"> & {
  readonly author: Pick<CommentState["author"], "id">;
};

/** Comments of the identity whose first line is the marker, oldest first. */
export function ownComments<Comment extends Said>(
  comments: readonly Comment[],
  identity: number,
  marker: string,
): readonly Comment[] {
  return comments
    .filter(({ author, body }) => author.id === identity && body.split(/\r?\n/)[0] === marker)
    .toSorted((left, right) => left.id - right.id);
}
