/** The longest total wait of one job for GitHub's limits, in seconds: most control jobs have 5 minutes. */
const MOST_SECONDS = 150;

/** If GitHub names no time for its secondary limit, it asks for at least a minute. */
const UNNAMED_SECONDS = 60;

/** Parts of a limit's answer, read structurally, because the SDK exports no class for it. */
interface Limited {
  readonly status?: number;
  readonly message?: string;
  readonly response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
}

/**
 * Seconds until GitHub wants to be asked again; undefined if the answer is no limit. Limits come as 403 or 429
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit). Nothing
 * was done then, so repeating a write is safe.
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

/** Repeats a request when GitHub's limits allow it, as long as all waits fit into the job's time. */
export function honourLimits(wait: (seconds: number) => Promise<void>) {
  let leftSeconds = MOST_SECONDS;
  return async <Answer>(send: () => Promise<Answer>): Promise<Answer> => {
    for (;;) {
      try {
        return await send();
      } catch (error: unknown) {
        const seconds = secondsToWait(error, new Date());
        // At least a second apart, so that a limit without a wait is not asked endlessly.
        const spent = Math.max(1, seconds ?? 0);
        if (seconds === undefined || spent > leftSeconds) throw error;
        leftSeconds -= spent;
        await wait(spent);
      }
    }
  };
}
