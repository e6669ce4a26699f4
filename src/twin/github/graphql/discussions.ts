import { GraphQLError } from "graphql";
import type { ApiRequest } from "../routes/api.ts";
import { grants } from "../state/access.ts";
import { type DiscussionState, findRepository } from "../state/state.ts";
import { account } from "./accounts.ts";
import { connection, type PageArguments } from "./pages.ts";
import type { Rest } from "./rest.ts";

/**
 * The discussions of a repository; undefined if they are off. REST does not show them. A token needs `discussions:
 * read`; otherwise throws in GitHub's words.
 */
export function discussionsIn(
  { twin, caller }: ApiRequest,
  repository: string,
): readonly DiscussionState[] | undefined {
  const isToken = caller.kind === "job" || caller.kind === "app";
  if (isToken && !grants(caller.grant.permissions, "discussions:read")) {
    const message = "Resource not accessible by integration";
    throw new GraphQLError(message, { extensions: { type: "FORBIDDEN" } });
  }
  return findRepository(twin, repository)?.discussions;
}

export type ListedDiscussions = PageArguments & {
  readonly states?: readonly string[] | null;
  readonly orderBy?: { readonly field: string; readonly direction: string } | null;
};

/** The twin never closes or changes a discussion, so both orders are that of creation. */
export function discussionsValue(rest: Rest, address: string, asked: ListedDiscussions) {
  const all = rest.discussions() ?? [];
  const isAsked = (asked.states ?? []).length === 0 || asked.states?.includes("OPEN") === true;
  const listed = isAsked ? all : [];
  const inOrder = asked.orderBy?.direction === "ASC" ? listed : listed.toReversed();
  const page = connection(inOrder, asked, (one) => discussionValue(address, one));
  return { ...page, totalCount: listed.length };
}

function discussionValue(address: string, discussion: DiscussionState) {
  const { number, title, body, author, labels, createdAt } = discussion;
  return {
    ...{ number, title, body, createdAt },
    url: `${address}/discussions/${number}`,
    author: account(author),
    labels: (page: PageArguments) => connection(labels, page, (name) => ({ name })),
  };
}
