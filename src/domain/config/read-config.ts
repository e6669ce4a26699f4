import { IN_WORDS } from "../text/say-fault.ts";
import { type ConfigFault, faultsOf } from "./faults.ts";
import { REFUSED_PROBE_KEYS } from "./probe.ts";
import { Config } from "./schema.ts";

/** A config from a parsed YAML value; `undefined` or `null` (no file, an empty one) mean the defaults. */
export function readConfig(
  value: unknown,
): { readonly config: Config } | { readonly faults: readonly ConfigFault[] } {
  const parsed = Config.safeParse(value ?? {}, IN_WORDS);
  if (parsed.success) return { config: parsed.data };
  return { faults: faultsOf(parsed.error.issues, { schema: Config, refusedKey: refusedProbeKey }) };
}

function refusedProbeKey(path: ConfigFault["path"], key: string): string | undefined {
  const isProbe = path.length === 3 && path.slice(0, 2).join(".") === "smoke.probes";
  return isProbe ? REFUSED_PROBE_KEYS[key] : undefined;
}
