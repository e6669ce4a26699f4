import { type DocumentNode, Kind, parse } from "graphql";

/** What GitHub counts as content that is created. */
export const CREATING = ["addComment", "createPullRequest"];

/** How much content a request creates: a document may create more than one piece of it. */
export function creationsIn(request: {
  readonly createsContent: boolean;
  readonly changes?: readonly string[];
}): number {
  const { createsContent, changes } = request;
  if (changes !== undefined) return changes.filter((change) => CREATING.includes(change)).length;
  return createsContent ? 1 : 0;
}

/** The changes that a document asks for, by the names of their fields; none in a question, and in what is no document. */
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
