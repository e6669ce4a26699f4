import type { Contract } from "../../domain/contract.ts";
import { SCOPE_LENGTH, SCOPE_NAMED } from "../../domain/ledger.ts";

/**
 * Scope of a change by its contract alone: the files that it names, or if it names none, the paths that limit it. A
 * partial scope would be worse than none, because it would treat two colliding changes as separate.
 */
export function scopeOfContract({ context, boundaries }: Contract): {
  readonly scope?: string[];
} {
  const files = [...context.files, ...context.tests];
  const scope = [...new Set(files.length > 0 ? files : boundaries.paths)];
  const isShort = scope.every((path) => path.length <= SCOPE_LENGTH);
  return scope.length > 0 && scope.length <= SCOPE_NAMED && isShort ? { scope } : {};
}

/** A contract cannot allow more than the config, so the excess is not shown (DESIGN §3). */
export function narrowed(contract: Contract): Contract {
  return {
    ...contract,
    tools: { ...contract.tools, mcp: [] },
    boundaries: { ...contract.boundaries, network: [], secrets: [] },
  };
}
