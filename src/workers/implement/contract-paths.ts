import type { Contract } from "../../domain/contract.ts";
import { matchesAny } from "../../domain/path.ts";

const WILD = /[*?{[\]()!+@]/;

/**
 * Paths that a contract lets a change touch, before there is one: files of the base that its boundaries match, and paths
 * that they name literally. Undefined if a boundary matches nothing that exists, so that it is unknown.
 */
export function contractPaths(
  { boundaries }: Pick<Contract, "boundaries">,
  base: readonly string[],
): readonly string[] | undefined {
  if (boundaries.paths.length === 0) return undefined;
  const found = boundaries.paths.map((glob) => {
    const there = base.filter((path) => matchesAny(path, [glob]));
    return WILD.test(glob) || there.length > 0 ? there : [glob];
  });
  return found.some((paths) => paths.length === 0) ? undefined : [...new Set(found.flat())];
}
