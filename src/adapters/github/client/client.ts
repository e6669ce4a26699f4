import { setTimeout as delay } from "node:timers/promises";
import type { z } from "zod";
import { conditional } from "./conditional.ts";
import { type GraphQLAnswer, partialAnswerOf, refusalOf, refuseLimited } from "./graphql-answer.ts";
import { type Pace, unpaced } from "./pace.ts";
import { honourLimits } from "./retry-after.ts";
import { unreadable } from "./unreadable.ts";

/** Number of requests, including repeats, and how many of them were writes. */
export interface RequestCount {
  readonly requests: number;
  readonly writes: number;
}

export interface ClientOptions {
  readonly token: string;
  /** OWNER/NAME. */
  readonly repository: string;
  /** https://api.github.com, or the runner's API address. */
  readonly apiUrl: string;
  /** Replaces the global fetch: proxies and tests. */
  readonly request?: typeof fetch;
  /** Pace of writes that create content; absent: no delay. */
  readonly pace?: Pace;
  /** Unit of the waits before a repeated request (1, 4 times it, or as many as GitHub's limits ask for), in ms. Default 1,000. */
  readonly retryDelayMs?: number;
}

export type Parameters = Readonly<Record<string, unknown>>;

/** The API below one repository, with every answer parsed by the schema of its used parts. */
export interface Client {
  /** Route below the repository, as in "GET /issues/{issue_number}", or of an account ("GET /users/…"). Reads and idempotent writes are repeated on 5xx. */
  ask<Schema extends z.ZodType>(
    schema: Schema,
    route: string,
    parameters?: Parameters,
  ): Promise<z.infer<Schema>>;
  /** Like `ask`, sent once and never repeated: its result has to be looked for before another try. */
  askOnce<Schema extends z.ZodType>(
    schema: Schema,
    route: string,
    parameters?: Parameters,
  ): Promise<z.infer<Schema>>;
  /** All pages of a list, 100 entries each. */
  list<Schema extends z.ZodType>(
    schema: Schema,
    route: string,
    parameters?: Parameters,
  ): Promise<readonly z.infer<Schema>[]>;
  /** One GraphQL query about the repository, as `$owner` and `$name`; repeated like reads. */
  query(document: string, variables?: Parameters): Promise<GraphQLAnswer>;
  /** One change by GraphQL; refused as a route of REST would be. Sent once, unless doing it twice equals doing it once. */
  change(
    document: string,
    variables: Parameters,
    options?: { readonly isRepeatable: boolean },
  ): Promise<unknown>;
  /** Several changes in one document; the answer has the result of each. */
  changeAll(
    document: string,
    variables: Parameters,
    options: { readonly isRepeatable: boolean; readonly creates: boolean },
  ): Promise<GraphQLAnswer>;
  wait(milliseconds: number): Promise<void>;
  readonly retryDelayMs: number;
  count(): RequestCount;
}

const RETRY_DELAY_MS = 1_000;

/** Writes that GitHub counts as created content; of GraphQL, every change that is not an edit. */
const CREATING = ["POST /issues", "POST /issues/{issue_number}/comments", "POST /pulls"];

/** Answers that mean no, so that repeating does not help. */
const NEVER_AGAIN = [400, 401, 403, 404, 405, 409, 410, 422, 451];

export function createClient(options: ClientOptions): Client {
  const [owner = "", repo = ""] = options.repository.split("/");
  const retryDelayMs = options.retryDelayMs ?? RETRY_DELAY_MS;
  const pace = options.pace ?? unpaced;
  const count = { requests: 0, writes: 0 };
  const counting = conditional((input, init) => {
    count.requests += 1;
    if (isWrite(String(input), init)) count.writes += 1;
    return (options.request ?? fetch)(input, init);
  });
  let connected: ReturnType<typeof connect> | undefined;
  const octokit = () => {
    connected ??= connect(options, counting);
    return connected;
  };
  const send = async (route: string, parameters: Parameters) => {
    const whole = isAccount(route) ? parameters : { owner, repo, ...parameters };
    return (await (await octokit()).request(routeOf(route), whole)).data as unknown;
  };
  return {
    ask: async (schema, route, parameters = {}) =>
      parseAnswer(schema, route, await send(route, parameters)),
    askOnce: async (schema, route, parameters = {}) => {
      const once = () => send(route, { ...parameters, request: { retries: 0 } });
      return parseAnswer(schema, route, await (CREATING.includes(route) ? pace(once) : once()));
    },
    list: async (schema, route, parameters = {}) => {
      const client = await octokit();
      const pages: unknown[] = await client.paginate(routeOf(route), {
        owner,
        repo,
        per_page: 100,
        ...parameters,
      });
      return pages.map((entry) => parseAnswer(schema, route, entry));
    },
    query: (document, variables = {}) =>
      inParts(async () => (await octokit()).graphql(document, { owner, name: repo, ...variables })),
    changeAll: (document, variables, { isRepeatable, creates }) => {
      const once = isRepeatable ? {} : { request: { retries: 0 } };
      const answer = () =>
        inParts(async () => (await octokit()).graphql(document, { ...variables, ...once }));
      return creates ? pace(answer) : answer();
    },
    change: async (document, variables, { isRepeatable } = { isRepeatable: false }) => {
      const once = isRepeatable ? {} : { request: { retries: 0 } };
      const answer = async () =>
        await (await octokit()).graphql(document, { ...variables, ...once });
      try {
        return await (isRepeatable ? answer() : pace(answer));
      } catch (error: unknown) {
        throw refusalOf(error);
      }
    },
    wait: (milliseconds) => delay(milliseconds),
    retryDelayMs,
    count: () => ({ ...count }),
  };
}

/** An answer with the parts that GitHub refused. */
async function inParts(ask: () => Promise<unknown>): Promise<GraphQLAnswer> {
  try {
    return { data: await ask(), errors: [] };
  } catch (error: unknown) {
    const partial = partialAnswerOf(error);
    if (partial === undefined) throw error;
    return partial;
  }
}

/** Besides the repository, only accounts are requested. */
function isAccount(route: string): boolean {
  return route.includes(" /users/");
}

function routeOf(route: string): string {
  if (isAccount(route)) return route;
  return route.replace(" /", " /repos/{owner}/{repo}/").replace(/\/$/, "");
}

/** GitHub's client, loaded with the first request, so that a job that refuses earlier does not wait for it. */
async function connect(options: ClientOptions, counting: typeof fetch) {
  const [{ getOctokit }, { retry }] = await Promise.all([
    import("@actions/github"),
    import("@octokit/plugin-retry"),
  ]);
  const retryAfterBaseValue = options.retryDelayMs ?? RETRY_DELAY_MS;
  const octokit = getOctokit(
    options.token,
    {
      baseUrl: options.apiUrl,
      request: { fetch: counting },
      retry: { doNotRetry: NEVER_AGAIN, retries: 2, retryAfterBaseValue },
      log: SILENT,
    },
    retry,
  );
  const within = honourLimits((seconds) => delay(seconds * retryAfterBaseValue));
  // Outside the plugin's own hook, which treats a limit as an answer that means no.
  octokit.hook.wrap("request", (request, parameters) =>
    within(async () => refuseLimited(await request(parameters))),
  );
  return octokit;
}

/** A GraphQL query is posted, but changes nothing. */
function isWrite(address: string, init: RequestInit | undefined): boolean {
  if ((init?.method ?? "GET") === "GET") return false;
  return !address.endsWith("/graphql") || String(init?.body).startsWith('{"query":"mutation');
}

/** The SDK would print deprecations and retries; log lines of a job have one writer. */
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {}

export function parseAnswer<Schema extends z.ZodType>(
  schema: Schema,
  route: string,
  answer: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new Error(`GitHub's answer to ${route} cannot be read: ${unreadable(parsed.error)}`);
}
