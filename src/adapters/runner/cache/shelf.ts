import { createHash } from "node:crypto";
import { createWriteStream, openAsBlob } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { messageOf } from "../../../domain/text/message-of.ts";
import type { Shelf } from "../../../ports/shelf.ts";

/** The service behind actions/cache, by Twirp: actions/toolkit, packages/cache. */
const SERVICE = "twirp/github.actions.results.api.v1.CacheService/";
const ASK_MS = 20_000;
const CARRY_MS = 300_000;
/** Entries of actions/cache have their own versions, so that two with one key are not confused. */
const VERSION = createHash("sha256").update("millwright packages of setup 1").digest("hex");

/** Modes in which the service answers at all; if a runner names none, it is unknown. */
const MODES = ["read", "write"];

/**
 * GitHub's cache, used directly: actions/cache unpacks any entry, with absolute paths, before anybody could check a
 * signature. Undefined if the job's `cache-mode` allows none, or no service is named.
 */
export function openCacheShelf(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  request: typeof fetch = fetch,
): Shelf | undefined {
  const {
    ACTIONS_CACHE_MODE: mode = "",
    ACTIONS_RESULTS_URL: url,
    ACTIONS_RUNTIME_TOKEN: token,
  } = environment;
  if (!MODES.includes(mode) || !url || !token) return undefined;
  const ask = async (method: string, body: object) => {
    const answer = await request(new URL(`${SERVICE}${method}`, url), {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ASK_MS),
    });
    const said: unknown = await answer.json().catch(() => undefined);
    if (!answer.ok) throw new Error(`${method} answered ${answer.status}`);
    return (said ?? {}) as Readonly<Record<string, unknown>>;
  };
  return {
    bring: (key, to) => guarded(() => bring(key, to, { ask, request })),
    put: (key, file) => guarded(() => put(key, file, { ask, request })),
  };
}

interface Service {
  readonly ask: (method: string, body: object) => Promise<Readonly<Record<string, unknown>>>;
  readonly request: typeof fetch;
}

async function guarded<Answer>(
  work: () => Promise<Answer>,
): Promise<Answer | { readonly failed: string }> {
  try {
    return await work();
  } catch (error) {
    return { failed: messageOf(error) };
  }
}

async function bring(
  key: string,
  { file, maximumBytes }: Parameters<Shelf["bring"]>[1],
  { ask, request }: Service,
): Promise<"brought" | "nothing"> {
  const found = await ask("GetCacheEntryDownloadURL", { key, restore_keys: [], version: VERSION });
  const { ok, signed_download_url: address, matched_key: matched } = found;
  // The service also finds keys with this prefix.
  if (ok !== true || typeof address !== "string" || matched !== key) return "nothing";
  const answer = await request(address, { signal: AbortSignal.timeout(CARRY_MS) });
  if (!answer.ok || answer.body === null) throw new Error(`the entry answered ${answer.status}`);
  await pipeline(Readable.fromWeb(answer.body), bounded(maximumBytes), createWriteStream(file));
  return "brought";
}

function bounded(maximumBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maximumBytes) done(new Error(`the entry has more than ${maximumBytes} bytes`));
      else done(null, chunk);
    },
  });
}

async function put(key: string, file: string, { ask, request }: Service): Promise<"kept"> {
  const body = await openAsBlob(file);
  const begun = await ask("CreateCacheEntry", { key, version: VERSION });
  const { ok, signed_upload_url: address } = begun;
  if (ok !== true || typeof address !== "string") throw new Error("the service takes no entry");
  const answer = await request(address, {
    method: "PUT",
    // https://learn.microsoft.com/rest/api/storageservices/put-blob
    headers: { "x-ms-blob-type": "BlockBlob", "content-type": "application/octet-stream" },
    body,
    signal: AbortSignal.timeout(CARRY_MS),
  });
  if (!answer.ok) throw new Error(`the entry was answered ${answer.status}`);
  const ended = await ask("FinalizeCacheEntryUpload", {
    key,
    version: VERSION,
    size_bytes: `${body.size}`,
  });
  if (ended.ok !== true) throw new Error("the service did not keep the entry");
  return "kept";
}
