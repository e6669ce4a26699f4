import { type DocumentNode, Kind, parse, print, visit } from "graphql";

interface Body {
  readonly query?: unknown;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** The same request with the first half of its changes, where it is a document of several; any other request as it is. */
export async function inPart(request: Request): Promise<Request> {
  if (!request.url.endsWith("/graphql") || request.method !== "POST") return request;
  const body = (await request.clone().json()) as Body;
  const cut = firstHalf(String(body.query));
  if (cut === undefined) return request;
  return new Request(request.url, {
    method: "POST",
    headers: request.headers,
    body: JSON.stringify({ ...body, query: cut }),
  });
}

/** Half of the fields of a mutation, rounded up; undefined if nothing can be left out. */
export function firstHalf(query: string): string | undefined {
  const document = parse(query);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operation.operation !== "mutation") {
    return undefined;
  }
  const { selections } = operation.selectionSet;
  const kept = selections.slice(0, Math.ceil(selections.length / 2));
  if (kept.length === selections.length) return undefined;
  const selectionSet = { ...operation.selectionSet, selections: kept };
  // GitHub refuses a document with unused declarations.
  const used = namesIn({
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, selectionSet, variableDefinitions: [] }],
  });
  const declared = operation.variableDefinitions ?? [];
  const variableDefinitions = declared.filter(({ variable }) => used.has(variable.name.value));
  const definitions = [
    { ...operation, selectionSet, variableDefinitions },
    ...document.definitions.slice(1),
  ];
  return print({ ...document, definitions });
}

function namesIn(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, { Variable: ({ name }) => void names.add(name.value) });
  return names;
}
