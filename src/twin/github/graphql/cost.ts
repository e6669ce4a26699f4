import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";

/** Cost of a query by its largest possible answer, before anything is looked up. */
export interface Cost {
  readonly points: number;
  readonly nodes: number;
}

/** https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#node-limit */
export const MOST_NODES = 500_000;

type Variables = Readonly<Record<string, unknown>>;

/**
 * Points: one for each hundred requests that a query would need by REST, which is one for each connection and each node that
 * has one below it; at least 1. Source: the page of `MOST_NODES`, "Predicting the point value of a query".
 */
export function costOf(document: DocumentNode, variables: Variables): Cost {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.selectionSet] as const] : [],
    ),
  );
  let requests = 0;
  let nodes = 0;
  const below = (one: SelectionNode): SelectionSetNode | undefined =>
    one.kind === Kind.FRAGMENT_SPREAD ? fragments.get(one.name.value) : one.selectionSet;
  const visit = (selection: SelectionSetNode, parents: number): void => {
    for (const one of selection.selections) {
      const inner = below(one);
      if (inner === undefined) continue;
      const size = one.kind === Kind.FIELD ? sizeOf(one, variables) : 0;
      requests += size > 0 ? parents : 0;
      nodes += parents * size;
      visit(inner, parents * Math.max(1, size));
    }
  };
  for (const one of document.definitions) {
    if (one.kind === Kind.OPERATION_DEFINITION) visit(one.selectionSet, 1);
  }
  return { points: Math.max(1, Math.round(requests / 100)), nodes };
}

/** Number of nodes that a connection may answer; 0 for other fields. */
function sizeOf(field: FieldNode, variables: Variables): number {
  const bound = field.arguments?.find(
    ({ name }) => name.value === "first" || name.value === "last",
  );
  return bound === undefined ? 0 : numberOf(bound.value, variables);
}

function numberOf(value: ValueNode, variables: Variables): number {
  if (value.kind === Kind.VARIABLE) return Number(variables[value.name.value] ?? 0);
  return value.kind === Kind.INT ? Number(value.value) : 0;
}
