import { z } from "zod";

/** What GraphQL answered: where something is wrong with a part of it, the rest may be there all the same. */
export interface GraphQLAnswer {
  readonly data: unknown;
  readonly errors: readonly GraphQLFault[];
}
export interface GraphQLFault {
  readonly message: string;
  /** From the root to the part that is missing; empty where nothing could be answered. */
  readonly path: readonly (string | number)[];
}

const Faults = z.array(
  z.object({
    message: z.string(),
    type: z.string().optional(),
    path: z.array(z.union([z.string(), z.number()])).default([]),
  }),
);

/** The SDK throws every answer that holds an error; read structurally, because the package that we use exports no class. */
export function partialAnswerOf(error: unknown): GraphQLAnswer | undefined {
  if (!(error instanceof Error) || error.name !== "GraphqlResponseError") return undefined;
  const { errors, data } = error as { readonly errors?: unknown; readonly data?: unknown };
  const faults = Faults.safeParse(errors);
  return faults.success ? { data: data ?? null, errors: faults.data } : undefined;
}

interface Response {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

/** The hour's points are used up: GraphQL says so in an answer of status 200. Thrown as REST would say it, to be waited for. */
export function refuseLimited<Answer extends Response>(response: Answer): Answer {
  const { data, headers } = response;
  const errors = typeof data === "object" && data !== null && "errors" in data ? data.errors : [];
  const faults = Faults.safeParse(errors);
  const limited = faults.data?.find(({ type }) => type === "RATE_LIMITED");
  if (limited === undefined) return response;
  throw Object.assign(new Error(limited.message), {
    name: "HttpError",
    status: 403,
    response: { headers, data: { message: limited.message } },
  });
}
