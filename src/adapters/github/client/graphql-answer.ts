import { z } from "zod";

/** Answer of GraphQL. If a part of it failed, the rest may still be there. */
export interface GraphQLAnswer {
  readonly data: unknown;
  readonly errors: readonly GraphQLFault[];
}
export interface GraphQLFault {
  readonly message: string;
  /** "FORBIDDEN" and the like; absent if GitHub gives none, as for its own failures. */
  readonly type?: string | undefined;
  /** From the root to the missing part; empty if nothing could be answered. */
  readonly path: readonly (string | number)[];
}

const Faults = z.array(
  z.object({
    message: z.string(),
    type: z.string().optional(),
    path: z.array(z.union([z.string(), z.number()])).default([]),
  }),
);

/** The SDK throws every answer with an error. It is read structurally, because our package exports no class. */
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

/** The hour's points are used up, which GraphQL reports with status 200. Thrown in the form of REST, so that the caller waits. */
export function refuseLimited<Answer extends Response>(response: Answer): Answer {
  const { data, headers } = response;
  const errors = typeof data === "object" && data !== null && "errors" in data ? data.errors : [];
  const faults = Faults.safeParse(errors);
  const limited = faults.data?.find(({ type }) => type === "RATE_LIMITED");
  if (limited === undefined) return response;
  throw httpError(403, limited.message, headers);
}

/** The REST status for it. A refusal without a kind is still a refusal. */
const STATUS: Readonly<Record<string, number>> = { FORBIDDEN: 403, NOT_FOUND: 404 };

/** A refusal of GraphQL in the form of REST; any other error unchanged. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== "GraphqlResponseError") return error;
  const { errors } = error as { readonly errors?: unknown };
  const [fault] = Faults.safeParse(errors).data ?? [];
  if (fault === undefined) return error;
  return httpError(STATUS[fault.type ?? ""] ?? 422, fault.message, {});
}

/**
 * Why a change was not done. If GitHub names no kind, or only refuses to show the result, it may have been done, and is
 * treated as a lost answer.
 */
export function refusalIn([fault]: readonly GraphQLFault[]): Error {
  const isRefused = fault?.type !== undefined && fault.path.length === 1;
  const status = isRefused ? (STATUS[fault.type ?? ""] ?? 422) : 502;
  return httpError(status, fault?.message ?? "no answer", {});
}

/** In the form of the SDK's own error, whose class our packages do not export. */
function httpError(status: number, message: string, headers: Response["headers"]): Error {
  const response = { headers, data: { message } };
  return Object.assign(new Error(message), { name: "HttpError", status, response });
}
