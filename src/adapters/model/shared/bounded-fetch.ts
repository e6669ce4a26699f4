export interface ResponseBounds {
  /** The most bytes of one response body. */
  readonly maximumBytes: number;
  /** From sending a request to the end of its body, in ms. */
  readonly timeoutMs: number;
  /** The longest accepted `retry-after`, in ms; the SDK itself would wait for days. */
  readonly maximumRetryAfterMs: number;
}

/** Thrown through the body of an endless response; `bound` names the exceeded limit. */
export class EndlessResponse extends Error {
  readonly bound: string;
  constructor(bound: string) {
    super(`the response did not end within ${bound}`);
    this.bound = bound;
  }
}

/**
 * A fetch with limited responses, only from the requested address. The SDK's own timeout covers only the headers, and it
 * limits neither the bytes of a stream nor the wait that a server asks for.
 */
export function boundedFetch(fetch: typeof globalThis.fetch, bounds: ResponseBounds): typeof fetch {
  return async (input, init) => {
    const controller = new AbortController();
    const timer = setTimeout(
      () => controller.abort(new EndlessResponse(`${bounds.timeoutMs} ms`)),
      bounds.timeoutMs,
    );
    timer.unref();
    const signals = init?.signal ? [init.signal, controller.signal] : [controller.signal];
    try {
      const response = await fetch(input, {
        ...init,
        // A followed redirect would pass the key on: fetch drops only `authorization` (threats NET-04). A redirect that
        // is not followed is an unusable answer.
        redirect: "manual",
        signal: AbortSignal.any(signals),
      });
      const headers = withBoundedWait(response.headers, bounds.maximumRetryAfterMs);
      if (response.body === null) {
        clearTimeout(timer);
        return new Response(null, { status: response.status, headers });
      }
      const body = response.body.pipeThrough(counter(bounds.maximumBytes, timer));
      return new Response(body, {
        status: response.status,
        statusText: response.statusText,
        headers,
      });
    } catch (error) {
      clearTimeout(timer);
      throw controller.signal.aborted ? controller.signal.reason : error;
    }
  };
}

function counter(
  maximumBytes: number,
  timer: NodeJS.Timeout,
): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > maximumBytes) controller.error(new EndlessResponse(`${maximumBytes} bytes`));
      else controller.enqueue(chunk);
    },
    flush() {
      clearTimeout(timer);
    },
  });
}

function withBoundedWait(original: Headers, maximumMs: number): Headers {
  const headers = new Headers(original);
  const milliseconds = Number(headers.get("retry-after-ms"));
  if (milliseconds > maximumMs) headers.set("retry-after-ms", `${maximumMs}`);
  const after = headers.get("retry-after");
  if (after === null) return headers;
  const seconds = Number(after);
  const asked = Number.isNaN(seconds) ? Date.parse(after) - Date.now() : seconds * 1_000;
  if (asked > maximumMs) headers.set("retry-after", `${maximumMs / 1_000}`);
  return headers;
}
