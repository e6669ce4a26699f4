import { createHash } from "node:crypto";
import { type Call, isWrite } from "./call.ts";
import type { Answer } from "./routes/api.ts";
import { ApiRefusal, refusalBody } from "./routes/refusals.ts";
import { rateHeaders, readRate, refundRequest } from "./state/rate-limit.ts";
import type { Caller } from "./state/state.ts";

/** The answer of a refusal, in GitHub's form. */
export function refusalAnswer(error: unknown): Answer {
  if (error instanceof ApiRefusal) {
    return {
      status: error.status,
      body: refusalBody(error),
      headers: error.detail.headers ?? {},
    };
  }
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, body: { message: `The twin failed: ${reason}`, status: "500" } };
}

function bytesOf(answer: Answer): Buffer | undefined {
  if (answer.bytes !== undefined) return answer.bytes;
  return answer.body === undefined ? undefined : Buffer.from(JSON.stringify(answer.body));
}

/** Identifies an answer, so that repeating the request costs nothing while it stays the same. */
function tagOf(call: Call, answer: Answer, bytes: Buffer | undefined): string | undefined {
  if (bytes === undefined || answer.status !== 200 || isWrite(call.route)) return undefined;
  return `W/"${createHash("sha256").update(bytes).digest("hex")}"`;
}

export function respond(call: Call, caller: Caller | undefined, answer: Answer): Response {
  const bytes = bytesOf(answer);
  const tag = tagOf(call, answer, bytes);
  const unchanged = tag !== undefined && call.context.req.header("if-none-match") === tag;
  if (unchanged && caller !== undefined) refundRequest(call.twin, caller);
  const headers = new Headers({
    "x-github-api-version-selected": "2022-11-28",
    ...(bytes === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
    ...(tag === undefined ? {} : { etag: tag }),
    ...(caller === undefined ? {} : rateHeaders(readRate(call.twin, caller))),
    ...answer.headers,
  });
  if (unchanged) return new Response(null, { status: 304, headers });
  const body = bytes === undefined ? null : new Uint8Array(bytes);
  return new Response(body, { status: answer.status, headers });
}
