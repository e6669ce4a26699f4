import { z } from "zod";

/** What GraphQL answered: where something is wrong with a part of it, the rest may be there all the same. */
export interface GraphQLAnswer {
  readonly data: unknown;
  readonly errors: readonly GraphQLFault[];
}
export interface GraphQLFault {
  readonly message: string;
  /** "FORBIDDEN" and the like; absent where GitHub gives none, as where something of its own went wrong. */
  readonly type?: string | undefined;
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
  throw httpError(403, limited.message, headers);
}

/** As the status that REST has for it. What GitHub gives no kind of is a no all the same. */
const STATUS: Readonly<Record<string, number>> = { FORBIDDEN: 403, NOT_FOUND: 404 };

/** What GraphQL refused, as REST would have said it; any other error as it is. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== "GraphqlResponseError") return error;
  const { errors } = error as { readonly errors?: unknown };
  const [fault] = Faults.safeParse(errors).data ?? [];
  if (fault === undefined) return error;
  return httpError(STATUS[fault.type ?? ""] ?? 422, fault.message, {});
}

/**
 * Why a change was not done. Where GitHub names no kind, or only refuses to show what was changed, it may have been done: that
 * is asked about as an answer that was lost.
 */
export function refusalIn([fault]: readonly GraphQLFault[]): Error {
  const isRefused = fault?.type !== undefined && fault.path.length === 1;
  const status = isRefused ? (STATUS[fault.type ?? ""] ?? 422) : 502;
  return httpError(status, fault?.message ?? "no answer", {});
}

/** In the shape of the SDK's own, whose class no package that we use exports. */
function httpError(status: number, message: string, headers: Response["headers"]): Error {
  const response = { headers, data: { message } };
  return Object.assign(new Error(message), { name: "HttpError", status, response });
}
