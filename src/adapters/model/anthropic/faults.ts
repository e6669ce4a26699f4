import type { Refusal } from "../../../domain/refusal.ts";
import { EndlessResponse } from "./bounded-fetch.ts";

/** The parts of an SDK error that say what happened; the SDK's classes are loaded lazily, so shapes are read instead. */
interface WireError {
  readonly status?: number | undefined;
  readonly type?: string | null | undefined;
  readonly message: string;
}

const MISSING_KEY: Refusal = {
  code: "secret-missing",
  subject: "ANTHROPIC_API_KEY",
  accepted: "a key of the Anthropic API as a repository secret",
  next: "set it with `gh secret set ANTHROPIC_API_KEY`, then comment `/factory retry`",
};

export function missingKey(): Refusal {
  return { ...MISSING_KEY, found: "empty" };
}

export function modelFailed(subject: string, found: string, next?: string): Refusal {
  return {
    code: "model-failed",
    subject: subject.slice(0, 300),
    found: found.slice(0, 2_000),
    ...(next === undefined ? {} : { next }),
  };
}

const RETRY = "wait some minutes, then comment `/factory retry`";
const BY_STATUS: Readonly<Record<number, { readonly subject: string; readonly next: string }>> = {
  400: {
    subject: "request refused by the model endpoint",
    next: "settle what it said, then comment `/factory retry`",
  },
  403: {
    subject: "key without access",
    next: "give the key access to the model, or change `models` in `.github/factory.yml`, then comment `/factory retry`",
  },
  404: {
    subject: "unknown model",
    next: "correct `models` in `.github/factory.yml`, then comment `/factory retry`",
  },
  413: { subject: "request too large", next: "split the issue, then comment `/factory retry`" },
  429: { subject: "rate limit of the model endpoint", next: RETRY },
  529: { subject: "model endpoint overloaded", next: RETRY },
};

/** What a thrown error of a request means. `secret` is cut out of whatever the endpoint said. */
export function refusalOf(error: unknown, secret: string): Refusal {
  const endless = causesOf(error).find((cause) => cause instanceof EndlessResponse);
  if (endless !== undefined) return modelFailed("endless answer", endless.message, RETRY);
  const { status, type, message } = wireErrorOf(error);
  const found = message.replaceAll(secret, "***");
  if (status === 401) return { ...MISSING_KEY, found: found.slice(0, 2_000) };
  if (status === undefined) return modelFailed(type ?? subjectOf(found), found, RETRY);
  const known = BY_STATUS[status] ?? { subject: `model endpoint answered ${status}`, next: RETRY };
  return modelFailed(known.subject, found, known.next);
}

/**
 * Whether asking the same again can help: a stream that broke after it had begun, which the SDK does not repeat.
 * Connections and statuses it has repeated itself.
 */
export function isBrokenStream(error: unknown, hasBegun: boolean): boolean {
  if (causesOf(error).some((cause) => cause instanceof EndlessResponse)) return false;
  const { status, message } = wireErrorOf(error);
  return status === undefined && (hasBegun || subjectOf(message) === "cut stream");
}

function subjectOf(message: string): string {
  if (message.includes("tool parameter JSON")) return "malformed tool input";
  if (/terminated|stream/.test(message)) return "cut stream";
  return "connection to the model endpoint";
}

function wireErrorOf(error: unknown): WireError {
  if (!(error instanceof Error)) return { message: String(error) };
  const status = "status" in error && typeof error.status === "number" ? error.status : undefined;
  const type = "type" in error && typeof error.type === "string" ? error.type : undefined;
  const said = "error" in error ? messageIn(error.error) : undefined;
  const causes = causesOf(error).map(({ message }) => message);
  return { status, type, message: said ?? [...new Set(causes)].join(": ") };
}

/** The sentence in `{type: "error", error: {message}}`, the body that the endpoint sent. */
function messageIn(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  if ("message" in body && typeof body.message === "string") return body.message;
  return "error" in body ? messageIn(body.error) : undefined;
}

function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  let current = error;
  while (current instanceof Error && causes.length < 5) {
    causes.push(current);
    current = current.cause;
  }
  return causes;
}
