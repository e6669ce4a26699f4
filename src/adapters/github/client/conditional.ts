/** GitHub's answer to a read, and its tag. */
interface Known {
  readonly tag: string;
  readonly body: string;
  readonly headers: Headers;
}

/** The most answers, and the most of each, that are remembered: a job that looks again needs a handful. */
const MOST_KNOWN = 100;
const MOST_LETTERS = 500_000;

/**
 * Requests an earlier read only if it has changed: GitHub then answers 304, which costs none of the hour's requests, and
 * the earlier answer is used. Source: docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api,
 * "Use conditional requests if appropriate". A job remembers only its own reads, because no other job has its token.
 */
export function conditional(request: typeof fetch): typeof fetch {
  const known = new Map<string, Known>();
  return async (input, init) => {
    const { method = "GET" } = init ?? {};
    const headers = new Headers(init?.headers);
    if (method !== "GET" || input instanceof Request) return request(input, init);
    // The same address has another text in another format.
    const name = `${String(input)} ${headers.get("accept")}`;
    const before = known.get(name);
    if (before === undefined) return remembering(known, name, await request(input, init));
    headers.set("if-none-match", before.tag);
    const answer = await request(input, { ...init, headers: Object.fromEntries(headers) });
    if (answer.status !== 304) return remembering(known, name, answer);
    const told = new Headers(before.headers);
    answer.headers.forEach((value, header) => void told.set(header, value));
    const again = new Response(before.body, { status: 200, headers: told });
    // A constructed answer has no address, which GitHub's client reads.
    return Object.defineProperty(again, "url", { value: answer.url });
  };
}

async function remembering(
  known: Map<string, Known>,
  name: string,
  answer: Response,
): Promise<Response> {
  const tag = answer.headers.get("etag");
  const isText = answer.headers.get("content-type")?.startsWith("application/json") === true;
  known.delete(name);
  if (answer.status !== 200 || tag === null || !isText) return answer;
  const body = await answer.clone().text();
  if (body.length <= MOST_LETTERS && !mayGrowBehind(name, body, answer.headers))
    known.set(name, { tag, body, headers: answer.headers });
  const [oldest] = known.keys();
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  return answer;
}

/** GitHub's default, if a request asks for no other. */
const PAGE = 30;

/**
 * Whether it is the last page of a list, and full, so that the next entry would be on a new page. Only the header with
 * the next page would then change, and GitHub does not document that its tag covers the headers.
 */
function mayGrowBehind(name: string, body: string, headers: Headers): boolean {
  if (!body.startsWith("[") || headers.get("link")?.includes('rel="next"') === true) return false;
  const [, size = PAGE] = /[?&]per_page=([0-9]+)/.exec(name) ?? [];
  const entries: unknown = JSON.parse(body);
  return Array.isArray(entries) && entries.length >= Number(size);
}
