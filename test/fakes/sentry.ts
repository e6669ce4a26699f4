import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An issue of the fake: what its list says, and its latest event as JSON. */
export interface FakeIssue {
  readonly id: string;
  readonly lastSeen: string;
  readonly count?: string;
  readonly event: unknown;
}

export interface FakeSentry extends AsyncDisposable {
  readonly url: string;
  /** Every request, path with query, in order. */
  readonly requests: readonly string[];
  /** Plays this answer to the next request whose path holds the words. */
  answerNext(words: string, answer: (response: ServerResponse) => void): void;
}

export const SENTRY_TOKEN = "sntryu_a-token-of-the-tests";
type Answer = readonly [status: number, body: unknown, headers: object];

const ISSUES = "/api/0/organizations/shop/issues/";

/**
 * Sentry's API on loopback, as docs.sentry.io describes it: a list of issues in pages with a Link header, and the latest
 * event of each. It refuses what Sentry refuses: no token (401), a token of another organization (403), what is not there (404).
 */
export async function createFakeSentry(issues: readonly FakeIssue[]): Promise<FakeSentry> {
  const requests: string[] = [];
  const planned: { words: string; answer: (response: ServerResponse) => void }[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    requests.push(request.url ?? "");
    const at = planned.findIndex(({ words }) => url.pathname.includes(words));
    const [plan] = at < 0 ? [] : planned.splice(at, 1);
    if (plan !== undefined) return plan.answer(response);
    const isKnown = request.headers.authorization === `Bearer ${SENTRY_TOKEN}`;
    const [status, body, headers] = answerOf(issues, url, isKnown);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    answerNext: (words, answer) => {
      planned.push({ words, answer });
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerOf(issues: readonly FakeIssue[], url: URL, isKnown: boolean): Answer {
  if (!isKnown) return [401, { detail: "Invalid token" }, {}];
  if (!url.pathname.startsWith(ISSUES)) return [403, { detail: "You do not have permission" }, {}];
  const [id = "", ...rest] = url.pathname.slice(ISSUES.length).split("/");
  if (id === "") return pageOf(issues, url);
  const found = issues.find((one) => one.id === id);
  return found === undefined || rest.join("/") !== "events/latest/"
    ? [404, { detail: "The requested resource does not exist" }, {}]
    : [200, found.event, {}];
}

function pageOf(issues: readonly FakeIssue[], url: URL): Answer {
  const { searchParams } = url;
  if (searchParams.get("project") !== "4242") return [403, { detail: "no such project" }, {}];
  const limit = Number(searchParams.get("limit"));
  const from = Number(searchParams.get("cursor")?.split(":")[1] ?? 0);
  const page = issues.slice(from, from + limit).map(({ id, lastSeen, count = "1" }) => ({
    id,
    shortId: `SHOP-${id}`,
    title: "TypeError: price is undefined",
    culprit: "totalOf(src/cart/total)",
    permalink: `https://shop.sentry.io/issues/${id}/`,
    level: "error",
    status: "unresolved",
    count,
    userCount: 1,
    firstSeen: "2026-11-01T00:00:00Z",
    lastSeen,
    project: { id: "4242", name: "Shop", slug: "shop" },
    metadata: { type: "TypeError", value: "price is undefined" },
  }));
  const link = (offset: number, relation: string, results: boolean) =>
    `<${url.origin}${ISSUES}?cursor=0:${offset}:0>; rel="${relation}"; results="${results}"; cursor="0:${offset}:${relation === "next" ? 0 : 1}"`;
  const next = link(from + limit, "next", from + limit < issues.length);
  return [200, page, { link: `${link(0, "previous", from > 0)}, ${next}` }];
}
