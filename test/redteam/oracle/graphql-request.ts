import { type FieldNode, Kind, parse, type ValueNode } from "graphql";
import type { SeenRequest } from "../observation.ts";

type Variables = Readonly<Record<string, unknown>>;
type Said = Pick<SeenRequest, "method" | "path" | "body">;

/** Where the ids of nodes lead: the repository that was observed. */
export interface Place {
  readonly repository: string;
  /** Numbers of its issues and pull requests, by their ids. */
  readonly issues: ReadonlyMap<number, number>;
  /** Ids of the comments on them. */
  readonly comments: ReadonlySet<number>;
}

/**
 * A request of GraphQL as the requests of REST that ask or do the same, for the oracle to judge by one table. What is not
 * known here stays a post to an address that no station may write to.
 */
export function asRest(request: SeenRequest, place: Place): readonly SeenRequest[] {
  if (request.path !== "/graphql" || request.method !== "POST") return [request];
  const { query, variables = {} } = JSON.parse(request.body) as {
    readonly query: string;
    readonly variables?: Variables;
  };
  return parse(query)
    .definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? [one] : []))
    .flatMap(({ operation, selectionSet }) =>
      selectionSet.selections.map((field) => {
        if (field.kind !== Kind.FIELD) return request;
        const said =
          operation === "query" ? readOf(field, variables) : writeOf(field, variables, place);
        return { ...request, ...said };
      }),
    );
}

function readOf(field: FieldNode, variables: Variables): Partial<Said> {
  if (field.name.value !== "repository") return {};
  const { owner, name } = argumentsOf(field, variables);
  return { method: "GET", path: `/repos/${String(owner)}/${String(name)}`, body: "" };
}

function writeOf(
  field: FieldNode,
  variables: Variables,
  { repository, issues, comments }: Place,
): Partial<Said> {
  const { input } = argumentsOf(field, variables) as { readonly input?: Variables };
  const { subjectId, id, ...rest } = input ?? {};
  const body = JSON.stringify(rest);
  if (field.name.value === "addComment") {
    const issue = issues.get(numberIn("I", subjectId));
    if (issue === undefined) return {};
    return { method: "POST", path: `/repos/${repository}/issues/${issue}/comments`, body };
  }
  if (field.name.value === "updateIssueComment") {
    const comment = numberIn("IC", id);
    if (!comments.has(comment)) return {};
    return { method: "PATCH", path: `/repos/${repository}/issues/comments/${comment}`, body };
  }
  return {};
}

/** The number in an id of the twin's. */
function numberIn(kind: string, id: unknown): number {
  const inner = Buffer.from(String(id).slice(kind.length + 1), "base64url").toString("utf8");
  return inner.startsWith(`${kind}:`) ? Number(inner.slice(kind.length + 1)) : Number.NaN;
}

function argumentsOf(field: FieldNode, variables: Variables): Variables {
  const given = field.arguments ?? [];
  return Object.fromEntries(
    given.map(({ name, value }) => [name.value, givenOf(value, variables)]),
  );
}

function givenOf(value: ValueNode, variables: Variables): unknown {
  switch (value.kind) {
    case Kind.VARIABLE:
      return variables[value.name.value];
    case Kind.OBJECT:
      return Object.fromEntries(
        value.fields.map((field) => [field.name.value, givenOf(field.value, variables)]),
      );
    case Kind.STRING:
      return value.value;
    default:
      return undefined;
  }
}
