import { GraphQLError } from "graphql";
import { ask, type Rest } from "./rest.ts";
import { commentValue, type RestComment } from "./values.ts";

/** What a node id names: an issue, or a comment on it. */
export interface NamedNode {
  readonly rest: Rest;
  readonly issue: number;
  readonly comment?: number;
}
type NodeOf = (id: string) => NamedNode | undefined;

interface Input<Fields> {
  readonly input: Fields;
}

/** The writes of GraphQL, each by the route that does the same. */
export function mutationsOf(nodeOf: NodeOf) {
  const named = (id: string): NamedNode => {
    const node = nodeOf(id);
    if (node !== undefined) return node;
    const message = `Could not resolve to a node with the global id of '${id}'`;
    throw new GraphQLError(message, { extensions: { type: "NOT_FOUND" } });
  };
  return {
    addComment: async ({ input }: Input<{ readonly subjectId: string; readonly body: string }>) => {
      const { rest, issue } = named(input.subjectId);
      const { body } = input;
      const made = await ask<RestComment>(rest, `POST /issues/${issue}/comments`, { body });
      return { commentEdge: { node: commentValue(rest, issue, made) } };
    },
    updateIssueComment: async ({
      input,
    }: Input<{ readonly id: string; readonly body: string }>) => {
      const { rest, issue, comment } = named(input.id);
      const { body } = input;
      const made = await ask<RestComment>(rest, `PATCH /issues/comments/${comment}`, { body });
      return { issueComment: commentValue(rest, issue, made) };
    },
  };
}
