import { type ConfigFault, faultsOf } from "../config/faults.ts";
import { IN_WORDS } from "../text/say-fault.ts";
import { Loop } from "./loop.ts";

/** A loop from the parsed front matter of its file. */
export function readLoop(
  value: unknown,
): { readonly loop: Loop } | { readonly faults: readonly ConfigFault[] } {
  const parsed = Loop.safeParse(value ?? {}, IN_WORDS);
  if (!parsed.success) return { faults: faultsOf(parsed.error.issues, { schema: Loop }) };
  return { loop: parsed.data };
}
