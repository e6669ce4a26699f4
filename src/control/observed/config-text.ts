import { readConfig } from "../../domain/config/read-config.ts";
import type { Config } from "../../domain/config/schema.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { readYamlText } from "./yaml-text.ts";

/** Where the config of a repository stands. */
export const CONFIG_PATH = ".github/factory.yml";
/** Bound before parsing, in characters (threats IN-06, GOV-07). */
const LARGEST = 64_000;

export type ConfigReading = { readonly config: Config } | { readonly refusal: Refusal };

/** The text that was read last: one run of control reads the same one for every decision. */
let last: { readonly text: string | null; readonly reading: ConfigReading } | undefined;

/** The config as it stands at a commit; no file means the safe defaults. A refusal names every fault with its line. */
export function readConfigText(text: string | null): ConfigReading {
  if (last === undefined || last.text !== text) last = { text, reading: parseConfig(text) };
  return last.reading;
}

function parseConfig(text: string | null): ConfigReading {
  if (text !== null && text.length > LARGEST) return refused([`${text.length} characters`]);
  const reading = readYamlText(text ?? "", (value) => {
    const read = readConfig(value);
    return "config" in read ? { value: read.config } : read;
  });
  return "value" in reading ? { config: reading.value } : refused(reading.faults);
}

function refused(faults: readonly string[]): ConfigReading {
  return {
    refusal: {
      code: "config-invalid",
      subject: CONFIG_PATH,
      found: faults.join("; ").slice(0, 2_000),
    },
  };
}
