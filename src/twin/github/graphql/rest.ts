import { GraphQLError } from "graphql";
import type { DiscussionState } from "../state/state.ts";

/** A route's answer to the same caller: "GET /issues/3". */
export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
  /** Header `link`. */
  readonly link: string;
}
export interface RestUser {
  readonly id: number;
  readonly login: string;
  readonly type: string;
}
export interface Rest {
  (route: string, body?: unknown): Promise<RestAnswer>;
  /** Who resolved the thread of this first comment; undefined if nobody did. REST does not show it. */
  resolver(comment: number): RestUser | undefined;
  /** Numbers of the issues that are pinned: REST does not show them. */
  pinned(): readonly number[];
  /** Undefined if they are off; REST does not show them. Throws if the caller may not read them. */
  discussions(): readonly DiscussionState[] | undefined;
  /** The new place of a transferred issue. */
  moved(number: number): { readonly rest: Rest; readonly number: number } | undefined;
  /** The issue that this event marked as the original of a duplicate; REST does not show it either. */
  canonical(event: number): number | undefined;
}

/** The answer is GitHub's own trouble, with which all of GraphQL then answers. */
export class Broken extends Error {
  readonly status: number;
  constructor({ status, body }: RestAnswer) {
    super(messageOf(body));
    this.status = status;
  }
}

const TYPES: Readonly<Record<number, string>> = {
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "UNPROCESSABLE",
  409: "UNPROCESSABLE",
  410: "NOT_FOUND",
  422: "UNPROCESSABLE",
};

/** The body of a route's answer, or GraphQL's form of its refusal. */
export async function ask<Body>(rest: Rest, route: string, body?: unknown): Promise<Body> {
  return (await answerOf(rest, route, body)).body as Body;
}

/** Like `ask`, but null if there is no such object. */
export async function find<Body>(rest: Rest, route: string): Promise<Body | null> {
  const answer = await rest(route);
  return answer.status === 404 ? null : (reading(answer).body as Body);
}

/** All pages of a list. */
export async function all<Item>(rest: Rest, route: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  const join = route.includes("?") ? "&" : "?";
  for (let page = 1; ; page += 1) {
    const { body, link } = await answerOf(rest, `${route}${join}per_page=100&page=${page}`);
    items.push(...(body as Item[]));
    if (!link.includes('rel="next"')) return items;
  }
}

async function answerOf(rest: Rest, route: string, body?: unknown): Promise<RestAnswer> {
  return reading(await rest(route, body));
}

function reading(answer: RestAnswer): RestAnswer {
  const { status, body } = answer;
  if (status < 300) return answer;
  const type = TYPES[status];
  if (type === undefined) throw new Broken(answer);
  throw new GraphQLError(messageOf(body), { extensions: { type } });
}

function messageOf(body: unknown): string {
  const { message, errors } = (body ?? {}) as {
    readonly message?: unknown;
    readonly errors?: readonly (string | { readonly message?: string })[];
  };
  // GraphQL reports in its message what REST has in its details.
  const [detail] = errors ?? [];
  const told = typeof detail === "object" ? detail.message : detail;
  return String(told ?? message ?? "no answer");
}
