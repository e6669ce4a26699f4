/** GitHub's answer to a failed request. `status` undefined: nothing came back at all. */
export interface RequestError {
  readonly status: number | undefined;
  readonly message: string;
  /** From the header `x-accepted-github-permissions`, as in "contents=write". */
  readonly acceptedPermissions: string | undefined;
}

/** The SDK's request error, read structurally, because our package does not export its class. */
export function requestErrorOf(error: unknown): RequestError | undefined {
  if (!(error instanceof Error) || error.name !== "HttpError" || !("status" in error)) {
    return undefined;
  }
  const response = "response" in error ? (error.response as RawResponse | undefined) : undefined;
  return {
    status: response === undefined ? undefined : Number(error.status),
    message: messageOf(response) ?? error.message,
    acceptedPermissions: response?.headers?.["x-accepted-github-permissions"],
  };
}

interface RawResponse {
  readonly headers?: Readonly<Record<string, string>>;
  readonly data?: unknown;
}

function messageOf(response: RawResponse | undefined): string | undefined {
  const data = response?.data;
  if (typeof data !== "object" || data === null || !("message" in data)) return undefined;
  const details = "errors" in data && Array.isArray(data.errors) ? data.errors.map(detailOf) : [];
  return [String(data.message), ...details.filter((detail) => detail !== "")].join("; ");
}

function detailOf(error: unknown): string {
  if (typeof error === "string") return error;
  if (typeof error !== "object" || error === null) return "";
  if ("message" in error) return String(error.message);
  const parts = ["field" in error ? error.field : "", "code" in error ? error.code : ""];
  return parts.filter((part) => typeof part === "string" && part !== "").join(" ");
}

/** Whether the answer is lost, so that GitHub may have done it or not. */
export function isLost(failure: RequestError): boolean {
  return failure.status === undefined || failure.status >= 500;
}
