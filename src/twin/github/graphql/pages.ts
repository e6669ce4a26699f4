import { GraphQLError } from "graphql";

export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
}

const MOST = 100;

/**
 * A page of a connection, as GitHub cuts it: its cursor is the number of earlier items. Lists without a limit, or with
 * more than a hundred, are refused. https://docs.github.com/en/graphql/guides/using-pagination-in-the-graphql-api
 */
export function connection<Item, Node>(
  items: readonly Item[],
  { first, last, after }: PageArguments,
  node: (item: Item) => Node,
) {
  const size = first ?? last;
  if (size == null || size < 1) {
    throw refusal("MISSING_PAGINATION_BOUNDARIES", "You must provide a `first` or `last` value.");
  }
  if (size > MOST) {
    const message = `Requesting ${size} records exceeds the \`first\` limit of ${MOST} records.`;
    throw refusal("EXCESSIVE_PAGINATION", message);
  }
  const from = first == null ? Math.max(0, items.length - size) : offsetOf(after);
  const shown = items.slice(from, from + size);
  return {
    nodes: shown.map(node),
    pageInfo: {
      hasNextPage: from + shown.length < items.length,
      hasPreviousPage: from > 0,
      endCursor: shown.length === 0 ? null : cursorOf(from + shown.length),
    },
  };
}

function cursorOf(count: number): string {
  return Buffer.from(`cursor:${count}`).toString("base64");
}

function offsetOf(after: string | null | undefined): number {
  if (after == null) return 0;
  const count = /^cursor:([1-9]\d*)$/.exec(Buffer.from(after, "base64").toString("utf8"))?.[1];
  if (count === undefined) {
    throw refusal("INVALID_CURSOR_ARGUMENTS", `\`${after}\` does not appear to be a valid cursor.`);
  }
  return Number(count);
}

function refusal(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}
