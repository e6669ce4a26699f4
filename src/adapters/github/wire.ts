import type { Wire, WireReply } from "../../ports/wire.ts";
import type { ClientOptions } from "./client/client.ts";
import { requestErrorOf } from "./client/request-error.ts";

/** GitHub's client without repeats or waits, to see its own answers. */
export function createWire(options: Omit<ClientOptions, "retryDelayMs">): Wire {
  const [owner = "", repo = ""] = options.repository.split("/");
  let connected: ReturnType<typeof connect> | undefined;
  return {
    async ask(route, parameters = {}) {
      connected ??= connect(options);
      const octokit = await connected;
      try {
        const path = route.replace(" /", " /repos/{owner}/{repo}/").replace(/\/$/, "");
        const { status, data } = await octokit.request(path, { owner, repo, ...parameters });
        return { status, body: data as unknown, message: "", retryAfter: undefined };
      } catch (error: unknown) {
        return refused(error);
      }
    },
  };
}

async function connect(options: Omit<ClientOptions, "retryDelayMs">) {
  const { getOctokit } = await import("@actions/github");
  const { token, apiUrl, request } = options;
  return getOctokit(token, {
    baseUrl: apiUrl,
    ...(request && { request: { fetch: request } }),
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  });
}

function ignore(): void {}

function refused(error: unknown): WireReply {
  const failure = requestErrorOf(error);
  if (failure === undefined) throw error;
  const { response } = error as {
    readonly response?: {
      readonly data?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    };
  };
  const named = Number(response?.headers?.["retry-after"] ?? Number.NaN);
  return {
    status: failure.status ?? 0,
    body: response?.data,
    message: failure.message,
    retryAfter: Number.isFinite(named) ? named : undefined,
  };
}
