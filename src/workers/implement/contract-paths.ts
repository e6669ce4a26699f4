import type { Contract } from "../../domain/contract.ts";
import { matchesAny } from "../../domain/path.ts";

const WILD = /[*?{[\]()!+@]/;

/**
 * Which paths a contract lets a change touch, before there is one: files of the base that its boundaries match, and what they
 * name letter for letter. Undefined where a boundary matches nothing that is there, so that nobody can tell.
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
