import { narrow, type SharedConfig, statedIn } from "../../domain/config/narrow/narrow.ts";
import { readConfig } from "../../domain/config/read-config.ts";
import type { Config } from "../../domain/config/schema.ts";
import type { Snapshot } from "../../domain/github/snapshot.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { readYamlText, type YamlReading } from "./texts/yaml-text.ts";

/** Path of a repository's config. */
export const CONFIG_PATH = ".github/factory.yml";
/** Bound before parsing, in characters (threats IN-06, GOV-07). */
const LARGEST = 64_000;

export type ConfigReading = { readonly config: Config } | { readonly refusal: Refusal };

/** The last text read, because one control run reads the same one for every decision. */
let last: { readonly text: string | null; readonly reading: ConfigReading } | undefined;

/**
 * The effective config of a repository: below its organization's, if it names one. If that one cannot be read, it
 * refuses, because it might have been stricter.
 */
export function readConfigOf({
  configText,
  sharedConfig,
}: Pick<Snapshot, "configText" | "sharedConfig">): ConfigReading {
  const reading = readConfigText(configText);
  const from = "config" in reading ? reading.config.extends : undefined;
  if ("refusal" in reading || from === undefined) return reading;
  const place = `${from}: ${SHARED_FILE}`;
  if (sharedConfig === undefined || "unknown" in sharedConfig) {
    const found = sharedConfig?.unknown ?? "it was not read";
    return refused([found], place, SHARED_ACCEPTED);
  }
  const shared = parseShared(sharedConfig.known, place);
  return "refusal" in shared ? shared : { config: narrow(reading.config, shared) };
}

/** Path of the shared config in the repository that an organization names. */
export const SHARED_FILE = "factory.yml";
const SHARED_ACCEPTED = `a file ${SHARED_FILE} on the default branch of a repository that is public`;

/** Parses the organization's file, from a text read at `place`. */
export function parseShared(
  text: string,
  place: string,
): SharedConfig | { readonly refusal: Refusal } {
  const reading = read(text);
  if ("faults" in reading) return refused(reading.faults, place);
  const { config } = reading.value;
  return config.extends === undefined
    ? reading.value
    : refused(["extends: it is the last one"], place);
}

/** Reads the config at a commit. No file means the safe defaults. A refusal names every fault with its line. */
export function readConfigText(text: string | null): ConfigReading {
  if (last === undefined || last.text !== text) last = { text, reading: parseConfig(text) };
  return last.reading;
}

function parseConfig(text: string | null): ConfigReading {
  const reading = read(text ?? "");
  return "value" in reading ? { config: reading.value.config } : refused(reading.faults);
}

/** Keys that a config states; empty if it cannot be read. */
export function statedKeys(text: string): ReadonlySet<string> {
  const reading = read(text);
  return "value" in reading ? reading.value.stated : new Set();
}

/** A config, and the keys that it states. */
function read(text: string): YamlReading<SharedConfig> {
  if (text.length > LARGEST) return { faults: [`${text.length} characters`] };
  return readYamlText(text, (value) => {
    const parsed = readConfig(value);
    return "config" in parsed
      ? { value: { config: parsed.config, stated: statedIn(value) } }
      : parsed;
  });
}

function refused(
  faults: readonly string[],
  subject = CONFIG_PATH,
  accepted?: string,
): { readonly refusal: Refusal } {
  const found = faults.join("; ").slice(0, 2_000);
  const code = "config-invalid" as const;
  return { refusal: { code, subject, found, ...(accepted === undefined ? {} : { accepted }) } };
}
