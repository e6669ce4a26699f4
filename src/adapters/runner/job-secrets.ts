import { constants, inflateRawSync, inflateSync } from "node:zlib";
import type { KnownSecret } from "../../domain/secrets/forms.ts";
import type { Inflate } from "../../domain/secrets/views.ts";

/**
 * Variables that hold secrets, by how their names end: inputs, which the runner hands over as `INPUT_…`, its own tokens for
 * artifacts and identity, and whatever a workflow sets beside them (threats RT-05, AG-04). No list: one that forgets a
 * name lets its value out, and the name of a model's vendor in control's bundle would say that control can call it.
 */
const SECRET_VARIABLE = /(?:^|[_-])(?:TOKEN|KEY|SECRET|PASSWORD)$/;
/** Inputs under the names by which people set them. */
const NAMES: Readonly<Record<string, string>> = {
  INPUT_TOKEN: "GITHUB_TOKEN",
  "INPUT_SEAL-KEY": "FACTORY_SEAL_KEY",
};

/** The secrets that this process holds, by the names under which people know them; each value once. */
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
