import {
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from "graphql";
import { type Cost, costOf, MOST_NODES } from "./cost.ts";
import { mutationsOf, type NodeOf } from "./mutations.ts";
import { repositoryValue } from "./repository-value.ts";
import type { Rest } from "./rest.ts";
import { servedSchema } from "./schema.ts";

/** A GraphQL query as received. */
export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

/** The source of answers: one caller's routes below a repository, and the caller's points. */
export interface Asked {
  rest(repository: string): Rest;
  readonly node: NodeOf;
  /** Takes points of the hour; undefined when there are too few left. */
  spend(points: number): Limit | undefined;
}
interface Limit {
  readonly limit: number;
  readonly remaining: number;
  readonly used: number;
  readonly reset: number;
}

export interface GraphQLAnswer {
  readonly data?: unknown;
  readonly errors?: readonly object[];
}

/** Answers a query. @throws Broken if a route below it has trouble of GitHub's own */
export async function answerQuestion(
  { query, variables }: Question,
  asked: Asked,
): Promise<GraphQLAnswer> {
  const values = variables ?? {};
  const schema = await servedSchema();
  const read = readDocument(schema, query);
  if ("errors" in read) return read;
  const { document } = read;
  const cost = costOf(document, values);
  if (cost.nodes > MOST_NODES) {
    const message = `This query requests up to ${cost.nodes} possible nodes which exceeds the maximum limit of ${MOST_NODES}.`;
    return { errors: [{ type: "MAX_NODE_LIMIT_EXCEEDED", message }] };
  }
  const limit = asked.spend(cost.points);
  if (limit === undefined) {
    return { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] };
  }
  const rootValue = rootOf(asked, { cost, limit });
  const result = await execute({ schema, document, rootValue, variableValues: values });
  for (const { originalError } of result.errors ?? []) {
    // An error that is no refusal of a part concerns the whole.
    if (originalError !== undefined && !(originalError instanceof GraphQLError))
      throw originalError;
  }
  return {
    data: result.data,
    ...(result.errors === undefined ? {} : { errors: result.errors.map(shown) }),
  };
}

type Read = { readonly document: DocumentNode } | { readonly errors: readonly object[] };

/** The most queries that are remembered; the oldest go first. */
const MOST_KNOWN = 500;

/** A query's meaning and validity depend on its text alone, and callers repeat the same ones. */
const known = new Map<string, Read>();

function readDocument(schema: GraphQLSchema, query: string): Read {
  const before = known.get(query);
  if (before !== undefined) return before;
  const read = parseAndJudge(schema, query);
  known.set(query, read);
  const [oldest] = known.keys();
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  return read;
}

function parseAndJudge(schema: GraphQLSchema, query: string): Read {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error: unknown) {
    return { errors: [shown(error as GraphQLError)] };
  }
  const faults = validate(schema, document);
  return faults.length > 0 ? { errors: faults.map(shown) } : { document };
}

function rootOf(asked: Asked, { cost, limit }: { readonly cost: Cost; readonly limit: Limit }) {
  return {
    ...mutationsOf(asked.node, (repository) => asked.rest(repository)),
    rateLimit: {
      ...limit,
      resetAt: new Date(limit.reset * 1000).toISOString(),
      cost: cost.points,
      nodeCount: cost.nodes,
    },
    repository: async ({ owner, name }: { readonly owner: string; readonly name: string }) => {
      try {
        return await repositoryValue(asked.rest(`${owner}/${name}`));
      } catch (error: unknown) {
        if (!(error instanceof GraphQLError) || error.extensions.type !== "NOT_FOUND") throw error;
        const message = `Could not resolve to a Repository with the name '${owner}/${name}'.`;
        throw new GraphQLError(message, { extensions: { type: "NOT_FOUND" } });
      }
    },
  };
}

/** GitHub names the kind of an error beside its message, and not among extensions. */
function shown(error: GraphQLError): object {
  const { message, locations, path, extensions } = error;
  const { type } = extensions;
  return {
    ...(type === undefined ? {} : { type }),
    ...(path === undefined ? {} : { path }),
    ...(locations === undefined ? {} : { locations }),
    message,
  };
}
