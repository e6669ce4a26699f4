import type { ObjectId } from "../../domain/digest.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Web } from "../../ports/web.ts";

/** First pause between two looks, its growth factor, and the longest pause, in ms. */
const BACKOFF = { firstMs: 500, factor: 1.5, longestMs: 10_000 } as const;
const LOOK = { timeoutMs: 10_000, maximumBytes: 65_536 } as const;

/** Result of waiting. `found` is the last observation, for people. */
export interface Waited {
  readonly outcome: "live" | "other-commit" | "unreachable";
  readonly liveSha: string | null;
  readonly waitedMs: number;
  readonly tries: number;
  readonly found: string;
}

/** Result of one look at the address. */
export type Look = Pick<Waited, "outcome" | "liveSha" | "found">;

/**
 * Looks at `url` until its answer contains the whole commit id, at most `timeoutMs`. An answer without it means that the
 * deploy has not arrived; no answer to the last look means that nobody could see. `whileOther` is called once, when the
 * address first names another commit, because the state before the merge can be probed then.
 */
export async function waitUntilLive(
  wanted: { readonly url: string; readonly sha: ObjectId; readonly timeoutMs: number },
  ports: { readonly web: Web; readonly clock: Clock },
  whileOther: (liveSha: string) => Promise<void>,
): Promise<Waited> {
  const begin = ports.clock.elapsed();
  const elapsed = () => Math.max(0, ports.clock.elapsed() - begin);
  let pauseMs: number = BACKOFF.firstMs;
  let wasOther = false;
  for (let tries = 1; ; tries += 1) {
    const seen = await look(wanted, ports.web);
    const { isGood: _, ...told } = seen;
    if (seen.outcome === "live") return { ...told, waitedMs: elapsed(), tries };
    if (!wasOther && seen.isGood && seen.liveSha !== null) {
      wasOther = true;
      await whileOther(seen.liveSha);
      continue;
    }
    const leftMs = wanted.timeoutMs - elapsed();
    if (leftMs <= 0) {
      const found = `${seen.found} after ${Math.round(elapsed() / 1_000)} s`;
      return { ...told, found, waitedMs: elapsed(), tries };
    }
    await ports.clock.wait(Math.min(pauseMs, leftMs));
    pauseMs = Math.min(pauseMs * BACKOFF.factor, BACKOFF.longestMs);
  }
}

/** `isGood`: the answer is no error page, which may repeat anything. */
export async function look(
  wanted: { readonly url: string; readonly sha: ObjectId },
  web: Web,
): Promise<Look & { readonly isGood: boolean }> {
  const answer = await web.get(wanted.url, LOOK);
  if (answer.kind === "unreachable") {
    const found = `unreachable: ${answer.reason}`;
    return { outcome: "unreachable", liveSha: null, found, isGood: false };
  }
  const { body, status } = answer;
  const isGood = status >= 200 && status < 300;
  const shown = /(?<![0-9a-f])([0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-f])/.exec(body)?.[1] ?? null;
  // An error page may repeat the request, so only a good answer names the live commit.
  if (isGood && body.includes(wanted.sha)) {
    return { outcome: "live", liveSha: wanted.sha, found: `${wanted.sha} is live`, isGood };
  }
  const instead = shown === null ? "names no commit" : `names ${shown}`;
  return {
    outcome: "other-commit",
    liveSha: shown,
    found: `HTTP ${status} ${instead}, expected ${wanted.sha},`,
    isGood,
  };
}
