import { createHash } from "node:crypto";
import type { MessagesRequest } from "./request.ts";

/** The usage of one reply, in the API's names. */
export interface Metered {
  readonly input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly output_tokens: number;
}

/** A deterministic estimate: four bytes a token. */
export function tokensOfText(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}

/** Blocks before a breakpoint in which an earlier write is looked for. */
const LOOK_BACK = 20;
const TTL_MS = { "5m": 300_000, "1h": 3_600_000 } as const;

/** Shorter prefixes, in tokens, are silently not cached (provider's page on prompt caching). */
export function minimumPrefix(model: string): number {
  if (/^claude-(haiku-4-5|opus-4-[567])/.test(model)) return 4_096;
  if (/^claude-(opus-5|fable-5|mythos-5)/.test(model)) return 512;
  return 1_024;
}

interface Position {
  /** Hash of everything up to and with this block. */
  readonly prefix: string;
  /** Tokens up to and with this block. */
  readonly tokens: number;
  readonly ttl: keyof typeof TTL_MS | undefined;
}

export interface PromptCache {
  /** Charges one request: cached reads, new writes, and the rest. `now` in ms. */
  charge(request: MessagesRequest, now: number): Omit<Metered, "output_tokens">;
}

/** Prompt caching as the provider's page describes it: exact prefixes in the order tools, system, messages. */
export function promptCache(): PromptCache {
  const expiry = new Map<string, number>();
  const isWarm = (position: Position, now: number) => (expiry.get(position.prefix) ?? 0) > now;
  return {
    charge(request, now) {
      const positions = positionsOf(request);
      const total = positions.at(-1)?.tokens ?? 0;
      const minimum = minimumPrefix(request.model);
      const breakpoints = positions.flatMap((position, index) =>
        position.ttl !== undefined && position.tokens >= minimum ? [{ index, position }] : [],
      );
      let read = 0;
      for (const { index } of breakpoints) {
        const window = positions.slice(Math.max(0, index - LOOK_BACK), index + 1);
        const warm = window.filter((position) => isWarm(position, now)).at(-1);
        read = Math.max(read, warm?.tokens ?? 0);
      }
      for (const { position } of breakpoints) {
        expiry.set(position.prefix, now + TTL_MS[position.ttl ?? "5m"]);
      }
      const cacheable = breakpoints.at(-1)?.position.tokens ?? 0;
      return {
        cache_read_input_tokens: read,
        cache_creation_input_tokens: Math.max(0, cacheable - read),
        input_tokens: total - Math.max(cacheable, read),
      };
    },
  };
}

export function inputTokensOf(request: MessagesRequest): number {
  return positionsOf(request).at(-1)?.tokens ?? 0;
}

/** Every block in cache order. The top-level marker counts as one on the last block. */
function positionsOf(request: MessagesRequest): readonly Position[] {
  const blocks: readonly Readonly<Record<string, unknown>>[] = [
    ...request.tools,
    ...request.system,
    ...request.messages.flatMap(({ role, content }) =>
      content.map((block) => ({ role, ...block })),
    ),
  ];
  const hash = createHash("sha256").update(request.model);
  let tokens = 0;
  return blocks.map(({ cache_control, ...block }, index) => {
    const text = JSON.stringify(block);
    hash.update(text);
    tokens += tokensOfText(text);
    const marker =
      index === blocks.length - 1 ? (cache_control ?? request.cache_control) : cache_control;
    return { prefix: hash.copy().digest("hex"), tokens, ttl: ttlOf(marker) };
  });
}

function ttlOf(marker: unknown): Position["ttl"] {
  if (typeof marker !== "object" || marker === null) return undefined;
  return "ttl" in marker && marker.ttl === "1h" ? "1h" : "5m";
}

export const NOTHING_METERED: Metered = {
  input_tokens: 0,
  cache_read_input_tokens: 0,
  cache_creation_input_tokens: 0,
  output_tokens: 0,
};

export function addMetered(left: Metered, right: Metered): Metered {
  return {
    input_tokens: left.input_tokens + right.input_tokens,
    cache_read_input_tokens: left.cache_read_input_tokens + right.cache_read_input_tokens,
    cache_creation_input_tokens:
      left.cache_creation_input_tokens + right.cache_creation_input_tokens,
    output_tokens: left.output_tokens + right.output_tokens,
  };
}
