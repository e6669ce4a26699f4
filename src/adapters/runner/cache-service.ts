import { randomUUID } from "node:crypto";
import { NOT_MET } from "../../domain/platform/checks.ts";
import type { Findings } from "../../domain/platform/conformance.ts";

/** The first request of actions/cache when it saves, to the runner's service. */
const SAVE = "twirp/github.actions.results.api.v1.CacheService/CreateCacheEntry";
const PATIENCE_MS = 20_000;

/**
 * The cache mode of this job, and whether the service still accepts a save. The service drops an unfinished entry.
 * Without a service there is no result.
 */
export async function readCacheService(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  request: typeof fetch = fetch,
): Promise<Findings> {
  const {
    ACTIONS_CACHE_MODE: mode,
    ACTIONS_RESULTS_URL: url,
    ACTIONS_RUNTIME_TOKEN: token,
  } = environment;
  return {
    "5.1": mode || NOT_MET,
    "5.2": url && token ? await trySave(new URL(SAVE, url), token, request) : NOT_MET,
  };
}

async function trySave(url: URL, token: string, request: typeof fetch): Promise<string> {
  const key = `factory-canary-${randomUUID()}`;
  const version = key
    .replaceAll(/[^0-9a-f]/g, "")
    .padEnd(64, "0")
    .slice(0, 64);
  const answer = await request(url, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ key, version }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => undefined);
  if (answer === undefined) return NOT_MET;
  const said = (await answer.json().catch(() => undefined)) as
    | { readonly ok?: unknown }
    | undefined;
  return answer.ok && said?.ok === true ? "taken" : "refused";
}
