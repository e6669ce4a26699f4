import type { Contract } from "../../domain/contract.ts";
import { SCOPE_LENGTH, SCOPE_NAMED } from "../../domain/ledger.ts";

/**
 * What a change will touch, by its contract alone: the files that it names, or where it names none, the paths that bound it.
 * A part of it would be worse than nothing: it would call two changes apart that are not.
 */
export function scopeOfContract({ context, boundaries }: Contract): {
  readonly scope?: string[];
} {
  const files = [...context.files, ...context.tests];
  const scope = [...new Set(files.length > 0 ? files : boundaries.paths)];
  const isShort = scope.every((path) => path.length <= SCOPE_LENGTH);
  return scope.length > 0 && scope.length <= SCOPE_NAMED && isShort ? { scope } : {};
}

/** What a contract allows beyond the config counts for nothing, so it is not shown as if it did (DESIGN §3). */
export function narrowed(contract: Contract): Contract {
  return {
    ...contract,
    tools: { ...contract.tools, mcp: [] },
    boundaries: { ...contract.boundaries, network: [], secrets: [] },
  };
}
