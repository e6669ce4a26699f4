import { type DocumentNode, Kind, parse } from "graphql";

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
