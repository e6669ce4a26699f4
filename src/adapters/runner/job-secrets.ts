import { constants, inflateRawSync, inflateSync } from "node:zlib";
import type { KnownSecret } from "../../domain/secrets/forms.ts";
import type { Inflate } from "../../domain/secrets/views.ts";

/**
 * Variables with secrets, by the end of their names: inputs, which the runner passes as `INPUT_…`, its own tokens for
 * artifacts and identity, and other variables of a workflow (threats RT-05, AG-04). Not a list: one that forgets a name
 * would leak its value, and a model vendor's name in control's bundle would mean that control can call it.
 */
const SECRET_VARIABLE = /(?:^|[_-])(?:TOKEN|KEY|SECRET|PASSWORD)$/;
/** Inputs under the names by which people set them. */
const NAMES: Readonly<Record<string, string>> = {
  INPUT_TOKEN: "GITHUB_TOKEN",
  "INPUT_SEAL-KEY": "FACTORY_SEAL_KEY",
};

/** The secrets of this process, by the names that people know; each value once. */
export function secretsOfJob(
  environment: Readonly<Record<string, string | undefined>>,
): readonly KnownSecret[] {
  const byValue = new Map<string, string>();
  for (const [variable, value = ""] of Object.entries(environment)) {
    if (value.trim() === "" || !SECRET_VARIABLE.test(variable)) continue;
    const name = NAMES[variable] ?? variable.replace(/^INPUT_/, "").replaceAll("-", "_");
    byValue.set(value.trim(), name);
  }
  return [...byValue].map(([value, name]) => ({ name, value }));
}

const MOST_UNPACKED = 8_000_000;

/** Unpacks gzip or zlib; a truncated end or trailing bytes do not hide the beginning. */
export const inflate: Inflate = (bytes) => {
  const options = { maxOutputLength: MOST_UNPACKED, finishFlush: constants.Z_SYNC_FLUSH };
  const body = bodyOfGzip(bytes);
  try {
    return body === undefined ? inflateSync(bytes, options) : inflateRawSync(body, options);
  } catch {
    // Neither of the two, or larger than the limit.
    return undefined;
  }
};

const NAMED = 8;

/** Content after the header of a gzip file (RFC 1952 §2.3): Node's own reader rejects trailing bytes. */
function bodyOfGzip(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined;
  const named = ((bytes[3] ?? 0) & NAMED) !== 0;
  return bytes.subarray(named ? bytes.indexOf(0, 10) + 1 : 10);
}
