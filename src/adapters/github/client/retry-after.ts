/** The longest that the requests of one job wait for GitHub's limits together, in seconds: most jobs of control have 5 minutes. */
const MOST_SECONDS = 150;

/** Where GitHub names no time for its secondary limit, it asks for at least a minute. */
const UNNAMED_SECONDS = 60;

/** What is read of an answer that a limit refused, structurally: the SDK exports no class for it. */
interface Limited {
  readonly status?: number;
  readonly message?: string;
  readonly response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
}

/**
 * In how many seconds GitHub wants to be asked again; undefined for an answer that is no limit. Limits come as 403 or 429
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit), and nothing
 * was done then: to send a write again is safe.
 */
export function secondsToWait(error: unknown, now: Date): number | undefined {
  const { status, message = "", response } = (error ?? {}) as Limited;
  if (status !== 403 && status !== 429) return undefined;
  const headers = response?.headers ?? {};
  const named = Number(headers["retry-after"] ?? Number.NaN);
  if (Number.isFinite(named) && named >= 0) return named;
  const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN);
  if (headers["x-ratelimit-remaining"] === "0" && Number.isFinite(reset)) {
    return Math.max(0, Math.ceil(reset - now.getTime() / 1_000));
  }
  return /secondary rate limit/i.test(message) || status === 429 ? UNNAMED_SECONDS : undefined;
}

/** Sends a request again when GitHub's limits allow it, as long as all waits together stay within what a job has. */
export function honourLimits(wait: (seconds: number) => Promise<void>) {
  let leftSeconds = MOST_SECONDS;
  return async <Answer>(send: () => Promise<Answer>): Promise<Answer> => {
    for (;;) {
      try {
        return await send();
      } catch (error: unknown) {
        const seconds = secondsToWait(error, new Date());
        // Once more at least a second apart, so that a limit that names no wait is not asked without end.
        const spent = Math.max(1, seconds ?? 0);
        if (seconds === undefined || spent > leftSeconds) throw error;
        leftSeconds -= spent;
        await wait(spent);
      }
    }
  };
}
