import { type DocumentNode, Kind, parse } from "graphql";

/** Changes that GitHub counts as created content. */
export const CREATING = ["addComment", "createPullRequest"];

/** Number of content creations in a request; a document may have several. */
export function creationsIn(request: {
  readonly createsContent: boolean;
  readonly changes?: readonly string[];
}): number {
  const { createsContent, changes } = request;
  if (changes !== undefined) return changes.filter((change) => CREATING.includes(change)).length;
  return createsContent ? 1 : 0;
}

/** The changes of a document, by the names of their fields; empty for a query, or an invalid document. */
export function changesIn(query: string): readonly string[] {
  return (documentOf(query)?.definitions ?? []).flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION && one.operation === "mutation"
      ? one.selectionSet.selections.flatMap((field) =>
          field.kind === Kind.FIELD ? [field.name.value] : [],
        )
      : [],
  );
}

function documentOf(query: string): DocumentNode | undefined {
  try {
    return parse(query);
  } catch {
    return undefined;
  }
}
