import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, rm, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { type CacheAccess, createCaches, type Entry } from "./caches.ts";

/** GitHub's cache service, as far as the client of actions/cache speaks to it: actions/toolkit, packages/cache. */
export interface CacheService {
  /** Jobs get it as ACTIONS_RESULTS_URL. */
  readonly url: string;
  /** From now on the token belongs to a job with these rights. */
  admit(token: string, access: CacheAccess): void;
  /** The job of the token has ended. */
  forget(token: string): void;
  close(): Promise<void>;
}

const METHODS = "/twirp/github.actions.results.api.v1.CacheService/";
const BLOBS = "/blob/";

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** @param folder where entries lie */
export async function createCacheService(folder: string): Promise<CacheService> {
  const jobs = new Map<string, CacheAccess>();
  const shop: Shop = {
    caches: createCaches(),
    fileOf: ({ id }) => join(folder, id),
    addressOf: ({ id }) => `${url.slice(0, -1)}${BLOBS}${id}`,
    makeRoom: async () => void (await mkdir(folder, { recursive: true })),
  };
  const server = createServer((request, response) => {
    handle(shop, jobs, { request, response }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    admit: (token, access) => void jobs.set(token, access),
    forget: (token) => void jobs.delete(token),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Shop {
  readonly caches: ReturnType<typeof createCaches>;
  readonly fileOf: (entry: Pick<Entry, "id">) => string;
  readonly addressOf: (entry: Pick<Entry, "id">) => string;
  readonly makeRoom: () => Promise<void>;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

type Asked = Readonly<Record<string, unknown>>;

async function handle(
  shop: Shop,
  jobs: ReadonlyMap<string, CacheAccess>,
  exchange: Exchange,
): Promise<void> {
  const { request, response } = exchange;
  const path = request.url ?? "";
  if (path.startsWith(BLOBS)) return await carry(shop, path.slice(BLOBS.length), exchange);
  const access = jobs.get(request.headers.authorization?.replace(/^Bearer /, "") ?? "");
  const asked = JSON.parse(await text(request)) as Asked;
  const method = ANSWERS.get(path.replace(METHODS, ""));
  const { status, body } =
    access === undefined || method === undefined ? UNKNOWN : await method(shop, access, asked);
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

const UNKNOWN: Answer = { status: 401, body: { code: "unauthenticated", msg: "no job asks so" } };

type Method = (shop: Shop, access: CacheAccess, asked: Asked) => Promise<Answer>;

const ANSWERS: ReadonlyMap<string, Method> = new Map([
  ["CreateCacheEntry", begin],
  ["FinalizeCacheEntryUpload", end],
  ["GetCacheEntryDownloadURL", find],
]);

async function begin(shop: Shop, access: CacheAccess, asked: Asked): Promise<Answer> {
  const begun = shop.caches.begin(access, { ...wantedOf(asked), id: randomUUID() });
  if ("refused" in begun) return { status: begun.status, body: { msg: begun.refused } };
  await shop.makeRoom();
  return { status: 200, body: { ok: true, signed_upload_url: shop.addressOf(begun) } };
}

async function end(shop: Shop, access: CacheAccess, asked: Asked): Promise<Answer> {
  const begun = shop.caches.begunBy(access, wantedOf(asked));
  const state = begun && (await stat(shop.fileOf(begun)).catch(() => undefined));
  const ok = begun !== undefined && state?.size === Number(asked.size_bytes);
  if (ok) shop.caches.end(begun);
  return { status: 200, body: { ok, entry_id: "1" } };
}

async function find(shop: Shop, access: CacheAccess, asked: Asked): Promise<Answer> {
  const { key, version } = wantedOf(asked);
  const others = Array.isArray(asked.restore_keys) ? asked.restore_keys.map(String) : [];
  const found = shop.caches.find(access, { keys: [key, ...others], version });
  if (found === undefined) return { status: 200, body: { ok: false } };
  const signed_download_url = shop.addressOf(found);
  return { status: 200, body: { ok: true, signed_download_url, matched_key: found.key } };
}

function wantedOf({ key, version }: Asked): Pick<Entry, "key" | "version"> {
  return { key: String(key), version: String(version) };
}

/** Like a signed address, an address is as good as a token for one blob. */
async function carry(shop: Shop, id: string, { request, response }: Exchange): Promise<void> {
  const entry = shop.caches.byId(id);
  if (entry === undefined) return void response.writeHead(404).end();
  if (request.method !== "PUT") return void response.end(await readFile(shop.fileOf(entry)));
  if (entry.isWhole || request.headers["x-ms-blob-type"] !== "BlockBlob") {
    return void response.writeHead(400).end();
  }
  await pipeline(request, createWriteStream(shop.fileOf(entry)));
  response.writeHead(201).end();
}
