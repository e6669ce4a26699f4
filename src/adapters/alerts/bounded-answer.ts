/** A JSON answer within its limits, with the header that names the next page. */
export interface BoundedAnswer {
  readonly status: number;
  readonly json: unknown;
  readonly link: string;
}

/** Requests one address, with the token. Does not follow a redirect, which would pass the token on (threats NET-04). */
export async function askBounded(
  url: URL,
  asking: {
    readonly token: string;
    readonly fetch: typeof fetch;
    readonly timeoutMs: number;
    readonly maximumBytes: number;
  },
): Promise<BoundedAnswer> {
  const { token, timeoutMs, maximumBytes } = asking;
  const response = await asking.fetch(url, {
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
    headers: { accept: "application/json", authorization: `Bearer ${token}` },
  });
  const { status } = response;
  const link = response.headers.get("link") ?? "";
  if (status !== 200) {
    await response.body?.cancel();
    return { status, json: undefined, link };
  }
  return { status, json: JSON.parse(await readText(response, maximumBytes)) as unknown, link };
}

async function readText(response: Response, maximumBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maximumBytes) throw new Error(`an answer of more than ${maximumBytes} bytes`);
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString("utf8");
}
