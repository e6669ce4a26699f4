import { PROBE_AGENT } from "../../domain/incident/probe-agent.ts";
import type { Web } from "../../ports/web.ts";

/** The most redirects on the same host; one more counts as a loop. */
const MAXIMUM_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * GET over http and https for smoke probes and packages: only the address is sent, a redirect to another host is not
 * followed (threats NET-03), the body is cut at `maximumBytes`. A failure on the way is an outcome, never a throw.
 */
export function createWeb(options: { readonly fetch?: typeof fetch } = {}): Web {
  const request = options.fetch ?? fetch;
  const download: Web["download"] = async (url, { timeoutMs, maximumBytes }) => {
    const began = performance.now();
    const took = () => performance.now() - began;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await follow(request, new URL(url), signal);
      const body = await readBody(response, maximumBytes);
      return { kind: "answered", status: response.status, ...body, durationMs: took() };
    } catch (error) {
      return { kind: "unreachable", reason: reasonOf(error, timeoutMs), durationMs: took() };
    }
  };
  return {
    download,
    get: async (url, bounds) => {
      const answer = await download(url, bounds);
      if (answer.kind === "unreachable") return answer;
      const { kind, status, bytes, durationMs } = answer;
      return { kind, status, body: new TextDecoder().decode(bytes), durationMs };
    },
  };
}

async function follow(request: typeof fetch, first: URL, signal: AbortSignal): Promise<Response> {
  let url = first;
  for (let hop = 0; hop <= MAXIMUM_REDIRECTS; hop += 1) {
    refuseAddress(url);
    const response = await request(url, {
      redirect: "manual",
      signal,
      headers: { "user-agent": PROBE_AGENT, accept: "*/*" },
    });
    const target = response.headers.get("location");
    if (!REDIRECTS.includes(response.status) || target === null) return response;
    await response.body?.cancel();
    url = nextOf(url, target);
  }
  throw new Error(`more than ${MAXIMUM_REDIRECTS} redirects`);
}

function refuseAddress(url: URL): void {
  if (!["http:", "https:"].includes(url.protocol)) {
    throw new Error(`only http and https are asked, not ${url.protocol}`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new Error("an address with a password in it is not asked");
  }
}

function nextOf(url: URL, target: string): URL {
  const next = new URL(target, url);
  const isUpgrade =
    url.protocol === "http:" && next.protocol === "https:" && next.hostname === url.hostname;
  // Host with port: another service of the same machine is another host. Going from http to https on the same name is allowed.
  if (next.origin !== url.origin && !(isUpgrade && url.port === "" && next.port === "")) {
    throw new Error(`a redirect to another host (${next.origin.slice(0, 200)}) is not followed`);
  }
  return next;
}

async function readBody(
  response: Response,
  maximumBytes: number,
): Promise<{ readonly bytes: Uint8Array; readonly complete: boolean }> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    parts.push(chunk);
    bytes += chunk.length;
    if (bytes > maximumBytes) break;
  }
  return {
    bytes: Buffer.concat(parts).subarray(0, maximumBytes),
    complete: bytes <= maximumBytes,
  };
}

/** The cause is the helpful part: `fetch failed` alone says nothing. */
function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error).slice(0, 300);
  if (error.name === "TimeoutError") return `no answer within ${timeoutMs} ms`;
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = "code" in cause && typeof cause.code === "string" ? `${cause.code}: ` : "";
  return `${code}${cause.message}`.slice(0, 300);
}
