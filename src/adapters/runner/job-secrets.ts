import { constants, inflateRawSync, inflateSync } from "node:zlib";
import type { KnownSecret } from "../../domain/secret-forms.ts";
import type { Inflate } from "../../domain/secret-views.ts";

/**
 * Where a job's own process finds secrets: inputs (the runner hands them over as `INPUT_…`), the runner's own tokens for
 * artifacts and identity, and what a workflow may set beside them (threats RT-05, AG-04).
 */
const VARIABLES: Readonly<Record<string, string>> = {
  "INPUT_ANTHROPIC-API-KEY": "ANTHROPIC_API_KEY",
  "INPUT_SEAL-KEY": "FACTORY_SEAL_KEY",
  INPUT_TOKEN: "GITHUB_TOKEN",
  ANTHROPIC_API_KEY: "ANTHROPIC_API_KEY",
  FACTORY_SEAL_KEY: "FACTORY_SEAL_KEY",
  GITHUB_TOKEN: "GITHUB_TOKEN",
  GH_TOKEN: "GITHUB_TOKEN",
  ACTIONS_RUNTIME_TOKEN: "ACTIONS_RUNTIME_TOKEN",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
};

/** The secrets that this process holds, by the names under which people know them; each value once. */
export function secretsOfJob(
  environment: Readonly<Record<string, string | undefined>>,
): readonly KnownSecret[] {
  const byValue = new Map<string, string>();
  for (const [variable, name] of Object.entries(VARIABLES)) {
    const value = environment[variable]?.trim() ?? "";
    if (value !== "") byValue.set(value, name);
  }
  return [...byValue].map(([value, name]) => ({ name, value }));
}

const MOST_UNPACKED = 8_000_000;

/** Unpacks gzip or zlib; a cut end or bytes behind it do not hide what stands before. */
export const inflate: Inflate = (bytes) => {
  const options = { maxOutputLength: MOST_UNPACKED, finishFlush: constants.Z_SYNC_FLUSH };
  const body = bodyOfGzip(bytes);
  try {
    return body === undefined ? inflateSync(bytes, options) : inflateRawSync(body, options);
  } catch {
    // Neither of the two, or more than is looked at.
    return undefined;
  }
};

const NAMED = 8;

/** What follows the header of a gzip file (RFC 1952 §2.3): Node's own reading gives up at bytes behind the end. */
function bodyOfGzip(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined;
  const named = ((bytes[3] ?? 0) & NAMED) !== 0;
  return bytes.subarray(named ? bytes.indexOf(0, 10) + 1 : 10);
}
