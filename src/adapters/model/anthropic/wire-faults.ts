import type { Refusal } from "../../../domain/refusal.ts";
import { causesOf, refusalOfEndless, refusalOfStatus } from "../shared/http-faults.ts";
import { modelFailed } from "../shared/model-failed.ts";

/** The informative parts of an SDK error. The SDK's classes are loaded lazily, so the fields are read instead. */
interface WireError {
  readonly status?: number | undefined;
  readonly type?: string | null | undefined;
  readonly message: string;
}

const MALFORMED = "malformed tool input";

const MISSING_KEY: Refusal = {
  code: "secret-missing",
  subject: "ANTHROPIC_API_KEY",
  accepted: "a key of the Anthropic API as a repository secret",
  hint: "set-the-secret",
};

export function missingKey(): Refusal {
  return { ...MISSING_KEY, found: "empty" };
}

/** The meaning of a thrown request error. `secret` is removed from the endpoint's words. */
export function refusalOf(error: unknown, secret: string): Refusal {
  const endless = refusalOfEndless(error);
  if (endless !== undefined) return endless;
  const { status, type, message } = wireErrorOf(error);
  const found = message.replaceAll(secret, "***");
  if (status === 401) return { ...MISSING_KEY, found: found.slice(0, 2_000) };
  if (status === undefined) {
    const subject = type ?? subjectOf(found);
    // The model's own output is no fault of the endpoint, and waiting does not help.
    return modelFailed(subject, found, subject === MALFORMED ? "retry" : "wait-and-retry");
  }
  return refusalOfStatus(status, found);
}

/**
 * Whether repeating can help: a stream broke after it had begun, which the SDK does not repeat. It repeats connections
 * and statuses itself.
 */
export function isBrokenStream(error: unknown, hasBegun: boolean): boolean {
  if (refusalOfEndless(error) !== undefined) return false;
  const { status, message } = wireErrorOf(error);
  return status === undefined && (hasBegun || subjectOf(message) === "cut stream");
}

function subjectOf(message: string): string {
  if (message.includes("tool parameter JSON")) return MALFORMED;
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

/** The sentence in `{type: "error", error: {message}}`, the body from the endpoint. */
function messageIn(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  if ("message" in body && typeof body.message === "string") return body.message;
  return "error" in body ? messageIn(body.error) : undefined;
}
