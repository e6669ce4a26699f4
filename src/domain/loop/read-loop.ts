import { type ConfigFault, faultsOf } from "../config/faults.ts";
import { Loop } from "./loop.ts";

/** A loop from the parsed front matter of its file. */
export function readLoop(
  value: unknown,
): { readonly loop: Loop } | { readonly faults: readonly ConfigFault[] } {
  const parsed = Loop.safeParse(value ?? {});
  if (!parsed.success) return { faults: faultsOf(parsed.error.issues, { schema: Loop }) };
  return { loop: parsed.data };
}
